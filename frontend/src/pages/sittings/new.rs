//! Plans an exam session.

use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key},
        deed::Deed,
        when,
    },
    ui::{Button, ButtonLink, DeedFailure, Field, Look, PageHeading, Select, TextInput, Toasts, focus_first_wrong},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_navigate, lazy_route};
use shared::{
    learning::CourseView,
    papers::PaperView,
    sittings::{ExamSessionView, NewExamSession},
};

/// The form.
pub(crate) struct NewExamSessionPage;

#[lazy_route]
impl LazyRoute for NewExamSessionPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <NewSession /> }.into_any()
    }
}

/// What has been filled in.
#[derive(Clone, Copy)]
struct Form {
    title: RwSignal<String>,
    course: RwSignal<String>,
    paper: RwSignal<String>,
    starts_at: RwSignal<String>,
    duration: RwSignal<String>,
    was_sent: RwSignal<bool>,
}

impl Form {
    fn new() -> Self {
        let text = || RwSignal::new(String::new());
        let duration = RwSignal::new("60".to_owned());
        let (title, course, paper, starts_at) = (text(), text(), text(), text());
        Self { title, course, paper, starts_at, duration, was_sent: RwSignal::new(false) }
    }

    /// The plan, if everything can be read; the server judges the rest.
    fn plan(self) -> Option<NewExamSession> {
        Some(NewExamSession {
            title: Some(self.title.get_untracked()).filter(|title| !title.trim().is_empty())?,
            course_id: self.course.get_untracked().parse().ok()?,
            paper_id: self.paper.get_untracked().parse().ok()?,
            starts_at: when::from_input(&self.starts_at.get_untracked())?,
            duration_min: self.duration.get_untracked().trim().parse().ok()?,
        })
    }
}

#[component]
fn NewSession() -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let navigate = use_navigate();
    let (form, deed, key) = (Form::new(), Deed::new(), StoredValue::new(idempotency_key()));
    let courses = LocalResource::new(move || client::get::<Vec<CourseView>>(actor, "/courses"));
    let papers = LocalResource::new(move || {
        let course = form.course.get();
        async move { papers_of(actor, course).await }
    });
    let course_options = Signal::derive(move || {
        let courses = courses.get().and_then(Result::ok).unwrap_or_default();
        courses.into_iter().map(|course| (course.id.to_string(), course.title)).collect::<Vec<_>>()
    });
    let sealed = Signal::derive(move || {
        let papers = papers.get().and_then(Result::ok).unwrap_or_default();
        let sealed = papers.into_iter().filter(|paper| paper.sealed_at.is_some());
        sealed.map(|paper| (paper.id.to_string(), paper.title)).collect::<Vec<_>>()
    });
    let lacks_paper = move || !form.course.get().is_empty() && papers.get().is_some() && sealed.get().is_empty();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.was_sent.set(true);
        let Some(plan) = form.plan() else { return focus_first_wrong() };
        let (navigate, said) = (navigate.clone(), t_string!(i18n, sittings.created).to_owned());
        deed.run(
            async move { client::create::<_, ExamSessionView>(actor, "/exam_sessions", &key.get_value(), &plan).await },
            move |created| {
                toasts.done(said);
                navigate(&format!("/exam_sessions/{}", created.id), Default::default());
            },
        );
    };
    // A field is wrong if the server says so, or if it cannot be read and the form was sent.
    let error = move |pointer: &'static str, value: RwSignal<String>| {
        Signal::derive(move || {
            let said = deed.field(pointer).get();
            let is_missing = form.was_sent.get() && value.with(|value| value.trim().is_empty());
            if said.is_empty() && is_missing { t_string!(i18n, common.required).to_owned() } else { said }
        })
    };
    view! {
        <main class="page stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, sittings.new).to_owned()) />
            <form class="card stack" novalidate on:submit=submit>
                <Field
                    id="title"
                    label=Signal::derive(move || t_string!(i18n, sittings.session_title).to_owned())
                    hint=Signal::derive(move || t_string!(i18n, sittings.session_title_hint).to_owned())
                    error=error("/title", form.title)
                >
                    <TextInput value=form.title />
                </Field>
                <Field
                    id="course"
                    label=Signal::derive(move || t_string!(i18n, sittings.course).to_owned())
                    error=error("/course_id", form.course)
                >
                    <Select value=form.course options=course_options />
                </Field>
                <Field
                    id="paper"
                    label=Signal::derive(move || t_string!(i18n, sittings.paper).to_owned())
                    hint=Signal::derive(move || t_string!(i18n, sittings.paper_hint).to_owned())
                    error=error("/paper_id", form.paper)
                >
                    <Select value=form.paper options=sealed />
                </Field>
                <Show when=lacks_paper>
                    <p class="notice wait">
                        {t!(i18n, sittings.no_sealed)} " "
                        <ButtonLink href="/papers" look=Look::Quiet>{t!(i18n, sittings.to_papers)}</ButtonLink>
                    </p>
                </Show>
                <Field
                    id="starts_at"
                    label=Signal::derive(move || t_string!(i18n, sittings.starts_at).to_owned())
                    error=error("/starts_at", form.starts_at)
                >
                    <TextInput value=form.starts_at kind="datetime-local" />
                </Field>
                <Field
                    id="duration"
                    label=Signal::derive(move || t_string!(i18n, sittings.duration).to_owned())
                    error=error("/duration_min", form.duration)
                >
                    <TextInput value=form.duration keyboard="numeric" />
                </Field>
                <DeedFailure deed />
                <Button look=Look::Primary is_submit=true is_busy=deed.is_busy()>{t!(i18n, sittings.create)}</Button>
            </form>
        </main>
    }
}

async fn papers_of(actor: Actor, course: String) -> Outcome<Vec<PaperView>> {
    if course.is_empty() {
        return Ok(Vec::new());
    }
    client::get(actor, &format!("/papers?course_id={course}")).await
}

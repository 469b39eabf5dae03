//! A new course of the catalogue.

use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        deed::Deed,
    },
    ui::{Button, DeedFailure, Field, Look, PageHeading, Select, TextArea, TextInput, Toasts, focus_first_wrong},
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use shared::learning::{CourseKind, CourseLevel, CourseRole, CourseView, NewCourse};

lazy_page! {
    /// The page.
    NewCoursePage = NewCourseForm in office;
}

/// What has been filled in.
#[derive(Clone, Copy)]
struct Form {
    code: RwSignal<String>,
    title: RwSignal<String>,
    level: RwSignal<String>,
    role: RwSignal<String>,
    kind: RwSignal<String>,
    hours: RwSignal<String>,
    face: RwSignal<String>,
    summary: RwSignal<String>,
    was_sent: RwSignal<bool>,
}

impl Form {
    fn new() -> Self {
        let text = |value: &str| RwSignal::new(value.to_owned());
        Self {
            code: text(""),
            title: text(""),
            level: text(CourseLevel::Senior.as_str()),
            role: text(CourseRole::Required.as_str()),
            kind: text(CourseKind::Culture.as_str()),
            hours: text(""),
            face: text("0"),
            summary: text(""),
            was_sent: RwSignal::new(false),
        }
    }

    /// The course, if its numbers and choices can be read; the server judges the rest.
    fn course(self) -> Option<NewCourse> {
        Some(NewCourse {
            code: self.code.get_untracked(),
            title: self.title.get_untracked(),
            level: CourseLevel::parse(&self.level.get_untracked())?,
            role: CourseRole::parse(&self.role.get_untracked())?,
            kind: CourseKind::parse(&self.kind.get_untracked())?,
            class_hours: self.hours.get_untracked().trim().parse().ok()?,
            face_to_face_hours: self.face.get_untracked().trim().parse().ok()?,
            summary: self.summary.get_untracked(),
        })
    }
}

#[component]
fn NewCourseForm() -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let (navigate, form, key) = (use_navigate(), Form::new(), StoredValue::new(idempotency_key()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.was_sent.set(true);
        let Some(course) = form.course() else { return focus_first_wrong() };
        let navigate = navigate.clone();
        deed.run(
            async move { client::create::<_, CourseView>(actor, "/courses", &key.get_value(), &course).await },
            move |created| {
                toasts.done(t_string!(i18n, learning.author_created));
                navigate(&format!("/courses/{}", created.id), Default::default());
            },
        );
    };
    let error = move |pointer: &'static str, value: RwSignal<String>| {
        Signal::derive(move || {
            let said = deed.field(pointer).get();
            let is_missing = form.was_sent.get() && value.with(|value| value.trim().is_empty());
            if said.is_empty() && is_missing { t_string!(i18n, common.required).to_owned() } else { said }
        })
    };
    let levels = move || {
        vec![
            (CourseLevel::Junior.as_str().to_owned(), t_string!(i18n, learning.author_junior).to_owned()),
            (CourseLevel::Senior.as_str().to_owned(), t_string!(i18n, learning.author_senior).to_owned()),
        ]
    };
    let kinds = move || {
        vec![
            (CourseKind::Culture.as_str().to_owned(), t_string!(i18n, learning.author_culture).to_owned()),
            (CourseKind::Skill.as_str().to_owned(), t_string!(i18n, learning.author_skill).to_owned()),
        ]
    };
    let roles = move || {
        vec![
            (CourseRole::Required.as_str().to_owned(), t_string!(i18n, learning.author_required).to_owned()),
            (CourseRole::ChooseOne.as_str().to_owned(), t_string!(i18n, learning.author_choose_one).to_owned()),
            (CourseRole::Elective.as_str().to_owned(), t_string!(i18n, learning.author_elective).to_owned()),
        ]
    };
    view! {
        <main class="page stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, learning.author_new).to_owned()) />
            <form class="card stack" novalidate on:submit=submit>
                <Field
                    id="code"
                    label=Signal::derive(move || t_string!(i18n, learning.author_code).to_owned())
                    hint=Signal::derive(move || t_string!(i18n, learning.author_code_hint).to_owned())
                    error=error("/code", form.code)
                >
                    <TextInput value=form.code />
                </Field>
                <Field
                    id="title"
                    label=Signal::derive(move || t_string!(i18n, learning.author_name).to_owned())
                    error=error("/title", form.title)
                >
                    <TextInput value=form.title />
                </Field>
                <Field id="level" label=Signal::derive(move || t_string!(i18n, learning.author_level).to_owned())>
                    <Select value=form.level options=Signal::derive(levels) />
                </Field>
                <Field id="role" label=Signal::derive(move || t_string!(i18n, learning.author_role).to_owned())>
                    <Select value=form.role options=Signal::derive(roles) />
                </Field>
                <Field id="kind" label=Signal::derive(move || t_string!(i18n, learning.author_kind).to_owned())>
                    <Select value=form.kind options=Signal::derive(kinds) />
                </Field>
                <Field
                    id="hours"
                    label=Signal::derive(move || t_string!(i18n, learning.author_hours).to_owned())
                    error=error("/class_hours", form.hours)
                >
                    <TextInput value=form.hours keyboard="numeric" />
                </Field>
                <Field
                    id="face"
                    label=Signal::derive(move || t_string!(i18n, learning.author_face).to_owned())
                    error=error("/face_to_face_hours", form.face)
                >
                    <TextInput value=form.face keyboard="numeric" />
                </Field>
                <Field
                    id="summary"
                    label=Signal::derive(move || t_string!(i18n, learning.author_summary).to_owned())
                    error=error("/summary", form.summary)
                >
                    <TextArea value=form.summary rows=3 />
                </Field>
                <DeedFailure deed />
                <Button look=Look::Primary is_submit=true is_busy=deed.is_busy()>
                    {t!(i18n, learning.author_create)}
                </Button>
            </form>
        </main>
    }
}

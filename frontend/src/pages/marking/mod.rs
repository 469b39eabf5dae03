//! Marking: one response after the other, without a word of whose it is.

use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{actor::Actor, client, deed::Deed},
    ui::{AsyncView, Button, DeedFailure, Field, Look, PageHeading, Select, TextInput, Toasts, focus_first_wrong},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use shared::{
    marking::{MarkingTask, NewMark},
    page::Page,
    points::Points,
    sittings::{ExamSessionState, ExamSessionView},
};

/// The page.
pub(crate) struct MarkingPage;

#[lazy_route]
impl LazyRoute for MarkingPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <Marking /> }.into_any()
    }
}

#[component]
fn Marking() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let sessions = LocalResource::new(move || client::get::<Page<ExamSessionView>>(actor, "/exam_sessions?limit=200"));
    view! {
        <main class="page wide stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, marking.title).to_owned()) />
            <p class="muted">{t!(i18n, marking.anonymous)}</p>
            <AsyncView resource=sessions let:sessions>
                <Sessions sessions=open_sessions(sessions.items) />
            </AsyncView>
        </main>
    }
}

/// Those with responses to mark.
fn open_sessions(mut sessions: Vec<ExamSessionView>) -> Vec<ExamSessionView> {
    sessions.retain(|session| session.state == ExamSessionState::Marking && session.counts.to_mark > 0);
    sessions
}

#[component]
fn Sessions(sessions: Vec<ExamSessionView>) -> impl IntoView {
    let i18n = use_i18n();
    let Some(first) = sessions.first() else {
        let none = Signal::derive(move || t_string!(i18n, marking.none).to_owned());
        return view! { <crate::ui::EmptyState text=none /> }.into_any();
    };
    let chosen = RwSignal::new(first.id.to_string());
    let has_many = sessions.len() > 1;
    let options: Vec<_> = sessions.into_iter().map(|session| (session.id.to_string(), session.title)).collect();
    let options = RwSignal::new(options);
    view! {
        <Show when=move || has_many>
            <Field id="session" label=Signal::derive(move || t_string!(i18n, marking.choose).to_owned())>
                <Select value=chosen options />
            </Field>
        </Show>
        {move || view! { <Tasks session=chosen.get() /> }}
    }
    .into_any()
}

#[component]
fn Tasks(session: String) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let path = format!("/marking_tasks?exam_session_id={session}");
    let tasks = LocalResource::new(move || {
        let path = path.clone();
        async move { client::get::<Vec<MarkingTask>>(actor, &path).await }
    });
    let reload = Callback::new(move |()| tasks.refetch());
    view! {
        <AsyncView
            resource=tasks
            is_empty=Vec::is_empty
            empty=Signal::derive(move || t_string!(i18n, marking.none).to_owned())
            let:tasks
        >
            <Batch tasks reload />
        </AsyncView>
    }
}

/// A batch, one task at a time.
#[component]
fn Batch(tasks: Vec<MarkingTask>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (at, all) = (RwSignal::new(0_usize), tasks.len());
    let tasks = StoredValue::new(tasks);
    let next =
        Callback::new(move |()| if at.get_untracked() + 1 < all { at.update(|at| *at += 1) } else { reload.run(()) });
    view! {
        <p class="num" role="status">{move || t_string!(i18n, marking.left, left = all - at.get())}</p>
        {move || tasks.with_value(|tasks| tasks.get(at.get()).cloned()).map(|task| view! { <Task task next /> })}
    }
}

/// Marks as a person types them: `2`, `2.5`; at most two decimals.
pub(crate) fn parse_points(text: &str) -> Option<Points> {
    let (whole, decimals) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || decimals.len() > 2 || !is_number(whole) || !is_number(decimals) {
        return None;
    }
    let hundredths: i32 = format!("{decimals:0<2}").parse().ok()?;
    Some(Points(whole.parse::<i32>().ok()?.checked_mul(100)?.checked_add(hundredths)?))
}

#[component]
fn Task(task: MarkingTask, next: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let (points, is_wrong) = (RwSignal::new(String::new()), RwSignal::new(false));
    let (id, most) = (task.id, task.max_points);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let given = parse_points(&points.get_untracked()).filter(|given| *given <= most);
        is_wrong.set(given.is_none());
        let Some(points) = given else { return focus_first_wrong() };
        let (path, said) = (format!("/marking_tasks/{id}/mark"), t_string!(i18n, marking.marked).to_owned());
        deed.run(async move { client::send(actor, &path, &NewMark { points }).await }, move |()| {
            toasts.whisper(said);
            next.run(());
        });
    };
    let hint = move || t_string!(i18n, marking.points_hint, max = most.to_string());
    let error = move || {
        if is_wrong.get() {
            t_string!(i18n, marking.bad_points, max = most.to_string())
        } else {
            deed.field("/points").get()
        }
    };
    let response = if task.response.trim().is_empty() { None } else { Some(task.response) };
    view! {
        <article class="card stack" aria-label=move || t_string!(i18n, marking.task)>
            <h2>{t!(i18n, marking.stem)}</h2>
            <div class="prose" inner_html=task.stem_html></div>
            <h2>{t!(i18n, marking.rubric)}</h2>
            <div class="prose" inner_html=task.rubric_html></div>
            <h2>{t!(i18n, marking.response)}</h2>
            <blockquote class="response">
                {match response {
                    Some(text) => text.into_any(),
                    None => t!(i18n, marking.empty_response).into_any(),
                }}
            </blockquote>
            <form class="stack" novalidate on:submit=submit>
                <Field
                    id="points"
                    label=Signal::derive(move || t_string!(i18n, marking.points).to_owned())
                    hint=Signal::derive(hint)
                    error=Signal::derive(error)
                >
                    <TextInput value=points keyboard="decimal" />
                </Field>
                <DeedFailure deed />
                <Button look=Look::Primary is_submit=true is_busy=deed.is_busy()>{t!(i18n, marking.submit)}</Button>
            </form>
        </article>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_as_people_write_them() {
        assert_eq!(parse_points(" 2.5 "), Some(Points(250)));
        assert_eq!(parse_points("10"), Some(Points(1_000)));
        assert_eq!(parse_points("0.05"), Some(Points(5)));
        for wrong in ["", "-1", "1.234", "a", "1e3", "."] {
            assert_eq!(parse_points(wrong), None, "{wrong}");
        }
    }
}

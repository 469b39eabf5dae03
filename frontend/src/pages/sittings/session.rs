//! One exam session: where it stands, its numbers, and the one next deed.

use super::state::{StateTag, state_name};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    platform::{actor::Actor, client, deed::Deed, when},
    ui::{AsyncView, Button, Card, ConfirmDialog, DeedFailure, Look, Notice, PageHeading, Stepper, Toasts, Tone},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, components::A, hooks::use_params_map, lazy_route};
use shared::{
    rights::Role,
    sittings::{ExamSessionState, ExamSessionView},
    time::Timestamp,
};
use std::time::Duration;

/// How often the numbers are fetched anew.
const REFRESH: Duration = Duration::from_secs(5);

/// The page.
pub(crate) struct ExamSessionPage;

#[lazy_route]
impl LazyRoute for ExamSessionPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <ExamSession /> }.into_any()
    }
}

#[component]
fn ExamSession() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let session = LocalResource::new(move || {
        let path = format!("/exam_sessions/{}", id.get());
        async move { client::get::<ExamSessionView>(actor, &path).await }
    });
    // What was shown stays while the numbers are fetched anew.
    let shown = RwSignal::new(None::<ExamSessionView>);
    Effect::new(move |_| {
        if let Some(Ok(fresh)) = session.get() {
            shown.set(Some(fresh));
        }
    });
    if let Ok(timer) = set_interval_with_handle(move || refresh(session), REFRESH) {
        on_cleanup(move || timer.clear());
    }
    let title = Signal::derive(move || {
        shown
            .with(|shown| shown.as_ref().map(|shown| shown.title.clone()))
            .unwrap_or_else(|| t_string!(i18n, sittings.session).to_owned())
    });
    let reload = Callback::new(move |()| session.refetch());
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/exam_sessions">{t!(i18n, sittings.back)}</A></p>
            <PageHeading text=title />
            {move || match shown.get() {
                Some(session) => view! { <Session session reload /> }.into_any(),
                None => view! { <AsyncView resource=session let:session><Session session reload /></AsyncView> }.into_any(),
            }}
        </main>
    }
}

/// Fetches again unless nobody looks.
fn refresh(session: LocalResource<client::Outcome<ExamSessionView>>) {
    if !document().hidden() {
        session.refetch();
    }
}

#[component]
fn Session(session: ExamSessionView, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (starts_at, ends_at, state) = (session.starts_at, session.ends_at, session.state);
    let steps = move || {
        let locale = i18n.get_locale();
        ExamSessionState::ALL.iter().map(|state| state_name(locale, *state).to_owned()).collect::<Vec<_>>()
    };
    let at = ExamSessionState::ALL.iter().position(|known| *known == state).unwrap_or_default();
    let current = if state == ExamSessionState::Published { at + 1 } else { at };
    let (counts, course_title) = (session.counts, session.course_title.clone());
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, sittings.phases).to_owned())>
            <Stepper steps=Signal::derive(steps) current />
            <p>
                {course_title} " · "
                <span class="num">{move || when::date_time(i18n.get_locale(), starts_at)}</span> " – "
                <span class="num">{move || when::date_time(i18n.get_locale(), ends_at)}</span> " " <StateTag state />
            </p>
        </Card>
        <Card title=Signal::derive(move || t_string!(i18n, sittings.counts).to_owned())>
            <dl class="facts">
                <Count label=Signal::derive(move || t_string!(i18n, sittings.registered).to_owned()) count=counts.registered />
                <Count label=Signal::derive(move || t_string!(i18n, sittings.sittings).to_owned()) count=counts.sittings />
                <Count label=Signal::derive(move || t_string!(i18n, sittings.started).to_owned()) count=counts.started />
                <Count label=Signal::derive(move || t_string!(i18n, sittings.closed).to_owned()) count=counts.closed />
                <Count label=Signal::derive(move || t_string!(i18n, sittings.to_mark).to_owned()) count=counts.to_mark />
            </dl>
        </Card>
        <Next session reload />
    }
}

#[component]
fn Count(#[prop(into)] label: Signal<String>, count: u32) -> impl IntoView {
    view! { <div><dt>{move || label.get()}</dt><dd class="num">{count}</dd></div> }
}

/// What an administrator can do next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    OpenRegistration,
    Arrange,
    Arm,
    Release,
}

impl Step {
    const fn verb(self) -> &'static str {
        match self {
            Self::OpenRegistration => "open_registration",
            Self::Arrange => "arrange",
            Self::Arm => "arm",
            Self::Release => "release",
        }
    }

    /// The deed, the question before it, and what it does.
    fn words(self, locale: Locale) -> [&'static str; 3] {
        match self {
            Self::OpenRegistration => [
                td_string!(locale, sittings.do_open_registration),
                td_string!(locale, sittings.ask_open_registration),
                td_string!(locale, sittings.about_open_registration),
            ],
            Self::Arrange => [
                td_string!(locale, sittings.do_arrange),
                td_string!(locale, sittings.ask_arrange),
                td_string!(locale, sittings.about_arrange),
            ],
            Self::Arm => [
                td_string!(locale, sittings.do_arm),
                td_string!(locale, sittings.ask_arm),
                td_string!(locale, sittings.about_arm),
            ],
            Self::Release => [
                td_string!(locale, sittings.do_release),
                td_string!(locale, sittings.ask_release),
                td_string!(locale, sittings.about_release),
            ],
        }
    }
}

const fn next_step(session: &ExamSessionView) -> Option<Step> {
    match session.state {
        ExamSessionState::Draft => Some(Step::OpenRegistration),
        ExamSessionState::Registering => Some(Step::Arrange),
        ExamSessionState::Arranged => Some(Step::Arm),
        ExamSessionState::Marking if session.counts.to_mark == 0 => Some(Step::Release),
        ExamSessionState::Armed | ExamSessionState::Marking | ExamSessionState::Published => None,
    }
}

/// What is waited for, if there is nothing to do.
fn waiting(locale: Locale, session: &ExamSessionView, now: Timestamp) -> String {
    match (session.state, next_step(session)) {
        (ExamSessionState::Armed, _) if now < session.starts_at => td_string!(locale, sittings.wait_start).to_owned(),
        (ExamSessionState::Armed, _) => td_string!(locale, sittings.wait_running).to_owned(),
        (ExamSessionState::Marking, None) => {
            td_string!(locale, sittings.wait_marking, left = session.counts.to_mark)
        }
        (ExamSessionState::Published, _) => td_string!(locale, sittings.all_done).to_owned(),
        (_, Some(Step::Arm)) if session.awaits_second_person => td_string!(locale, sittings.second_arm).to_owned(),
        (_, Some(Step::Release)) if session.awaits_second_person => {
            td_string!(locale, sittings.second_release).to_owned()
        }
        _ => String::new(),
    }
}

#[component]
fn Next(session: ExamSessionView, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let may_act = actor.roles().contains(&Role::ExamAdministrator);
    let step = next_step(&session).filter(|_| may_act);
    let id = session.id.to_string();
    let news = move || waiting(i18n.get_locale(), &session, crate::platform::clock::now());
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, sittings.next).to_owned())>
            {move || Some(news()).filter(|news| !news.is_empty()).map(|news| view! { <Notice tone=Tone::Wait>{news}</Notice> })}
            {step.map(|step| view! { <Act id step reload /> })}
        </Card>
    }
}

/// The button of the next deed.
#[component]
fn Act(id: String, step: Step, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (deed, is_asking) = (Deed::new(), RwSignal::new(false));
    let word = move |nth: usize| Signal::derive(move || step.words(i18n.get_locale())[nth].to_owned());
    let act = move |()| {
        let (path, said) =
            (format!("/exam_sessions/{id}/{}", step.verb()), t_string!(i18n, sittings.deed_done).to_owned());
        deed.run(
            async move { client::post::<_, ExamSessionView>(actor, &path, &serde_json::json!({})).await },
            move |_| {
                toasts.done(said);
                reload.run(());
            },
        );
    };
    view! {
        <DeedFailure deed />
        <Button look=Look::Primary is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
            {move || step.words(i18n.get_locale())[0]}
        </Button>
        <ConfirmDialog is_open=is_asking title=word(1) text=word(2) confirm=word(0) on_confirm=act />
    }
}

//! One exam session: where it stands, its numbers, and the one next deed.

use super::{
    calendar::Calendar,
    late_changes::LateChanges,
    leak_trace::ToLeakTrace,
    next::Next,
    plan_check::Check,
    postpone::PutOff,
    put_right::PutRight,
    quotas::Quotas,
    rules::Rules,
    state::{Phase, StateTags},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        clock, when,
    },
    ui::{AsyncView, ButtonLink, Card, Notice, PageHeading, Stepper, Tone},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    rights::{Right, Role, carries},
    sittings::{ExamSessionState, ExamSessionView},
    time::Timestamp,
};
use std::time::Duration;

/// How often the numbers are fetched anew.
const REFRESH: Duration = Duration::from_secs(5);

lazy_page! {
    /// The page.
    ExamSessionPage = ExamSession in office;
}

#[component]
fn ExamSession() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let fetched = LocalResource::new(move || {
        let path = format!("/exam_sessions/{}", id.get());
        async move { client::get::<ExamSessionView>(actor, &path).await }
    });
    // What was shown stays while it is fetched anew, and is drawn again only where it differs.
    let shown = Memo::new(move |before: Option<&Option<ExamSessionView>>| {
        let fresh = fetched.get().and_then(Result::ok).or_else(|| before.cloned().flatten());
        fresh.filter(|shown| shown.id.to_string() == id.get())
    });
    let now = every_refresh(fetched, shown);
    let is_there = Memo::new(move |_| shown.with(Option::is_some));
    let is_stale = Memo::new(move |_| is_there.get() && matches!(fetched.get(), Some(Err(_))));
    let title = Signal::derive(move || match shown.get() {
        Some(shown) => shown.title,
        None => t_string!(i18n, sittings.session).to_owned(),
    });
    let reload = Callback::new(move |()| fetched.refetch());
    let known = move || {
        let first = is_there.get().then(|| shown.get_untracked()).flatten()?;
        let exam_session = Signal::derive(move || shown.get().unwrap_or_else(|| first.clone()));
        Some(view! { <Known exam_session now reload /> })
    };
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/exam_sessions">{t!(i18n, sittings.back)}</A></p>
            <PageHeading text=title />
            <div role="status">
                <Show when=move || is_stale.get()>
                    <Notice tone=Tone::Wait>{t!(i18n, sittings.stale)}</Notice>
                </Show>
            </div>
            {known}
            <Show when=move || !is_there.get()>
                <AsyncView resource=fetched children=|_| () />
            </Show>
        </main>
    }
}

/// The time by which the page goes: it moves on, and the numbers are fetched again, as long as
/// somebody looks and something can still change.
fn every_refresh(
    fetched: LocalResource<Outcome<ExamSessionView>>,
    shown: Memo<Option<ExamSessionView>>,
) -> RwSignal<Timestamp> {
    let now = RwSignal::new(clock::now());
    let is_live = move || {
        let state = shown.with_untracked(|shown| shown.as_ref().map(|shown| shown.state));
        state.is_some_and(|state| !matches!(state, ExamSessionState::Published | ExamSessionState::Cancelled))
    };
    let refresh = move || {
        if is_live() && !document().hidden() {
            now.set(clock::now());
            fetched.refetch();
        }
    };
    if let Ok(timer) = set_interval_with_handle(refresh, REFRESH) {
        on_cleanup(move || timer.clear());
    }
    now
}

#[component]
fn Known(exam_session: Signal<ExamSessionView>, now: RwSignal<Timestamp>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let phase = Memo::new(move |_| exam_session.with(|shown| Phase::of(shown, now.get())));
    let steps = Signal::derive(move || Phase::ALL.map(|phase| phase.name(i18n.get_locale()).to_owned()).to_vec());
    let position = Signal::derive(move || phase.get().position());
    let is_off = Memo::new(move |_| phase.get() == Phase::Cancelled);
    let reason = move || exam_session.with(|shown| shown.cancelled_because.clone()).unwrap_or_default();
    let postponed = Memo::new(move |_| exam_session.with(|shown| shown.postponed.clone()));
    let times = move || {
        let locale = i18n.get_locale();
        let (starts_at, ends_at) = exam_session.with(|shown| (shown.starts_at, shown.ends_at));
        format!("{} – {}", when::date_time(locale, starts_at), when::date_time(locale, ends_at))
    };
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, sittings.phases).to_owned())>
            <Show
                when=move || !is_off.get()
                fallback=move || view! {
                    <Notice tone=Tone::Stop>{t!(i18n, sittings.cancelled_because, reason = reason)}</Notice>
                }
            >
                <Stepper steps current=position />
            </Show>
            {move || postponed.get().map(|postponed| view! { <PutOff postponed /> })}
            <p>
                {move || exam_session.get().course_title} " · " <span class="num">{times}</span> " · "
                {move || exam_session.get().division_name}
            </p>
            <p class="row">
                {move || {
                    phase.track();
                    view! { <StateTags exam_session=exam_session.get() /> }
                }}
            </p>
        </Card>
        <Show when=move || !is_off.get()>
            <Next exam_session phase now reload />
        </Show>
        <Calendar exam_session now />
        <Rules exam_session />
        <Quotas exam_session />
        <Check exam_session />
        <Counts exam_session />
        <Seats exam_session />
        <LateChanges exam_session reload />
        <ToIncidents exam_session />
        <PutRight exam_session now reload />
        <Another exam_session />
        <ToLeakTrace exam_session now />
    }
}

/// The way to what was recorded in it, for who decides about that.
#[component]
fn ToIncidents(exam_session: Signal<ExamSessionView>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let may_decide = actor.roles().iter().any(|role| carries(*role, Right::DecideIncident));
    let path = format!("/incidents?exam_session_id={}", exam_session.with_untracked(|shown| shown.id));
    may_decide.then(|| {
        view! { <p><ButtonLink href=path>{t!(i18n, sittings.incidents)}</ButtonLink></p> }
    })
}

/// The way to another test on the same day, and to those that were planned with this one, for who plans them.
#[component]
fn Another(exam_session: Signal<ExamSessionView>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let id = exam_session.with_untracked(|shown| shown.id);
    let (path, window) = (format!("/exam_sessions/new?after={id}"), format!("/exam_sessions/{id}/window"));
    actor.roles().contains(&Role::ExamAdministrator).then(|| {
        view! {
            <p class="row">
                <ButtonLink href=path>{t!(i18n, sittings.another)}</ButtonLink>
                <ButtonLink href=window>{t!(i18n, sittings.window_link)}</ButtonLink>
            </p>
        }
    })
}

/// The way to the plans of seats, once there are candidates to seat.
#[component]
fn Seats(exam_session: Signal<ExamSessionView>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let id = exam_session.with_untracked(|shown| shown.id);
    let may_plan = Memo::new(move |_| {
        let has_candidates = exam_session.with(|shown| shown.counts.sittings > 0);
        has_candidates && actor.roles().contains(&Role::ExamAdministrator)
    });
    view! {
        <Show when=move || may_plan.get()>
            <p class="row">
                <ButtonLink href=format!("/exam_sessions/{id}/seats")>{t!(i18n, sittings.seats)}</ButtonLink>
                <ButtonLink href=format!("/exam_sessions/{id}/day")>{t!(i18n, rooms.day)}</ButtonLink>
            </p>
        </Show>
    }
}

#[component]
fn Counts(exam_session: Signal<ExamSessionView>) -> impl IntoView {
    let i18n = use_i18n();
    let counts = Memo::new(move |_| exam_session.with(|shown| shown.counts));
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, sittings.counts).to_owned())>
            <dl class="facts">
                <div><dt>{t!(i18n, sittings.registered)}</dt><dd class="num">{move || counts.get().registered}</dd></div>
                <div><dt>{t!(i18n, sittings.to_review)}</dt><dd class="num">{move || counts.get().to_review}</dd></div>
                <div><dt>{t!(i18n, sittings.sittings)}</dt><dd class="num">{move || counts.get().sittings}</dd></div>
                <div><dt>{t!(i18n, sittings.started)}</dt><dd class="num">{move || counts.get().started}</dd></div>
                <div><dt>{t!(i18n, sittings.closed)}</dt><dd class="num">{move || counts.get().closed}</dd></div>
                <div><dt>{t!(i18n, sittings.to_mark)}</dt><dd class="num">{move || counts.get().to_mark}</dd></div>
                <div>
                    <dt>{t!(i18n, sittings.open_incidents)}</dt>
                    <dd class="num">{move || counts.get().open_incidents}</dd>
                </div>
            </dl>
        </Card>
    }
}

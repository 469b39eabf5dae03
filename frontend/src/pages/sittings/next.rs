//! What is to be done with an exam session, or what is waited for.

use super::{calendar::open_until, state::Phase, step::Step};
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
        when,
    },
    ui::{Button, Card, ConfirmDialog, DeedFailure, Look, Notice, Toasts, Tone, focus_on},
};
use leptos::prelude::*;
use shared::{problem::ProblemCode, rights::Role, sittings::ExamSessionView, time::Timestamp};

/// The one next deed, and who or what is waited for.
#[component]
pub(super) fn Next(
    /// The exam session, as it was fetched last.
    exam_session: Signal<ExamSessionView>,
    /// Where it stands by the clock.
    phase: Memo<Phase>,
    /// The time by which the page goes.
    now: RwSignal<Timestamp>,
    /// Fetches it again.
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let may_act = Memo::new(move |_| actor.roles().contains(&Role::ExamAdministrator));
    // Learners were told until when they can register, and nobody ends that sooner.
    let open_until = Memo::new(move |_| {
        let today = now.get().date_in_china();
        exam_session.with(|shown| open_until(shown, today)).filter(|_| phase.get() == Phase::Registering)
    });
    let next = Memo::new(move |_| exam_session.with(Step::next).filter(|_| open_until.get().is_none()));
    // The step that somebody else must take, because this person took the one before.
    let not_mine = RwSignal::new(None::<Step>);
    let own_step = Memo::new(move |_| next.get().filter(|step| may_act.get() && not_mine.get() != Some(*step)));
    // Said once, however often the numbers change.
    let news = Memo::new(move |_| {
        let (locale, step) = (i18n.get_locale(), next.get());
        if let Some(day) = open_until.get() {
            return Some(td_string!(locale, sittings.wait_registration, day = when::day(locale, day)));
        }
        let is_own_wait = step.is_some() && not_mine.get() == step;
        match waiting_for(locale, phase.get(), step, exam_session.with(|shown| shown.counts.to_mark)) {
            Some(_) if is_own_wait => Some(td_string!(locale, sittings.not_yours).to_owned()),
            None if !may_act.get() => Some(td_string!(locale, sittings.wait_administrator).to_owned()),
            news => news,
        }
    });
    let tone = move || if phase.get() == Phase::Published { Tone::Ok } else { Tone::Wait };
    view! {
        <Card title=Signal::derive(move || td_string!(i18n.get_locale(), sittings.next).to_owned())>
            <div role="status">
                {move || news.get().map(|news| view! { <Notice tone=tone()>{news}</Notice> })}
            </div>
            <DeedFailure deed />
            {move || own_step.get().map(|step| view! { <Act exam_session step deed not_mine reload /> })}
        </Card>
    }
}

/// What is waited for: a second person, the clock, the markers.
fn waiting_for(locale: Locale, phase: Phase, step: Option<Step>, to_mark: u32) -> Option<String> {
    match (phase, step) {
        (_, Some(Step::OpenSecond)) => Some(td_string!(locale, sittings.second_open).to_owned()),
        (_, Some(Step::ArmSecond)) => Some(td_string!(locale, sittings.second_arm).to_owned()),
        (_, Some(Step::ReleaseSecond)) => Some(td_string!(locale, sittings.second_release).to_owned()),
        (Phase::Armed, _) => Some(td_string!(locale, sittings.wait_start).to_owned()),
        (Phase::Running, _) => Some(td_string!(locale, sittings.wait_running).to_owned()),
        (Phase::Marking, None) => Some(td_string!(locale, sittings.wait_marking, left = to_mark)),
        (Phase::Published, _) => Some(td_string!(locale, sittings.all_done).to_owned()),
        _ => None,
    }
}

/// What became of a deed.
enum Taken {
    /// It is done, and this is what came of it.
    Done(Box<ExamSessionView>),
    /// This person did the first half, so somebody else must do this one.
    NotYours,
}

async fn take(actor: Actor, path: String) -> Outcome<Taken> {
    match client::post(actor, &path, &serde_json::json!({})).await {
        Ok(after) => Ok(Taken::Done(Box::new(after))),
        Err(refused) if refused.code() == Some(ProblemCode::SecondPersonNeeded) => Ok(Taken::NotYours),
        Err(other) => Err(other),
    }
}

/// The button of the deed, and the question before it.
#[component]
fn Act(
    exam_session: Signal<ExamSessionView>,
    step: Step,
    deed: Deed,
    not_mine: RwSignal<Option<Step>>,
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let is_asking = RwSignal::new(false);
    let name = Signal::derive(move || step.name(i18n.get_locale()).to_owned());
    let words = move || step.words(i18n.get_locale(), exam_session.with(|shown| shown.kind));
    let act = move |()| {
        let path = format!("/exam_sessions/{}/{}", exam_session.with_untracked(|shown| shown.id), step.verb());
        let locale = i18n.get_locale_untracked();
        deed.run(take(actor, path), move |taken| {
            match taken {
                Taken::Done(after) => toasts.done(step.done(locale, after.awaits_second_person)),
                Taken::NotYours => toasts.warn(td_string!(locale, sittings.not_yours)),
            }
            not_mine.set(step.second());
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            reload.run(());
        });
    };
    view! {
        <Button look=Look::Primary is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
            {move || if deed.is_busy().get() { t!(i18n, sittings.doing).into_any() } else { name.get().into_any() }}
        </Button>
        <ConfirmDialog
            is_open=is_asking
            title=Signal::derive(move || words().question.to_owned())
            text=Signal::derive(move || words().about.to_owned())
            confirm=name
            on_confirm=act
        />
    }
}

//! The log of an entry: visits and calls, and when it was closed and opened, the newest first.

use super::super::words::{channel_name, intent_name, mode_name, outcome_name, route_name, step_name};
use crate::{
    i18n::{Locale, t, t_string, use_i18n},
    platform::when,
};
use leptos::prelude::*;
use shared::{
    ids::AccountId,
    roster::{EntryCorrection, EntryView, RosterHand, RosterStep, RosterStepView, Visit, VisitOutcome},
    time::Timestamp,
};

/// Something that happened.
enum Happened {
    Visit(Visit),
    Step(RosterStepView),
    Correction(EntryCorrection),
}

impl Happened {
    const fn at(&self) -> Timestamp {
        match self {
            Self::Visit(visit) => visit.visited_at,
            Self::Step(taken) => taken.taken_at,
            Self::Correction(correction) => correction.corrected_at,
        }
    }
}

/// Everything that happened, the newest first.
#[component]
pub(super) fn History(entry: EntryView) -> impl IntoView {
    let i18n = use_i18n();
    let EntryView { visits, steps, corrections, hands, .. } = entry;
    let visits = visits.into_iter().map(Happened::Visit);
    let corrections = corrections.into_iter().map(Happened::Correction);
    let mut log: Vec<_> = visits.chain(steps.into_iter().map(Happened::Step)).chain(corrections).collect();
    log.sort_by_key(|happened| std::cmp::Reverse(happened.at()));
    if log.is_empty() {
        return view! { <p class="muted">{t!(i18n, roster.log_none)}</p> }.into_any();
    }
    let line = |happened: Happened| match happened {
        Happened::Visit(visit) => {
            let by = name_of(&hands, visit.visitor);
            view! { <VisitLine visit by /> }.into_any()
        }
        Happened::Step(taken) => {
            let by = name_of(&hands, taken.taken_by);
            view! { <StepLine taken by /> }.into_any()
        }
        Happened::Correction(correction) => {
            let (by, at) = (name_of(&hands, correction.corrected_by), correction.corrected_at);
            view! { <CorrectionLine by at /> }.into_any()
        }
    };
    view! { <ol class="history">{log.into_iter().map(line).collect_view()}</ol> }.into_any()
}

/// What somebody is called; empty if that is not known.
fn name_of(hands: &[RosterHand], account: AccountId) -> String {
    let hand = hands.iter().find(|hand| hand.account_id == account);
    hand.map(|hand| hand.name.clone()).unwrap_or_default()
}

/// A visit: what came of it, in their words, and who asked how and when.
#[component]
fn VisitLine(visit: Visit, by: String) -> impl IntoView {
    let i18n = use_i18n();
    let Visit { visited_at, channel, outcome, note, .. } = visit;
    let said = said(&outcome);
    let what = move || outcome_words(i18n.get_locale(), &outcome);
    let how = move || channel_name(i18n.get_locale(), channel);
    view! {
        <li>
            <div>
                <b>{what}</b>
                {said.reason.map(|reason| view! { <p>{reason}</p> })}
                {said.preferred.map(|preferred| view! { <p>{t!(i18n, roster.preferred)} " " {preferred}</p> })}
                {(!note.is_empty()).then(|| view! { <p>{note}</p> })}
                <p class="muted small">{how} " · " <By name=by at=visited_at /></p>
            </div>
        </li>
    }
}

/// What somebody said in words of their own.
struct Said {
    reason: Option<String>,
    /// When and where they would like to study.
    preferred: Option<String>,
}

fn said(outcome: &VisitOutcome) -> Said {
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    match outcome {
        VisitOutcome::Stated { reason, preferred_time, preferred_place, .. } => {
            let parts = [preferred_time.as_str(), preferred_place.as_str()];
            let preferred = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
            Said { reason: given(reason.clone()), preferred: given(preferred) }
        }
        VisitOutcome::NotEligible { reason } => Said { reason: given(reason.clone()), preferred: None },
        _ => Said { reason: None, preferred: None },
    }
}

/// What came of a visit: what the person wants, which way and how, or something else.
fn outcome_words(locale: Locale, outcome: &VisitOutcome) -> String {
    let VisitOutcome::Stated { intent, route, study_mode, .. } = outcome else {
        return outcome_name(locale, outcome).to_owned();
    };
    let route = route.map(|route| route_name(locale, route));
    let mode = study_mode.map(|mode| mode_name(locale, mode));
    let words = std::iter::once(intent_name(locale, *intent)).chain(route).chain(mode);
    words.collect::<Vec<_>>().join(" · ")
}

/// A step with its reason.
#[component]
fn StepLine(taken: RosterStepView, by: String) -> impl IntoView {
    let i18n = use_i18n();
    let RosterStepView { step, reason, taken_at, .. } = taken;
    let is_back = step == RosterStep::Close;
    view! {
        <li class:is-back=is_back>
            <div>
                <b>{move || step_name(i18n.get_locale(), step)}</b>
                <p>{reason}</p>
                <p class="muted small"><By name=by at=taken_at /></p>
            </div>
        </li>
    }
}

/// Facts that were put right.
#[component]
fn CorrectionLine(by: String, at: Timestamp) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <li>
            <div>
                <b>{t!(i18n, roster.corrected)}</b>
                <p class="muted small"><By name=by at /></p>
            </div>
        </li>
    }
}

/// Who did it, and when.
#[component]
fn By(name: String, at: Timestamp) -> impl IntoView {
    let i18n = use_i18n();
    let who = move || match name.is_empty() {
        true => t_string!(i18n, people.unknown).to_owned(),
        false => name.clone(),
    };
    view! { {who} " " <span class="num">{move || when::date_time(i18n.get_locale(), at)}</span> }
}

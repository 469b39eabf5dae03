//! Incidents in words.

use crate::{
    i18n::{Locale, td_string, use_i18n},
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use shared::sittings::{Breach, IncidentKind, IncidentState, IncidentStep, ResultBar};

/// How grave it is, in a word.
pub(super) fn breach_name(locale: Locale, breach: Breach) -> &'static str {
    match breach {
        Breach::Infraction => td_string!(locale, sittings.infraction),
        Breach::Cheating => td_string!(locale, sittings.cheating),
    }
}

/// What follows if it is upheld.
pub(super) fn consequence_name(locale: Locale, breach: Breach) -> &'static str {
    match breach {
        Breach::Infraction => td_string!(locale, sittings.subject_void),
        Breach::Cheating => td_string!(locale, sittings.all_void),
    }
}

/// What somebody is said to have done.
pub(super) fn kind_name(locale: Locale, kind: IncidentKind) -> &'static str {
    match kind {
        IncidentKind::ForbiddenThings => td_string!(locale, sittings.kind_forbidden_things),
        IncidentKind::WrongSeat => td_string!(locale, sittings.kind_wrong_seat),
        IncidentKind::OutOfTime => td_string!(locale, sittings.kind_out_of_time),
        IncidentKind::Whispering => td_string!(locale, sittings.kind_whispering),
        IncidentKind::Disturbance => td_string!(locale, sittings.kind_disturbance),
        IncidentKind::LeavingRoom => td_string!(locale, sittings.kind_leaving_room),
        IncidentKind::TakingPapers => td_string!(locale, sittings.kind_taking_papers),
        IncidentKind::MarkedScript => td_string!(locale, sittings.kind_marked_script),
        IncidentKind::OtherInfraction => td_string!(locale, sittings.kind_other_infraction),
        IncidentKind::CarryingMaterial => td_string!(locale, sittings.kind_carrying_material),
        IncidentKind::Copying => td_string!(locale, sittings.kind_copying),
        IncidentKind::SeizingPaper => td_string!(locale, sittings.kind_seizing_paper),
        IncidentKind::SendingDevice => td_string!(locale, sittings.kind_sending_device),
        IncidentKind::Substitute => td_string!(locale, sittings.kind_substitute),
        IncidentKind::DestroyingPaper => td_string!(locale, sittings.kind_destroying_paper),
        IncidentKind::FalseName => td_string!(locale, sittings.kind_false_name),
        IncidentKind::SwappingPaper => td_string!(locale, sittings.kind_swapping_paper),
        IncidentKind::OtherCheating => td_string!(locale, sittings.kind_other_cheating),
    }
}

/// The same with how grave it is before it.
pub(super) fn whole_kind(locale: Locale, kind: IncidentKind) -> String {
    format!("{} · {}", breach_name(locale, kind.breach()), kind_name(locale, kind))
}

/// Where it stands.
pub(super) fn state_name(locale: Locale, state: IncidentState) -> &'static str {
    match state {
        IncidentState::Recorded => td_string!(locale, sittings.incident_state_recorded),
        IncidentState::Signed => td_string!(locale, sittings.incident_state_signed),
        IncidentState::Heard => td_string!(locale, sittings.incident_state_heard),
        IncidentState::Upheld => td_string!(locale, sittings.incident_state_upheld),
        IncidentState::Dismissed => td_string!(locale, sittings.incident_state_dismissed),
        IncidentState::Appealed => td_string!(locale, sittings.incident_state_appealed),
        IncidentState::Confirmed => td_string!(locale, sittings.incident_state_confirmed),
        IncidentState::Lifted => td_string!(locale, sittings.incident_state_lifted),
    }
}

/// Whose turn it is, for who can do nothing about it; nothing if it is nobody's of the staff.
pub(super) fn turn_name(locale: Locale, state: IncidentState, breach: Breach) -> Option<&'static str> {
    Some(match (state, breach) {
        (IncidentState::Recorded, _) => td_string!(locale, sittings.turn_sign),
        (IncidentState::Signed, _) => td_string!(locale, sittings.turn_hear),
        (IncidentState::Heard, Breach::Infraction) => td_string!(locale, sittings.turn_infraction),
        (IncidentState::Heard, Breach::Cheating) => td_string!(locale, sittings.turn_cheating),
        (IncidentState::Appealed, _) => td_string!(locale, sittings.turn_reconsider),
        (IncidentState::Upheld | IncidentState::Dismissed | IncidentState::Confirmed | IncidentState::Lifted, _) => {
            return None;
        }
    })
}

/// A step that was taken.
pub(super) fn step_name(locale: Locale, step: IncidentStep) -> &'static str {
    match step {
        IncidentStep::Sign => td_string!(locale, sittings.step_sign),
        IncidentStep::Hear => td_string!(locale, sittings.step_hear),
        IncidentStep::Uphold => td_string!(locale, sittings.step_uphold),
        IncidentStep::Dismiss => td_string!(locale, sittings.step_dismiss),
        IncidentStep::Appeal => td_string!(locale, sittings.step_appeal),
        IncidentStep::Confirm => td_string!(locale, sittings.step_confirm),
        IncidentStep::Lift => td_string!(locale, sittings.step_lift),
    }
}

/// Where it stands, as a label.
#[component]
pub(super) fn IncidentTag(
    /// Where.
    state: IncidentState,
) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state.bar() {
        Some(ResultBar::Held) => Tone::Wait,
        Some(ResultBar::Void) => Tone::Stop,
        None => Tone::Plain,
    };
    view! { <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag> }
}

//! Where learners are, and why, in words.

use crate::{
    i18n::{Locale, td_string, use_i18n},
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use shared::learning::{StudyReason, StudyState};

/// Where a learner is in a course.
pub(super) fn state_name(locale: Locale, state: StudyState) -> &'static str {
    match state {
        StudyState::Away => td_string!(locale, classes.study_away),
        StudyState::Stuck => td_string!(locale, classes.study_stuck),
        StudyState::NotBegun => td_string!(locale, classes.study_not_begun),
        StudyState::GoingOn => td_string!(locale, classes.study_going_on),
        StudyState::Complete => td_string!(locale, classes.study_complete),
    }
}

/// The same as a label.
#[component]
pub(super) fn StudyTag(state: StudyState) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state {
        StudyState::Away => Tone::Stop,
        StudyState::Stuck => Tone::Wait,
        StudyState::NotBegun | StudyState::GoingOn => Tone::Plain,
        StudyState::Complete => Tone::Ok,
    };
    view! { <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag> }
}

/// Why they are there: one sentence.
pub(super) fn why(locale: Locale, reason: &StudyReason) -> String {
    match reason {
        StudyReason::Quiet { days } => td_string!(locale, classes.why_quiet, days = *days),
        StudyReason::QuietSinceJoining { days } => td_string!(locale, classes.why_quiet_since_joining, days = *days),
        StudyReason::Tries { unit_title, tries } => {
            td_string!(locale, classes.why_tries, unit = unit_title.clone(), tries = *tries)
        }
        StudyReason::LongUnit { unit_title, days } => {
            td_string!(locale, classes.why_long_unit, unit = unit_title.clone(), days = *days)
        }
        StudyReason::NotBegun => td_string!(locale, classes.why_not_begun).to_owned(),
        StudyReason::Missing { missing } => td_string!(locale, classes.why_missing, missing = *missing),
        StudyReason::Complete => td_string!(locale, classes.why_complete).to_owned(),
    }
}

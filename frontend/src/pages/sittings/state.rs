//! The states of an exam session in words.

use crate::{
    i18n::{Locale, td_string, use_i18n},
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use shared::sittings::ExamSessionState;

/// A state in a word.
pub(super) fn state_name(locale: Locale, state: ExamSessionState) -> &'static str {
    match state {
        ExamSessionState::Draft => td_string!(locale, sittings.draft),
        ExamSessionState::Registering => td_string!(locale, sittings.registering),
        ExamSessionState::Arranged => td_string!(locale, sittings.arranged),
        ExamSessionState::Armed => td_string!(locale, sittings.armed),
        ExamSessionState::Marking => td_string!(locale, sittings.marking),
        ExamSessionState::Published => td_string!(locale, sittings.published),
    }
}

/// A state as a label.
#[component]
pub(super) fn StateTag(
    /// Where the exam session stands.
    state: ExamSessionState,
) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state {
        ExamSessionState::Draft => Tone::Plain,
        ExamSessionState::Published => Tone::Ok,
        _ => Tone::Wait,
    };
    view! { <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag> }
}

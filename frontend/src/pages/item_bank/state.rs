//! Where an item stands, in words.

use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use shared::item_bank::ItemState;

/// A state in a word or two.
pub(super) fn state_name(locale: Locale, state: ItemState) -> &'static str {
    match state {
        ItemState::Draft => td_string!(locale, item_bank.draft),
        ItemState::Returned => td_string!(locale, item_bank.returned),
        ItemState::Trial => td_string!(locale, item_bank.on_trial),
        ItemState::Approved => td_string!(locale, item_bank.approved),
    }
}

/// The state, and why it was sent back if it was; of what was retired, that alone.
#[component]
pub(super) fn StateOf(
    /// Where it stands.
    state: ItemState,
    /// Whether it was retired.
    is_retired: bool,
    /// Why it was sent back; empty otherwise.
    returned_because: String,
) -> impl IntoView {
    let i18n = use_i18n();
    if is_retired {
        return view! { <Tag>{t!(i18n, item_bank.retired)}</Tag> }.into_any();
    }
    let tone = match state {
        ItemState::Draft | ItemState::Trial => Tone::Wait,
        ItemState::Returned => Tone::Stop,
        ItemState::Approved => Tone::Ok,
    };
    let because = (state == ItemState::Returned)
        .then(|| view! { <p class="small">{t!(i18n, item_bank.returned_because, reason = returned_because)}</p> });
    view! { <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag> {because} }.into_any()
}

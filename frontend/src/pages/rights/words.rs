//! States of grants in words, and roles to choose from.

use crate::{
    i18n::{Locale, td_string, use_i18n},
    pages::identity::role_name,
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use shared::rights::{GrantState, Role};

/// Where a grant stands, as a label.
#[component]
pub(super) fn StateTag(state: GrantState) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state {
        GrantState::Proposed => Tone::Wait,
        GrantState::InForce => Tone::Ok,
        GrantState::Ended => Tone::Plain,
    };
    view! { <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag> }
}

fn state_name(locale: Locale, state: GrantState) -> &'static str {
    match state {
        GrantState::Proposed => td_string!(locale, rights.proposed),
        GrantState::InForce => td_string!(locale, rights.in_force),
        GrantState::Ended => td_string!(locale, rights.ended),
    }
}

/// These roles, to choose one.
pub(super) fn role_options(locale: Locale, roles: impl Iterator<Item = Role>) -> Vec<(String, String)> {
    roles.map(|role| (role.as_str().to_owned(), role_name(locale, role).to_owned())).collect()
}

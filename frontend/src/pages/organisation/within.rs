//! Narrowing a list down to a place.

use super::{
    steps::{Offer, Walk},
    words::words,
};
use crate::{
    i18n::td_string,
    platform::actor::Actor,
    ui::{Field, Select},
};
use leptos::prelude::*;

/// Leads from the reader's place down to its parts and back up; not there where nothing is to be chosen.
#[component]
pub(in crate::pages) fn Within(
    /// The chosen place; [`super::steps::place_query`] asks for it.
    value: RwSignal<String>,
    /// Whether it leads to schools, too.
    #[prop(optional)]
    has_schools: bool,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let options = Walk::new(actor, value, Offer { has_beginning: false, has_schools }).options();
    // Without the choices the list still shows everybody; once there, they stay.
    let is_shown =
        Memo::new(move |before: Option<&bool>| before == Some(&true) || options.with(|options| options.len() > 1));
    view! {
        <Show when=move || is_shown.get()>
            <Field id="within" label=words(|locale| td_string!(locale, people.within))>
                <Select value options empty=words(|locale| td_string!(locale, common.all)) />
            </Field>
        </Show>
    }
}

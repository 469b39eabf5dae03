//! Choosing a place: from the largest that the reader keeps down to a school.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::{
        steps::{Offer, Walk},
        words::words,
    },
    platform::actor::Actor,
    ui::{Field, Select},
};
use leptos::prelude::*;

/// A list that leads one step down at a time and back up, and where one stands.
#[component]
pub(super) fn PlacePicker(
    /// The chosen place, as `organisation::steps` names it.
    place: RwSignal<String>,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let walk = Walk::new(expect_context::<Actor>(), place, Offer { has_beginning: true, has_schools: true });
    let path = walk.path();
    let chosen = move || match place.with(String::is_empty) {
        true => t_string!(i18n, rights.no_place).to_owned(),
        false => path.get(),
    };
    view! {
        <p role="status">{t!(i18n, rights.chosen_place)} <b>{chosen}</b></p>
        <Field id="place" label=words(|locale| td_string!(locale, rights.choose_part)) error>
            <Select value=place options=walk.options() />
        </Field>
    }
}

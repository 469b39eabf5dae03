//! Narrowing a list down to the learners of a class.

use crate::{
    i18n::td_string,
    pages::organisation::{steps::place_query, words::words},
    platform::{
        actor::Actor,
        client::{self, query},
    },
    ui::{Field, Select},
};
use leptos::prelude::*;
use shared::{
    learning::ClassRow,
    page::Page,
    rights::{Right, places},
};

/// Offers the classes at the chosen place; not there for who sees none.
#[component]
pub(in crate::pages) fn OfClass(
    /// Id of the chosen class; empty for everybody.
    value: RwSignal<String>,
    /// The chosen place.
    within: RwSignal<String>,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let may_read = actor.me().is_some_and(|me| places(&me.roles, Right::ReadClasses).next().is_some());
    let classes = LocalResource::new(move || {
        let place = query(&within.with(|within| place_query(within)));
        async move { if may_read { offered(actor, &place).await } else { Vec::new() } }
    });
    // A class of another place is none of this one.
    Effect::watch(move || within.get(), move |_, _, _| value.set(String::new()), false);
    let options = Signal::derive(move || classes.get().unwrap_or_default());
    let is_shown = Memo::new(move |_| options.with(|options| !options.is_empty()));
    view! {
        <Show when=move || is_shown.get()>
            <Field id="class" label=words(|locale| td_string!(locale, classes.class))>
                <Select value options empty=words(|locale| td_string!(locale, common.all)) />
            </Field>
        </Show>
    }
}

/// The newest classes, by id and name. Without them the list still shows everybody.
async fn offered(actor: Actor, place: &str) -> Vec<(String, String)> {
    let found = client::get::<Page<ClassRow>>(actor, &format!("/classes?limit=200&{place}")).await;
    let classes = found.map(|page| page.items).unwrap_or_default();
    classes.into_iter().map(|class| (class.id.to_string(), class.name)).collect()
}

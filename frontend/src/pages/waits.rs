//! A list that shows only what waits: said above it, with the way to everything.

use crate::{
    i18n::{t, use_i18n},
    ui::{Notice, Tone},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_query_map};

/// What the address asks for, by `?waits=…`.
pub(in crate::pages) fn waits() -> Memo<Option<String>> {
    let asked = use_query_map();
    Memo::new(move |_| asked.with(|query| query.get("waits")))
}

/// The words, and the way out.
#[component]
pub(in crate::pages) fn OnlyWaiting(
    /// What is shown.
    #[prop(into)]
    words: Signal<String>,
    /// The address of the whole list.
    everything: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Notice tone=Tone::Wait>
            <p>{move || words.get()} " " <A href=everything>{t!(i18n, common.show_all)}</A></p>
        </Notice>
    }
}

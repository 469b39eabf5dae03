//! The one heading of a page.

use crate::i18n::{t_string, use_i18n};
use leptos::{html::H1, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_location;

/// The page's `h1`: takes the focus when the page or its address changes, and is the document's title.
#[component]
pub fn PageHeading(
    /// The words.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let heading = NodeRef::<H1>::new();
    let path = use_location().pathname;
    Effect::new(move |_| {
        path.track();
        // A page that is being left is told of the new address, too.
        if let Some(heading) = heading.try_get().flatten() {
            drop(heading.focus());
        }
    });
    view! {
        <Title text=move || format!("{} · {}", text.try_get().unwrap_or_default(), t_string!(i18n, common.app_name)) />
        <h1 node_ref=heading tabindex="-1">{move || text.get()}</h1>
    }
}

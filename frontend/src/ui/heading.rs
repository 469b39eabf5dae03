//! The one heading of a page.

use leptos::{html::H1, prelude::*};
use leptos_meta::Title;

/// The page's `h1`: takes the focus when the page opens, and is the document's title.
#[component]
pub(crate) fn PageHeading(
    /// The words.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let heading = NodeRef::<H1>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            drop(heading.focus());
        }
    });
    view! {
        <Title text=move || text.get() />
        <h1 node_ref=heading tabindex="-1">{move || text.get()}</h1>
    }
}

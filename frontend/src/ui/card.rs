//! One idea on a sheet, and what to show where there is nothing.

use super::{Icon, Symbol, fresh_id};
use leptos::prelude::*;

/// A sheet with a heading of its own.
#[component]
pub fn Card(
    /// The heading; none if empty.
    #[prop(into, optional)]
    title: Signal<String>,
    /// What stands on it.
    children: Children,
) -> impl IntoView {
    let id = fresh_id("card");
    let labelled_by = id.clone();
    let has_title = move || title.with(|title| !title.is_empty());
    view! {
        <section class="card stack" aria-labelledby=move || has_title().then(|| labelled_by.clone())>
            <Show when=has_title>
                <h2 id=id.clone()>{move || title.get()}</h2>
            </Show>
            {children()}
        </section>
    }
}

/// Says that there is nothing, and what to do about it.
#[component]
pub fn EmptyState(
    /// What is not there, and when it will be.
    #[prop(into)]
    text: Signal<String>,
    /// A picture for it.
    #[prop(default = Symbol::Inbox)]
    symbol: Symbol,
    /// A way on: a button or a link.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty stack">
            <Icon symbol />
            <p>{move || text.get()}</p>
            {children.map(|children| children())}
        </div>
    }
}

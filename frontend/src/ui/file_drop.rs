//! Where a laptop may drag a file to.

use crate::platform::file;
use leptos::{ev::DragEvent, html, prelude::*};

/// What was dragged to a place for one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dropped {
    /// One file: it is chosen now, as if the reader had looked for it.
    Chosen,
    /// Several files, or none: nothing has changed.
    NotOne,
}

/// Around the input of one file: what is dragged here is chosen in it. The input stays what it is by keyboard and by tap.
#[component]
pub fn FileDrop(
    /// The input.
    input: NodeRef<html::Input>,
    /// Told what came.
    #[prop(into)]
    on_drop: Callback<Dropped>,
    /// Whether nothing may be chosen now.
    #[prop(into)]
    is_busy: Signal<bool>,
    /// The input, and what is said around it.
    children: Children,
) -> impl IntoView {
    let is_over = RwSignal::new(false);
    let over = move |event: DragEvent| {
        // Without this the browser would leave the page and open the file.
        event.prevent_default();
        is_over.set(!is_busy.get_untracked());
    };
    let take = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(false);
        if is_busy.get_untracked() {
            return;
        }
        let Some(input) = input.get_untracked() else { return };
        on_drop.run(if file::choose_dropped(&input, &event) { Dropped::Chosen } else { Dropped::NotOne });
    };
    view! {
        <div
            class="file-drop"
            class:is-over=move || is_over.get()
            on:dragover=over
            on:dragleave=move |_| is_over.set(false)
            on:drop=take
        >
            {children()}
        </div>
    }
}

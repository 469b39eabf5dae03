//! A labelled input with its error.

use leptos::prelude::*;

/// One line of text. The label, the error and the input belong together for screen readers.
#[component]
pub(crate) fn Field(
    /// Names the input on its page.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The text.
    value: RwSignal<String>,
    /// What is wrong; empty if nothing is.
    #[prop(into)]
    error: Signal<String>,
    /// `text` or `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in.
    autocomplete: &'static str,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    let described_by = error_id.clone();
    let is_wrong = move || !error.get().is_empty();
    view! {
        <div class="field">
            <label for=id>{move || label.get()}</label>
            <input
                id=id
                name=id
                type=kind
                autocomplete=autocomplete
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
                aria-invalid=move || is_wrong().then_some("true")
                aria-describedby=move || is_wrong().then(|| described_by.clone())
            />
            <Show when=is_wrong>
                <p class="error" id=error_id.clone()>{move || error.get()}</p>
            </Show>
        </div>
    }
}

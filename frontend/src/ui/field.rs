//! What belongs to an input: label, hint and error, tied together for screen readers.

use leptos::{context::Provider, prelude::*, wasm_bindgen::JsCast};

/// What the input inside a [`Field`] must say of itself.
#[derive(Clone, Copy)]
pub(super) struct FieldParts {
    /// The input's id and name.
    pub(super) id: StoredValue<String>,
    /// The ids of what describes it.
    pub(super) described_by: Signal<Option<String>>,
    /// Whether it is wrong.
    pub(super) is_wrong: Signal<bool>,
}

/// A label, a hint and an error around one input of [`super::TextInput`] and its kind.
#[component]
pub fn Field(
    /// Names the input on its page; also its `name`.
    #[prop(into)]
    id: String,
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// How to fill it in; empty if that is plain.
    #[prop(into, optional)]
    hint: Signal<String>,
    /// What is wrong; empty if nothing is.
    #[prop(into, optional)]
    error: Signal<String>,
    /// The input.
    children: Children,
) -> impl IntoView {
    let id = StoredValue::new(id);
    let part_id = move |part: &str| format!("{}-{part}", id.get_value());
    let has_hint = Memo::new(move |_| hint.with(|hint| !hint.is_empty()));
    let is_wrong = Memo::new(move |_| error.with(|error| !error.is_empty()));
    let described_by = Signal::derive(move || {
        let parts = [(has_hint.get(), "hint"), (is_wrong.get(), "error")];
        let ids: Vec<_> = parts.iter().filter(|(is_there, _)| *is_there).map(|&(_, part)| part_id(part)).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    });
    let parts = FieldParts { id, described_by, is_wrong: is_wrong.into() };
    view! {
        <div class="field">
            <label for=id.get_value()>{move || label.get()}</label>
            <Show when=move || has_hint.get()>
                <p class="hint" id=part_id("hint")>{move || hint.get()}</p>
            </Show>
            <Provider value=parts>{children()}</Provider>
            <Show when=move || is_wrong.get()>
                <p class="error" id=part_id("error")>{move || error.get()}</p>
            </Show>
        </div>
    }
}

/// Moves the focus to the first wrong field of the page, once the page shows which that is.
pub fn focus_first_wrong() {
    focus_on("[aria-invalid=true]");
}

/// Moves the focus to the first element of this kind (a CSS selector), once the page has been drawn.
pub fn focus_on(selector: impl Into<String>) {
    let selector = selector.into();
    request_animation_frame(move || {
        let found = document().query_selector(&selector).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            drop(element.focus());
        }
    });
}

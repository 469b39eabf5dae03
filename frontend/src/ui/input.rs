//! Inputs. Each stands in a [`super::Field`], which gives it its name, label and error. What an input method is
//! still composing is no text yet: nothing judges it, saves it or writes over it.

use super::field::FieldParts;
use crate::i18n::{t_string, use_i18n};
use leptos::prelude::*;

/// One line of text.
#[component]
pub fn TextInput(
    /// The text.
    value: RwSignal<String>,
    /// The input's type: `text`, `password`, `tel`, `date`, ….
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Which keyboard a phone shows: `numeric`, `tel`, ….
    #[prop(optional)]
    keyboard: Option<&'static str>,
    /// Happens when the input is left: the time to judge the text.
    #[prop(into, optional)]
    on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let parts = expect_context::<FieldParts>();
    let is_composing = StoredValue::new(false);
    view! {
        <input
            id=parts.id.get_value()
            name=parts.id.get_value()
            type=kind
            autocomplete=autocomplete
            inputmode=keyboard
            prop:value=value
            on:compositionstart=move |_| is_composing.set_value(true)
            on:compositionend:target=move |event| {
                is_composing.set_value(false);
                value.set(event.target().value());
            }
            on:input:target=move |event| {
                if !is_composing.get_value() {
                    value.set(event.target().value());
                }
            }
            on:blur=move |_| if let Some(on_leave) = on_leave { on_leave.run(()) }
            aria-invalid=move || parts.is_wrong.get().then_some("true")
            aria-describedby=move || parts.described_by.get()
        />
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// The text.
    value: RwSignal<String>,
    /// Lines shown.
    #[prop(default = 5)]
    rows: u32,
    /// Happens when the input is left.
    #[prop(into, optional)]
    on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let parts = expect_context::<FieldParts>();
    let is_composing = StoredValue::new(false);
    view! {
        <textarea
            id=parts.id.get_value()
            name=parts.id.get_value()
            rows=rows
            prop:value=value
            on:compositionstart=move |_| is_composing.set_value(true)
            on:compositionend:target=move |event| {
                is_composing.set_value(false);
                value.set(event.target().value());
            }
            on:input:target=move |event| {
                if !is_composing.get_value() {
                    value.set(event.target().value());
                }
            }
            on:blur=move |_| if let Some(on_leave) = on_leave { on_leave.run(()) }
            aria-invalid=move || parts.is_wrong.get().then_some("true")
            aria-describedby=move || parts.described_by.get()
        ></textarea>
    }
}

/// One of a few values.
#[component]
pub fn Select(
    /// The chosen value; empty while nothing is chosen.
    value: RwSignal<String>,
    /// Values and their words, in order.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// What it means that nothing is chosen, where that is an answer too.
    #[prop(optional, into)]
    empty: Option<Signal<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let parts = expect_context::<FieldParts>();
    let unchosen = move || empty.map_or_else(|| t_string!(i18n, common.choose).to_owned(), |empty| empty.get());
    let option = move |(choice, words): (String, String)| {
        let own = choice.clone();
        view! { <option value=choice prop:selected=move || value.with(|value| *value == own)>{words}</option> }
    };
    view! {
        <select
            id=parts.id.get_value()
            name=parts.id.get_value()
            on:change:target=move |event| value.set(event.target().value())
            aria-invalid=move || parts.is_wrong.get().then_some("true")
            aria-describedby=move || parts.described_by.get()
        >
            <option value="" prop:selected=move || value.with(String::is_empty)>{unchosen}</option>
            {move || options.get().into_iter().map(option).collect_view()}
        </select>
    }
}

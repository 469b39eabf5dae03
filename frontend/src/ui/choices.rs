//! One of a few values, all in sight.

use super::fresh_id;
use leptos::prelude::*;

/// A group of radio buttons side by side.
#[component]
pub fn Choices(
    /// What is chosen.
    #[prop(into)]
    legend: Signal<String>,
    /// The value in force.
    #[prop(into)]
    value: Signal<String>,
    /// Values and their words, in order.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// Takes the new value.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let group = StoredValue::new(fresh_id("choices"));
    let choice = move |(choice, words): (String, String)| {
        let (own, given) = (choice.clone(), choice.clone());
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name=group.get_value()
                    value=choice
                    prop:checked=move || value.with(|value| *value == own)
                    on:change=move |_| on_choose.run(given.clone())
                />
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choices">
            <legend>{move || legend.get()}</legend>
            <div class="row">{move || options.get().into_iter().map(choice).collect_view()}</div>
        </fieldset>
    }
}

/// The words of a choice with how many there are of it, once that is known.
pub fn with_count(name: &str, count: Option<u64>) -> String {
    count.map_or_else(|| name.to_owned(), |count| format!("{name} {count}"))
}

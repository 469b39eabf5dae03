//! Rows and columns.

use super::EmptyState;
use crate::i18n::{t_string, use_i18n};
use leptos::{html, prelude::*};
use web_sys::HtmlElement;

/// The head of one column.
#[derive(Clone, Copy)]
pub struct Column {
    words: Signal<String>,
    is_number: bool,
}

impl Column {
    /// A column of words.
    pub fn text(words: impl Into<Signal<String>>) -> Self {
        Self { words: words.into(), is_number: false }
    }

    /// A column of numbers: to the right, figures of one width. Its cells say `<td class="n">`.
    pub fn number(words: impl Into<Signal<String>>) -> Self {
        Self { words: words.into(), is_number: true }
    }
}

/// Tells the style sheet what a card writes before its cells: `--head-1`, `--head-2` and so on.
fn name_heads(table: &HtmlElement, columns: &[Column]) {
    for (at, column) in columns.iter().enumerate() {
        let words = format!("\"{}\"", column.words.get());
        // A browser that refuses shows the cells without their heads.
        drop(table.style().set_property(&format!("--head-{}", at + 1), &words));
    }
}

/// A table; on a narrow screen each row is a card whose cells say the head of their column.
#[component]
pub fn Table<T, K, V>(
    /// What the table shows.
    #[prop(into)]
    caption: Signal<String>,
    /// The heads.
    columns: Vec<Column>,
    /// The rows.
    #[prop(into)]
    rows: Signal<Vec<T>>,
    /// What tells one row from another.
    key: fn(&T) -> K,
    /// The cells of a row: `<td>`s, the first a `<th scope="row">`.
    row: fn(T) -> V,
    /// What to say when there are no rows; a general sentence if it is missing.
    #[prop(into, optional)]
    empty: Option<Signal<String>>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    K: Eq + std::hash::Hash + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let i18n = use_i18n();
    let nothing = empty.unwrap_or_else(|| Signal::derive(move || t_string!(i18n, common.empty).to_owned()));
    let columns = StoredValue::new(columns);
    let head = |column: Column| {
        view! { <th scope="col" class:n=column.is_number>{move || column.words.get()}</th> }
    };
    let table = NodeRef::<html::Table>::new();
    Effect::new(move |_| {
        let Some(table) = table.get() else { return };
        columns.with_value(|columns| name_heads(&table, columns));
    });
    view! {
        <Show
            when=move || rows.with(|rows| !rows.is_empty())
            fallback=move || view! { <EmptyState text=nothing /> }
        >
            <div class="table" role="region" tabindex="0" aria-label=move || caption.get()>
                <table node_ref=table>
                    <caption class="visually-hidden">{move || caption.get()}</caption>
                    <thead>
                        <tr>{columns.get_value().into_iter().map(head).collect_view()}</tr>
                    </thead>
                    <tbody>
                        <For each=move || rows.get() key=key let:shown>
                            <tr>{row(shown)}</tr>
                        </For>
                    </tbody>
                </table>
            </div>
        </Show>
    }
}

//! Tables: for each row one of the columns is chosen. On a narrow screen the columns stand below their row.

use super::{
    places::{choose, chosen},
    response_input::Answering,
};
use leptos::prelude::*;

/// The rows, each with all columns to choose from.
#[component]
pub(super) fn Matrix(
    /// The item.
    answering: Answering,
    /// The rows as HTML.
    rows: Vec<String>,
    /// The columns as HTML, in the author's order, in which they are always shown.
    columns: Vec<String>,
) -> impl IntoView {
    let count = rows.len();
    let row = move |(place, html): (usize, String)| {
        view! { <Row answering count place html columns=columns.clone() /> }
    };
    view! { <div class="matrix">{rows.into_iter().enumerate().map(row).collect_view()}</div> }
}

/// One row.
#[component]
fn Row(
    /// The item.
    answering: Answering,
    /// How many rows there are.
    count: usize,
    /// Which of them, from 0.
    place: usize,
    /// What it says, as HTML.
    html: String,
    /// The columns as HTML.
    columns: Vec<String>,
) -> impl IntoView {
    let id = answering.id.get_value();
    let (named, name) = (format!("{id}-row-{}", place + 1), format!("{id}-columns-{}", place + 1));
    let labelled_by = named.clone();
    let in_force =
        Memo::new(move |_| answering.response.with(|response| chosen(response.as_ref(), count).swap_remove(place)));
    let cell = move |(column, html): (u16, String)| {
        let is_chosen = Memo::new(move |_| in_force.get() == Some(column));
        view! {
            <label class="option">
                <input
                    type="radio"
                    name=name.clone()
                    value=column
                    prop:checked=is_chosen
                    on:change=move |_| choose(answering, count, place, Some(column))
                />
                <span class="prose" inner_html=html></span>
            </label>
        }
    };
    view! {
        <div class="matrix-row" role="radiogroup" aria-labelledby=labelled_by>
            <div class="prose" id=named inner_html=html></div>
            <div class="options">{(0..).zip(columns).map(cell).collect_view()}</div>
        </div>
    }
}

//! Pairs: for each text on the left one on the right is chosen.

use super::{
    choose::lettered,
    places::{Place, words_of},
    response_input::Answering,
};
use leptos::prelude::*;

/// The texts to choose from with their letters, and each text on the left with its list.
#[component]
pub(super) fn Pairs(
    /// The item.
    answering: Answering,
    /// The texts on the left as HTML.
    lefts: Vec<String>,
    /// The texts on the right as HTML, as they are kept.
    rights: Vec<String>,
    /// The indices of the texts on the right in the order shown; empty for the order in which they are kept.
    order: Vec<u16>,
) -> impl IntoView {
    let count = lefts.len();
    let shown = lettered(&rights, &order);
    let choices: Vec<_> =
        shown.iter().map(|(letter, index, html)| (*index, format!("{letter} {}", words_of(html)))).collect();
    let right = |(letter, _, html): (char, u16, String)| {
        view! { <li><b class="letter">{letter}</b> " " <span class="prose" inner_html=html></span></li> }
    };
    let left = move |(place, html): (usize, String)| {
        let named = format!("{}-left-{}", answering.id.get_value(), place + 1);
        let (labelled_by, choices) = (named.clone(), choices.clone());
        view! {
            <div class="place">
                <span class="prose" id=named inner_html=html></span>
                <Place answering count place labelled_by choices />
            </div>
        }
    };
    view! {
        <ul class="rights">{shown.into_iter().map(right).collect_view()}</ul>
        <div class="places">{lefts.into_iter().enumerate().map(left).collect_view()}</div>
    }
}

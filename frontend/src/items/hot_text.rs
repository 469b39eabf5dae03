//! A text in which words are chosen, each a button that stays pressed.

use super::{
    choose::{has_chosen, toggled},
    response_input::Answering,
};
use leptos::prelude::*;

/// The text, with a button for everything in it that can be chosen. It stands in its order on every screen.
#[component]
pub(super) fn HotText(
    /// The item.
    answering: Answering,
    /// What stands before, between and behind the words, as HTML.
    pieces: Vec<String>,
    /// The words as HTML.
    words: Vec<String>,
) -> impl IntoView {
    let mut words = (0_u16..).zip(words);
    let part = move |html: String| {
        let word = words.next().map(|(index, html)| view! { <Word answering index html /> });
        view! {
            <span class="piece prose" inner_html=html></span>
            {word}
        }
    };
    view! { <div class="cloze stem">{pieces.into_iter().map(part).collect_view()}</div> }
}

/// Words that can be chosen.
#[component]
fn Word(
    /// The item.
    answering: Answering,
    /// Which of all words, from 0.
    index: u16,
    /// What they are, as HTML.
    html: String,
) -> impl IntoView {
    let is_chosen = Memo::new(move |_| answering.response.with(|response| has_chosen(response.as_ref(), index)));
    let toggle = move |_| {
        let is_on = !is_chosen.get_untracked();
        let response = answering.response.with_untracked(|response| toggled(response.as_ref(), index, is_on));
        answering.on_change.run(response);
    };
    view! {
        <button type="button" class="word" aria-pressed=move || is_chosen.get().to_string() on:click=toggle>
            <span class="prose" inner_html=html></span>
        </button>
    }
}

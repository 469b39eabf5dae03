//! Places that one of several texts is chosen for, in lists that open.

use super::response_input::Answering;
use crate::i18n::{t, use_i18n};
use leptos::prelude::*;
use shared::item_bank::{NO_BEGINNING, Response};

/// A list that opens, for one place.
#[component]
pub(super) fn Place(
    /// The item.
    answering: Answering,
    /// How many places the item has.
    count: usize,
    /// Which of them, from 0.
    place: usize,
    /// The id of what names the place on its page …
    #[prop(optional, into)]
    labelled_by: Option<String>,
    /// … or its name.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
    /// The indices that can be chosen with their words, in the order shown.
    choices: Vec<(u16, String)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let chosen =
        Memo::new(move |_| answering.response.with(|response| chosen(response.as_ref(), count).swap_remove(place)));
    let choose = move |index: Option<u16>| choose(answering, count, place, index);
    let choice = move |(index, words): (u16, String)| {
        let is_chosen = move || chosen.get() == Some(index);
        view! { <option value=index.to_string() prop:selected=is_chosen>{words}</option> }
    };
    view! {
        <select
            aria-labelledby=labelled_by
            aria-label=move || label.map(|label| label.get())
            on:change:target=move |event| choose(event.target().value().parse().ok())
        >
            <option value="" prop:selected=move || chosen.get().is_none()>{t!(i18n, common.choose)}</option>
            {choices.into_iter().map(choice).collect_view()}
        </select>
    }
}

/// Hands on that this was chosen for a place, or nothing.
pub(super) fn choose(answering: Answering, count: usize, place: usize, index: Option<u16>) {
    let mut now = answering.response.with_untracked(|response| chosen(response.as_ref(), count));
    now[place] = index;
    let is_empty = now.iter().all(Option::is_none);
    answering.on_change.run(if is_empty { Response::Cleared } else { Response::Choices(now) });
}

/// What was chosen for each place.
pub(super) fn chosen(response: Option<&Response>, count: usize) -> Vec<Option<u16>> {
    let mut chosen = match response {
        Some(Response::Choices(chosen)) => chosen.clone(),
        _ => Vec::new(),
    };
    chosen.resize(count, None);
    chosen
}

/// The words of drawn HTML, for lists that show nothing else.
pub(super) fn words_of(html: &str) -> String {
    let words = document().create_element("div").ok().and_then(|holder| {
        holder.set_inner_html(html);
        holder.text_content()
    });
    bare(&words.unwrap_or_default()).to_owned()
}

/// Words without what is not seen around them.
fn bare(words: &str) -> &str {
    words.trim_matches(|c: char| c.is_whitespace() || c == NO_BEGINNING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_nothing_around_them() {
        assert_eq!(bare("\u{200b}- 3\n"), "- 3");
        assert_eq!(bare(" a b "), "a b");
    }

    #[test]
    fn every_place_has_a_choice_or_none() {
        assert_eq!(chosen(None, 2), [None, None]);
        assert_eq!(chosen(Some(&Response::Single(1)), 1), [None]);
        assert_eq!(chosen(Some(&Response::Choices(vec![Some(1)])), 2), [Some(1), None]);
    }
}

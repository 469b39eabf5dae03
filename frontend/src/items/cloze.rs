//! A text with lists to choose from in it.

use super::{
    places::{Place, words_of},
    response_input::Answering,
};
use crate::i18n::{t_string, use_i18n};
use leptos::prelude::*;

/// The text, with a list where something is missing.
#[component]
pub(super) fn Cloze(
    /// The item.
    answering: Answering,
    /// What stands before, between and after the lists, as HTML.
    pieces: Vec<String>,
    /// How many words each list has.
    menus: Vec<u16>,
    /// The words of all lists as HTML, as they are kept, one list after the other.
    options: Vec<String>,
    /// The indices of all words in the order shown; empty for the order in which they are kept.
    order: Vec<u16>,
) -> impl IntoView {
    let i18n = use_i18n();
    let count = menus.len();
    let mut lists = lists(&menus, &order).into_iter();
    let mut first = 0;
    let part = move |(place, html): (usize, String)| {
        let list = lists.next().map(|list| {
            let words = options.get(first..).unwrap_or_default();
            let word = |index: u16| Some((index, words_of(words.get(usize::from(index))?)));
            first += list.len();
            let choices = list.into_iter().filter_map(word).collect::<Vec<_>>();
            let label = Signal::derive(move || t_string!(i18n, items.blank, number = place + 1));
            view! { <Place answering count place label choices /> }
        });
        view! {
            <span class="piece prose" inner_html=html></span>
            {list}
        }
    };
    view! { <div class="cloze stem">{pieces.into_iter().enumerate().map(part).collect_view()}</div> }
}

/// For each list the indices of its own words in the order shown.
fn lists(menus: &[u16], order: &[u16]) -> Vec<Vec<u16>> {
    let mut first = 0;
    let list = |&count: &u16| {
        let own = first..first + count;
        let shown: Vec<u16> =
            order.iter().filter(|&index| own.contains(index)).map(|index| index - own.start).collect();
        first = own.end;
        if order.is_empty() { (0..count).collect() } else { shown }
    };
    menus.iter().map(list).collect()
}

#[cfg(test)]
mod tests {
    use super::lists;

    #[test]
    fn one_order_of_all_words_is_an_order_of_each_list() {
        assert_eq!(lists(&[2, 3], &[]), [vec![0, 1], vec![0, 1, 2]]);
        assert_eq!(lists(&[2, 3], &[4, 1, 2, 0, 3]), [vec![1, 0], vec![2, 0, 1]]);
        assert_eq!(lists(&[], &[]), Vec::<Vec<u16>>::new());
    }
}

//! Answers that are chosen: options, and right or wrong.

use super::response_input::Answering;
use crate::i18n::{t_string, use_i18n};
use leptos::prelude::*;
use shared::item_bank::Response;

/// The options of a choice as large targets, with letters in the order shown.
#[component]
pub(super) fn Options(
    /// The item.
    answering: Answering,
    /// The options as HTML, in the author's order.
    html: Vec<String>,
    /// The author's indices in the order shown; empty for the author's order.
    order: Vec<u16>,
    /// Whether several may be right.
    #[prop(optional)]
    is_many: bool,
) -> impl IntoView {
    let option = move |(letter, index, html): (char, u16, String)| {
        let is_chosen = Memo::new(move |_| answering.response.with(|response| has_chosen(response.as_ref(), index)));
        let choose = move |is_on: bool| {
            let response = answering.response.with_untracked(|response| {
                if is_many { toggled(response.as_ref(), index, is_on) } else { Response::Single(index) }
            });
            answering.on_change.run(response);
        };
        view! {
            <label class="option">
                <input
                    type=if is_many { "checkbox" } else { "radio" }
                    name=answering.id.get_value()
                    value=index
                    prop:checked=is_chosen
                    on:change:target=move |event| choose(event.target().checked())
                />
                <b class="letter">{letter}</b>
                " "
                <span class="prose" inner_html=html></span>
            </label>
        }
    };
    view! { <div class="options">{lettered(&html, &order).into_iter().map(option).collect_view()}</div> }
}

/// Whether a statement is right.
#[component]
pub(super) fn Verdicts(
    /// The item.
    answering: Answering,
    /// The verdict in force.
    #[prop(into)]
    judged: Signal<Option<bool>>,
    /// Takes a new verdict.
    #[prop(into)]
    on_judge: Callback<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let verdict = move |verdict: bool| {
        let is_chosen = Memo::new(move |_| judged.get() == Some(verdict));
        let words = move || if verdict { t_string!(i18n, items.is_true) } else { t_string!(i18n, items.is_false) };
        view! {
            <label class="option">
                <input
                    type="radio"
                    name=answering.id.get_value()
                    value=verdict.to_string()
                    prop:checked=is_chosen
                    on:change=move |_| on_judge.run(verdict)
                />
                <span>{words}</span>
            </label>
        }
    };
    view! { <div class="options">{[true, false].map(verdict).collect_view()}</div> }
}

/// Letter, author's index and HTML of each option, in the order shown.
pub(super) fn lettered(html: &[String], order: &[u16]) -> Vec<(char, u16, String)> {
    let authors: Vec<u16> = (0..).take(html.len()).collect();
    let order = if order.is_empty() { &authors } else { order };
    let shown = order.iter().filter_map(|index| Some((*index, html.get(usize::from(*index))?.clone())));
    ('A'..='Z').zip(shown).map(|(letter, (index, html))| (letter, index, html)).collect()
}

/// Whether an option was chosen, alone or among several.
pub(super) fn has_chosen(response: Option<&Response>, index: u16) -> bool {
    match response {
        Some(Response::Single(chosen)) => *chosen == index,
        Some(Response::Multiple(chosen)) => chosen.contains(&index),
        _ => false,
    }
}

/// The response after one of several options was put in or taken out.
pub(super) fn toggled(response: Option<&Response>, index: u16, is_on: bool) -> Response {
    let mut chosen = match response {
        Some(Response::Multiple(chosen)) => chosen.clone(),
        _ => Vec::new(),
    };
    chosen.retain(|other| *other != index);
    if is_on {
        chosen.push(index);
        chosen.sort_unstable();
    }
    if chosen.is_empty() { Response::Cleared } else { Response::Multiple(chosen) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_follow_the_order_shown() {
        let html = ["a", "b", "c"].map(str::to_owned);
        let shown = |order: &[u16]| {
            lettered(&html, order).into_iter().map(|(letter, index, _)| (letter, index)).collect::<Vec<_>>()
        };
        assert_eq!(shown(&[]), [('A', 0), ('B', 1), ('C', 2)]);
        assert_eq!(shown(&[2, 0, 1]), [('A', 2), ('B', 0), ('C', 1)]);
        assert_eq!(shown(&[9, 1]), [('A', 1)]);
    }

    #[test]
    fn several_options_stay_ascending_and_none_is_no_answer() {
        let two = toggled(Some(&Response::Multiple(vec![2])), 0, true);
        assert_eq!(two, Response::Multiple(vec![0, 2]));
        assert_eq!(toggled(Some(&two), 2, false), Response::Multiple(vec![0]));
        assert_eq!(toggled(Some(&Response::Multiple(vec![2])), 2, false), Response::Cleared);
    }
}

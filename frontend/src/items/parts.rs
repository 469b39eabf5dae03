//! Several questions on one material, each answered as an item of its own.

use super::{ItemStem, ResponseInput, response_input::Answering};
use crate::i18n::{t, use_i18n};
use leptos::prelude::*;
use shared::item_bank::{PartAnswers, PartView, Response};

/// The questions, below each other. Their type says nothing of what they hold: a question is an item again.
#[component]
pub(super) fn Parts(
    /// The item.
    answering: Answering,
    /// The questions.
    parts: Vec<PartView>,
    /// The order of the options of each; what is missing has its author's.
    orders: Vec<Vec<u16>>,
) -> AnyView {
    let i18n = use_i18n();
    let count = parts.len();
    let part = move |(place, part): (usize, PartView)| {
        let order = orders.get(place).cloned().unwrap_or_default();
        let PartView { percent, view: asked } = part;
        let id = format!("{}-part-{}", answering.id.get_value(), place + 1);
        let stem = asked.stem_html.clone();
        let response = Signal::derive(move || answering.response.with(|response| part_of(response.as_ref(), place)));
        let change = move |changed: Response| {
            let changed =
                answering.response.with_untracked(|response| with_part(response.as_ref(), (place, count), changed));
            answering.on_change.run(changed);
        };
        view! {
            <section class="part stack">
                <p class="muted small">{t!(i18n, items.part, number = place + 1, percent = percent)}</p>
                <ItemStem id=id.clone() html=stem />
                <ResponseInput item=asked id=id order=order response=response on_change=change />
            </section>
        }
        .into_any()
    };
    view! { <div class="parts stack">{parts.into_iter().enumerate().map(part).collect_view()}</div> }.into_any()
}

/// The answer to one question.
fn part_of(response: Option<&Response>, place: usize) -> Option<Response> {
    let Some(Response::Parts(given)) = response else { return None };
    given.parts.get(place).filter(|part| **part != Response::Cleared).cloned()
}

/// The answers to all questions after that to one of them has changed.
fn with_part(response: Option<&Response>, (place, count): (usize, usize), changed: Response) -> Response {
    let mut parts = match response {
        Some(Response::Parts(given)) => given.parts.clone(),
        _ => Vec::new(),
    };
    parts.resize(count, Response::Cleared);
    if let Some(part) = parts.get_mut(place) {
        *part = changed;
    }
    let given = Response::Parts(PartAnswers { parts });
    if given.is_empty() { Response::Cleared } else { given }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_question_keeps_its_answer_and_none_is_no_answer() {
        let one = with_part(None, (1, 3), Response::Single(2));
        assert_eq!((part_of(Some(&one), 0), part_of(Some(&one), 1)), (None, Some(Response::Single(2))));
        let two = with_part(Some(&one), (0, 3), Response::TrueFalse(false));
        assert_eq!(
            (part_of(Some(&two), 0), part_of(Some(&two), 1)),
            (Some(Response::TrueFalse(false)), Some(Response::Single(2)))
        );
        assert_eq!(with_part(Some(&one), (1, 3), Response::Cleared), Response::Cleared);
    }
}

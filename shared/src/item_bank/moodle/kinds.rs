//! Kinds of Moodle that are none of choices and words: numbers, pairs, and lines in their order.

use super::{formatted, note_feedback, plain, raw, worth};
use crate::item_bank::{
    ImportError, ItemBody, Tolerance,
    markdown::{Losses, markdown},
    matching::of_pairs,
    numeric::Decimal,
    ordering,
    weights::{WHOLE, weight},
    xml::{Element, Node},
};

/// What was read of a question, or why it is no item.
pub(super) type Body = Result<ItemBody, &'static str>;

/// A number and how far it may be off; units are told by the names of their elements.
pub(super) fn number(question: &Element, losses: &mut Losses) -> Result<Body, ImportError> {
    let mut right = None;
    for answer in question.all("answer") {
        note_feedback(answer, losses);
        let (worth, by) = (worth(answer)?, answer.child("tolerance").map(Element::text).unwrap_or_default());
        if worth > 0 && worth < WHOLE {
            return Ok(Err("partial_weight"));
        }
        if worth == WHOLE && right.replace((plain(answer)?, by)).is_some() {
            return Ok(Err("several_keys"));
        }
    }
    let Some((key, by)) = right else { return Ok(Err("no_key")) };
    let by = if by.trim().is_empty() { "0" } else { by.trim() };
    let number = |(key, by): (Decimal, Decimal)| {
        let tolerance = Tolerance::Absolute { by: by.to_string() };
        ItemBody::Numeric { key: key.to_string(), tolerance, units: Vec::new() }
    };
    Ok(Decimal::read(&key).zip(Decimal::read(by)).map(number).ok_or("not_a_number"))
}

/// Pairs; what stands on the right of nothing belongs to none.
pub(super) fn pairs(question: &Element, losses: &mut Losses) -> Result<Body, ImportError> {
    let mut pairs = Vec::new();
    for part in question.all("subquestion") {
        let left = one_line(&formatted(part, losses)?);
        let right = part.child("answer").map(raw).unwrap_or_default();
        pairs.push((left, words(right, losses)));
    }
    Ok(of_pairs(&pairs).ok_or("bad_answers"))
}

/// Lines, of which each says its place.
pub(super) fn lines(question: &Element, losses: &mut Losses) -> Result<Body, ImportError> {
    let mut lines = Vec::new();
    for answer in question.all("answer") {
        note_feedback(answer, losses);
        let place = answer.attribute("fraction").and_then(|place| weight(place.trim())).unwrap_or_default();
        lines.push((place, one_line(&formatted(answer, losses)?)));
    }
    lines.sort_by_key(|(place, _)| *place);
    let lines: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
    Ok(ordering::of_lines(&lines.join("\n")).ok_or("bad_answers"))
}

/// Words without any look, as a line of Markdown.
pub(super) fn words(text: String, losses: &mut Losses) -> String {
    one_line(&markdown(&[Node::Text(text)], losses, &mut |_, _| None))
}

fn one_line(markdown: &str) -> String {
    markdown.replace("\\\n", " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

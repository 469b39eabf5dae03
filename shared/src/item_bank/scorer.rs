//! How a response is scored. Pure: the same item, response and version give the same points for ever.

use super::{
    Child, Item, ItemBody, MultipleRule, Response, calculation, composite, correction, fill_in::right_blanks, hot_text,
    inline_choice, key_lines, matching, numeric, ordering::neighbours,
};
use crate::points::Points;
use std::collections::BTreeSet;

/// The newest version of these rules. Sealed papers pin it, it is stored with every score, and it grows when a rule changes.
pub const SCORER_VERSION: u16 = 1;

/// What a response is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scored {
    /// The rules decide.
    Points(Points),
    /// A person must mark it.
    NeedsPerson,
}

/// Scores a response by this version of the rules, which a sealed paper pins; `None` if there is no such version.
#[must_use]
pub fn score_by(version: u16, item: &Item, response: Option<&Response>, max: Points) -> Option<Scored> {
    (version == SCORER_VERSION).then(|| score(item, response, max))
}

/// Scores a response by the newest rules; `None` is an item that was not answered. A response of another kind than the item
/// is worth nothing.
#[must_use]
pub fn score(item: &Item, response: Option<&Response>, max: Points) -> Scored {
    let max = max.max(Points::ZERO);
    let all_if = |right: bool| if right { max } else { Points::ZERO };
    let points = match (&item.body, response) {
        (ItemBody::ShortAnswer { .. } | ItemBody::Essay { .. }, Some(Response::Text(text)))
            if !text.trim().is_empty() =>
        {
            return Scored::NeedsPerson;
        }
        (ItemBody::SingleChoice { key, .. }, Some(Response::Single(chosen))) => all_if(chosen == key),
        (
            ItemBody::MultipleChoice { key, rule, .. } | ItemBody::HotText { key, rule },
            Some(Response::Multiple(chosen)),
        ) => score_multiple(key, chosen, max, *rule),
        (ItemBody::TrueFalse { key }, Some(Response::TrueFalse(judged))) => all_if(judged == key),
        (ItemBody::Correction { key, accepted }, Some(Response::Judged(given))) => {
            all_shares(correction::right_parts(*key, accepted, given), max)
        }
        (ItemBody::FillIn { blanks, groups }, Some(Response::Blanks(texts))) => {
            all_shares(right_blanks(blanks, groups, texts), max)
        }
        (ItemBody::Composite { children }, Some(Response::Parts(given))) => {
            return composite::scored(children, given, max);
        }
        (ItemBody::Calculation { steps }, Some(Response::Blanks(texts))) => calculation::points(steps, texts, max),
        (ItemBody::Numeric { key, tolerance, units }, Some(Response::Text(text))) => {
            all_if(numeric::is_right(key, tolerance, units, text))
        }
        (
            ItemBody::Matching { key, .. } | ItemBody::InlineChoice { key, .. } | ItemBody::Matrix { key, .. },
            Some(Response::Choices(chosen)),
        ) => score_places(key, chosen, max),
        (ItemBody::Ordering { key, .. }, Some(Response::Ordered(given))) => all_shares(neighbours(key, given), max),
        _ => Points::ZERO,
    };
    Scored::Points(points)
}

/// What is scored by itself of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScoredPart {
    /// The number of the question on a material that waits for a person, from 1; 0 for everything else, and for whatever is
    /// no material.
    pub part: u16,
    /// The most that it can be worth.
    pub max: Points,
    /// What it is worth.
    pub scored: Scored,
}

/// What is scored of a response, by this version of the rules: everything at once, but each question on a material that a
/// person marks by itself. Number 0 comes first, and the parts are worth `max` together. `None` if there is no such version.
#[must_use]
pub fn score_parts_by(version: u16, item: &Item, response: Option<&Response>, max: Points) -> Option<Vec<ScoredPart>> {
    if version != SCORER_VERSION {
        return None;
    }
    Some(match (&item.body, response) {
        (ItemBody::Composite { children }, Some(Response::Parts(given))) => {
            composite::scored_parts(children, given, max.max(Points::ZERO))
        }
        _ => vec![ScoredPart { part: 0, max, scored: score(item, response, max) }],
    })
}

/// The key for people: letters of the right options, `true` or `false`, one text a blank (its
/// alternatives with ` | ` between), the rubric, the pairs, each row with its column, the right words of the menus or of
/// the stem, the keys of the questions on a material, or else as its author writes it.
#[must_use]
pub fn key_letters(item: &Item) -> Vec<String> {
    match &item.body {
        ItemBody::SingleChoice { key, .. } => vec![option_letter(*key)],
        ItemBody::MultipleChoice { key, .. } => key.iter().copied().map(option_letter).collect(),
        ItemBody::TrueFalse { key } => vec![key.to_string()],
        ItemBody::FillIn { blanks, .. } => blanks.iter().map(|accepted| accepted.join(" | ")).collect(),
        ItemBody::ShortAnswer { rubric } => vec![rubric.clone()],
        ItemBody::Matching { lefts, rights, key } => matching::pairs(lefts, rights, key),
        ItemBody::Matrix { rows, columns, key } => matching::pairs(rows, columns, key),
        ItemBody::InlineChoice { menus, key } => inline_choice::right_words(menus, key),
        ItemBody::HotText { key, .. } => hot_text::right_words(&item.stem, key),
        body @ (ItemBody::Numeric { .. }
        | ItemBody::Ordering { .. }
        | ItemBody::Correction { .. }
        | ItemBody::Essay { .. }
        | ItemBody::Calculation { .. }) => key_lines(body),
        ItemBody::Composite { children } => (1..).zip(children).map(child_key).collect(),
    }
}

/// The key of a question on a material, behind its number.
fn child_key((number, child): (usize, &Child)) -> String {
    let key = match &child.body {
        ItemBody::TrueFalse { key } => correction::line(*key, &[]),
        ItemBody::SingleChoice { .. } | ItemBody::MultipleChoice { .. } => key_letters(&child.as_item()).concat(),
        _ => key_letters(&child.as_item()).join("; "),
    };
    format!("({number}) {key}")
}

/// The letter of an option, `A` for 0; beyond `Z` its number.
#[must_use]
pub fn option_letter(index: u16) -> String {
    match u8::try_from(index) {
        Ok(i @ 0..=25) => char::from(b'A' + i).to_string(),
        _ => (u32::from(index) + 1).to_string(),
    }
}

fn score_multiple(key: &[u16], chosen: &[u16], max: Points, rule: MultipleRule) -> Points {
    let key: BTreeSet<_> = key.iter().collect();
    let chosen: BTreeSet<_> = chosen.iter().collect();
    if chosen.is_empty() || !chosen.is_subset(&key) {
        return Points::ZERO;
    }
    match rule {
        _ if chosen.len() == key.len() => max,
        MultipleRule::AllOrNothing => Points::ZERO,
        MultipleRule::PartialNoWrong => Points(max.0 / 2),
    }
}

/// Each place that is right has its share, whatever stands at the others.
fn score_places(key: &[u16], chosen: &[Option<u16>], max: Points) -> Points {
    let is_right = |(place, right): (usize, &u16)| chosen.get(place) == Some(&Some(*right));
    all_shares(key.iter().enumerate().map(is_right).collect(), max)
}

/// The shares of all that is right.
fn all_shares(right: Vec<bool>, max: Points) -> Points {
    let shares = shares(right.len(), max);
    right.into_iter().zip(shares).filter(|&(is_right, _)| is_right).map(|(_, share)| share).sum()
}

/// The points in even shares; hundredths that remain go to the first, one each.
fn shares(count: usize, max: Points) -> Vec<Points> {
    let Some(count) = i32::try_from(count).ok().filter(|&count| count > 0) else { return Vec::new() };
    let (share, remainder) = (max.0 / count, max.0 % count);
    (0..count).map(|index| Points(share + i32::from(index < remainder))).collect()
}

#[cfg(test)]
mod golden;
#[cfg(test)]
mod tests;

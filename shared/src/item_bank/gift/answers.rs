//! What stands between the braces of a GIFT item.

use super::{
    number::numeric,
    text::{Format, find, take_format},
};
use crate::item_bank::{
    ItemBody, MultipleRule,
    matching::of_pairs,
    weights::{TOLERANCE, WHOLE, weight},
};

/// One answer with its mark.
pub(super) struct Answer {
    /// Marked `=` rather than `~`.
    right: bool,
    weight: Option<i64>,
    pub(super) text: String,
    /// Whether a `*` stands for any text.
    wildcard: bool,
    /// The two texts if it is a pair of them.
    pair: Option<(String, String)>,
}

impl Answer {
    fn is_worth(&self, weight: i64) -> bool {
        self.weight.unwrap_or(if self.right { WHOLE } else { 0 }) == weight
    }

    pub(super) fn is_right(&self) -> bool {
        self.is_worth(WHOLE)
    }

    pub(super) fn is_partial(&self) -> bool {
        self.weight.is_some_and(|weight| weight > 0 && weight < WHOLE)
    }
}

/// Kind and key.
pub(super) fn item_body(raw: &str, format: Format) -> Result<ItemBody, String> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Ok(ItemBody::ShortAnswer { rubric: String::new() });
    }
    if let Some(number) = raw.strip_prefix('#') {
        return numeric(number.trim(), format);
    }
    if let Some(key) = truth(raw) {
        return Ok(ItemBody::TrueFalse { key });
    }
    let answers = answers(raw, format)?;
    let body = match answers.iter().all(|answer| answer.right) {
        true if answers.iter().all(|answer| answer.pair.is_some()) => matching(answers),
        true => fill_in(answers),
        false => choice(answers),
    };
    body.map_err(str::to_owned)
}

/// Whether something is said of a single answer.
pub(super) fn has_feedback(raw: &str) -> bool {
    let raw = raw.trim();
    let mut rest = raw.strip_prefix('#').unwrap_or(raw);
    while let Some(at) = find(rest, "#") {
        rest = &rest[at + 1..];
        let ends = ["=", "~", "#"].into_iter().filter_map(|mark| find(rest, mark));
        if !rest[..ends.min().unwrap_or(rest.len())].trim().is_empty() {
            return true;
        }
    }
    false
}

fn truth(raw: &str) -> Option<bool> {
    let word = &raw[..find(raw, "#").unwrap_or(raw.len())];
    match word.trim().to_ascii_uppercase().as_str() {
        "T" | "TRUE" => Some(true),
        "F" | "FALSE" => Some(false),
        _ => None,
    }
}

pub(super) fn answers(raw: &str, format: Format) -> Result<Vec<Answer>, String> {
    let mut answers = Vec::new();
    let mut rest = raw;
    while let Some(mark) = rest.chars().next() {
        if mark != '=' && mark != '~' {
            return Err("bad_answers".to_owned());
        }
        let text = &rest[1..];
        let end = [find(text, "="), find(text, "~")].into_iter().flatten().min().unwrap_or(text.len());
        answers.push(answer(mark == '=', &text[..end], format)?);
        rest = &text[end..];
    }
    Ok(answers)
}

fn answer(right: bool, raw: &str, format: Format) -> Result<Answer, String> {
    let raw = raw[..find(raw, "#").unwrap_or(raw.len())].trim();
    let (weight, raw) = match raw.strip_prefix('%').and_then(|rest| rest.split_once('%')) {
        Some((number, rest)) => (Some(weight(number.trim()).ok_or("bad_weight")?), rest),
        None => (None, raw),
    };
    let (format, raw) = take_format(raw, format);
    let wildcard = raw.replace("\\*", "").contains('*');
    let pair = find(raw, "->").map(|at| (one_line(format, &raw[..at]), one_line(format, &raw[at + 2..])));
    Ok(Answer { right, weight, text: format.read(raw), wildcard, pair })
}

/// A text of a pair.
fn one_line(format: Format, raw: &str) -> String {
    format.read(raw).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without one on its left belongs to none.
fn matching(answers: Vec<Answer>) -> Result<ItemBody, &'static str> {
    let pairs: Vec<_> = answers.into_iter().filter_map(|answer| answer.pair).collect();
    of_pairs(&pairs).ok_or("bad_answers")
}

/// One blank; answers that are worth nothing are no answers.
fn fill_in(answers: Vec<Answer>) -> Result<ItemBody, &'static str> {
    if answers.iter().any(Answer::is_partial) {
        return Err("partial_weight");
    }
    let accepted: Vec<Answer> = answers.into_iter().filter(Answer::is_right).collect();
    if accepted.iter().any(|answer| answer.wildcard) {
        return Err("unsupported_wildcard");
    }
    match accepted.is_empty() {
        true => Err("no_key"),
        false => Ok(ItemBody::FillIn {
            blanks: vec![accepted.into_iter().map(|answer| answer.text.replace("\\*", "*")).collect()],
            groups: Vec::new(),
        }),
    }
}

/// With `=` one option is right; with weights only, everything that is worth points is.
fn choice(answers: Vec<Answer>) -> Result<ItemBody, &'static str> {
    let indices = |wanted: fn(&Answer) -> bool| -> Vec<u16> {
        (0..).zip(&answers).filter(|(_, answer)| wanted(answer)).map(|(index, _)| index).collect()
    };
    let right = indices(|answer| answer.right);
    let weighted = indices(|answer| !answer.right && answer.weight.is_some_and(|weight| weight > 0));
    let partial = answers.iter().any(|answer| answer.right && !answer.is_worth(WHOLE));
    let sum: i64 = answers.iter().filter_map(|answer| answer.weight).filter(|&weight| weight > 0).sum();
    let options = answers.into_iter().map(|answer| answer.text).collect();
    match (right.as_slice(), weighted.is_empty()) {
        ([], true) => Err("no_key"),
        ([], false) if (sum - WHOLE).abs() <= TOLERANCE => {
            Ok(ItemBody::MultipleChoice { options, key: weighted, rule: MultipleRule::default() })
        }
        ([], false) => Err("weights_not_100"),
        (&[key], true) if !partial => Ok(ItemBody::SingleChoice { options, key }),
        (&[_], _) => Err("partial_weight"),
        _ => Err("several_keys"),
    }
}

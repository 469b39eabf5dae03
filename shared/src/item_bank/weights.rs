//! Answers that are worth a part of the points, as Moodle writes them: in per cent.

use super::{ItemBody, MultipleRule};

/// A hundredth, in hundred-thousandths of a per cent.
pub(super) const PER_CENT: i64 = 100_000;
/// The whole of the points, in hundred-thousandths of a per cent.
pub(super) const WHOLE: i64 = 100 * PER_CENT;
/// How far weights may miss the whole: thirds are written with few digits.
pub(super) const TOLERANCE: i64 = PER_CENT / 10;

/// An answer, and what it is worth.
pub(super) struct Weighed {
    pub(super) text: String,
    /// In hundred-thousandths of a per cent.
    pub(super) weight: i64,
}

impl Weighed {
    const fn is_partial(&self) -> bool {
        self.weight > 0 && self.weight < WHOLE
    }
}

/// A percentage in hundred-thousandths.
pub(super) fn weight(text: &str) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let fraction: String = fraction.chars().chain("00000".chars()).take(5).collect();
    Some(sign * (whole.parse::<i64>().ok()? * PER_CENT + fraction.parse::<i64>().ok()?))
}

/// What each of so many right options is worth, in per cent: `33.33333`.
pub(super) fn percent_of_each(count: usize) -> String {
    let count = i64::try_from(count).unwrap_or(i64::MAX).max(1);
    let each = (WHOLE + count / 2) / count;
    let written = format!("{}.{:05}", each / PER_CENT, each % PER_CENT);
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A choice of one: the option that is worth everything.
pub(super) fn single_choice(answers: Vec<Weighed>) -> Result<ItemBody, &'static str> {
    if answers.iter().any(Weighed::is_partial) {
        return Err("partial_weight");
    }
    let right = places(&answers, |answer| answer.weight == WHOLE);
    let options = answers.into_iter().map(|answer| answer.text).collect();
    match right.as_slice() {
        [] => Err("no_key"),
        &[key] => Ok(ItemBody::SingleChoice { options, key }),
        _ => Err("several_keys"),
    }
}

/// A choice of several: the options that are worth anything, together everything.
pub(super) fn multiple_choice(answers: Vec<Weighed>) -> Result<ItemBody, &'static str> {
    let key = places(&answers, |answer| answer.weight > 0);
    let sum: i64 = answers.iter().map(|answer| answer.weight).filter(|weight| *weight > 0).sum();
    let options = answers.into_iter().map(|answer| answer.text).collect();
    match key.is_empty() {
        true => Err("no_key"),
        false if (sum - WHOLE).abs() > TOLERANCE => Err("weights_not_100"),
        false => Ok(ItemBody::MultipleChoice { options, key, rule: MultipleRule::default() }),
    }
}

/// One blank; answers that are worth nothing are no answers.
pub(super) fn fill_in(answers: Vec<Weighed>) -> Result<ItemBody, &'static str> {
    if answers.iter().any(Weighed::is_partial) {
        return Err("partial_weight");
    }
    let accepted: Vec<Weighed> = answers.into_iter().filter(|answer| answer.weight == WHOLE).collect();
    if accepted.iter().any(|answer| answer.text.replace("\\*", "").contains('*')) {
        return Err("unsupported_wildcard");
    }
    match accepted.is_empty() {
        true => Err("no_key"),
        false => {
            let texts = accepted.into_iter().map(|answer| answer.text.replace("\\*", "*")).collect();
            Ok(ItemBody::FillIn { blanks: vec![texts], groups: Vec::new() })
        }
    }
}

fn places(answers: &[Weighed], is_wanted: impl Fn(&Weighed) -> bool) -> Vec<u16> {
    (0..).zip(answers).filter(|(_, answer)| is_wanted(answer)).map(|(place, _)| place).collect()
}

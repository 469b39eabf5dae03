//! What stands behind the `#` of a numerical item.

use super::{
    answers::{Answer, answers},
    text::{Format, find},
};
use crate::item_bank::{ItemBody, Tolerance, numeric::Decimal};

/// A number and its tolerance, `3.14:0.01`, or the lowest and the highest, `3.13..3.15`; alone, or as answers of which
/// one is right.
pub(super) fn numeric(raw: &str, format: Format) -> Result<ItemBody, String> {
    let text = if raw.starts_with(['=', '~']) { only_right(answers(raw, format)?)? } else { without_feedback(raw) };
    body(text.trim()).ok_or_else(|| "bad_answers".to_owned())
}

fn only_right(answers: Vec<Answer>) -> Result<String, &'static str> {
    if answers.iter().any(Answer::is_partial) {
        return Err("partial_weight");
    }
    let mut right = answers.into_iter().filter(Answer::is_right);
    match (right.next(), right.next()) {
        (Some(answer), None) => Ok(answer.text),
        (None, _) => Err("no_key"),
        (Some(_), Some(_)) => Err("several_keys"),
    }
}

fn without_feedback(raw: &str) -> String {
    raw[..find(raw, "#").unwrap_or(raw.len())].to_owned()
}

fn body(text: &str) -> Option<ItemBody> {
    let (key, by) = match text.split_once("..") {
        Some((lowest, highest)) => {
            let (lowest, highest) = (Decimal::read(lowest)?, Decimal::read(highest)?);
            (lowest.plus(highest)?.half()?, highest.plus(lowest.negative())?.half()?)
        }
        None => {
            let (key, by) = text.split_once(':').unwrap_or((text, "0"));
            (Decimal::read(key)?, Decimal::read(by)?)
        }
    };
    let tolerance = Tolerance::Absolute { by: by.to_string() };
    Some(ItemBody::Numeric { key: key.to_string(), tolerance, units: Vec::new() })
}

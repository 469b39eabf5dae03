//! A written number as a record: all that is to be known of how it was written.

use super::value::{Atom, Value, float, integer};

/// The record of a text.
pub(super) fn record(text: &str) -> Value {
    if text.is_empty() {
        return Value::Null;
    }
    let mut fields = vec![("stringValue".to_owned(), Atom::Text(text.to_owned()))];
    let trimmed = text.trim();
    if let Some(number) = float(trimmed).filter(|number| number.is_finite()) {
        let (mantissa, exponent) = match trimmed.find(['e', 'E']) {
            Some(at) => (&trimmed[..at], integer(&trimmed[at + 1..])),
            None => (trimmed, None),
        };
        let digits = mantissa.trim_start_matches(['+', '-']);
        let (left, right) = digits.split_once('.').unwrap_or((digits, ""));
        let mut add = |name: &str, number: i64| fields.push((name.to_owned(), Atom::Integer(number)));
        let count = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
        if let Some(number) = integer(trimmed) {
            add("integerValue", number);
        }
        add("leftDigits", count(left));
        add("rightDigits", count(right));
        add("ndp", (count(right) - exponent.unwrap_or(0)).max(0));
        add("nsf", significant(left, right));
        if let Some(exponent) = exponent {
            add("exponent", exponent);
        }
        fields.push(("floatValue".to_owned(), Atom::Float(number)));
    }
    Value::Record(fields)
}

/// Figures behind the zeros that a number begins with, and without those that an integer ends in.
fn significant(left: &str, right: &str) -> i64 {
    let all = format!("{left}{right}");
    let all = all.trim_start_matches('0');
    let all = if right.is_empty() { all.trim_end_matches('0') } else { all };
    i64::try_from(all.len()).unwrap_or(i64::MAX)
}

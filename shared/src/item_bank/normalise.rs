//! When two written answers are the same answer.

use super::chinese_text::words::{DIGITS, LARGE_UNITS, SMALL_UNITS};

/// The form in which answers are compared.
///
/// Full and half width, case, needless spaces, Chinese and Western punctuation make no difference; nor do
/// `25.0` and `25`, or an integer in Chinese numerals and the same in digits. A fraction stays a text.
#[must_use]
pub fn normalise_answer(text: &str) -> String {
    let text = plain(text);
    let text = strip_formula(&text);
    decimal(text).or_else(|| chinese_integer(text).map(|n| n.to_string())).unwrap_or_else(|| text.to_owned())
}

/// Half-width, lower-case, without needless spaces.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars().map(half_width).flat_map(char::to_lowercase) {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if space && out.chars().next_back().is_some_and(|before| space_matters(before, c)) {
            out.push(' ');
        }
        space = false;
        out.push(c);
    }
    out
}

/// A space separates words of an alphabet and numbers, nothing else.
fn space_matters(before: char, after: char) -> bool {
    let letter = |c: char| c.is_alphabetic() && c < '\u{2e80}';
    (letter(before) && letter(after)) || (before.is_ascii_digit() && after.is_ascii_digit())
}

/// The half-width form of a full-width character or of Chinese punctuation.
pub(super) fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{00a0}' => ' ',
        '\u{3001}' => ',',
        '\u{3002}' => '.',
        '\u{3010}' | '\u{3014}' => '[',
        '\u{3011}' | '\u{3015}' => ']',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{2010}'..='\u{2013}' | '\u{2212}' => '-',
        _ => c,
    }
}

/// What stands between the dollars when the whole text is one formula.
pub(super) fn strip_formula(text: &str) -> &str {
    match text.strip_prefix('$').and_then(|rest| rest.strip_suffix('$')) {
        Some(inner) if !inner.is_empty() && !inner.contains('$') => inner.trim(),
        _ => text,
    }
}

/// A decimal number without needless signs and zeros.
fn decimal(text: &str) -> Option<String> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let zero = whole.is_empty() && fraction.is_empty();
    let sign = if negative && !zero { "-" } else { "" };
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}"))
}

/// A plain integer in Chinese numerals, with units or digit by digit.
fn chinese_integer(text: &str) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    if text.chars().all(|c| value(DIGITS, c).is_some()) {
        return text.chars().try_fold(0_u64, |sum, c| sum.checked_mul(10)?.checked_add(value(DIGITS, c)?));
    }
    with_large_units(text, LARGE_UNITS)
}

fn with_large_units(text: &str, units: &[(char, u64)]) -> Option<u64> {
    let Some((&(unit, factor), smaller)) = units.split_first() else { return section(text) };
    match text.split_once(unit) {
        None => with_large_units(text, smaller),
        Some((before, "")) => with_large_units(before, smaller)?.checked_mul(factor),
        Some((before, after)) => {
            let rest = with_large_units(after, smaller)?;
            // "One ten-thousand five" is colloquial for 15 000: it is no plain integer unless a zero stands between.
            let zero = after.chars().next().and_then(|c| value(DIGITS, c)) == Some(0);
            let exact = zero || rest >= factor / 10;
            exact.then(|| with_large_units(before, smaller)?.checked_mul(factor)?.checked_add(rest)).flatten()
        }
    }
}

/// An integer below ten thousand.
fn section(text: &str) -> Option<u64> {
    let (mut sum, mut limit, mut digit, mut zero) = (0_u64, 10_000_u64, None, false);
    for c in text.chars() {
        if let Some(unit) = value(SMALL_UNITS, c) {
            let count = match digit.take() {
                Some(count) => count,
                None if unit == 10 => 1,
                None => return None,
            };
            if unit >= limit {
                return None;
            }
            (sum, limit, zero) = (sum + count * unit, unit, false);
        } else {
            match (value(DIGITS, c)?, digit) {
                (0, None) => zero = true,
                (n, None) if n > 0 => digit = Some(n),
                _ => return None,
            }
        }
    }
    match digit {
        Some(n) if limit == 10 || limit == 10_000 || zero => Some(sum + n),
        None if sum > 0 && !zero => Some(sum),
        _ => None,
    }
}

fn value(table: &[(char, u64)], c: char) -> Option<u64> {
    table.iter().find_map(|&(name, n)| (name == c).then_some(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(a: &str, b: &str) {
        assert_eq!(normalise_answer(a), normalise_answer(b), "{a} and {b} are one answer");
    }

    #[track_caller]
    fn other(a: &str, b: &str) {
        assert_ne!(normalise_answer(a), normalise_answer(b), "{a} and {b} are two answers");
    }

    #[test]
    fn the_way_of_writing_makes_no_difference() {
        same("ＡＢＣ", "abc");
        same(" 浙 江 省 ", "浙江省");
        same("No  One", "no one");
        same("x ＝ ２", "x=2");
        same("甲，乙。", "甲,乙.");
        same("25 kg", "25KG");
        same("$5$", "5");
        same("“和”", "\"和\"");
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        same("25.0", "25");
        same("025", "+25");
        same(".5", "0.50");
        same("-0", "0");
        same("−3", "-3");
        same("三十", "30");
        same("十", "10");
        same("十二", "12");
        same("二〇二六", "2026");
        same("一百零五", "105");
        same("一千零二十", "1020");
        same("三万二千", "32000");
        same("一亿零三百", "100000300");
        same("两", "2");
    }

    #[test]
    fn different_answers_stay_different() {
        other("1/2", "0.5");
        other("noone", "no one");
        other("1 2", "12");
        other("一万五", "10005");
        other("三百五", "305");
        other("万", "10000");
        other("1.2.3", "1.23");
        other("", "0");
    }
}

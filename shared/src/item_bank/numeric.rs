//! Numbers with a tolerance and units, by exact decimal arithmetic.

use super::{
    NumericUnit, Tolerance,
    normalise::{half_width, normalise_answer, strip_formula},
};
use std::fmt;

/// Most digits before and after the point of a number that an author writes.
const NUMBER_DIGITS: (usize, usize) = (9, 6);

/// Most digits of a number that is read; a longer text is no number.
const DIGITS_READ: usize = 30;

/// Most digits before the point of an answer, after it, and in all: so many that no step of the computation overflows.
const ANSWER_DIGITS: (usize, usize, usize) = (12, 18, 22);

/// Longest number in an answer; a calculator shows 32 digits.
const ANSWER_NUMBER: usize = 60;

/// Characters of a longest answer with its unit.
const ANSWER_CHARS: usize = 120;

/// What the names of two units may begin with and not be the same in another case: milli and mega, pico and peta.
const CASE_MATTERS: [char; 4] = ['m', 'M', 'p', 'P'];

/// The sign between a number and its tolerance, and how it is typed.
const PLUS_MINUS: [&str; 2] = ["\u{b1}", "+-"];

/// A decimal number: `mantissa` divided by ten as often as `scale` says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decimal {
    mantissa: i128,
    scale: u32,
}

impl Decimal {
    /// Reads a number in any of the ways of writing that make no difference.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = normalise_answer(text);
        let (sign, digits) = text.strip_prefix('-').map_or((1, text.as_str()), |digits| (-1, digits));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || digits.len() > DIGITS_READ {
            return None;
        }
        let mantissa: i128 = format!("{whole}{fraction}").parse().ok()?;
        Some(Self { mantissa: sign * mantissa, scale: u32::try_from(fraction.len()).ok()? })
    }

    /// Reads the number of an answer. Digits behind those that can make a difference are left out.
    fn answered(text: &str) -> Option<Self> {
        let text = normalise_answer(text);
        let (whole, fraction) = text.split_once('.').unwrap_or((text.as_str(), ""));
        let digits = whole.strip_prefix('-').unwrap_or(whole).len();
        let is_read = digits <= ANSWER_DIGITS.0 && text.len() <= ANSWER_NUMBER;
        if !is_read || !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let kept = fraction.len().min(ANSWER_DIGITS.1).min(ANSWER_DIGITS.2 - digits);
        Self::read(&format!("{whole}.{}", &fraction[..kept]))
    }

    /// A whole number.
    pub(super) const fn whole(whole: i128) -> Self {
        Self { mantissa: whole, scale: 0 }
    }

    /// Whether it is less than nothing.
    pub(super) const fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// Whether it is nothing.
    pub(super) const fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// Whether it is no more than `other`; `None` beyond what can be computed, as with all that follows.
    pub(super) fn is_at_most(self, other: Self) -> Option<bool> {
        let scale = self.scale.max(other.scale);
        Some(self.at(scale)? <= other.at(scale)?)
    }

    /// The sum of two.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        Some(Self { mantissa: self.at(scale)?.checked_add(other.at(scale)?)?, scale })
    }

    /// The same below nothing.
    pub(super) const fn negative(self) -> Self {
        Self { mantissa: -self.mantissa, scale: self.scale }
    }

    /// The half of it.
    pub(super) fn half(self) -> Option<Self> {
        Some(Self { mantissa: self.mantissa.checked_mul(5)?, scale: self.scale + 1 })
    }

    fn times(self, other: Self) -> Option<Self> {
        Some(Self { mantissa: self.mantissa.checked_mul(other.mantissa)?, scale: self.scale + other.scale })
    }

    /// The mantissa with so many digits after the point.
    fn at(self, scale: u32) -> Option<i128> {
        self.mantissa.checked_mul(10_i128.checked_pow(scale.checked_sub(self.scale)?)?)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = usize::try_from(self.scale).unwrap_or(usize::MAX);
        let digits = format!("{:0>width$}", self.mantissa.unsigned_abs(), width = scale.saturating_add(1));
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(scale));
        let sign = if self.is_negative() { "-" } else { "" };
        f.write_str(&normalise_answer(&format!("{sign}{whole}.{fraction}")))
    }
}

/// How far an answer may be off, in the unit of the key; `None` beyond what can be computed.
pub(super) fn absolute(key: &str, tolerance: &Tolerance) -> Option<String> {
    match tolerance {
        Tolerance::Absolute { by } => Some(by.clone()),
        Tolerance::Relative { percent } => {
            let hundredth = Decimal { mantissa: 1, scale: 2 };
            let by = Decimal::read(key)?.times(Decimal::read(percent)?)?.times(hundredth)?;
            let by = if by.is_negative() { by.negative() } else { by };
            Some(by.to_string())
        }
    }
}

/// Whether an author may write a number so: `-9.81`, within [`NUMBER_DIGITS`].
pub(super) fn is_plain(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let within = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    within(whole, NUMBER_DIGITS.0) && within(fraction, NUMBER_DIGITS.1)
}

/// Whether a written answer is the key, or off by no more than the tolerance. The bounds themselves are right.
///
/// With units an answer needs one of them; without any it is a number alone.
pub(super) fn is_right(key: &str, tolerance: &Tolerance, units: &[NumericUnit], text: &str) -> bool {
    let judged = || {
        let (lowest, highest) = bounds(key, tolerance)?;
        let given = given(units, text)?;
        Some(lowest.is_at_most(given)? && given.is_at_most(highest)?)
    };
    judged().unwrap_or(false)
}

fn bounds(key: &str, tolerance: &Tolerance) -> Option<(Decimal, Decimal)> {
    let key = Decimal::read(key)?;
    let off = match tolerance {
        Tolerance::Absolute { by } => Decimal::read(by)?,
        Tolerance::Relative { percent } => {
            let part = key.times(Decimal::read(percent)?)?;
            Decimal { mantissa: part.mantissa.checked_abs()?, scale: part.scale + 2 }
        }
    };
    Some((key.plus(off.negative())?, key.plus(off)?))
}

/// The number in an answer, in the unit of the key.
fn given(units: &[NumericUnit], text: &str) -> Option<Decimal> {
    if units.is_empty() {
        return Decimal::answered(text);
    }
    let text: String = text.chars().map(half_width).collect();
    let text = strip_formula(text.trim());
    if text.chars().count() > ANSWER_CHARS {
        return None;
    }
    text.char_indices().find_map(|(at, _)| {
        let (number, name) = text.split_at(at);
        let number = Decimal::answered(number)?;
        let unit = units.iter().find(|unit| is_same_unit(&unit.name, name))?;
        number.times(Decimal::read(&unit.factor)?)
    })
}

/// Whether two names are of one unit. Case makes no difference but at the beginning, where it tells mega from milli.
pub(super) fn is_same_unit(one: &str, other: &str) -> bool {
    let (one, other) = (unit_form(one), unit_form(other));
    let may_fold = one.chars().next() == other.chars().next() || !one.starts_with(CASE_MATTERS);
    one == other || (may_fold && one.to_lowercase() == other.to_lowercase())
}

/// The name of a unit without what makes no difference: width, spaces, and how a power is written.
fn unit_form(name: &str) -> String {
    let shown = name.chars().map(half_width).filter(|&c| !c.is_whitespace() && c != '^');
    let plain = shown.map(|c| match c {
        '\u{b2}' => '2',
        '\u{b3}' => '3',
        other => other,
    });
    plain.collect()
}

/// A numeric key as its author writes it, a line each: `9.8 ± 0.1 m/s²`, then further units, `cm/s² = 0.01`.
pub(super) fn lines(key: &str, tolerance: &Tolerance, units: &[NumericUnit]) -> Vec<String> {
    let mut first = match tolerance {
        Tolerance::Absolute { by } if Decimal::read(by).is_some_and(Decimal::is_zero) => key.to_owned(),
        Tolerance::Absolute { by } => format!("{key} {} {by}", PLUS_MINUS[0]),
        Tolerance::Relative { percent } => format!("{key} {} {percent}%", PLUS_MINUS[0]),
    };
    let mut further = units;
    if let [unit, rest @ ..] = units
        && unit.factor == "1"
    {
        first = format!("{first} {}", unit.name);
        further = rest;
    }
    let further = further.iter().map(|unit| format!("{} = {}", unit.name, unit.factor));
    std::iter::once(first).chain(further).collect()
}

/// Reads such lines; `None` if they do not begin with a number.
pub(super) fn of_lines(text: &str) -> Option<(String, Tolerance, Vec<NumericUnit>)> {
    let text: String = text.chars().map(half_width).collect();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (key, rest) = leading_number(lines.next()?);
    let rest = rest.trim_start();
    let key = Decimal::read(key)?.to_string();
    let (tolerance, unit) = match PLUS_MINUS.iter().find_map(|sign| rest.strip_prefix(*sign)) {
        None => (Tolerance::Absolute { by: "0".to_owned() }, rest),
        Some(rest) => {
            let (by, rest) = leading_number(rest.trim_start());
            let by = Decimal::read(by)?.to_string();
            // What touches the number is a part of the key, what stands behind a space a unit.
            match rest.strip_prefix('%') {
                Some(rest) => (Tolerance::Relative { percent: by }, rest),
                None => (Tolerance::Absolute { by }, rest),
            }
        }
    };
    let unit = unit.trim();
    let first = (!unit.is_empty()).then(|| NumericUnit { name: unit.to_owned(), factor: "1".to_owned() });
    let further = lines.map(|line| {
        let (name, factor) = line.rsplit_once('=').unwrap_or((line, "1"));
        NumericUnit { name: name.trim().to_owned(), factor: factor.trim().to_owned() }
    });
    Some((key, tolerance, first.into_iter().chain(further).collect()))
}

/// A number at the beginning of a line, and what follows it.
fn leading_number(text: &str) -> (&str, &str) {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let length = digits.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(digits.len());
    text.split_at(text.len() - digits.len() + length)
}

#[cfg(test)]
mod tests;

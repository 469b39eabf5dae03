//! 学籍号: year 4, county 4, level 1, serial 6, check 1. It holds nothing personal and is never reused.

use crate::{
    check_digit::{check_digit, is_checked},
    learning::CourseLevel,
    organisation::{DivisionCode, DivisionLevel},
};

/// A learner's number: 16 digits, the last of which checks the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LearnerNumber(String);

impl LearnerNumber {
    /// Builds the number of the `serial`th learner of a year, county and level, from 1. `place` is the
    /// county or a township in it; `None` if it is larger, or if the digits do not suffice.
    #[must_use]
    pub fn build(year: i16, place: DivisionCode, level: CourseLevel, serial: u32) -> Option<Self> {
        let county = place.and_above().find(|code| code.level() == DivisionLevel::County)?;
        let level = match level {
            CourseLevel::Junior => 1,
            CourseLevel::Senior => 2,
        };
        let digits = format!("{year:04}{}{level}{serial:06}", &county.as_str()[2..]);
        let has_room = (1..=9_999).contains(&year) && (1..=999_999).contains(&serial);
        let check = check_digit(&digits).filter(|_| has_room)?;
        Some(Self(format!("{digits}{check}")))
    }

    /// Reads a number, spaces and hyphens apart; `None` unless its check digit is right.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|letter| !matches!(letter, ' ' | '-')).collect();
        let is_number = digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_digit());
        (is_number && is_checked(&digits)).then_some(Self(digits))
    }

    /// The 16 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for LearnerNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(text: &str) -> DivisionCode {
        DivisionCode::parse(text).unwrap()
    }

    #[test]
    fn a_number_says_year_county_level_and_serial() {
        let number = LearnerNumber::build(2026, code("330106109"), CourseLevel::Senior, 42).unwrap();
        assert!(number.as_str().starts_with("202601062000042"), "{number}");
        let spaced = format!("{} {}-{}", &number.as_str()[..4], &number.as_str()[4..8], &number.as_str()[8..]);
        assert_eq!(LearnerNumber::parse(&spaced), Some(number));
        assert_eq!(LearnerNumber::parse("2026010620000420"), None);
    }

    #[test]
    fn there_is_none_without_a_county_or_beyond_the_digits() {
        assert_eq!(LearnerNumber::build(2026, code("3301"), CourseLevel::Senior, 1), None);
        assert_eq!(LearnerNumber::build(2026, code("330106"), CourseLevel::Senior, 1_000_000), None);
        assert_eq!(LearnerNumber::build(2026, code("330106"), CourseLevel::Senior, 0), None);
    }

    proptest! {
        #[test]
        fn two_learners_never_have_one_number(one in 1..1_000_000_u32, other in 1..1_000_000_u32) {
            let number = |serial| LearnerNumber::build(2026, code("330106"), CourseLevel::Junior, serial).unwrap();
            prop_assert_eq!(number(one) == number(other), one == other);
            prop_assert_eq!(LearnerNumber::parse(number(one).as_str()), Some(number(one)));
        }
    }
}

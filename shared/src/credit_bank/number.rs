//! Certificate numbers (DOMAIN §2.4): year 4, division 4, level 1, course 2, serial 6, check 1.

use crate::{
    check_digit::{check_digit, is_checked},
    learning::CourseLevel,
};

/// A certificate number: 18 digits, the last of which checks the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CertificateNumber(String);

/// What a certificate number is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertificateNumberParts {
    /// Year of issue, up to 9999.
    pub year: u16,
    /// First four digits of the division, such as 3301.
    pub division: u16,
    /// Level, one digit.
    pub level: u8,
    /// Course, two digits.
    pub course: u8,
    /// Serial within the year, six digits.
    pub serial: u32,
}

/// How a course's code stands in a number: its last two digits, 0 if it has none. The serial alone tells
/// the certificates of a year and a city apart.
#[must_use]
pub fn course_digits(code: &str) -> u8 {
    let digits: Vec<u8> = code.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
    digits.iter().skip(digits.len().saturating_sub(2)).fold(0, |number, digit| number * 10 + digit)
}

/// How a course's level stands in a number.
#[must_use]
pub const fn level_digit(level: CourseLevel) -> u8 {
    match level {
        CourseLevel::Junior => 1,
        CourseLevel::Senior => 2,
    }
}

/// How a division stands in a number: its first four digits, filled up with zeros.
#[must_use]
pub fn division_digits(division: &str) -> u16 {
    format!("{division:0<4}").get(..4).and_then(|digits| digits.parse().ok()).unwrap_or_default()
}

impl CertificateNumberParts {
    /// The level that the number says, if there is one of this digit.
    #[must_use]
    pub fn course_level(&self) -> Option<CourseLevel> {
        CourseLevel::ALL.iter().copied().find(|level| level_digit(*level) == self.level)
    }
}

impl CertificateNumber {
    /// Builds a number; `None` if a part has too many digits.
    #[must_use]
    pub fn build(parts: &CertificateNumberParts) -> Option<Self> {
        let CertificateNumberParts { year, division, level, course, serial } = *parts;
        let digits = format!("{year:04}{division:04}{level}{course:02}{serial:06}");
        let check = check_digit(&digits)?;
        (digits.len() == 17)
            .then(|| Self(format!("{digits}{check}")))
            .filter(|_| year < 10_000 && division < 10_000 && level < 10 && course < 100 && serial < 1_000_000)
    }

    /// Reads a number, spaces and hyphens apart; `None` unless its check digit is right.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|letter| !matches!(letter, ' ' | '-')).collect();
        (digits.len() == 18 && digits.bytes().all(|b| b.is_ascii_digit()) && is_checked(&digits))
            .then_some(Self(digits))
    }

    /// What the number is made of.
    #[must_use]
    pub fn parts(&self) -> CertificateNumberParts {
        let digits = |from: usize, count: usize| {
            let digits = self.0.bytes().skip(from).take(count);
            digits.fold(0_u32, |number, digit| number * 10 + u32::from(digit - b'0'))
        };
        let short = |from, count| u16::try_from(digits(from, count)).unwrap_or_default();
        let tiny = |from, count| u8::try_from(digits(from, count)).unwrap_or_default();
        CertificateNumberParts {
            year: short(0, 4),
            division: short(4, 4),
            level: tiny(8, 1),
            course: tiny(9, 2),
            serial: digits(11, 6),
        }
    }

    /// The 18 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for CertificateNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A number as people read it: in groups of six digits.
#[must_use]
pub fn number_grouped(number: &str) -> String {
    let letters: Vec<_> = number.chars().collect();
    letters.chunks(6).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts() -> impl Strategy<Value = CertificateNumberParts> {
        (0..10_000u16, 0..10_000u16, 0..10u8, 0..100u8, 0..1_000_000u32).prop_map(
            |(year, division, level, course, serial)| CertificateNumberParts { year, division, level, course, serial },
        )
    }

    #[test]
    fn any_code_of_a_course_has_two_digits() {
        let digits = ["GXX01", "GXX101", "GXX1234567890", "ABC", "9"].map(course_digits);
        assert_eq!(digits, [1, 1, 90, 0, 9]);
    }

    #[test]
    fn any_division_has_four_digits() {
        let digits = ["33", "3305", "330502", "330502001", "", "x"].map(division_digits);
        assert_eq!(digits, [3300, 3305, 3305, 3305, 0, 0]);
    }

    #[test]
    fn a_built_number_is_read_again_and_a_changed_one_is_not() {
        let parts = CertificateNumberParts { year: 2026, division: 3301, level: 2, course: 1, serial: 42 };
        let number = CertificateNumber::build(&parts).unwrap();
        assert!(number.as_str().starts_with("20263301201000042"));
        assert_eq!(CertificateNumber::parse(number.as_str()), Some(number.clone()));
        assert_eq!(CertificateNumber::parse(&number.as_str().replacen('4', "5", 1)), None);
        assert_eq!((number.parts(), parts.course_level()), (parts, Some(CourseLevel::Senior)));
        assert_eq!(CertificateNumberParts { level: 3, ..parts }.course_level(), None);
    }

    #[test]
    fn every_level_has_a_digit_of_its_own() {
        for level in CourseLevel::ALL {
            let parts =
                CertificateNumberParts { year: 2026, division: 3301, level: level_digit(*level), course: 1, serial: 1 };
            assert_eq!(parts.course_level(), Some(*level));
        }
    }

    proptest! {
        #[test]
        fn what_was_built_is_read_back_part_by_part(parts in parts(), signs in "[ -]{0,4}", at in 0..18usize) {
            let number = CertificateNumber::build(&parts).unwrap();
            prop_assert_eq!(number.as_str().len(), 18);
            prop_assert_eq!(number.parts(), parts);
            let typed = format!("{}{signs}{}", &number.as_str()[..at], &number.as_str()[at..]);
            prop_assert_eq!(CertificateNumber::parse(&typed), Some(number.clone()));
            prop_assert_eq!(CertificateNumber::parse(&number_grouped(number.as_str())), Some(number));
        }

        #[test]
        fn every_wrong_digit_of_a_number_is_found(parts in parts(), at in 0..18usize, by in 1..10u8) {
            let number = CertificateNumber::build(&parts).unwrap();
            let mut digits = number.as_str().as_bytes().to_vec();
            digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
            prop_assert_eq!(CertificateNumber::parse(&String::from_utf8(digits).unwrap()), None);
        }

        #[test]
        fn a_digit_too_few_or_too_many_is_found(parts in parts(), at in 0..18usize, digit in "[0-9]") {
            let number = CertificateNumber::build(&parts).unwrap();
            let (before, after) = number.as_str().split_at(at);
            prop_assert_eq!(CertificateNumber::parse(&format!("{before}{}", &after[1..])), None);
            prop_assert_eq!(CertificateNumber::parse(&format!("{before}{digit}{after}")), None);
        }

        #[test]
        fn two_numbers_are_the_same_only_if_every_part_is(one in parts(), other in parts()) {
            let same = CertificateNumber::build(&one) == CertificateNumber::build(&other);
            prop_assert_eq!(same, one == other);
        }

        #[test]
        fn a_part_with_too_many_digits_makes_no_number(parts in parts(), which in 0..5usize) {
            let wrong = match which {
                0 => CertificateNumberParts { year: 10_000 + parts.year, ..parts },
                1 => CertificateNumberParts { division: 10_000 + parts.division, ..parts },
                2 => CertificateNumberParts { level: 10 + parts.level, ..parts },
                3 => CertificateNumberParts { course: 100 + parts.course, ..parts },
                _ => CertificateNumberParts { serial: 1_000_000 + parts.serial, ..parts },
            };
            prop_assert_eq!(CertificateNumber::build(&wrong), None);
        }
    }
}

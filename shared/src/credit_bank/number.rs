//! Certificate numbers (DOMAIN §2.4): year 4, division 4, level 1, course 2, serial 6, check 1.

use crate::check_digit::{check_digit, is_checked};

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

    #[test]
    fn any_code_of_a_course_has_two_digits() {
        let digits = ["GXX01", "GXX101", "GXX1234567890", "ABC", "9"].map(course_digits);
        assert_eq!(digits, [1, 1, 90, 0, 9]);
    }

    #[test]
    fn a_built_number_is_read_again_and_a_changed_one_is_not() {
        let parts = CertificateNumberParts { year: 2026, division: 3301, level: 2, course: 1, serial: 42 };
        let number = CertificateNumber::build(&parts).unwrap();
        assert!(number.as_str().starts_with("20263301201000042"));
        assert_eq!(CertificateNumber::parse(number.as_str()), Some(number.clone()));
        assert_eq!(CertificateNumber::parse(&number.as_str().replacen('4', "5", 1)), None);
        assert_eq!(CertificateNumber::build(&CertificateNumberParts { serial: 1_000_000, ..parts }), None);
    }
}

//! 毕业证书: its number, and the entry of the register that the next one builds upon.

use crate::{
    check_digit::{check_digit, is_checked},
    learning::CourseLevel,
    organisation::{DivisionCode, DivisionLevel},
    problem::{ProblemCode, Refusal},
    rights::text_enum,
};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

text_enum! {
    /// Where a diploma stands.
    DiplomaState {
        /// 有效.
        Valid = "valid",
        /// 待撤销: one person proposes to make it void.
        InQuestion = "in_question",
        /// 已撤销.
        Revoked = "revoked",
    }
}

/// Why a diploma is not made void, and no extract of it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DiplomaRefusal {
    /// It is void.
    #[error("the diploma is void")]
    Revoked,
    /// Who proposed it does not confirm it.
    #[error("another person is needed")]
    SamePerson,
}

impl Refusal for DiplomaRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::Revoked => ProblemCode::WrongState,
            Self::SamePerson => ProblemCode::SecondPersonNeeded,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::Revoked => "wrong-state.diploma-revoked",
            Self::SamePerson => "second-person-needed.revocation",
        }
    }
}

/// A number: 18 digits, the last of which checks the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DiplomaNumber(String);

/// How numbers are made. One that was given stays as it is when there is another scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    /// Issuing division 6, year 4, level 2 by GB/T 4658, serial 5, check 1 (DOMAIN §2.4, [D]).
    OfDivisions,
}

/// The schemes, each with the first day on which diplomas are numbered by it.
const SCHEMES: [(Date, Scheme); 1] = [(Date::constant(2022, 1, 1), Scheme::OfDivisions)];
/// Digits of a number.
const DIGITS: usize = 18;
/// Digits of the issuing division.
const DIVISION_DIGITS: usize = 6;
/// Serials of a year, an office and a level.
const SERIALS: u32 = 100_000;

/// How a level stands in a number: the code of GB/T 4658 that its diploma gives.
const fn level_code(level: CourseLevel) -> u8 {
    match level {
        CourseLevel::Junior => 71,
        CourseLevel::Senior => 44,
    }
}

impl DiplomaNumber {
    /// The number of a diploma that an office issues on `day`; `None` if no scheme holds then, or its serials are used
    /// up.
    #[must_use]
    pub fn build(day: Date, issuer: DivisionCode, level: CourseLevel, serial: u32) -> Option<Self> {
        let (_, scheme) = SCHEMES.iter().rev().find(|(from, _)| *from <= day)?;
        let Scheme::OfDivisions = scheme;
        let division = format!("{:0<DIVISION_DIGITS$}", issuer.as_str());
        let digits = format!("{division}{:04}{}{serial:05}", day.year(), level_code(level));
        let check = check_digit(&digits)?;
        let is_whole = digits.len() + 1 == DIGITS && serial < SERIALS;
        is_whole.then(|| Self(format!("{digits}{check}")))
    }

    /// Reads a number, spaces and hyphens apart; `None` unless its check digit is right.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|letter| !matches!(letter, ' ' | '-')).collect();
        let is_number = digits.len() == DIGITS && digits.bytes().all(|digit| digit.is_ascii_digit());
        (is_number && is_checked(&digits)).then_some(Self(digits))
    }

    /// The 18 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The division whose bureau issues diplomas of a level to learners of a school: the county junior ones, the city senior
/// ones (DOMAIN §1.4). A school that lies in no such division has them from where it lies.
#[must_use]
pub fn diploma_issuer(school: DivisionCode, level: CourseLevel) -> DivisionCode {
    let office = match level {
        CourseLevel::Junior => DivisionLevel::County,
        CourseLevel::Senior => DivisionLevel::City,
    };
    school.and_above().find(|code| code.level() == office).unwrap_or(school)
}

/// What a register holds of one diploma.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegisterEntry<'a> {
    /// The number.
    pub number: &'a str,
    /// To whom it was issued.
    pub holder_name: &'a str,
    /// The learner's number.
    pub learner_number: &'a str,
    /// The level.
    pub level: CourseLevel,
    /// The school.
    pub school: &'a str,
    /// Significant digits of the division whose bureau issued it.
    pub issuer: &'a str,
    /// The day of issue.
    pub issued_on: Date,
    /// The digest of the entry before; empty for the first of a register.
    pub previous: &'a str,
}

impl RegisterEntry<'_> {
    /// SHA-256, in hex, of the entry as compact JSON. Whoever changes one, changes every later one.
    #[must_use]
    pub fn digest(&self) -> String {
        let fields = serde_json::json!([
            self.number,
            self.holder_name,
            self.learner_number,
            self.level,
            self.school,
            self.issuer,
            self.issued_on.to_string(),
            self.previous,
        ]);
        hex::encode(Sha256::digest(fields.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{are_named, has_texts};
    use jiff::civil::date;
    use proptest::prelude::*;

    fn code(text: &str) -> DivisionCode {
        DivisionCode::parse(text).unwrap()
    }

    #[test]
    fn a_number_says_who_issued_it_when_and_for_which_level() {
        let number = |day, issuer, level, serial| DiplomaNumber::build(day, code(issuer), level, serial);
        let senior = number(date(2026, 11, 23), "3305", CourseLevel::Senior, 7).unwrap();
        assert!(senior.as_str().starts_with("33050020264400007"), "{senior:?}");
        let junior = number(date(2026, 11, 23), "330502", CourseLevel::Junior, 7).unwrap();
        assert!(junior.as_str().starts_with("33050220267100007"), "{junior:?}");
        assert_eq!(number(date(2021, 12, 31), "3305", CourseLevel::Senior, 7), None);
        assert_eq!(number(date(2026, 1, 1), "3305", CourseLevel::Senior, SERIALS), None);
        assert_eq!(number(date(2026, 1, 1), "330502100", CourseLevel::Senior, 1), None, "a township issues none");
    }

    #[test]
    fn the_county_issues_junior_diplomas_and_the_city_senior_ones() {
        let issuer = |school, level| diploma_issuer(code(school), level).as_str().to_owned();
        assert_eq!(issuer("330502104", CourseLevel::Junior), "330502");
        assert_eq!(issuer("330502104", CourseLevel::Senior), "3305");
        assert_eq!(issuer("3305", CourseLevel::Junior), "3305");
    }

    #[test]
    fn an_entry_holds_everything_that_it_says() {
        let entry = RegisterEntry {
            number: "1",
            holder_name: "N",
            learner_number: "2",
            level: CourseLevel::Senior,
            school: "S",
            issuer: "3305",
            issued_on: date(2026, 1, 1),
            previous: "",
        };
        let others = [
            RegisterEntry { number: "2", ..entry },
            RegisterEntry { holder_name: "M", ..entry },
            RegisterEntry { learner_number: "3", ..entry },
            RegisterEntry { level: CourseLevel::Junior, ..entry },
            RegisterEntry { school: "T", ..entry },
            RegisterEntry { issuer: "3301", ..entry },
            RegisterEntry { issued_on: date(2026, 1, 2), ..entry },
            RegisterEntry { previous: "x", ..entry },
        ];
        assert_eq!(entry.digest().len(), 64);
        for other in others {
            assert_ne!(entry.digest(), other.digest());
        }
    }

    #[test]
    fn every_state_and_refusal_has_its_words() {
        let keys: Vec<_> = DiplomaState::ALL.iter().map(|state| format!("diploma_{state}")).collect();
        let files = [
            include_str!("../../../locales/zh-CN/graduation.json"),
            include_str!("../../../locales/en/graduation.json"),
        ];
        assert!(are_named(files, &keys));
        for refusal in [DiplomaRefusal::Revoked, DiplomaRefusal::SamePerson] {
            assert!(has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
    }

    proptest! {
        #[test]
        fn a_built_number_is_read_again_and_a_wrong_digit_is_found(
            serial in 0..SERIALS,
            year in 2022..2100_i16,
            at in 0..DIGITS,
            by in 1..10_u8,
        ) {
            let number = DiplomaNumber::build(date(year, 6, 30), code("330502"), CourseLevel::Junior, serial).unwrap();
            prop_assert_eq!(DiplomaNumber::parse(number.as_str()), Some(number.clone()));
            let mut digits = number.as_str().as_bytes().to_vec();
            digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
            prop_assert_eq!(DiplomaNumber::parse(&String::from_utf8(digits).unwrap()), None);
        }
    }
}

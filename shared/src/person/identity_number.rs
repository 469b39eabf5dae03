//! Citizen identity numbers, GB 11643 (DOMAIN §3.2).

use crate::{
    problem::{ProblemCode, Refusal},
    rights::text_enum,
};
use jiff::civil::Date;

text_enum! {
    /// Sex by GB/T 2261.1. What is not known (0) or not stated (9) is the absence of a value.
    Sex {
        /// 1.
        Male = "male",
        /// 2.
        Female = "female",
    }
}

/// An 18-digit identity number whose form, date and check digit are right. No plain `Display`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdentityNumber(String);

/// Why a text is no identity number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityNumberRefusal {
    /// Neither 18 digits nor 17 and an X.
    #[error("not an identity number")]
    Malformed,
    /// The old form of 15 digits; the new number is needed.
    #[error("an old number of 15 digits")]
    OldForm,
    /// There is no such day, or it has not come yet.
    #[error("impossible birth date")]
    ImpossibleDate,
    /// Some character is wrong.
    #[error("wrong check digit")]
    WrongCheck,
}

impl Refusal for IdentityNumberRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::Invalid
    }
}

impl IdentityNumberRefusal {
    /// The code of a field error.
    #[must_use]
    pub const fn field_code(self) -> &'static str {
        match self {
            Self::Malformed => "document-malformed",
            Self::OldForm => "document-old-form",
            Self::ImpossibleDate => "document-impossible-date",
            Self::WrongCheck => "document-wrong-check",
        }
    }
}

impl IdentityNumber {
    /// Reads a number; lower x, full-width characters and outer spaces are accepted. An unknown
    /// address code is no reason to refuse.
    ///
    /// # Errors
    /// [`IdentityNumberRefusal`], the coarsest reason first.
    pub fn parse(text: &str, today: Date) -> Result<Self, IdentityNumberRefusal> {
        let number: String = text.trim().chars().map(|c| to_half_width(c).to_ascii_uppercase()).collect();
        if number.len() == 15 && number.bytes().all(|b| b.is_ascii_digit()) {
            return Err(IdentityNumberRefusal::OldForm);
        }
        let (body, check) = number
            .split_at_checked(17)
            .filter(|(_, check)| check.len() == 1)
            .ok_or(IdentityNumberRefusal::Malformed)?;
        if !body.bytes().all(|b| b.is_ascii_digit()) || !check.bytes().all(|b| b.is_ascii_digit() || b == b'X') {
            return Err(IdentityNumberRefusal::Malformed);
        }
        if birth_date(body).is_none_or(|born| born > today) {
            return Err(IdentityNumberRefusal::ImpossibleDate);
        }
        if !check.starts_with(check_character(body)) {
            return Err(IdentityNumberRefusal::WrongCheck);
        }
        Ok(Self(number))
    }

    /// Whether a text has the form of a number, but the check digit is wrong.
    pub(super) fn has_wrong_check(number: &str) -> bool {
        let (body, check) = number.split_at_checked(17).unwrap_or_default();
        body.bytes().all(|b| b.is_ascii_digit()) && !check.starts_with(check_character(body))
    }

    /// The whole number; showing it is audited.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// First and last four characters.
    #[must_use]
    pub fn masked(&self) -> String {
        format!("{}**********{}", &self.0[..4], &self.0[14..])
    }

    /// The birth date.
    #[must_use]
    pub fn birth_date(&self) -> Date {
        birth_date(&self.0).unwrap_or_default()
    }

    /// The sex: the 17th digit is odd for men.
    #[must_use]
    pub fn sex(&self) -> Sex {
        if self.0.as_bytes()[16] % 2 == 1 { Sex::Male } else { Sex::Female }
    }
}

impl std::fmt::Debug for IdentityNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.masked())
    }
}

/// Completed years of life (周岁) on `day`.
#[must_use]
pub fn age_on(born: Date, day: Date) -> i16 {
    let has_come = (day.month(), day.day()) >= (born.month(), born.day());
    day.year() - born.year() - i16::from(!has_come)
}

/// Of whom nothing is kept: the programme is for adults, and who is younger is a child (Personal Information Protection
/// Law, art. 28). From which age somebody may enrol, the rules of enrolment say (DOMAIN §1.6).
const CHILD_UNDER: i16 = 14;

/// Whether somebody is too young to be recorded on `day`.
#[must_use]
pub fn is_child(born: Date, day: Date) -> bool {
    age_on(born, day) < CHILD_UNDER
}

/// The half-width form of a full-width letter, digit or sign.
pub(crate) fn to_half_width(letter: char) -> char {
    match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        _ => letter,
    }
}

fn birth_date(body: &str) -> Option<Date> {
    let year: i16 = body.get(6..10)?.parse().ok()?;
    Date::new(year, body.get(10..12)?.parse().ok()?, body.get(12..14)?.parse().ok()?).ok().filter(|_| year > 0)
}

/// MOD 11-2 with the standard's weights.
fn check_character(body: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    char::from(b"10X98765432"[(sum % 11) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// A right number: any address, a day that has come, any order and its check character.
    fn number() -> impl Strategy<Value = String> {
        ("[1-9][0-9]{5}", 1900..2026i16, 1..13i8, 1..29i8, 0..1000u16).prop_map(|(address, year, month, day, order)| {
            let body = format!("{address}{year:04}{month:02}{day:02}{order:03}");
            format!("{body}{}", check_character(&body))
        })
    }

    fn parse(text: &str) -> Result<IdentityNumber, IdentityNumberRefusal> {
        IdentityNumber::parse(text, date(2026, 11, 23))
    }

    #[test]
    fn the_vectors_of_the_standard_and_of_the_fixtures_are_right() {
        for text in [
            "11010519491231002X",
            "440524188001010014",
            "330199198503140022",
            "330199200210300037",
            "81000018900101001X",
            "830000188506070025",
            "933999198802290010",
            "11010519491231002x",
            "１１０１０５１９４９１２３１００２Ｘ",
        ] {
            assert!(parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn sex_birth_date_and_mask_follow() {
        let number = parse("330199198503140022").unwrap();
        assert_eq!((number.sex(), number.birth_date()), (Sex::Female, date(1985, 3, 14)));
        assert_eq!(number.masked(), "3301**********0022");
        assert_eq!(parse("330199200210300037").unwrap().sex(), Sex::Male);
    }

    #[test]
    fn each_fault_has_its_own_refusal() {
        assert_eq!(parse("330199198503140023"), Err(IdentityNumberRefusal::WrongCheck));
        assert_eq!(parse("330199198502300022"), Err(IdentityNumberRefusal::ImpossibleDate));
        assert_eq!(parse("330199203003140022"), Err(IdentityNumberRefusal::ImpossibleDate));
        assert_eq!(parse("330199850314002"), Err(IdentityNumberRefusal::OldForm));
        assert_eq!(parse("张330199"), Err(IdentityNumberRefusal::Malformed));
    }

    #[test]
    fn the_birthday_itself_counts() {
        assert_eq!(age_on(date(1985, 3, 14), date(2026, 3, 13)), 40);
        assert_eq!(age_on(date(1985, 3, 14), date(2026, 3, 14)), 41);
    }
    proptest! {
        #[test]
        fn a_right_number_is_read_and_says_its_day_and_sex(number in number()) {
            let read = parse(&number).unwrap();
            prop_assert_eq!(read.reveal(), &number);
            let born = read.birth_date();
            let written = format!("{:04}{:02}{:02}", born.year(), born.month(), born.day());
            prop_assert_eq!(&written, &number[6..14]);
            let is_odd = number.as_bytes()[16] % 2 == 1;
            prop_assert_eq!(read.sex() == Sex::Male, is_odd);
            prop_assert!(!IdentityNumber::has_wrong_check(&number));
        }

        #[test]
        fn every_single_wrong_character_is_found(number in number(), at in 0..18usize, to in "[0-9X]") {
            prop_assume!(number[at..=at] != to);
            let wrong = format!("{}{to}{}", &number[..at], &number[at + 1..]);
            prop_assert!(parse(&wrong).is_err(), "{number} became {wrong}");
        }

        #[test]
        fn every_pair_of_neighbours_in_the_wrong_order_is_found(number in number(), at in 0..17usize) {
            let mut characters = number.clone().into_bytes();
            prop_assume!(characters[at] != characters[at + 1]);
            characters.swap(at, at + 1);
            let wrong = String::from_utf8(characters).unwrap();
            prop_assert!(parse(&wrong).is_err(), "{number} became {wrong}");
        }

        #[test]
        fn no_text_at_all_makes_it_panic(text in "\\PC{0,24}") {
            if let Ok(read) = parse(&text) {
                prop_assert_eq!(read.reveal().len(), 18);
            }
        }
    }
}

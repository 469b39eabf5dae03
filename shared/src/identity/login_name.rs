//! What somebody logs in by: a name that is kept as it is, or a phone of which no text is kept.

use crate::person::{is_invisible, normalise_phone, to_half_width};

/// Digits of a mobile number. No name holds so many in a row: they could be a phone or a part of a
/// document's number.
const PHONE_DIGITS: usize = 11;

/// What somebody typed to log in by. No `Debug`: it may be a whole phone.
#[derive(Clone, PartialEq, Eq)]
pub enum LoginName {
    /// A text of the form of a phone: eleven digits, the first of them 1.
    Phone(String),
    /// Any other, in small letters.
    Name(String),
}

impl LoginName {
    /// Reads what was typed. Of a phone full-width digits, what stands between the digits and the country's
    /// code in front are accepted.
    #[must_use]
    pub fn read(text: &str) -> Self {
        phone_shaped(text).map_or_else(|| Self::Name(text.trim().to_lowercase()), Self::Phone)
    }

    /// The phone or the name.
    #[must_use]
    pub fn reveal(&self) -> &str {
        match self {
            Self::Phone(text) | Self::Name(text) => text,
        }
    }
}

/// Whether a text holds what may be the number of a document or a phone. It is no name to log in by.
#[must_use]
pub fn holds_long_number(text: &str) -> bool {
    let bare: Vec<char> = bare(text).chars().collect();
    bare.split(|letter| !letter.is_numeric()).any(|digits| digits.len() >= PHONE_DIGITS)
}

fn phone_shaped(text: &str) -> Option<String> {
    let bare = bare(text);
    let is_shaped =
        bare.len() == PHONE_DIGITS && bare.starts_with('1') && bare.bytes().all(|letter| letter.is_ascii_digit());
    normalise_phone(&bare).or_else(|| is_shaped.then_some(bare))
}

/// Half-width, without what may stand between the digits of a number.
fn bare(text: &str) -> String {
    let letters = text.chars().map(to_half_width);
    let is_between = |c: char| c.is_whitespace() || is_invisible(c) || matches!(c, '-' | '.' | '_');
    letters.filter(|letter| !is_between(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, phone: Option<&str>) {
        let read = LoginName::read(typed);
        assert_eq!(matches!(read, LoginName::Phone(_)), phone.is_some(), "{typed}");
        assert_eq!(read.reveal(), phone.unwrap_or(&typed.trim().to_lowercase()), "{typed}");
    }

    #[test]
    fn a_phone_is_one_however_it_is_typed() {
        for typed in [
            "19900000066",
            " 199 0000 0066 ",
            "１９９－００００－００６６",
            "199.0000.0066",
            "199_0000_0066",
            "+86 199-0000-0066",
            "\u{202D}19900000066\u{202C}",
        ] {
            check(typed, Some("19900000066"));
        }
        check("12800138000", Some("12800138000"));
    }

    #[test]
    fn what_has_another_form_is_a_name() {
        for typed in ["Zhang.Xiuying", "罗春燕", "1990000006", "199000000666", "29900000066", "3305022026100001"] {
            check(typed, None);
        }
    }

    #[test]
    fn a_document_s_number_and_a_phone_among_letters_are_long_numbers() {
        for typed in [
            "330199198503140022",
            "33019919850314002x",
            "３３０１９９ 19850314-0022",
            "330199850314002",
            "13800138000@example.com",
            "zhang13800138000",
            "zhang.138_0013_8000",
        ] {
            assert!(holds_long_number(typed), "{typed}");
        }
        for typed in ["zhang1985", "luo.chunyan-1985.06.07", "1234567890", "罗春燕"] {
            assert!(!holds_long_number(typed), "{typed}");
        }
    }

    #[test]
    fn every_refusal_of_a_name_has_its_texts() {
        for code in ["login-name-malformed", "login-name-number", "phone-not-own", "phone-taken"] {
            assert!(crate::problem::has_texts(&format!("field.{code}")), "{code}");
        }
    }
}

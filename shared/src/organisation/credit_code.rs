//! Unified social credit codes, GB 32100 (DOMAIN §3.3).

use crate::{
    person::to_half_width,
    problem::{ProblemCode, Refusal},
};

/// The digits of GB 32100: no I, O, S, V, Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A code of 18 characters in the form of the standard. Its check may be wrong: some early ones are,
/// and are legal all the same. Whoever takes such a code gives a reason ([`accept_credit_code`]).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode(String);

/// What looks wrong in a code that has the right form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditCodeWarning {
    /// The last character does not check the others.
    WrongCheck,
    /// The organisation code inside (GB 11714) does not check itself.
    WrongOrganisationCode,
}

/// Why a code is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CreditCodeRefusal {
    /// Not 18 characters of the standard's alphabet.
    #[error("not a credit code")]
    Malformed,
    /// 15 digits: the old registration number that a 个体户 may still have.
    #[error("an old registration number of 15 digits")]
    OldForm,
    /// The check is wrong and nobody gave a reason to take it.
    #[error("wrong check character")]
    WrongCheck,
}

impl CreditCodeRefusal {
    /// The code of a field error.
    #[must_use]
    pub const fn field_code(self) -> &'static str {
        match self {
            Self::Malformed => "credit-code-malformed",
            Self::OldForm => "credit-code-old-form",
            Self::WrongCheck => "credit-code-wrong-check",
        }
    }
}

impl Refusal for CreditCodeRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::Invalid
    }
}

impl CreditCode {
    /// Reads a code; lower case, full-width characters, spaces and hyphens are accepted.
    ///
    /// # Errors
    /// [`CreditCodeRefusal::Malformed`] or [`CreditCodeRefusal::OldForm`]; the check is not judged.
    pub fn parse(text: &str) -> Result<Self, CreditCodeRefusal> {
        let letters = text.chars().filter(|c| !c.is_whitespace() && *c != '-');
        let code: String = letters.map(|c| to_half_width(c).to_ascii_uppercase()).collect();
        let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if code.len() == 15 && is_digits(&code) {
            return Err(CreditCodeRefusal::OldForm);
        }
        let has_form = code.len() == 18 && code.bytes().all(|b| value(b).is_some()) && is_digits(&code[2..8]);
        if has_form { Ok(Self(code)) } else { Err(CreditCodeRefusal::Malformed) }
    }

    /// The 18 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Code of the division that registered the organisation, six digits.
    #[must_use]
    pub fn division(&self) -> &str {
        &self.0[2..8]
    }

    /// What looks wrong; the code's own check first.
    #[must_use]
    pub fn warning(&self) -> Option<CreditCodeWarning> {
        let code = self.0.as_bytes();
        if check_character(&code[..17]) != code[17] {
            Some(CreditCodeWarning::WrongCheck)
        } else if organisation_check(&code[8..16]) != code[16] {
            Some(CreditCodeWarning::WrongOrganisationCode)
        } else {
            None
        }
    }
}

/// Reads a code, and takes one whose check is wrong only if somebody says why.
///
/// # Errors
/// [`CreditCodeRefusal`].
pub fn accept_credit_code(text: &str, reason: &str) -> Result<CreditCode, CreditCodeRefusal> {
    let code = CreditCode::parse(text)?;
    if code.warning().is_some() && reason.trim().is_empty() { Err(CreditCodeRefusal::WrongCheck) } else { Ok(code) }
}

fn value(letter: u8) -> Option<u32> {
    let at = ALPHABET.iter().position(|other| *other == letter)?;
    u32::try_from(at).ok()
}

/// Weights are the powers of 3 modulo 31.
fn check_character(body: &[u8]) -> u8 {
    let (mut sum, mut weight) = (0, 1);
    for letter in body {
        sum += value(*letter).unwrap_or_default() * weight;
        weight = weight * 3 % 31;
    }
    ALPHABET[((31 - sum % 31) % 31) as usize]
}

/// GB 11714: letters count from 10, and all of them do.
fn organisation_check(body: &[u8]) -> u8 {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let digit = |letter: u8| char::from(letter).to_digit(36).unwrap_or_default();
    let sum: u32 = body.iter().zip(WEIGHTS).map(|(letter, weight)| digit(*letter) * weight).sum();
    match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        check => b"0123456789"[check as usize],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::has_texts;
    use proptest::prelude::*;

    #[test]
    fn vectors_of_the_standard_and_of_the_fixtures_are_right() {
        for text in ["91350100M000100Y43", "12330199YT0000011A", "12330199YT000002X2", " 91350100m000100y43 "] {
            assert_eq!(CreditCode::parse(text).unwrap().warning(), None, "{text}");
        }
        assert_eq!(CreditCode::parse("12330199YT0000011A").unwrap().division(), "330199");
    }

    #[test]
    fn a_wrong_check_needs_a_reason_and_a_wrong_form_has_none() {
        let wrong = "91350100M000100Y44";
        assert_eq!(CreditCode::parse(wrong).unwrap().warning(), Some(CreditCodeWarning::WrongCheck));
        assert_eq!(accept_credit_code(wrong, " "), Err(CreditCodeRefusal::WrongCheck));
        assert!(accept_credit_code(wrong, "营业执照上就是这个代码").is_ok());
        for text in ["", "9135010OM000100Y43", "91350100M000100Y4", "9135AB00M000100Y43", "九一三五零一零零零零零一"]
        {
            assert_eq!(accept_credit_code(text, "理由"), Err(CreditCodeRefusal::Malformed), "{text}");
        }
        assert_eq!(CreditCode::parse("330106600123456"), Err(CreditCodeRefusal::OldForm));
    }

    #[test]
    fn every_refusal_has_its_text() {
        for refusal in [CreditCodeRefusal::Malformed, CreditCodeRefusal::OldForm, CreditCodeRefusal::WrongCheck] {
            assert!(has_texts(&format!("field.{}", refusal.field_code())), "{refusal}");
        }
    }

    proptest! {
        #[test]
        fn every_single_wrong_character_is_found(at in 0..18usize, by in 1..31usize) {
            let mut code = *b"12330199YT0000011A";
            let now = ALPHABET.iter().position(|letter| *letter == code[at]).unwrap();
            code[at] = ALPHABET[(now + by) % 31];
            let code = CreditCode::parse(std::str::from_utf8(&code).unwrap());
            prop_assert!(code.is_err() || code.unwrap().warning().is_some());
        }
    }
}

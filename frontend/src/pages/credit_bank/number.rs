//! Certificate numbers as people type and read them.

use shared::credit_bank::CertificateNumber;

/// Digits of a certificate number.
const DIGITS: usize = 18;

/// Why what was typed is no certificate number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberFault {
    /// Nothing was typed.
    Missing,
    /// Something else than digits was typed.
    NotDigits,
    /// Too few or too many digits.
    Length {
        /// How many there are.
        typed: usize,
    },
    /// A digit is wrong, or two have changed places.
    CheckDigit,
}

/// Reads what was typed: blanks and hyphens between the digits, and full-width digits, are fine.
///
/// # Errors
/// The first [`NumberFault`] that is found.
pub(super) fn read_number(typed: &str) -> Result<CertificateNumber, NumberFault> {
    let letters = typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '-');
    let digits: String = letters.map(half_width).collect();
    match digits.chars().count() {
        0 => Err(NumberFault::Missing),
        _ if !digits.bytes().all(|byte| byte.is_ascii_digit()) => Err(NumberFault::NotDigits),
        DIGITS => CertificateNumber::parse(&digits).ok_or(NumberFault::CheckDigit),
        typed => Err(NumberFault::Length { typed }),
    }
}

/// A digit as Chinese keyboards may type it, as an ordinary one.
fn half_width(letter: char) -> char {
    match letter {
        '\u{ff10}'..='\u{ff19}' => u32::from(letter).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(letter),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::credit_bank::CertificateNumberParts;
    use shared::credit_bank::number_grouped;

    fn number() -> String {
        let parts = CertificateNumberParts { year: 2026, division: 3305, level: 2, course: 1, serial: 7 };
        CertificateNumber::build(&parts).unwrap().to_string()
    }

    #[test]
    fn a_number_is_read_however_it_is_typed() {
        let number = number();
        let full_width = number.replace('2', "２").replace('0', "０");
        for typed in [number.clone(), number_grouped(&number), format!(" {full_width}\n")] {
            assert_eq!(read_number(&typed).map(|read| read.to_string()), Ok(number.clone()));
        }
    }

    #[test]
    fn a_wrong_number_says_what_is_wrong() {
        let number = number();
        assert_eq!(read_number("  "), Err(NumberFault::Missing));
        assert_eq!(read_number("证书2026"), Err(NumberFault::NotDigits));
        assert_eq!(read_number(&number[1..]), Err(NumberFault::Length { typed: 17 }));
        assert_eq!(read_number(&number.replacen('5', "6", 1)), Err(NumberFault::CheckDigit));
    }
}

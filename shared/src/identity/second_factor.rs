//! The second factor of staff: codes by time (RFC 6238), and recovery codes on paper.

use serde::{Deserialize, Serialize};

/// Digits of a code.
pub const CODE_DIGITS: usize = 6;
/// Recovery codes that are given at once.
pub const RECOVERY_CODES: usize = 10;
/// Symbols of a recovery code, without its line.
pub const RECOVERY_CODE_CHARS: usize = 10;

/// One's own second factor: `GET /me/second_factor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorView {
    /// Whether this system offers it to the reader.
    pub is_offered: bool,
    /// Whether this system asks the reader for it.
    pub is_required: bool,
    /// Whether log-in takes a code.
    pub is_on: bool,
    /// Recovery codes that have not been used.
    pub recovery_codes_left: u32,
}

/// Reply of `POST /me/second_factor`: what the authenticator app has to know.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorSecret {
    /// The secret in base32, in groups of four.
    pub secret: String,
    /// The same as an SVG picture of a QR code.
    pub qr_svg: String,
}

/// Body of `POST /me/second_factor/confirm` and `POST /me/second_factor/recovery_codes`.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SecondFactorCode {
    /// The code that the app shows now.
    pub code: String,
}

/// Recovery codes; shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// Each is good for one log-in.
    pub codes: Vec<String>,
}

/// What somebody gave as their second factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GivenCode {
    /// Six digits from the app.
    Timed(String),
    /// A recovery code, without its line and in small letters.
    Recovery(String),
}

impl GivenCode {
    /// Reads what was typed: blanks and lines do not count. `None` if it is neither.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect();
        let is_timed = text.len() == CODE_DIGITS && text.bytes().all(|letter| letter.is_ascii_digit());
        let is_recovery =
            text.len() == RECOVERY_CODE_CHARS && text.bytes().all(|letter| letter.is_ascii_alphanumeric());
        match (is_timed, is_recovery) {
            (true, _) => Some(Self::Timed(text)),
            (_, true) => Some(Self::Recovery(text.to_lowercase())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::GivenCode::{self, Recovery, Timed};

    #[test]
    fn a_code_is_read_however_it_is_spaced() {
        for (text, expected) in [
            ("123456", Some(Timed("123456".to_owned()))),
            (" 123 456 ", Some(Timed("123456".to_owned()))),
            ("K7MP3-XQA9W", Some(Recovery("k7mp3xqa9w".to_owned()))),
            ("12345", None),
            ("1234567", None),
            ("12345a", None),
            ("", None),
        ] {
            assert_eq!(GivenCode::read(text), expected, "{text}");
        }
    }
}

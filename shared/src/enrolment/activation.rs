//! Activation codes: how a learner gets into their account the first time, from a slip of paper or a
//! short message. Twelve digits, because they are read aloud and typed on phones.

use crate::{
    check_digit::{check_digit, is_checked},
    person::to_half_width,
    problem::{ProblemCode, Refusal},
    time::Timestamp,
};
use rand_chacha::rand_core::Rng;

/// Digits of a code, the check digit among them.
const DIGITS: usize = 12;

/// A code in the right form. It is a secret: no `Display`, masked `Debug`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ActivationCode(String);

/// What is known of a code that was issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IssuedCode {
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Whether it has been used, or another was issued in its place.
    pub is_spent: bool,
    /// Wrong tries against it or its account.
    pub failed_tries: u8,
}

/// How long a code lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActivationRules {
    /// Seconds from its issue during which it can be used.
    pub valid_s: i64,
    /// Wrong tries after which it is void.
    pub max_tries: u8,
}

impl ActivationRules {
    /// Two weeks, as long as a slip of paper takes to reach a village; five wrong tries (DOMAIN §5.2).
    pub const ON_PAPER: Self = Self { valid_s: 14 * 86_400, max_tries: 5 };
}

/// Why a code does not open the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ActivationRefusal {
    /// Not twelve digits of which the last is right: a typing error, which is no try.
    #[error("not an activation code")]
    Malformed,
    /// Used already, or replaced.
    #[error("activation code is spent")]
    Spent,
    /// Too old.
    #[error("activation code expired at {at}")]
    Expired {
        /// When it did.
        at: Timestamp,
    },
    /// Tried too often.
    #[error("too many wrong tries")]
    TooManyTries,
    /// There is no such code, or it is not this person's.
    #[error("wrong code or proof")]
    Wrong,
    /// The record has no account yet, or the learner has left: no code is issued for it.
    #[error("record is not registered")]
    NotRegistered,
}

impl Refusal for ActivationRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::NotRegistered => ProblemCode::WrongState,
            _ => ProblemCode::ActivationRefused,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::Malformed => "activation-refused.malformed",
            Self::Spent => "activation-refused.spent",
            Self::Expired { .. } => "activation-refused.expired",
            Self::TooManyTries => "activation-refused.too-many-tries",
            Self::Wrong => "activation-refused.wrong",
            Self::NotRegistered => "wrong-state.not-registered",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::Expired { at } => serde_json::json!({ "expired_at": at }),
            _ => serde_json::Value::Null,
        }
    }
}

impl ActivationCode {
    /// Draws a code: eleven random digits and their check digit. Each code is as likely as any other.
    #[must_use]
    pub fn draw(rng: &mut impl Rng) -> Self {
        const CODES: u64 = 100_000_000_000;
        let unfair = u64::MAX - (u64::MAX % CODES + 1) % CODES;
        let drawn = loop {
            let drawn = rng.next_u64();
            if drawn <= unfair {
                break drawn % CODES;
            }
        };
        let digits = format!("{drawn:011}");
        let check = check_digit(&digits).unwrap_or('0');
        Self(format!("{digits}{check}"))
    }

    /// Reads what somebody typed: full-width digits, spaces, hyphens and dots are accepted.
    ///
    /// # Errors
    /// [`ActivationRefusal::Malformed`]; almost every typing error is found without asking the server.
    pub fn parse(text: &str) -> Result<Self, ActivationRefusal> {
        let letters = text.chars().map(to_half_width);
        let digits: String = letters.filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '\u{B7}')).collect();
        let is_code = digits.len() == DIGITS && digits.bytes().all(|b| b.is_ascii_digit()) && is_checked(&digits);
        if is_code { Ok(Self(digits)) } else { Err(ActivationRefusal::Malformed) }
    }

    /// The digits, for the slip, the message and the digest that is stored.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// As it is printed: three groups of four.
    #[must_use]
    pub fn grouped(&self) -> String {
        format!("{} {} {}", &self.0[..4], &self.0[4..8], &self.0[8..])
    }
}

impl std::fmt::Debug for ActivationCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ActivationCode(****)")
    }
}

/// Whether a code that was found still opens its account at `now`.
///
/// # Errors
/// [`ActivationRefusal`]: spent before expired, so that nobody waits for a new code in vain.
pub fn judge_activation(code: &IssuedCode, rules: &ActivationRules, now: Timestamp) -> Result<(), ActivationRefusal> {
    let at = code.issued_at.plus_s(rules.valid_s);
    if code.is_spent {
        Err(ActivationRefusal::Spent)
    } else if code.failed_tries >= rules.max_tries {
        Err(ActivationRefusal::TooManyTries)
    } else if now >= at {
        Err(ActivationRefusal::Expired { at })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::has_texts;
    use proptest::prelude::*;
    use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};

    const RULES: ActivationRules = ActivationRules { valid_s: 600, max_tries: 5 };
    const FRESH: IssuedCode = IssuedCode { issued_at: Timestamp(0), is_spent: false, failed_tries: 4 };

    #[test]
    fn a_code_opens_until_it_expires_and_not_a_moment_longer() {
        let end = Timestamp(600_000);
        assert_eq!(judge_activation(&FRESH, &RULES, end.plus_ms(-1)), Ok(()));
        assert_eq!(judge_activation(&FRESH, &RULES, end), Err(ActivationRefusal::Expired { at: end }));
    }

    #[test]
    fn a_code_opens_once_and_bears_few_tries() {
        let spent = IssuedCode { is_spent: true, ..FRESH };
        assert_eq!(judge_activation(&spent, &RULES, Timestamp(9_999_999)), Err(ActivationRefusal::Spent));
        let tried = IssuedCode { failed_tries: 5, ..FRESH };
        assert_eq!(judge_activation(&tried, &RULES, Timestamp(0)), Err(ActivationRefusal::TooManyTries));
    }

    #[test]
    fn nothing_prints_a_code() {
        let code = ActivationCode::draw(&mut ChaCha8Rng::seed_from_u64(1));
        assert_eq!(format!("{code:?}"), "ActivationCode(****)");
    }

    #[test]
    fn every_refusal_has_its_text() {
        let expired = ActivationRefusal::Expired { at: Timestamp(0) };
        for refusal in [
            ActivationRefusal::Malformed,
            ActivationRefusal::Spent,
            expired,
            ActivationRefusal::TooManyTries,
            ActivationRefusal::Wrong,
            ActivationRefusal::NotRegistered,
        ] {
            assert!(has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
    }

    proptest! {
        #[test]
        fn a_code_is_read_however_it_is_typed_and_one_wrong_digit_is_found(seed in any::<u64>(), at in 0..DIGITS, by in 1..10_u8) {
            let code = ActivationCode::draw(&mut ChaCha8Rng::seed_from_u64(seed));
            prop_assert_eq!(code.reveal().len(), DIGITS);
            let full_width = code.grouped().replace(' ', "-").replace('1', "１");
            prop_assert_eq!(ActivationCode::parse(&code.grouped()), Ok(code.clone()));
            prop_assert_eq!(ActivationCode::parse(&full_width), Ok(code.clone()));
            let mut typed = code.reveal().as_bytes().to_vec();
            typed[at] = b'0' + (typed[at] - b'0' + by) % 10;
            prop_assert_eq!(ActivationCode::parse(std::str::from_utf8(&typed).unwrap()), Err(ActivationRefusal::Malformed));
        }
    }
}

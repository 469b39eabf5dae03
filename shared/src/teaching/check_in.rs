//! The code that the classroom's screen shows and that changes every few seconds, so that a photo of it
//! sent to somebody at home comes too late.

use crate::{
    ids::MeetingId,
    problem::{ProblemCode, Refusal},
    time::Timestamp,
};
use sha2::{Digest, Sha256};

/// Digits of a code.
pub const CODE_DIGITS: usize = 8;
/// Bytes of a block of SHA-256.
const BLOCK: usize = 64;

/// How fast the code changes, and how long it is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckInRules {
    /// Seconds during which the screen shows one code.
    pub step_s: u32,
    /// How many codes before the present one are still taken: the phone may be slow.
    pub steps_back: u8,
}

impl CheckInRules {
    /// A new code each 20 seconds (DOMAIN §8 gives 15 to 30), and the one before it.
    #[must_use]
    pub const fn usual() -> Self {
        Self { step_s: 20, steps_back: 1 }
    }

    /// The number of the step in which `now` lies.
    #[must_use]
    pub fn step_at(&self, now: Timestamp) -> i64 {
        now.0.div_euclid(i64::from(self.step_s.max(1)) * 1_000)
    }

    /// Milliseconds until the screen must show the next code.
    #[must_use]
    pub fn ms_left(&self, now: Timestamp) -> i64 {
        let step_ms = i64::from(self.step_s.max(1)) * 1_000;
        step_ms - now.0.rem_euclid(step_ms)
    }
}

/// How long before a meeting one may check in, in seconds.
pub const OPENS_BEFORE_S: i64 = 1_800;

/// Why somebody is not checked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckInRefusal {
    /// The code is not on the screen now.
    #[error("the code is not on the screen")]
    WrongCode,
    /// The meeting is not about to begin, or is over, or was cancelled.
    #[error("it is not the time to check in")]
    NotNow,
    /// Who would check in is not in the class.
    #[error("not in the class")]
    NotInClass,
}

impl Refusal for CheckInRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::CheckInRefused
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::WrongCode => "check-in-refused",
            Self::NotNow => "check-in-refused.not-now",
            Self::NotInClass => "check-in-refused.not-in-class",
        }
    }
}

/// Whether it is the time to check in at a meeting: from half an hour before it until its end.
///
/// # Errors
/// [`CheckInRefusal::NotNow`].
pub fn check_in_is_open(starts_at: Timestamp, ends_at: Timestamp, now: Timestamp) -> Result<(), CheckInRefusal> {
    let opens_at = starts_at.plus_s(-OPENS_BEFORE_S);
    if opens_at <= now && now < ends_at { Ok(()) } else { Err(CheckInRefusal::NotNow) }
}

/// The code of a meeting in one step: HMAC-SHA256 (RFC 2104) of meeting and step, shortened to digits in
/// the manner of RFC 4226. The secret is the meeting's own, random, and never leaves server and screen.
#[must_use]
pub fn check_in_code(secret: &[u8], meeting: MeetingId, step: i64) -> String {
    let digest = hmac_sha256(secret, &[meeting.0.as_bytes(), &step.to_be_bytes()]);
    let at = usize::from(digest[31] & 15);
    let number = digest[at..at + 4].iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    let number = (number & 0x7FFF_FFFF) % 10_u32.pow(8);
    format!("{number:0CODE_DIGITS$}")
}

/// Whether a code was on the screen just now. Every step is compared in full, whatever comes first.
#[must_use]
pub fn is_check_in_code(secret: &[u8], meeting: MeetingId, code: &str, now: Timestamp, rules: &CheckInRules) -> bool {
    let present = rules.step_at(now);
    (0..=i64::from(rules.steps_back))
        .fold(false, |found, back| found | is_same(&check_in_code(secret, meeting, present - back), code))
}

/// Compares in a time that does not tell where the texts differ.
fn is_same(expected: &str, given: &str) -> bool {
    let differences = expected.bytes().zip(given.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    expected.len() == given.len() && differences == 0
}

fn hmac_sha256(secret: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut key = [0; BLOCK];
    if secret.len() > BLOCK {
        key[..32].copy_from_slice(&Sha256::digest(secret));
    } else {
        key[..secret.len()].copy_from_slice(secret);
    }
    let mut inner = Sha256::new();
    inner.update(key.map(|byte| byte ^ 0x36));
    parts.iter().for_each(|part| inner.update(part));
    let mut outer = Sha256::new();
    outer.update(key.map(|byte| byte ^ 0x5C));
    outer.update(inner.finalize());
    outer.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const MEETING: MeetingId = MeetingId(Uuid::from_u128(7));
    const RULES: CheckInRules = CheckInRules::usual();

    #[test]
    fn the_vectors_of_rfc_4231_are_right() {
        let mac = |key: &[u8], parts: &[&[u8]]| hex::encode(hmac_sha256(key, parts));
        assert_eq!(
            mac(&[0x0B; 20], &[b"Hi There"]),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        );
        assert_eq!(
            mac(b"Jefe", &[b"what do ya want ", b"for nothing?"]),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            mac(&[0xAA; 131], &[b"Test Using Larger Than Block-Size Key - Hash Key First"]),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }

    #[test]
    fn a_code_is_taken_while_it_is_shown_and_one_step_longer() {
        let code = check_in_code(b"secret", MEETING, 5);
        let at = |ms| is_check_in_code(b"secret", MEETING, &code, Timestamp(ms), &RULES);
        assert!(!at(99_999), "not before it is shown");
        assert!(at(100_000) && at(119_999) && at(139_999));
        assert!(!at(140_000));
    }

    #[test]
    fn a_code_opens_no_other_meeting_and_no_other_secret() {
        let code = check_in_code(b"secret", MEETING, 5);
        let now = Timestamp(100_000);
        assert!(!is_check_in_code(b"secret", MeetingId(Uuid::from_u128(8)), &code, now, &RULES));
        assert!(!is_check_in_code(b"Secret", MEETING, &code, now, &RULES));
        for wrong in ["", "1", &code[1..], &format!("{code}0")] {
            assert!(!is_check_in_code(b"secret", MEETING, wrong, now, &RULES), "{wrong}");
        }
    }

    #[test]
    fn the_door_is_open_from_half_an_hour_before_until_the_end() {
        let at = |ms| check_in_is_open(Timestamp(1_800_000), Timestamp(3_600_000), Timestamp(ms)).is_ok();
        assert_eq!([at(-1), at(0), at(3_599_999), at(3_600_000)], [false, true, true, false]);
        for refusal in [CheckInRefusal::WrongCode, CheckInRefusal::NotNow, CheckInRefusal::NotInClass] {
            assert!(crate::problem::has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
    }

    #[test]
    fn the_screen_knows_when_to_change() {
        assert_eq!((RULES.step_at(Timestamp(39_999)), RULES.ms_left(Timestamp(39_999))), (1, 1));
        assert_eq!((RULES.step_at(Timestamp(40_000)), RULES.ms_left(Timestamp(40_000))), (2, 20_000));
        assert_eq!(RULES.step_at(Timestamp(-1)), -1);
    }

    proptest! {
        #[test]
        fn every_code_has_its_digits_and_is_taken_at_its_time(secret in any::<[u8; 16]>(), now in 0..4_000_000_000_000_i64) {
            let code = check_in_code(&secret, MEETING, RULES.step_at(Timestamp(now)));
            prop_assert!(code.len() == CODE_DIGITS && code.bytes().all(|b| b.is_ascii_digit()));
            prop_assert!(is_check_in_code(&secret, MEETING, &code, Timestamp(now), &RULES));
        }
    }
}

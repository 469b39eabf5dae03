//! Codes by time (RFC 6238): HMAC-SHA-1, 30 seconds, six digits, as every authenticator app has them.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use shared::{identity::CODE_DIGITS, time::Timestamp};

/// Bytes of a secret: as many as the hash has (RFC 4226 §4).
pub const TOTP_SECRET_BYTES: usize = 20;
/// How long a code is shown, in seconds.
pub const TOTP_STEP_S: i64 = 30;
/// Steps by which a phone's clock may be off, either way.
const TOLERANCE: i64 = 1;
/// Modulus of a code of [`CODE_DIGITS`].
const MODULUS: u32 = 10_u32.pow(CODE_DIGITS as u32);
const BASE_32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The code of a step.
#[must_use]
pub fn totp_code(secret: &[u8; TOTP_SECRET_BYTES], step: i64) -> String {
    format!("{:0CODE_DIGITS$}", truncated(secret, step) % MODULUS)
}

/// The step whose code this is, if it is near `now`.
#[must_use]
pub fn totp_step(secret: &[u8; TOTP_SECRET_BYTES], code: &str, now: Timestamp) -> Option<i64> {
    let this = now.0.div_euclid(TOTP_STEP_S * 1_000);
    (this - TOLERANCE..=this + TOLERANCE).find(|step| totp_code(secret, *step) == code)
}

/// The dynamic truncation of RFC 4226 §5.3: 31 bits of the hash, from where its last four bits say.
fn truncated(secret: &[u8; TOTP_SECRET_BYTES], step: i64) -> u32 {
    // A key of any length is a key.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else { return 0 };
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let from = usize::from(hash[hash.len() - 1] & 0x0f);
    let bytes = [hash[from] & 0x7f, hash[from + 1], hash[from + 2], hash[from + 3]];
    u32::from_be_bytes(bytes)
}

/// Bytes as authenticator apps read them (RFC 4648 §6, without padding).
#[must_use]
pub fn base_32(bytes: &[u8]) -> String {
    let bits = bytes.iter().flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1)).collect::<Vec<_>>();
    let digit = |five: &[u8]| five.iter().chain([&0; 4]).take(5).fold(0, |sum, bit| sum << 1 | usize::from(*bit));
    bits.chunks(5).map(|five| char::from(BASE_32[digit(five)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B, for SHA-1.
    const SECRET: [u8; TOTP_SECRET_BYTES] = *b"12345678901234567890";

    #[test]
    fn the_vectors_of_the_standard_hold() {
        for (second, code) in [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ] {
            assert_eq!(truncated(&SECRET, second / TOTP_STEP_S) % 100_000_000, code, "at {second}");
        }
        assert_eq!(totp_code(&SECRET, 1_111_111_109 / TOTP_STEP_S), "081804");
    }

    #[test]
    fn a_clock_may_be_off_by_one_step_and_not_by_two() {
        let now = Timestamp(1_234_567_890_000);
        let this = 1_234_567_890 / TOTP_STEP_S;
        for off in [-1, 0, 1] {
            assert_eq!(totp_step(&SECRET, &totp_code(&SECRET, this + off), now), Some(this + off));
        }
        for off in [-2, 2] {
            assert_eq!(totp_step(&SECRET, &totp_code(&SECRET, this + off), now), None);
        }
    }

    #[test]
    fn base_32_is_that_of_the_standard() {
        for (bytes, text) in
            [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("foobar", "MZXW6YTBOI")]
        {
            assert_eq!(base_32(bytes.as_bytes()), text);
        }
    }
}

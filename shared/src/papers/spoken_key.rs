//! A key that is read aloud in a room without a network (ADR 53): six groups of six digits, which open a package that
//! devices have fetched before.
//!
//! The digits are a secret of 96 bits that follows from the content key. With the package goes the content key, wrapped
//! by it: who has the digits has the key, and who has the wrapped key alone would have to guess 96 bits.

use super::spoken_code::{SpokenCodeFault, in_groups, of_groups};
use crate::ids::PaperId;
use sha2::{Digest, Sha256};

/// Bytes of the secret: so many that nobody finds it by trying, however long the package lies there before the test.
pub const SPOKEN_SECRET_BYTES: usize = 12;
/// Bytes of the key that wraps the content key, and of that key itself.
const KEY_BYTES: usize = 32;
/// Groups of a code.
const GROUPS: usize = SPOKEN_SECRET_BYTES / 2;
/// Characters of a paper's mark.
const MARK_CHARS: usize = 4;

/// What the digits say.
pub type SpokenSecret = [u8; SPOKEN_SECRET_BYTES];

/// The secret of a paper: it follows from the content key, so that nobody has to keep it, and says nothing of it.
#[must_use]
pub fn spoken_secret(paper: PaperId, content_key: &[u8; KEY_BYTES]) -> SpokenSecret {
    let hash = hash_of(b"chengxi spoken secret 1", paper, content_key);
    std::array::from_fn(|at| hash[at])
}

/// What wraps the content key. The secret is even: one hash makes a key of it.
#[must_use]
pub fn spoken_wrapping_key(paper: PaperId, secret: &SpokenSecret) -> [u8; KEY_BYTES] {
    hash_of(b"chengxi spoken wrapping 1", paper, secret)
}

/// The digits as they are read out: six groups, the last digit of each checks it and its place.
#[must_use]
pub fn spoken_key(secret: &SpokenSecret) -> String {
    in_groups(secret)
}

/// The secret that somebody typed, however they parted its digits. Whether it is that of their paper, the wrapped key says.
///
/// # Errors
/// [`SpokenCodeFault`] says where it was misread; never [`SpokenCodeFault::Checksum`].
pub fn read_spoken_key(text: &str) -> Result<SpokenSecret, SpokenCodeFault> {
    of_groups(text, GROUPS)?.try_into().map_err(|_| SpokenCodeFault::Length)
}

/// What tells the forms of a test apart, on the devices and for who reads the keys out: the head of the package's hash.
#[must_use]
pub fn paper_mark(package_sha256: &str) -> String {
    package_sha256.chars().take(MARK_CHARS).collect::<String>().to_uppercase()
}

fn hash_of(purpose: &[u8], paper: PaperId, secret: &[u8]) -> [u8; KEY_BYTES] {
    Sha256::new().chain_update(purpose).chain_update(paper.0.as_bytes()).chain_update(secret).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const PAPER: PaperId = PaperId(Uuid::from_u128(7));

    #[test]
    fn each_paper_and_each_key_has_a_secret_of_its_own() {
        let other = PaperId(Uuid::from_u128(8));
        let secret = spoken_secret(PAPER, &[1; 32]);
        assert_ne!(secret, spoken_secret(PAPER, &[2; 32]));
        assert_ne!(secret, spoken_secret(other, &[1; 32]));
        assert_ne!(spoken_wrapping_key(PAPER, &secret), spoken_wrapping_key(other, &secret));
        assert_ne!(spoken_wrapping_key(PAPER, &secret)[..SPOKEN_SECRET_BYTES], secret);
    }

    #[test]
    fn it_is_thirty_six_digits_in_six_groups() {
        let code = spoken_key(&spoken_secret(PAPER, &[1; 32]));
        let groups: Vec<_> = code.split(' ').collect();
        assert_eq!((groups.len(), groups.iter().all(|group| group.len() == 6)), (6, true), "{code}");
        assert_eq!(read_spoken_key(&code[..40]), Err(SpokenCodeFault::Length), "the last digit is still to come");
    }

    #[test]
    fn a_mark_is_the_head_of_the_hash() {
        assert_eq!((paper_mark("3fa29c"), paper_mark("a")), ("3FA2".to_owned(), "A".to_owned()));
    }

    proptest! {
        #[test]
        fn what_was_said_is_what_is_read(secret: SpokenSecret) {
            let code = spoken_key(&secret);
            prop_assert_eq!(read_spoken_key(&code), Ok(secret));
            prop_assert_eq!(read_spoken_key(&code.replace(' ', "")), Ok(secret));
        }

        #[test]
        fn one_wrong_digit_is_told_at_its_group(secret: SpokenSecret, at in 0..36_usize, by in 1..10_u8) {
            let mut digits: Vec<u8> = spoken_key(&secret).bytes().filter(u8::is_ascii_digit).collect();
            digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
            let read = read_spoken_key(&String::from_utf8(digits).unwrap());
            prop_assert_eq!(read, Err(SpokenCodeFault::Group { number: at / 6 + 1 }));
        }
    }
}

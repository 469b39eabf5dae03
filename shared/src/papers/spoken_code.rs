//! A share of a paper's key as it is read out over a telephone: ten groups of six digits, in every language the same.
//!
//! The last digit of a group checks the five before it (Damm, *Total anti-symmetrische Quasigruppen*, 2004), and also
//! that the group stands at its place: one wrong digit, two that were exchanged and two groups that were exchanged are
//! told at their group. Behind the share stands a checksum over it and its paper.

use crate::ids::PaperId;
use sha2::{Digest, Sha256};

/// Bytes of the secret that is split.
pub const RELEASE_SECRET_BYTES: usize = 16;
/// Bytes of a share: its place on the polynomials, from 1, and what each of them is there.
pub const KEY_SHARE_BYTES: usize = RELEASE_SECRET_BYTES + 1;
/// Bytes that say of which paper a share is, and that it was read right.
const CHECKSUM_BYTES: usize = 3;
/// Bytes of a group.
const GROUP_BYTES: usize = 2;
/// Digits of a group: those of its number, and the one that checks them.
const GROUP_DIGITS: usize = 6;
/// Groups of a code, so many as a digit can count.
const GROUPS: usize = (KEY_SHARE_BYTES + CHECKSUM_BYTES) / GROUP_BYTES;

/// A share of a key.
pub type KeyShare = [u8; KEY_SHARE_BYTES];

/// A totally anti-symmetric quasigroup of order ten with zeros on its diagonal: Damm's own.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// What is wrong with a code that somebody typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpokenCodeFault {
    /// It has not sixty digits, or something else among them.
    #[error("a code has sixty digits")]
    Length,
    /// A group does not check.
    #[error("group {number} was misread")]
    Group {
        /// Which, from 1.
        number: usize,
    },
    /// Every group checks, and yet it is no code of this paper.
    #[error("the code is of another paper")]
    Checksum,
}

impl SpokenCodeFault {
    /// The code of the field error.
    #[must_use]
    pub const fn field_code(self) -> &'static str {
        match self {
            Self::Length => "spoken-code-length",
            Self::Group { .. } => "spoken-code-group",
            Self::Checksum => "spoken-code-other",
        }
    }
}

/// A share as it is read out, its groups with spaces between.
#[must_use]
pub fn spoken_code(paper: PaperId, share: &KeyShare) -> String {
    in_groups(&[share.as_slice(), &checksum(paper, share)].concat())
}

/// The share of a paper's key that somebody typed, however they parted its digits; full-width digits are taken, too.
///
/// # Errors
/// [`SpokenCodeFault`] says where it was misread.
pub fn read_spoken_code(paper: PaperId, text: &str) -> Result<KeyShare, SpokenCodeFault> {
    let bytes = of_groups(text, GROUPS)?;
    let (share, sum) = bytes.split_first_chunk::<KEY_SHARE_BYTES>().ok_or(SpokenCodeFault::Length)?;
    if sum == checksum(paper, share) { Ok(*share) } else { Err(SpokenCodeFault::Checksum) }
}

/// Bytes as they are read out: two of them a group, groups with spaces between.
pub(super) fn in_groups(bytes: &[u8]) -> String {
    let groups: Vec<_> = bytes.chunks(GROUP_BYTES).enumerate().map(|(at, pair)| group(at, pair)).collect();
    groups.join(" ")
}

/// The bytes of so many groups that somebody typed, however they parted the digits.
pub(super) fn of_groups(text: &str, groups: usize) -> Result<Vec<u8>, SpokenCodeFault> {
    let said = text.chars().filter(|char| char.is_alphanumeric());
    let digits = said.map(digit).collect::<Option<Vec<u8>>>().ok_or(SpokenCodeFault::Length)?;
    if digits.len() != groups * GROUP_DIGITS {
        return Err(SpokenCodeFault::Length);
    }
    let mut bytes = Vec::with_capacity(groups * GROUP_BYTES);
    for (at, group) in digits.chunks(GROUP_DIGITS).enumerate() {
        let number = number_of(at, group).ok_or(SpokenCodeFault::Group { number: at + 1 })?;
        bytes.extend(number.to_be_bytes());
    }
    Ok(bytes)
}

fn group(at: usize, pair: &[u8]) -> String {
    let number = pair.iter().fold(0_u32, |number, byte| number * 256 + u32::from(*byte));
    let digits = format!("{number:05}");
    let check = folded(at, digits.bytes().map(|digit| digit - b'0'));
    format!("{digits}{check}")
}

/// The number of a group, if it checks at its place.
fn number_of(at: usize, group: &[u8]) -> Option<u16> {
    let (_, digits) = group.split_last()?;
    let number = digits.iter().fold(0_u32, |number, digit| number * 10 + u32::from(*digit));
    let is_right = folded(at, group.iter().copied()) == 0;
    is_right.then(|| u16::try_from(number).ok()).flatten()
}

/// What digits come to, read from the row `at`; 0 with their check digit behind them.
fn folded(at: usize, digits: impl Iterator<Item = u8>) -> usize {
    digits.fold(at, |row, digit| usize::from(DAMM[row][usize::from(digit)]))
}

fn digit(char: char) -> Option<u8> {
    const FULL_WIDTH_ZERO: u32 = 0xff10;
    let value = char.to_digit(10).or_else(|| u32::from(char).checked_sub(FULL_WIDTH_ZERO));
    value.filter(|value| *value < 10).and_then(|value| u8::try_from(value).ok())
}

fn checksum(paper: PaperId, share: &KeyShare) -> [u8; CHECKSUM_BYTES] {
    let hash = Sha256::digest([paper.0.as_bytes().as_slice(), share].concat());
    std::array::from_fn(|at| hash[at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const PAPER: PaperId = PaperId(Uuid::from_u128(7));

    fn share(start: u8) -> KeyShare {
        std::array::from_fn(|at| start.wrapping_mul(31).wrapping_add(u8::try_from(at).unwrap().wrapping_mul(37)))
    }

    #[test]
    fn the_check_digit_is_the_published_one() {
        // The example of the Damm algorithm: 572 is checked by 4.
        assert_eq!(folded(0, [5, 7, 2].into_iter()), 4);
        assert_eq!(folded(0, [5, 7, 2, 4].into_iter()), 0);
    }

    #[test]
    fn a_code_is_sixty_digits_in_ten_groups() {
        let code = spoken_code(PAPER, &share(1));
        let groups: Vec<_> = code.split(' ').collect();
        assert_eq!((groups.len(), groups.iter().all(|group| group.len() == 6)), (10, true), "{code}");
    }

    #[test]
    fn it_is_read_however_it_was_typed() {
        let code = spoken_code(PAPER, &share(1));
        let full_width: String = code
            .chars()
            .map(|char| char.to_digit(10).map_or('\u{3000}', |digit| char::from_u32(0xff10 + digit).unwrap()))
            .collect();
        for text in [code.clone(), code.replace(' ', "-"), code.replace(' ', ""), format!(" {code}\n"), full_width] {
            assert_eq!(read_spoken_code(PAPER, &text), Ok(share(1)), "{text}");
        }
        for text in ["", "1", &format!("{code} 1"), &code.replacen(|char: char| char.is_ascii_digit(), "x", 1)] {
            assert_eq!(read_spoken_code(PAPER, text), Err(SpokenCodeFault::Length), "{text}");
        }
    }

    #[test]
    fn a_code_of_another_paper_is_told_from_one_that_was_misread() {
        let code = spoken_code(PaperId(Uuid::from_u128(8)), &share(1));
        assert_eq!(read_spoken_code(PAPER, &code), Err(SpokenCodeFault::Checksum));
    }

    #[test]
    fn every_fault_has_its_words() {
        for fault in [SpokenCodeFault::Length, SpokenCodeFault::Group { number: 1 }, SpokenCodeFault::Checksum] {
            assert!(crate::problem::has_texts(&format!("field.{}", fault.field_code())), "{fault}");
        }
    }

    proptest! {
        #[test]
        fn what_was_said_is_what_is_read(bytes: [u8; KEY_SHARE_BYTES], paper: u128) {
            let paper = PaperId(Uuid::from_u128(paper));
            prop_assert_eq!(read_spoken_code(paper, &spoken_code(paper, &bytes)), Ok(bytes));
        }

        #[test]
        fn one_wrong_digit_is_told_at_its_group(start: u8, at in 0..GROUPS * GROUP_DIGITS, by in 1..10_u8) {
            let mut digits: Vec<u8> = spoken_code(PAPER, &share(start)).bytes().filter(u8::is_ascii_digit).collect();
            digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
            let read = read_spoken_code(PAPER, &String::from_utf8(digits).unwrap());
            prop_assert_eq!(read, Err(SpokenCodeFault::Group { number: at / GROUP_DIGITS + 1 }));
        }

        #[test]
        fn digits_that_were_exchanged_are_told_at_their_group(start: u8, at in 0..GROUPS * GROUP_DIGITS - 1) {
            let mut digits: Vec<u8> = spoken_code(PAPER, &share(start)).bytes().filter(u8::is_ascii_digit).collect();
            prop_assume!(digits[at] != digits[at + 1] && at / GROUP_DIGITS == (at + 1) / GROUP_DIGITS);
            digits.swap(at, at + 1);
            let read = read_spoken_code(PAPER, &String::from_utf8(digits).unwrap());
            prop_assert_eq!(read, Err(SpokenCodeFault::Group { number: at / GROUP_DIGITS + 1 }));
        }

        #[test]
        fn groups_that_were_exchanged_are_told(start: u8, one in 0..GROUPS, other in 0..GROUPS) {
            let code = spoken_code(PAPER, &share(start));
            let mut groups: Vec<_> = code.split(' ').collect();
            prop_assume!(one < other);
            groups.swap(one, other);
            let read = read_spoken_code(PAPER, &groups.join(" "));
            prop_assert_eq!(read, Err(SpokenCodeFault::Group { number: one + 1 }));
        }
    }
}

//! What a password may be: long enough, and neither what everybody tries first nor what others know of its owner
//! (NIST SP 800-63B §3.1.1).
//!
//! There is no rule about kinds of characters: ADR 15 says why.

use super::MAX_PASSWORD;
use crate::{person::to_half_width, problem::FieldError};
use serde::{Deserialize, Serialize};

/// Fewest characters.
pub const MIN_PASSWORD: usize = 10;

/// Words that people build passwords from: small letters, one a line.
const COMMON: &str = include_str!("common_words.txt");
/// Rows of a keyboard, forwards; a run along one is no secret.
const ROWS: [&str; 7] = [
    "1234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
];
/// Shortest run along a row, and shortest repetition of one character, that hides nothing.
const MIN_RUN: usize = 3;
/// Fewest digits where nothing else stands: a shorter number is a phone's or a date.
const MIN_DIGITS: usize = 14;
/// So many characters in a row of somebody's own number are no secret: the last six of a document are what many
/// systems give as a first password.
const OWN_RUN: usize = 6;
/// Shortest name that is looked for in a password, in letters of its script.
const OWN_NAME: usize = 2;
/// The same for a name in Latin letters, of which any two stand in many words.
const OWN_LATIN_NAME: usize = 4;

/// Body of `POST /me/password`.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The password until now.
    pub current: String,
    /// The password from now on.
    pub new: String,
}

/// Whether `password` may be the password of whoever logs in by `login_name`.
///
/// # Errors
/// What is wrong with it, in the field at `pointer`.
pub fn check_password(password: &str, login_name: &str, pointer: &str) -> Result<(), FieldError> {
    let wrong = |code: &str| Err(FieldError::new(pointer, code));
    match password.chars().count() {
        0 => return wrong("required"),
        length if length < MIN_PASSWORD => return wrong("password-short"),
        length if length > MAX_PASSWORD => return wrong("too-long"),
        _ => {}
    }
    let (letters, name) = (letters_of(password), letters_of(login_name));
    let holds_name = !name.is_empty() && letters.windows(name.len()).any(|part| part == name);
    let common: Vec<Vec<char>> = COMMON.lines().map(|word| word.chars().collect()).collect();
    let mut words: Vec<&[char]> = common.iter().map(Vec::as_slice).collect();
    words.push(&name);
    match is_made_of(&letters, &words) {
        true if holds_name => wrong("password-name"),
        true => wrong("password-common"),
        false if letters.len() < MIN_DIGITS && letters.iter().all(char::is_ascii_digit) => wrong("password-digits"),
        false => Ok(()),
    }
}

/// Whether a password holds the name of its owner.
#[must_use]
pub fn holds_own_name(password: &str, name: &str) -> bool {
    let (letters, name) = (letters_of(password), letters_of(name));
    let least = if name.iter().all(char::is_ascii) { OWN_LATIN_NAME } else { OWN_NAME };
    name.len() >= least && letters.windows(name.len()).any(|part| part == name)
}

/// Whether a password holds a part of a number of its owner: of a document or a phone.
#[must_use]
pub fn holds_own_number(password: &str, number: &str) -> bool {
    let (letters, number) = (letters_of(password), letters_of(number));
    number.windows(OWN_RUN).any(|run| letters.windows(OWN_RUN).any(|part| part == run))
}

/// Letters and digits alone, small and half-width.
fn letters_of(text: &str) -> Vec<char> {
    let letters = text.chars().map(to_half_width).flat_map(char::to_lowercase);
    letters.filter(|letter| letter.is_alphanumeric()).collect()
}

/// Whether a text consists of nothing but these words, runs and years.
fn is_made_of(text: &[char], words: &[&[char]]) -> bool {
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    for from in 0..text.len() {
        if !reached[from] {
            continue;
        }
        let rest = &text[from..];
        for length in words.iter().map(|word| word.len()).filter(|length| *length > 0) {
            if words.iter().any(|word| word.len() == length && rest.starts_with(word)) {
                reached[from + length] = true;
            }
        }
        for length in 1..=rest.len() {
            if is_plain(&rest[..length]) {
                reached[from + length] = true;
            }
        }
    }
    reached[text.len()]
}

/// Whether a part hides nothing: a run, one character again and again, a year.
fn is_plain(part: &[char]) -> bool {
    let is_same = part.windows(2).all(|pair| pair[0] == pair[1]);
    let is_year = part.len() == 4 && matches!(part, ['1', '9', ..] | ['2', '0', ..]);
    match part.len() {
        ..MIN_RUN => false,
        _ => is_same || is_run(part) || (is_year && part.iter().all(char::is_ascii_digit)),
    }
}

/// Whether a part goes along a row of the keyboard or the alphabet, forwards or backwards.
fn is_run(part: &[char]) -> bool {
    let forwards: String = part.iter().collect();
    let backwards: String = part.iter().rev().collect();
    ROWS.iter().any(|row| row.contains(&forwards) || row.contains(&backwards))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(password: &str, expected: Option<&str>) {
        let found = check_password(password, "wanghm", "/new").err();
        assert_eq!(found.as_ref().map(|error| error.code.as_str()), expected, "{password}");
    }

    #[test]
    fn length_counts_and_nothing_else() {
        check("", Some("required"));
        check("k3!mZ9", Some("password-short"));
        check("kuai-le-xuexi", None);
        check("晴天下午三点去河边钓鱼", None);
        check(&"学".repeat(MAX_PASSWORD + 1), Some("too-long"));
        check("vnkdwpoqhx", None);
    }

    #[test]
    fn what_everybody_tries_first_is_refused() {
        for password in [
            "1234567890",
            "0987654321",
            "1111111111",
            "123123123123",
            "aaaaaaaaaaaa",
            "abcdefghij",
            "qwertyuiop",
            "1qaz2wsx3edc",
            "1q2w3e4r5t6y",
            "password123",
            "Password-2026!",
            "admin123456",
            "woaini1314520",
            "woaini-520-1314",
            "qq123456789",
            "a123456789",
            "zhejiang2026",
            "chengxi-2026",
            "abc123abc123",
        ] {
            check(password, Some("password-common"));
        }
    }

    #[test]
    fn a_number_that_others_know_is_no_secret() {
        check("13900139001", Some("password-digits"));
        check("19850314-02", Some("password-digits"));
        check("84261975308642", None);
    }

    #[test]
    fn one_s_own_name_is_no_secret() {
        check("wanghm123456", Some("password-name"));
        check("wanghm-wanghm", Some("password-name"));
        check("WangHM2026", Some("password-name"));
        let phone = check_password("13800138000", "13800138000", "/new").unwrap_err();
        assert_eq!(phone.code, "password-name");
    }

    #[test]
    fn the_owner_s_name_is_no_secret() {
        for (password, name, expected) in [
            ("王慧敏爱学习爱生活", "王慧敏", true),
            ("爱学习的小王爱生活", "王慧敏", false),
            ("Wang-Hui-Min-loves", "wanghuimin", true),
            ("kuai-le-xuexi", "li", false),
            ("kuai-le-xuexi", "", false),
        ] {
            assert_eq!(holds_own_name(password, name), expected, "{password} {name}");
        }
    }

    #[test]
    fn a_part_of_an_own_number_is_no_secret() {
        let (document, phone) = ("33019919850314002X", "19900009137");
        for (password, number, expected) in [
            ("xuexi-14002x-hao", document, true),
            ("xuexi-14002Ｘ-hao", document, true),
            ("xuexi-1985-03-14", document, true),
            ("xuexi-1985-hao", document, false),
            ("hao-009137-xuexi", phone, true),
            ("hao-０９１３７-xuexi", phone, false),
            ("hao-1990-0009-xuexi", phone, true),
            ("kuai-le-xuexi", phone, false),
        ] {
            assert_eq!(holds_own_number(password, number), expected, "{password} {number}");
        }
    }

    #[test]
    fn every_refusal_has_its_texts() {
        for code in ["short", "common", "name", "digits", "same", "wrong", "own", "used"] {
            assert!(crate::problem::has_texts(&format!("field.password-{code}")), "{code}");
        }
    }

    #[test]
    fn a_common_word_among_others_does_no_harm() {
        check("woaini-he-xiao-gou", None);
        check("password for the river", None);
    }
}

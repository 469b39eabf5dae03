//! Safe Exam Browser (SEB), where a test asks for it: what a browser claims to be, and whether that is so (ADR 40).
//!
//! The same file of settings opens every test of an installation. SEB hashes each address that it asks for with the key of
//! its settings (Config Key), and with a key that also tells its version and platform (Browser Exam Key). Old web views send
//! both as headers of each request; newer ones tell them to the page, hashed with the page's address.

mod settings;

pub use settings::{BrowserSetting, BrowserSettings, SAFE_BROWSER_CONFIG, exam_settings};

use crate::problem::FieldError;
use sha2::{Digest, Sha256};

/// In this header SEB sends the hash of the asked address and the Config Key.
pub const CONFIG_KEY_HEADER: &str = "x-safeexambrowser-configkeyhash";
/// In this header SEB sends the hash of the asked address and the Browser Exam Key.
pub const EXAM_KEY_HEADER: &str = "x-safeexambrowser-requesthash";
/// In this header a page tells by which addresses SEB may have hashed what follows, with a space between them.
pub const PAGES_HEADER: &str = "x-safe-browser-pages";
/// The hash of the page's address and the Config Key, as SEB told it to the page.
pub const PAGE_CONFIG_HEADER: &str = "x-safe-browser-config-key";
/// The hash of the page's address and the Browser Exam Key, as SEB told it to the page.
pub const PAGE_EXAM_HEADER: &str = "x-safe-browser-exam-key";

/// Browser Exam Keys of one test: a few platforms, each in a few versions.
const MOST_EXAM_KEYS: usize = 20;
/// Hexadecimal digits of a key.
const KEY_DIGITS: usize = 64;

/// What a browser says of itself. Anybody can say so; only the right hash proves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrowserClaim {
    /// Addresses of which one was hashed.
    pub addresses: Vec<String>,
    /// The hash with the Config Key, in hex.
    pub config_hash: String,
    /// The hash with the Browser Exam Key, in hex.
    pub exam_hash: Option<String>,
}

impl BrowserClaim {
    fn proves(&self, address: &str, config_key: &str, exam_keys: &[String]) -> bool {
        let is_listed = |told: &String| exam_keys.iter().any(|key| is_same(told, &browser_hash(address, key)));
        let is_of_listed = exam_keys.is_empty() || self.exam_hash.as_ref().is_some_and(is_listed);
        is_same(&self.config_hash, &browser_hash(address, config_key)) && is_of_listed
    }
}

/// Whether one of these claims proves that SEB runs by the settings with this Config Key; where Browser Exam Keys are
/// listed, that it is one of those, too.
#[must_use]
pub fn is_browser_proved(claims: &[BrowserClaim], config_key: &str, exam_keys: &[String]) -> bool {
    let proves = |claim: &BrowserClaim| claim.addresses.iter().any(|to| claim.proves(to, config_key, exam_keys));
    claims.iter().any(proves)
}

/// What SEB makes of an address, without its fragment, and a key: SHA-256 in hex.
#[must_use]
pub fn browser_hash(address: &str, key: &str) -> String {
    let asked = address.split('#').next().unwrap_or(address);
    hex::encode(Sha256::digest(format!("{asked}{key}")))
}

/// Whether a hash that was told is the right one, in a time that says nothing of where they differ.
fn is_same(told: &str, right: &str) -> bool {
    let differences =
        told.bytes().zip(right.bytes()).fold(0, |found, (one, other)| found | (one.to_ascii_lowercase() ^ other));
    told.len() == right.len() && differences == 0
}

/// Everything that is wrong with the Browser Exam Keys of a test.
#[must_use]
pub fn check_browser_keys(keys: &[String]) -> Vec<FieldError> {
    if keys.len() > MOST_EXAM_KEYS {
        return vec![FieldError::new("/browser_exam_keys", "too-long")];
    }
    let is_key = |key: &String| key.len() == KEY_DIGITS && key.bytes().all(|digit| digit.is_ascii_hexdigit());
    let wrong = keys.iter().enumerate().filter(|(_, key)| !is_key(key));
    wrong.map(|(place, _)| FieldError::new(format!("/browser_exam_keys/{place}"), "wrong-value")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ADDRESS: &str = "https://chengxi.example/api/v1/sittings/1/open";

    fn claim(address: &str, config_key: &str, exam_key: Option<&str>) -> BrowserClaim {
        BrowserClaim {
            addresses: vec!["https://chengxi.example/exams".to_owned(), address.to_owned()],
            config_hash: browser_hash(address, config_key),
            exam_hash: exam_key.map(|key| browser_hash(address, key)),
        }
    }

    #[test]
    fn an_address_is_hashed_without_its_fragment() {
        // SHA-256 of "https://a.example/bk", as another program computes it.
        let expected = "487c83ea9e54cfb2e5f131afe8c03a8ff3fb7490d9bacc2a50a3c00e1784b4fb";
        assert_eq!(browser_hash("https://a.example/b", "k"), expected);
        assert_eq!(browser_hash("https://a.example/b#c", "k"), expected);
    }

    #[test]
    fn where_no_exam_keys_are_listed_the_config_key_is_enough() {
        let none: [String; 0] = [];
        assert!(is_browser_proved(&[claim(ADDRESS, "config", None)], "config", &none));
        assert!(!is_browser_proved(&[claim(ADDRESS, "other", None)], "config", &none));
        assert!(!is_browser_proved(&[], "config", &none));
        let elsewhere = BrowserClaim { addresses: vec![], ..claim(ADDRESS, "config", None) };
        assert!(!is_browser_proved(&[elsewhere], "config", &none), "a hash of an address that nobody named");
    }

    #[test]
    fn where_exam_keys_are_listed_it_is_one_of_those() {
        let listed = ["one".to_owned(), "two".to_owned()];
        assert!(is_browser_proved(&[claim(ADDRESS, "config", Some("two"))], "config", &listed));
        assert!(!is_browser_proved(&[claim(ADDRESS, "config", Some("three"))], "config", &listed));
        assert!(!is_browser_proved(&[claim(ADDRESS, "config", None)], "config", &listed));
        assert!(!is_browser_proved(&[claim(ADDRESS, "other", Some("two"))], "config", &listed));
    }

    #[test]
    fn a_key_has_64_hexadecimal_digits() {
        let pointers = |keys: &[String]| -> Vec<String> {
            check_browser_keys(keys).into_iter().map(|error| error.pointer).collect()
        };
        let right = "0123456789abcdefABCDEF".repeat(3)[..KEY_DIGITS].to_owned();
        assert_eq!(pointers(&[right.clone(), right.clone()]), [] as [&str; 0]);
        assert_eq!(
            pointers(&[right.clone(), "g".repeat(KEY_DIGITS), String::new()]),
            ["/browser_exam_keys/1", "/browser_exam_keys/2"]
        );
        let too_many: Vec<String> = std::iter::repeat_n(right, MOST_EXAM_KEYS + 1).collect();
        assert_eq!(pointers(&too_many), ["/browser_exam_keys"]);
    }

    proptest! {
        #[test]
        fn a_hash_is_the_same_as_itself_alone(hash in "[0-9a-f]{64}", at in 0..KEY_DIGITS) {
            prop_assert!(is_same(&hash, &hash) && is_same(&hash.to_uppercase(), &hash));
            let mut other = hash.clone().into_bytes();
            other[at] ^= 1;
            prop_assert!(!is_same(&String::from_utf8(other).unwrap(), &hash));
            prop_assert!(!is_same(&hash[..at], &hash));
        }
    }
}

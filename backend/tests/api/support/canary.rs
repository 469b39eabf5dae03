//! What no test may leave behind in plain. Every test that stores or logs something is looked through at its end:
//! the numbers and phones that tests use are such as nobody has, and known by how they begin.

use memchr::memmem;
use std::io::Write;

/// So every document number of a test begins, and so long a whole one is.
const NUMBER: (&str, usize) = ("330199", 18);
/// The same of a phone.
const PHONE: (&str, usize) = ("1990000", 11);

/// The first number or phone that stands in `bytes`, or one of these secrets.
fn find(bytes: &[u8], secrets: &[String]) -> Option<String> {
    let whole = |(beginning, length): (&str, usize)| {
        let found = memmem::find_iter(bytes, beginning).filter_map(|at| bytes.get(at..at + length));
        found.filter_map(|found| str::from_utf8(found).ok()).find(|found| is_number(found)).map(str::to_owned)
    };
    let is_there = |secret: &&String| memmem::find(bytes, secret.as_bytes()).is_some();
    let secret = || secrets.iter().find(is_there).map(|_| "a secret".to_owned());
    whole(NUMBER).or_else(|| whole(PHONE)).or_else(secret)
}

/// Digits, of which the last may be the X of a document number; such a number tells of a birth in our times, which
/// codes of divisions in a row do not.
fn is_number(text: &str) -> bool {
    let digits = text.strip_suffix(['X', 'x']).unwrap_or(text);
    let is_of_our_times = text.len() < NUMBER.1 || ["19", "20"].contains(&&text[6..8]);
    digits.bytes().all(|byte| byte.is_ascii_digit()) && is_of_our_times
}

/// Looks through what a test leaves behind. What is found is written to the file that the test script looks at in its
/// last step; without one, the test fails.
pub(super) fn look_through(what: &str, bytes: &[u8], secrets: &[String]) {
    // What a failed test left behind is no more to be told of it.
    if std::thread::panicking() {
        return;
    }
    let Some(found) = find(bytes, secrets) else { return };
    let thread = std::thread::current();
    let told = format!("{}: {found} lies in {what}\n", thread.name().unwrap_or("a test"));
    match super::store::setting("CHENGXI_TEST_FINDINGS") {
        Some(file) => {
            let mut file = std::fs::OpenOptions::new().create(true).append(true).open(file).unwrap();
            file.write_all(told.as_bytes()).unwrap();
        }
        None => panic!("{told}"),
    }
}

#[test]
fn numbers_phones_and_secrets_are_seen_in_whatever_stands_around_them() {
    let seen = |text: &str| find(text.as_bytes(), &["geheim".to_owned()]);
    assert_eq!(seen("\u{1}张秀英33019919850314002Xx").as_deref(), Some("33019919850314002X"));
    assert_eq!(seen("a19900009137b").as_deref(), Some("19900009137"));
    assert_eq!(seen("…geheim…").as_deref(), Some("a secret"));
    for silent in ["330199", "12330199YT0000011A", "199****9137", "330199******0022", "330199330502104330", ""] {
        assert_eq!(seen(silent), None, "{silent}");
    }
}

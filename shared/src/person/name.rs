//! Names and phone numbers as they are typed (DOMAIN §3.3).

use super::identity_number::to_half_width;

/// A name has at most this many characters.
pub const MAX_NAME_CHARS: usize = 50;

/// Whether a character shows nothing: marks of direction, joiners and byte order that text copied from
/// a chat or an address book brings along.
pub(crate) const fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// The name with one kind of separator and single spaces, each letter composed (NFC) where names are kept; `None` if
/// it is empty, too long, or has control characters. Never refuses by script or by length in Han characters.
#[must_use]
pub fn normalise_name(text: &str) -> Option<String> {
    let visible: String = text.chars().filter(|letter| !is_invisible(*letter)).collect();
    let words: Vec<&str> = visible.split_whitespace().collect();
    let separator = |letter| if is_separator(letter) { '\u{B7}' } else { letter };
    let name: String = composed(&words.join(" ")).chars().map(separator).collect();
    let length = name.chars().count();
    ((1..=MAX_NAME_CHARS).contains(&length) && !name.chars().any(char::is_control)).then_some(name)
}

/// The dots that stand between the parts of a name: bullet, hyphenation point, the middle dots of Japanese texts, and
/// full stops.
const fn is_separator(letter: char) -> bool {
    matches!(letter, '\u{2022}' | '\u{2027}' | '\u{30FB}' | '\u{FF65}' | '\u{FF0E}' | '.')
}

/// A text whose letters are composed: an accent that was written for itself belongs to its letter.
#[cfg(feature = "nfc")]
fn composed(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().collect()
}

/// A form only asks whether a name is one; what is kept is composed where it is kept.
#[cfg(not(feature = "nfc"))]
fn composed(text: &str) -> String {
    text.to_owned()
}

/// A mobile number of mainland China: 11 digits from 13… to 19…; full-width digits, spaces, hyphens and
/// the country's code in front are accepted.
#[must_use]
pub fn normalise_phone(text: &str) -> Option<String> {
    let is_kept = |c: &char| !c.is_whitespace() && *c != '-' && !is_invisible(*c);
    let digits: String = text.chars().filter(is_kept).map(to_half_width).collect();
    let number = ["+86", "0086", "86"].iter().find_map(|code| digits.strip_prefix(code)).unwrap_or(&digits);
    let bytes = number.as_bytes();
    let is_right = bytes.len() == 11 && bytes.iter().all(u8::is_ascii_digit) && bytes[0] == b'1' && bytes[1] >= b'3';
    is_right.then(|| number.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_become_one_and_rare_characters_stay() {
        assert_eq!(normalise_name(" 阿依•古丽 ").as_deref(), Some("阿依·古丽"));
        for dot in ['\u{B7}', '\u{2022}', '\u{2027}', '\u{30FB}', '\u{FF65}', '\u{FF0E}', '.'] {
            assert_eq!(normalise_name(&format!("阿依{dot}古丽")).as_deref(), Some("阿依·古丽"), "{dot:?}");
        }
        assert_eq!(normalise_name("John   Smith").as_deref(), Some("John Smith"));
        assert_eq!(normalise_name("䶮㛃𬱖").as_deref(), Some("䶮㛃𬱖"));
        assert_eq!(normalise_name("\u{FEFF}张\u{200B}秀英").as_deref(), Some("张秀英"));
        assert_eq!(normalise_name("  "), None);
        assert_eq!(normalise_name(&"张".repeat(51)), None);
    }

    /// As two programs write the same name; the server takes both for one.
    #[cfg(feature = "nfc")]
    #[test]
    fn letters_that_were_written_in_parts_are_composed() {
        for (parts, whole) in
            [("Nguye\u{302}\u{303}n", "Nguy\u{1EC5}n"), ("Lu\u{308}", "L\u{FC}"), ("A\u{323}\u{302}n", "\u{1EAC}n")]
        {
            assert_eq!(normalise_name(parts).as_deref(), Some(whole));
            assert_eq!(normalise_name(whole).as_deref(), Some(whole));
        }
        assert_eq!(normalise_name("䶮㛃𬱖").as_deref(), Some("䶮㛃𬱖"), "no Han character is another one");
    }

    #[test]
    fn phones_have_eleven_digits() {
        assert_eq!(normalise_phone("１３８ 0013-8000").as_deref(), Some("13800138000"));
        assert_eq!(normalise_phone("+86 138-0013-8000").as_deref(), Some("13800138000"));
        assert_eq!(
            normalise_phone("\u{202D}13800138000\u{202C}").as_deref(),
            Some("13800138000"),
            "from an address book"
        );
        assert_eq!(normalise_phone("12800138000"), None);
        assert_eq!(normalise_phone("1380013800"), None);
    }
}

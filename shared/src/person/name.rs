//! Names and phone numbers as they are typed (DOMAIN §3.3).

use super::identity_number::to_half_width;

/// A name has at most this many characters.
pub const MAX_NAME_CHARS: usize = 50;

/// Whether a character shows nothing: marks of direction, joiners and byte order that text copied from
/// a chat or an address book brings along.
pub(crate) const fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// The name with one kind of separator and single spaces; `None` if it is empty, too long, or has
/// control characters. Never refuses by script or by length in Han characters.
#[must_use]
pub fn normalise_name(text: &str) -> Option<String> {
    let visible: String = text.chars().filter(|letter| !is_invisible(*letter)).collect();
    let words: Vec<&str> = visible.split_whitespace().collect();
    let separator =
        |letter| if matches!(letter, '\u{2022}' | '\u{30FB}' | '\u{FF0E}' | '.') { '\u{B7}' } else { letter };
    let name: String = words.join(" ").chars().map(separator).collect();
    let length = name.chars().count();
    ((1..=MAX_NAME_CHARS).contains(&length) && !name.chars().any(char::is_control)).then_some(name)
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
        assert_eq!(normalise_name("John   Smith").as_deref(), Some("John Smith"));
        assert_eq!(normalise_name("䶮㛃𬱖").as_deref(), Some("䶮㛃𬱖"));
        assert_eq!(normalise_name("\u{FEFF}张\u{200B}秀英").as_deref(), Some("张秀英"));
        assert_eq!(normalise_name("  "), None);
        assert_eq!(normalise_name(&"张".repeat(51)), None);
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

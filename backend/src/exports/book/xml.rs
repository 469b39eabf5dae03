//! Texts as they stand in a sheet.

use shared::exports::{fits_cell, harmless};
use std::fmt::Write as _;

/// A text of a cell: no formula, and nothing that a spreadsheet program reads as something else.
pub(super) fn text_of(text: &str) -> String {
    escaped(fits_cell(&harmless(text)))
}

/// A text that XML can hold, and that is read again as it is.
///
/// XML 1.0 has no place for control characters, so they are left out. Spreadsheet programs read
/// `_x003D_` as the character of that number; so that nobody can hide one in this way, the underscore
/// before it is written as a number itself (ECMA-376 Part 1, §22.9.2.19 `ST_Xstring`).
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        // Writing to a text cannot fail.
        let _ = match letter {
            '&' => out.write_str("&amp;"),
            '<' => out.write_str("&lt;"),
            '>' => out.write_str("&gt;"),
            '"' => out.write_str("&quot;"),
            '_' if hides_a_character(&text[at..]) => out.write_str("_x005F_"),
            '\r' => out.write_str("_x000D_"),
            '\t' | '\n' => out.write_char(letter),
            _ if letter.is_control() || matches!(letter, '\u{FFFE}' | '\u{FFFF}') => Ok(()),
            _ => out.write_char(letter),
        };
    }
    out
}

/// Whether a text begins with `_x`, four hexadecimal digits and `_`.
fn hides_a_character(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7 && &bytes[..2] == b"_x" && bytes[2..6].iter().all(u8::is_ascii_hexdigit) && bytes[6] == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(text_of(text), expected, "{text:?}");
    }

    #[test]
    fn a_text_cannot_leave_its_cell() {
        check(
            "</t></is></c><c><f>1+1</f></c>",
            "&lt;/t&gt;&lt;/is&gt;&lt;/c&gt;&lt;c&gt;&lt;f&gt;1+1&lt;/f&gt;&lt;/c&gt;",
        );
        check("a&b\"c", "a&amp;b&quot;c");
        check("a\u{0}b\u{8}c\u{FFFF}", "abc");
        check("=1+1", "'=1+1");
    }

    #[test]
    fn no_character_is_hidden_behind_its_number() {
        check("_x003D_1+1", "_x005F_x003D_1+1");
        check("_x003d_", "_x005F_x003d_");
        check("a\rb", "a_x000D_b");
        for text in ["_x003D", "_x00张_", "_y003D_", "__"] {
            check(text, text);
        }
    }
}

//! What a cell may hold that somebody else's spreadsheet program opens.

use crate::person::{is_invisible, to_half_width};
use std::borrow::Cow;

/// Most characters of one cell; a spreadsheet program refuses a file with a longer one.
///
/// Source: Excel specifications and limits (32,767), counted there in UTF-16 units.
pub const MAX_CELL_UNITS: usize = 32_767;

/// A text that no spreadsheet program takes for a formula: one that could be taken for it gets a leading
/// apostrophe, by which a text is known there.
///
/// A formula begins with `=`, `+`, `-` or `@`, also in full width and after blanks or letters that nobody
/// sees; a tab, carriage return or line feed at the beginning moves what follows into a cell of its own
/// when the sheet is saved as CSV. The apostrophe stands in the value itself and not in the cell's style,
/// because a style is lost in a CSV, and whoever opens that would run the formula. A text that was made
/// harmless stays as it is when it is made harmless again.
///
/// Source: OWASP, CSV Injection (which names these beginnings, full-width ones among them).
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(['\t', '\r', '\n']) || begins_formula(text) {
        return Cow::Owned(format!("'{text}"));
    }
    Cow::Borrowed(text)
}

/// The first so many characters of a text as a cell has room for.
#[must_use]
pub fn fits_cell(text: &str) -> &str {
    let mut units = 0;
    let first_too_many = text.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > MAX_CELL_UNITS
    });
    first_too_many.map_or(text, |(at, _)| &text[..at])
}

fn begins_formula(text: &str) -> bool {
    let seen = text.chars().find(|letter| !letter.is_whitespace() && !letter.is_control() && !is_invisible(*letter));
    seen.is_some_and(|letter| matches!(to_half_width(letter), '=' | '+' | '-' | '@'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(harmless(text), expected);
    }

    #[test]
    fn what_begins_a_formula_becomes_a_text() {
        for formula in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "=HYPERLINK(\"http://example.org\",\"x\")",
            "\u{FF1D}1",
            "\u{FF0B}1",
            "\u{FF0D}1",
            "\u{FF20}A",
            "\t=1",
            "\rx",
            "\nx",
            " =1",
            "\u{3000}=1",
            "\u{FEFF}=1",
            "\u{200B}-1",
            "\u{1}=1",
        ] {
            check(formula, &format!("'{formula}"));
        }
    }

    #[test]
    fn what_only_holds_a_sign_stays_as_it_is() {
        for text in ["", " ", "张秀英", "a=b", "1-2", "x@example.org", "0572-0000001", "'=1", "\u{2014}", "——"] {
            check(text, text);
        }
    }

    #[test]
    fn a_long_text_is_cut_between_two_letters() {
        assert_eq!(fits_cell("张秀英"), "张秀英");
        assert_eq!(fits_cell(&"a".repeat(40_000)).len(), MAX_CELL_UNITS);
        // Two units each: the last one would be half a letter.
        assert_eq!(fits_cell(&"\u{20000}".repeat(20_000)).encode_utf16().count(), MAX_CELL_UNITS - 1);
    }

    proptest! {
        #[test]
        fn nothing_that_is_harmless_begins_a_formula(text in "[ \\t\\r\\n=+@\u{FF1D}\u{FEFF}a张'-]{0,8}") {
            let made = harmless(&text);
            prop_assert!(!begins_formula(&made) && !made.starts_with(['\t', '\r', '\n']));
            prop_assert_eq!(harmless(&made), &*made);
            prop_assert!(made == text || made.strip_prefix('\'') == Some(text.as_str()));
        }
    }
}

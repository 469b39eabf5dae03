//! Menus within a text: how they are kept, and how their author writes them.

use super::{
    ItemBody,
    blanks::find,
    mixed::{index_of, mixed, text_at},
    normalise::half_width,
};
use std::ops::Range;

/// What stands between the words of a menu.
pub(super) const BETWEEN: char = '|';

/// Keeps what follows from being read as the beginning of a list, a heading or a quotation; it has no width.
pub const NO_BEGINNING: char = '\u{200b}';

/// Marks of Markdown that stand before and behind what they mark.
const MARKS: [&str; 2] = ["**", "`"];

/// Reads a menu a line, the right words first: `Hangzhou | Ningbo | Wenzhou`. `None` without any line.
pub(super) fn of_lines(text: &str) -> Option<ItemBody> {
    let (mut menus, mut key) = (Vec::new(), Vec::new());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let words = line.split(|c: char| half_width(c) == BETWEEN).map(|words| words.trim().to_owned());
        let words: Vec<String> = words.filter(|words| !words.is_empty()).collect();
        let right = words.first()?.clone();
        let menu = mixed(words);
        key.push(index_of(&menu, &right)?);
        menus.push(menu);
    }
    (!menus.is_empty()).then_some(ItemBody::InlineChoice { menus, key })
}

/// The menus, a line each, the right words first.
pub(super) fn lines(menus: &[Vec<String>], key: &[u16]) -> Vec<String> {
    let line = |(menu, &right): (&Vec<String>, &u16)| {
        let others = (0..).zip(menu).filter(|&(index, _)| index != right).map(|(_, words)| words.as_str());
        std::iter::once(text_at(menu, right)).chain(others).collect::<Vec<_>>().join(" | ")
    };
    menus.iter().zip(key).map(line).collect()
}

/// The right words of each menu.
pub(super) fn right_words(menus: &[Vec<String>], key: &[u16]) -> Vec<String> {
    menus.iter().zip(key).map(|(menu, &right)| text_at(menu, right).to_owned()).collect()
}

/// The parts of a stem before, between and after its menus.
pub(super) fn pieces(stem: &str) -> Vec<String> {
    cut(stem, &find(stem))
}

/// Whether a stem can be cut at its menus.
pub(super) fn can_be_cut(stem: &str) -> bool {
    can_be_cut_at(stem, &find(stem))
}

/// The parts of a text before, between and after these places.
pub(super) fn cut(text: &str, places: &[Range<usize>]) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for place in places {
        pieces.push(piece(from, &text[from..place.start]));
        from = place.end;
    }
    pieces.push(piece(from, &text[from..]));
    pieces
}

/// Whether a text can be cut there: no place stands in a table, or between two marks that belong together.
pub(super) fn can_be_cut_at(text: &str, places: &[Range<usize>]) -> bool {
    let is_in_row = |place: &Range<usize>| {
        let before = text[..place.start].rsplit('\n').next().unwrap_or_default();
        before.trim_start().starts_with(BETWEEN)
    };
    let is_half = |piece: &String| MARKS.iter().any(|mark| piece.matches(mark).count() % 2 == 1);
    !places.iter().any(is_in_row) && !cut(text, places).iter().any(is_half)
}

/// A text of one line, whatever it begins with, so that Markdown draws all of it; one of several lines stays as it is.
pub(super) fn one_line(text: &str) -> String {
    if begins_a_block(text) && !text.contains('\n') { format!("{NO_BEGINNING}{text}") } else { text.to_owned() }
}

/// Whether Markdown may take the first sign of a text for that of a block, and swallow it.
fn begins_a_block(text: &str) -> bool {
    // A sign that touches a word belongs to it: -3, 3.14, *a*.
    let stands_alone = |rest: &str| rest.chars().next().is_none_or(char::is_whitespace);
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = rest.len() < text.len() && rest.strip_prefix(['.', ')']).is_some_and(stands_alone);
    let begins = |sign: char| text.starts_with(sign) && stands_alone(text.trim_start_matches(sign));
    is_numbered || ['*', '-', '+', '#'].into_iter().any(begins) || text.starts_with(['>', '=', '~', '`'])
}

fn piece(from: usize, text: &str) -> String {
    if from == 0 { text.to_owned() } else { format!("{NO_BEGINNING}{text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn menus_are_kept_mixed_and_written_with_the_right_words_first() {
        let body = of_lines("杭州 | 宁波 | 温州\n\n 1949｜1911").unwrap();
        let ItemBody::InlineChoice { menus, key } = &body else { panic!("{body:?}") };
        assert_eq!(menus[0], mixed(["温州", "杭州", "宁波"].map(str::to_owned).to_vec()));
        assert_eq!(right_words(menus, key), ["杭州", "1949"]);
        let written = lines(menus, key);
        assert!(written[0].starts_with("杭州 | "));
        assert_eq!(of_lines(&written.join("\n")), Some(body.clone()));
        assert_eq!(of_lines(" \n"), None);
        assert_eq!(of_lines("|"), None);
    }

    #[test]
    fn the_first_sign_of_a_line_is_drawn() {
        for text in [">", ">=", "=", "- 3", "+", "# 1", "1. 甲", "2) 乙", "* 丙", "***", "~~~", "```"] {
            assert_eq!(one_line(text), format!("\u{200b}{text}"));
        }
        for text in ["<", "", "杭州", "1949", "-3", "3.14", "#1", "*甲*", "- 甲\n- 乙", "**(乙)**", "$-1$", "a - b"]
        {
            assert_eq!(one_line(text), text);
        }
    }

    #[test]
    fn only_a_plain_text_can_be_cut() {
        for plain in ["a ____ b", "**a** ____ `b`\n\n| c |\n|---|\n| d |", "____ | a"] {
            assert!(can_be_cut(plain), "{plain}");
        }
        for other in ["| a | ____ |\n|---|---|", "a\n | ____", "**a ____ b**", "`a ____` b", "____ **"] {
            assert!(!can_be_cut(other), "{other}");
        }
    }

    #[test]
    fn a_text_is_cut_at_its_menus() {
        assert_eq!(pieces("a ____ - b ______"), ["a ", "\u{200b} - b ", "\u{200b}"]);
        assert_eq!(pieces("____$x__y$"), ["", "\u{200b}$x__y$"]);
        assert_eq!(pieces("a"), ["a"]);
    }
}

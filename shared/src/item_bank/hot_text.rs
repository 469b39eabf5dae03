//! Words of a text of which the right ones are chosen: how they are marked in a stem, and how their author names them.

use super::{
    ItemBody, MultipleRule,
    blanks::formula_mask,
    inline_choice::{can_be_cut_at, cut},
    normalise::half_width,
};
use std::ops::Range;

/// What stands before words that can be chosen, and behind them.
pub(super) const MARKS: (&str, &str) = ("[[", "]]");

/// The same as it is typed with a Chinese keyboard.
const WIDE_MARKS: (&str, &str) = ("\u{3010}\u{3010}", "\u{3011}\u{3011}");

/// What may stand between the numbers of the right words.
const BETWEEN: &[char] = &[',', '.', ';'];

/// The words of a stem that can be chosen, as their author marked them: `Choose the [[right]] [[words]].`
#[must_use]
pub fn hot_words(stem: &str) -> Vec<String> {
    find(stem).into_iter().map(|range| words(&stem[range]).to_owned()).collect()
}

/// A text with its marks as they are kept.
pub(super) fn unify(stem: &str) -> String {
    stem.replace(WIDE_MARKS.0, MARKS.0).replace(WIDE_MARKS.1, MARKS.1)
}

/// The parts of a stem before, between and behind the words that can be chosen.
pub(super) fn pieces(stem: &str) -> Vec<String> {
    cut(stem, &find(stem))
}

/// Whether a stem can be cut there, and no mark of Markdown is open within the words.
pub(super) fn can_be_cut(stem: &str) -> bool {
    let found = find(stem);
    can_be_cut_at(stem, &found) && found.into_iter().all(|range| can_be_cut_at(&stem[range], &[]))
}

/// Reads the numbers of the right words, from 1: `2, 4`; `None` if there is anything else, or none.
pub(super) fn of_lines(text: &str) -> Option<ItemBody> {
    let text: String = text.chars().map(half_width).collect();
    let numbers = text.split(|letter: char| letter.is_whitespace() || BETWEEN.contains(&letter));
    let index = |number: &str| number.parse::<u16>().ok()?.checked_sub(1);
    let mut key = numbers.filter(|number| !number.is_empty()).map(index).collect::<Option<Vec<_>>>()?;
    key.sort_unstable();
    key.dedup();
    (!key.is_empty()).then_some(ItemBody::HotText { key, rule: MultipleRule::default() })
}

/// The numbers of the right words on one line.
pub(super) fn line(key: &[u16]) -> String {
    key.iter().map(|place| number(*place)).collect::<Vec<_>>().join(", ")
}

/// The right words behind their numbers.
pub(super) fn right_words(stem: &str, key: &[u16]) -> Vec<String> {
    let words = hot_words(stem);
    let word = |place: u16| words.get(usize::from(place)).map_or("", String::as_str);
    key.iter().map(|&place| format!("{} {}", number(place), word(place))).collect()
}

fn number(place: u16) -> String {
    (u32::from(place) + 1).to_string()
}

/// Where the words stand that can be chosen, with their marks. Both marks are on one line, and outside of formulas.
fn find(stem: &str) -> Vec<Range<usize>> {
    let mask = formula_mask(stem);
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(at) = stem[from..].find(MARKS.0).map(|at| from + at) {
        let inner = at + MARKS.0.len();
        let line = stem[inner..].split('\n').next().unwrap_or_default();
        let end = closing(line).filter(|&end| !line[..end].trim().is_empty());
        match end.filter(|_| !mask[at] && !stem[..at].ends_with('\\')) {
            Some(end) => {
                from = inner + end + MARKS.1.len();
                found.push(at..from);
            }
            None => from = inner,
        }
    }
    found
}

/// Where the words end that can be chosen; a bracket behind a backslash is theirs.
pub(super) fn closing(text: &str) -> Option<usize> {
    let is_mark = |at: usize| text[at..].starts_with(MARKS.1) && !text[..at].ends_with('\\');
    text.char_indices().map(|(at, _)| at).find(|at| is_mark(*at))
}

/// What stands between the marks.
fn words(marked: &str) -> &str {
    let inner = marked.strip_prefix(MARKS.0).and_then(|rest| rest.strip_suffix(MARKS.1));
    inner.unwrap_or(marked).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_on_one_line_and_outside_of_formulas() {
        assert_eq!(hot_words("他[[按步就班]]，[[ 再接再励 ]]。"), ["按步就班", "再接再励"]);
        assert_eq!(hot_words("[[$x$]] 和 $[[y]]$ 和 \\[[z]]"), ["$x$"]);
        assert_eq!(hot_words("[[甲\n乙]] [[ ]] [[丙"), Vec::<String>::new());
        assert_eq!(hot_words("a [[\\[1\\]]] b [[2]]"), ["\\[1\\]", "2"]);
        assert_eq!(hot_words(&unify("【【甲】】乙")), ["甲"]);
    }

    #[test]
    fn a_text_is_cut_around_its_words() {
        assert_eq!(pieces("一[[二]]三[[四]]"), ["一", "\u{200b}三", "\u{200b}"]);
        for plain in ["一[[二]]", "**一**[[二]]", "[[**一**]]二"] {
            assert!(can_be_cut(plain), "{plain}");
        }
        for other in ["**一[[二]]三**", "[[**一]]**", "| [[一]] |\n|---|", "`[[一]]`"] {
            assert!(!can_be_cut(other), "{other}");
        }
    }

    #[test]
    fn right_words_are_named_by_their_numbers() {
        let key = |text: &str| match of_lines(text) {
            Some(ItemBody::HotText { key, .. }) => Some(key),
            _ => None,
        };
        for text in ["2, 4", "４、2", "2\n4", "2；4；2"] {
            assert_eq!(key(text), Some(vec![1, 3]), "{text}");
        }
        for text in ["", "0", "B", "2-4", "70000"] {
            assert_eq!(key(text), None, "{text}");
        }
        assert_eq!(line(&[1, 3]), "2, 4");
        assert_eq!(right_words("[[甲]][[乙]]", &[1]), ["2 乙"]);
    }
}

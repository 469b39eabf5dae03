//! What has changed in a text: lines first, and within lines that changed a little, words.

use crate::rights::text_enum;
use serde::{Deserialize, Serialize};

/// Comparisons at most for two rows of tokens; what takes more is shown as gone and come.
const MAX_CELLS: usize = 4_000_000;

text_enum! {
    /// What became of a part.
    Change {
        /// It stays as it is.
        Same = "same",
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It stays, and something of it is different.
        Changed = "changed",
    }
}

/// A stretch of text that stays, comes or goes; never [`Change::Changed`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Piece {
    /// What became of it.
    pub change: Change,
    /// The text.
    pub text: String,
}

/// How one text becomes another: what stays and comes, in order, is the new one; what stays and goes, the old one.
/// Neighbours differ in their change.
#[must_use]
pub fn text_difference(old: &str, new: &str) -> Vec<Piece> {
    let (old, new): (Vec<&str>, Vec<&str>) = (lines(old), lines(new));
    let mut pieces = Pieces::default();
    for step in steps(&old, &new) {
        match step {
            Step::Same(line) => pieces.push(Change::Same, line),
            Step::Other(gone, come) => pieces.extend_by_words(&gone.concat(), &come.concat()),
        }
    }
    pieces.0
}

/// Whether two texts are so alike that one is a change of the other.
#[must_use]
pub fn is_alike(old: &str, new: &str) -> bool {
    are_alike(&words(old), &words(new))
}

/// The pairs of positions at which two rows agree, as many as there can be, ascending in both.
///
/// Rows that are too long to compare agree at their ends alone.
#[must_use]
pub fn agreements<T: PartialEq>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let start = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let end = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(one, other)| one == other).count();
    let (old_rest, new_rest) = (&old_rest[..old_rest.len() - end], &new_rest[..new_rest.len() - end]);
    let middle = longest_common(old_rest, new_rest).into_iter().map(|(one, other)| (start + one, start + other));
    let ends = (0..end).rev().map(|back| (old.len() - 1 - back, new.len() - 1 - back));
    (0..start).map(|at| (at, at)).chain(middle).chain(ends).collect()
}

/// The longest common subsequence, by the lengths of those of all ends.
fn longest_common<T: PartialEq>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    if old.is_empty() || new.is_empty() || old.len().saturating_mul(width) > MAX_CELLS {
        return Vec::new();
    }
    let mut lengths = vec![0_u32; (old.len() + 1) * width];
    for one in (0..old.len()).rev() {
        for other in (0..new.len()).rev() {
            lengths[one * width + other] = if old[one] == new[other] {
                lengths[(one + 1) * width + other + 1] + 1
            } else {
                lengths[(one + 1) * width + other].max(lengths[one * width + other + 1])
            };
        }
    }
    let (mut one, mut other, mut found) = (0, 0, Vec::new());
    while one < old.len() && other < new.len() {
        if old[one] == new[other] {
            found.push((one, other));
            (one, other) = (one + 1, other + 1);
        } else if lengths[(one + 1) * width + other] >= lengths[one * width + other + 1] {
            one += 1;
        } else {
            other += 1;
        }
    }
    found
}

/// What is the same, and between two such what takes the place of what.
enum Step<'a, 'b> {
    Same(&'a str),
    Other(&'b [&'a str], &'b [&'a str]),
}

fn steps<'a, 'b>(old: &'b [&'a str], new: &'b [&'a str]) -> Vec<Step<'a, 'b>> {
    let (mut one, mut other, mut steps) = (0, 0, Vec::new());
    let ends = [(old.len(), new.len())];
    for (at_old, at_new) in agreements(old, new).into_iter().chain(ends) {
        if at_old > one || at_new > other {
            steps.push(Step::Other(&old[one..at_old], &new[other..at_new]));
        }
        if let Some(&line) = new.get(at_new) {
            steps.push(Step::Same(line));
        }
        (one, other) = (at_old + 1, at_new + 1);
    }
    steps
}

/// Lines with what ends them.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// Words of letters and digits that are not Chinese; every other character for itself.
fn words(text: &str) -> Vec<&str> {
    let is_of_word = |letter: char| letter.is_ascii_alphanumeric();
    let (mut words, mut rest) = (Vec::new(), text);
    while let Some(first) = rest.chars().next() {
        let length = match is_of_word(first) {
            true => rest.find(|letter| !is_of_word(letter)).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        let (word, after) = rest.split_at(length);
        words.push(word);
        rest = after;
    }
    words
}

fn are_alike(old: &[&str], new: &[&str]) -> bool {
    let common = agreements(old, new).len();
    common > 0 && common * 2 >= old.len().max(new.len())
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn push(&mut self, change: Change, text: &str) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.change == change => last.text.push_str(text),
            _ => self.0.push(Piece { change, text: text.to_owned() }),
        }
    }

    /// By words if little has changed: letters that two different lines share by chance tell nothing.
    fn extend_by_words(&mut self, gone: &str, come: &str) {
        let (old, new) = (words(gone), words(come));
        if !are_alike(&old, &new) {
            self.push(Change::Removed, gone);
            self.push(Change::Added, come);
            return;
        }
        for step in steps(&old, &new) {
            match step {
                Step::Same(word) => self.push(Change::Same, word),
                Step::Other(gone, come) => {
                    self.push(Change::Removed, &gone.concat());
                    self.push(Change::Added, &come.concat());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(pieces: &[Piece]) -> String {
        let piece = |piece: &Piece| match piece.change {
            Change::Added => format!("[+{}]", piece.text),
            Change::Removed => format!("[-{}]", piece.text),
            Change::Same | Change::Changed => piece.text.clone(),
        };
        pieces.iter().map(piece).collect()
    }

    fn joined(pieces: &[Piece], side: Change) -> String {
        let is_there = |piece: &&Piece| piece.change == Change::Same || piece.change == side;
        pieces.iter().filter(is_there).map(|piece| piece.text.as_str()).collect()
    }

    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        assert_eq!(written(&text_difference(old, new)), expected);
    }

    #[test]
    fn a_word_that_changed_is_shown_within_its_line() {
        check("今天讲正比例。\n", "今天讲反比例。\n", "今天讲[-正][+反]比例。\n");
        check("wage 300 a day", "wage 400 a day", "wage [-300][+400] a day");
    }

    #[test]
    fn a_line_that_came_or_went_is_shown_whole() {
        check("一\n二\n三\n", "一\n三\n", "一\n[-二\n]三\n");
        check("一\n三\n", "一\n二\n三\n", "一\n[+二\n]三\n");
        check("", "一\n", "[+一\n]");
        check("一\n", "", "[-一\n]");
        check("一\n", "一\n", "一\n");
        check("", "", "");
    }

    #[test]
    fn lines_with_little_in_common_are_not_taken_apart() {
        check("正方形\n", "长方体有六个面\n", "[-正方形\n][+长方体有六个面\n]");
    }

    #[test]
    fn what_is_too_long_to_compare_is_gone_and_come() {
        let (old, new) = ("甲\n乙\n".repeat(2_000), "丙\n丁\n".repeat(2_000));
        let pieces = text_difference(&format!("头\n{old}尾\n"), &format!("头\n{new}尾\n"));
        let changes: Vec<_> = pieces.iter().map(|piece| piece.change).collect();
        assert_eq!(changes, [Change::Same, Change::Removed, Change::Added, Change::Same]);
    }

    proptest! {
        #[test]
        fn to_apply_a_difference_gives_the_new_text_and_to_undo_it_the_old(
            old in "[ab正反1 \n]{0,40}", new in "[ab正反1 \n]{0,40}",
        ) {
            let pieces = text_difference(&old, &new);
            prop_assert_eq!(joined(&pieces, Change::Added), new);
            prop_assert_eq!(joined(&pieces, Change::Removed), old);
            prop_assert!(pieces.windows(2).all(|pair| pair[0].change != pair[1].change));
            prop_assert!(pieces.iter().all(|piece| !piece.text.is_empty() && piece.change != Change::Changed));
        }

        #[test]
        fn a_text_that_did_not_change_is_one_piece(text in "[ab正反1 \n]{1,40}") {
            let same = vec![Piece { change: Change::Same, text: text.clone() }];
            prop_assert_eq!(text_difference(&text, &text), same);
        }

        #[test]
        fn rows_agree_in_order_and_as_often_as_they_can(
            old in prop::collection::vec(0..4_u8, 0..9), new in prop::collection::vec(0..4_u8, 0..9),
        ) {
            let found = agreements(&old, &new);
            prop_assert!(found.iter().all(|(one, other)| old[*one] == new[*other]));
            prop_assert!(found.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1));
            let subsequences = |row: &[u8]| -> std::collections::BTreeSet<Vec<u8>> {
                let picked = |mask: u32| -> Vec<u8> {
                    (0..row.len()).filter(|at| mask & (1 << *at) != 0).map(|at| row[at]).collect()
                };
                (0..1_u32 << row.len()).map(picked).collect()
            };
            let (of_old, of_new) = (subsequences(&old), subsequences(&new));
            prop_assert_eq!(of_old.intersection(&of_new).map(Vec::len).max().unwrap_or_default(), found.len());
        }
    }
}

//! What became of the texts of an item from one version to another, line by line.

use super::{Item, key_letters, key_lines};
use crate::rights::text_enum;
use serde::{Deserialize, Serialize};

/// Pairs of lines that are compared; texts with more are told as gone and written anew.
const PAIRS: usize = 250_000;

/// Body of `POST /items/{id}/comparisons`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CompareVersions {
    /// Number of the one version.
    pub older: i32,
    /// Number of the other, which came later.
    pub newer: i32,
}

/// Reply of `POST /items/{id}/comparisons`: the texts with their keys. Every look is audited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemComparison {
    /// Number of the one version.
    pub older: i32,
    /// Number of the other.
    pub newer: i32,
    /// The parts of the item in their order; those that both lack are left out.
    pub parts: Vec<ComparedPart>,
}

text_enum! {
    /// A part of an item.
    ItemPart {
        /// The stem.
        Stem = "stem",
        /// What is shown beside the stem: options, lines, rows, questions.
        Shown = "shown",
        /// The key, with what is given beside it.
        Key = "key",
        /// The explanation.
        Explanation = "explanation",
    }
}

text_enum! {
    /// What became of a line.
    LineFate {
        /// It is in both.
        Kept = "kept",
        /// It is in the older alone.
        Gone = "gone",
        /// It is in the newer alone.
        New = "new",
    }
}

/// One part of an item in two versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComparedPart {
    /// Which.
    pub part: ItemPart,
    /// Its lines.
    pub lines: Vec<ComparedLine>,
}

/// One line of a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComparedLine {
    /// What became of it.
    pub fate: LineFate,
    /// What it says.
    pub text: String,
}

impl ComparedPart {
    /// Whether nothing of it changed.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.lines.iter().all(|line| line.fate == LineFate::Kept)
    }
}

/// The parts of an item in two versions, each line kept, gone or new: as many as can be are kept.
#[must_use]
pub fn compare_items(older: &Item, newer: &Item) -> Vec<ComparedPart> {
    let compared = |part: &ItemPart| {
        let lines = compare_lines(&lines_of(older, *part), &lines_of(newer, *part));
        (!lines.is_empty()).then_some(ComparedPart { part: *part, lines })
    };
    ItemPart::ALL.iter().filter_map(compared).collect()
}

fn lines_of(item: &Item, part: ItemPart) -> Vec<String> {
    let texts = match part {
        ItemPart::Stem => vec![item.stem.clone()],
        ItemPart::Shown => item.body.texts().into_iter().map(str::to_owned).collect(),
        ItemPart::Key => key_of(item),
        ItemPart::Explanation => vec![item.explanation.clone()],
    };
    texts.iter().flat_map(|text| text.lines()).map(str::to_owned).collect()
}

fn key_of(item: &Item) -> Vec<String> {
    let lines = key_lines(&item.body);
    if lines.is_empty() { key_letters(item) } else { lines }
}

/// What is the same at the beginning and at the end is kept; between them a longest common subsequence is.
fn compare_lines(older: &[String], newer: &[String]) -> Vec<ComparedLine> {
    let line = |fate: LineFate| move |text: &String| ComparedLine { fate, text: text.clone() };
    let head = older.iter().zip(newer).take_while(|(old, new)| old == new).count();
    let tail = older[head..].iter().rev().zip(newer[head..].iter().rev()).take_while(|(old, new)| old == new).count();
    let (old, new) = (&older[head..older.len() - tail], &newer[head..newer.len() - tail]);
    let mut lines: Vec<ComparedLine> = older[..head].iter().map(line(LineFate::Kept)).collect();
    let kept = if old.len().saturating_mul(new.len()) > PAIRS { Vec::new() } else { common(old, new) };
    let (mut from_old, mut from_new) = (0, 0);
    for (in_old, in_new) in kept.into_iter().chain([(old.len(), new.len())]) {
        lines.extend(old[from_old..in_old].iter().map(line(LineFate::Gone)));
        lines.extend(new[from_new..in_new].iter().map(line(LineFate::New)));
        lines.extend(old.get(in_old).map(line(LineFate::Kept)));
        (from_old, from_new) = (in_old + 1, in_new + 1);
    }
    lines.extend(older[older.len() - tail..].iter().map(line(LineFate::Kept)));
    lines
}

/// The places of the lines of a longest common subsequence, in both texts.
fn common(old: &[String], new: &[String]) -> Vec<(usize, usize)> {
    let mut longest = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for (at_old, old) in old.iter().enumerate().rev() {
        for (at_new, new) in new.iter().enumerate().rev() {
            longest[at_old][at_new] = if old == new {
                longest[at_old + 1][at_new + 1] + 1
            } else {
                longest[at_old + 1][at_new].max(longest[at_old][at_new + 1])
            };
        }
    }
    let (mut at_old, mut at_new, mut kept) = (0, 0, Vec::new());
    while at_old < old.len() && at_new < new.len() {
        if old[at_old] == new[at_new] {
            kept.push((at_old, at_new));
            (at_old, at_new) = (at_old + 1, at_new + 1);
        } else if longest[at_old + 1][at_new] >= longest[at_old][at_new + 1] {
            at_old += 1;
        } else {
            at_new += 1;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{super::ItemBody, *};
    use proptest::{collection::vec, prelude::*};

    fn choice(stem: &str, options: &[&str], key: u16) -> Item {
        let options = options.iter().map(|option| (*option).to_owned()).collect();
        let body = ItemBody::SingleChoice { options, key };
        Item { schema_version: 1, stem: stem.to_owned(), body, explanation: String::new() }
    }

    /// Lines as a reader sees them: with `-` those that are gone, with `+` those that are new.
    fn told(lines: &[ComparedLine]) -> Vec<String> {
        let told = |line: &ComparedLine| match line.fate {
            LineFate::Kept => format!(" {}", line.text),
            LineFate::Gone => format!("-{}", line.text),
            LineFate::New => format!("+{}", line.text),
        };
        lines.iter().map(told).collect()
    }

    #[test]
    fn what_changed_stands_beside_what_stayed() {
        let parts = compare_items(&choice("S\nT", &["a", "b", "c"], 0), &choice("S\nU", &["a", "d", "c"], 2));
        let told: Vec<_> = parts.iter().map(|part| (part.part, told(&part.lines))).collect();
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            told,
            [
                (ItemPart::Stem, lines(&[" S", "-T", "+U"])),
                (ItemPart::Shown, lines(&[" a", "-b", "+d", " c"])),
                (ItemPart::Key, lines(&["-A", "+C"])),
            ]
        );
        assert!(compare_items(&choice("S", &["a"], 0), &choice("S", &["a"], 0)).iter().all(ComparedPart::is_same));
    }

    proptest! {
        #[test]
        fn both_versions_can_be_read_out_of_it(older in vec("[ab]", 0..9), newer in vec("[abc]", 0..9)) {
            let lines = compare_lines(&older, &newer);
            let without = |fate: LineFate| {
                lines.iter().filter(|line| line.fate != fate).map(|line| line.text.clone()).collect::<Vec<_>>()
            };
            prop_assert_eq!(without(LineFate::New), older);
            prop_assert_eq!(without(LineFate::Gone), newer);
        }

        #[test]
        fn the_same_text_is_kept_whole(text in vec("[ab]", 0..9)) {
            prop_assert!(compare_lines(&text, &text).iter().all(|line| line.fate == LineFate::Kept));
        }
    }
}

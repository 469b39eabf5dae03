//! Splits a GIFT text into its items: blank lines stand between them.

use super::text::find;
use crate::item_bank::{import::beginning, markdown::Losses};

/// How the line of a category begins.
const CATEGORY: &str = "$CATEGORY:";
/// How a comment begins.
const COMMENT: &str = "//";
/// What a comment may say of the item below it, in brackets.
const IN_COMMENTS: [&str; 2] = ["[id:", "[tag:"];

/// The text of one item without comments.
pub(super) struct Block {
    /// The line on which it begins, from 1.
    pub(super) line: u32,
    pub(super) text: String,
}

/// The items of a text; comments and categories are left out.
///
/// A blank line within braces ends an item only when the braces are never closed.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let lines: Vec<(u32, &str)> =
        (1..).zip(text.trim_start_matches('\u{feff}').lines()).filter(|l| kept(l.1)).collect();
    let mut found: Vec<Block> = Vec::new();
    let mut open = false;
    for (index, &(number, line)) in lines.iter().enumerate() {
        let blank = line.trim().is_empty();
        if blank && !(open && unclosed(&found) && closes(&lines[index..])) {
            open = false;
            continue;
        }
        match found.last_mut().filter(|_| open) {
            Some(block) => {
                block.text.push('\n');
                block.text.push_str(line);
            }
            None => found.push(Block { line: number, text: line.to_owned() }),
        }
        open = true;
    }
    found
}

fn kept(line: &str) -> bool {
    let line = line.trim_start();
    !line.starts_with(COMMENT) && !line.starts_with(CATEGORY)
}

/// Tells what stands between items and has no place here: categories, and the ids and tags that comments hold.
pub(super) fn tell_between(text: &str, losses: &mut Losses) {
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let line = line.trim_start();
        if let Some(path) = line.strip_prefix(CATEGORY) {
            losses.note(number, "category_left_out", path.trim());
        }
        let said = line.strip_prefix(COMMENT).unwrap_or_default().split_inclusive(']').filter_map(in_comment);
        for said in said {
            losses.note(number, "left_out", &beginning(said));
        }
    }
}

/// What the brackets say in which a part of a comment ends.
fn in_comment(part: &str) -> Option<&str> {
    let open = IN_COMMENTS.iter().find_map(|mark| part.find(mark))?;
    part[open + 1..].strip_suffix(']')
}

fn unclosed(found: &[Block]) -> bool {
    found
        .last()
        .is_some_and(|block| find(&block.text, "{").is_some_and(|open| find(&block.text[open + 1..], "}").is_none()))
}

/// Whether braces close before others open.
fn closes(lines: &[(u32, &str)]) -> bool {
    lines.iter().find_map(|(_, line)| match (find(line, "{"), find(line, "}")) {
        (Some(open), Some(close)) => Some(close < open),
        (Some(_), None) => Some(false),
        (None, Some(_)) => Some(true),
        (None, None) => None,
    }) == Some(true)
}

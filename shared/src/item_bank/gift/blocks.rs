//! Splits a GIFT text into its items: blank lines stand between them.

use super::text::find;

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
    !line.starts_with("//") && !line.starts_with("$CATEGORY:")
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

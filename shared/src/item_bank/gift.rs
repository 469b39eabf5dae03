//! Reads GIFT, Moodle's text format for items.
//!
//! Titles, ids, tags, categories and the feedback of single answers have no place in an item and are left out;
//! the general feedback becomes the explanation. What cannot be an item is reported.

mod answers;
mod blocks;
mod number;
mod text;

use super::{
    Item,
    blanks::BLANK,
    import::{ParsedItems, checked, import_error},
    validate::ITEM_SCHEMA_VERSION,
};
use answers::item_body;
use blocks::{Block, blocks};
use text::{Format, find, take_format};

/// Reads every item of a text; an item that cannot be read is reported and does not stop the others.
///
/// Descriptions are reported as `unsupported_kind`, answers worth a part of the points as `partial_weight`.
#[must_use]
pub fn parse_gift(text: &str) -> ParsedItems {
    let mut parsed = ParsedItems::default();
    for block in blocks(text) {
        let line = block.line;
        parsed.push(read(&block).map_err(|code| import_error(line, &code)));
    }
    parsed
}

fn read(block: &Block) -> Result<Item, String> {
    let (format, text) = take_format(without_title(&block.text), Format::Moodle);
    let Some(open) = find(text, "{") else {
        return Err(if find(text, "}").is_some() { "unopened" } else { "unsupported_kind" }.to_owned());
    };
    let close = find(&text[open + 1..], "}").ok_or("unclosed")? + open + 1;
    let (before, inside, after) = (&text[..open], &text[open + 1..close], text[close + 1..].trim());
    if find(after, "{").is_some() || find(after, "}").is_some() {
        return Err("several_answers".to_owned());
    }
    let (answers, feedback) = match find(inside, "####") {
        Some(at) => (&inside[..at], &inside[at + 4..]),
        None => (inside, ""),
    };
    let body = item_body(answers, format)?;
    let (feedback_format, feedback) = take_format(feedback, format);
    let before = format.read(before);
    let stem = if after.is_empty() { before } else { format!("{before} {BLANK} {}", format.read(after)) };
    let stem = super::blanks::unify(stem.trim());
    let explanation = feedback_format.read(feedback);
    if stem.is_empty() {
        return Err("empty_stem".to_owned());
    }
    let item = Item { schema_version: ITEM_SCHEMA_VERSION, stem, body, explanation };
    checked(item).map_err(str::to_owned)
}

fn without_title(text: &str) -> &str {
    let text = text.trim();
    let title = text.strip_prefix("::").and_then(|rest| find(rest, "::").map(|end| &rest[end + 2..]));
    title.unwrap_or(text)
}

#[cfg(test)]
mod tests;

//! Reads GIFT, Moodle's text format for items.
//!
//! Titles, ids, tags, categories and the feedback of single answers have no place in an item and are left out, which is
//! told; the general feedback becomes the explanation. What cannot be an item is reported.

mod answers;
mod blocks;
mod number;
mod text;

use super::{
    Item,
    blanks::BLANK,
    import::{ParsedItems, beginning, checked, import_error},
    markdown::Losses,
    validate::ITEM_SCHEMA_VERSION,
};
use answers::{has_feedback, item_body};
use blocks::{Block, blocks, tell_between};
use text::{Format, find, take_format};

/// Reads every item of a text; an item that cannot be read is reported and does not stop the others.
///
/// Descriptions are reported as `unsupported_kind`, answers worth a part of the points as `partial_weight`.
#[must_use]
pub fn parse_gift(text: &str) -> ParsedItems {
    let (mut parsed, mut losses) = (ParsedItems::default(), Losses::default());
    tell_between(text, &mut losses);
    for block in blocks(text) {
        let before = losses.0.len();
        let read = read(&block, &mut losses).map_err(|code| import_error(block.line, &code));
        if read.is_err() {
            losses.0.truncate(before);
        }
        parsed.push(read);
    }
    parsed.losses = losses.in_order();
    parsed
}

fn read(block: &Block, losses: &mut Losses) -> Result<Item, String> {
    let (title, text) = split_title(&block.text);
    let title = beginning(&Format::Moodle.read(title));
    if !title.is_empty() {
        losses.note(block.line, "left_out", &title);
    }
    let (format, text) = take_format(text, Format::Moodle);
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
    if has_feedback(answers) {
        losses.note(block.line, "left_out", "feedback");
    }
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

/// The title of an item, which may have none, and what follows it.
fn split_title(text: &str) -> (&str, &str) {
    let text = text.trim();
    let titled = text.strip_prefix("::").and_then(|rest| find(rest, "::").map(|end| (&rest[..end], &rest[end + 2..])));
    titled.unwrap_or(("", text))
}

#[cfg(test)]
mod tests;

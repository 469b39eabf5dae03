//! Sheets as text: separated by commas, semicolons or tabs, in the encodings that programs here write.

use super::{MAX_COLUMNS, OwnedCell, Row, SheetError};
use encoding_rs::{Encoding, GB18030, UTF_8};
use std::{borrow::Cow, ops::ControlFlow};

/// Line breaks that a cell may have: in one with more, the quotation mark at its beginning is part of a text.
const MAX_BREAKS: usize = 20;
/// Characters that may be unreadable or control characters in any text, and of so many more one: in what is no
/// text far more are.
const STRAYS: usize = 8;
const CHARS_PER_STRAY: usize = 200;

pub(super) fn read_csv(bytes: &[u8], take: &mut impl FnMut(Row) -> ControlFlow<()>) -> Result<(), SheetError> {
    let mut text = decode(bytes)?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let (separator, is_quoted) = (separator(&text), is_quoted(&text));
    let mut reader = reader(&text, separator, is_quoted);
    let mut record = csv::StringRecord::new();
    // A line break within a cell is no new row.
    let mut breaks_within = 0;
    while reader.read_record(&mut record).map_err(|_| SheetError::NotASheet)? {
        breaks_within += record.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
        let row = reader.position().line() - 1 - breaks_within;
        let row = u32::try_from(row).map_err(|_| SheetError::TooLarge)?;
        let cells = record.iter().take(MAX_COLUMNS).map(|cell| cell.trim_end_matches('\r').to_owned());
        let cells = cells.map(|text| OwnedCell { text, is_number: false }).collect();
        if take((row, cells)).is_break() {
            break;
        }
    }
    Ok(())
}

fn reader(text: &str, separator: u8, is_quoted: bool) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .quoting(is_quoted)
        .delimiter(separator)
        .terminator(csv::Terminator::Any(b'\n'))
        .from_reader(text.as_bytes())
}

/// Whether quotation marks hold cells together. One that is never closed would swallow the rows after it.
fn is_quoted(text: &str) -> bool {
    if !text.contains('"') {
        return true;
    }
    let mut records = reader(text, separator(text), true).into_records();
    records.all(|record| record.is_ok_and(|record| record.iter().all(|cell| cell.matches('\n').count() <= MAX_BREAKS)))
}

/// UTF-8 or UTF-16 by the mark at the beginning; otherwise UTF-8 if it is, and GB18030 if it is that. A few
/// characters may be broken: their cells are, and no others. What stands between letters without being one
/// (a line of a cell, the end of a file in old programs) is a space.
fn decode(bytes: &[u8]) -> Result<String, SheetError> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding.decode_without_bom_handling(&bytes[mark..]).0,
        None => UTF_8.decode_without_bom_handling_and_without_replacement(bytes).unwrap_or_else(|| {
            better(UTF_8.decode_without_bom_handling(bytes).0, GB18030.decode_without_bom_handling(bytes).0)
        }),
    };
    let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n');
    let strays = strays(&text) + text.chars().filter(|c| is_control(*c)).count();
    if text.contains('\0') || strays > STRAYS + text.chars().count() / CHARS_PER_STRAY {
        return Err(SheetError::NotASheet);
    }
    Ok(text.chars().map(|c| if is_control(c) { ' ' } else { c }).collect())
}

/// The reading with fewer characters that are none.
fn better<'a>(one: Cow<'a, str>, other: Cow<'a, str>) -> Cow<'a, str> {
    if strays(&one) < strays(&other) { one } else { other }
}

/// Characters that the encoding does not have.
fn strays(text: &str) -> usize {
    text.matches(char::REPLACEMENT_CHARACTER).count()
}

/// The sign that separates cells: the one that stands most often in a line of the first twenty.
fn separator(text: &str) -> u8 {
    let most = |separator: u8| {
        let counts = text.lines().take(20).map(|line| line.bytes().filter(|byte| *byte == separator).count());
        counts.max().unwrap_or_default()
    };
    // Of two that stand equally often the last is taken: a comma.
    [b'\t', b';', b','].into_iter().max_by_key(|separator| most(*separator)).unwrap_or(b',')
}

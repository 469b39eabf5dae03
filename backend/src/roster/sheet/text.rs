//! Sheets as text: separated by commas, semicolons or tabs, in the encodings that programs here write.

use super::{MAX_COLUMNS, OwnedCell, Row, SheetError};
use encoding_rs::{Encoding, GB18030, UTF_8};
use std::{borrow::Cow, ops::ControlFlow};

pub(super) fn read_csv(bytes: &[u8], take: &mut impl FnMut(Row) -> ControlFlow<()>) -> Result<(), SheetError> {
    let mut text = decode(bytes)?;
    if !text.ends_with('\n') {
        text.to_mut().push('\n');
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text))
        .terminator(csv::Terminator::Any(b'\n'))
        .from_reader(text.as_bytes());
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

/// UTF-8 or UTF-16 by the mark at the beginning; otherwise UTF-8 if it is, and GB18030 if it is that.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, SheetError> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]),
        None => {
            let as_utf_8 = UTF_8.decode_without_bom_handling_and_without_replacement(bytes);
            as_utf_8.or_else(|| GB18030.decode_without_bom_handling_and_without_replacement(bytes))
        }
    };
    let is_text = |text: &Cow<'_, str>| !text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n'));
    text.filter(is_text).ok_or(SheetError::NotASheet)
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

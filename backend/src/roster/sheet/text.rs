//! Sheets as text: separated by commas, semicolons or tabs, in the encodings that programs here write.
//!
//! A file is looked at as often as it takes, part by part: for its encoding, for its quotation marks, for its rows.

use super::{
    MAX_COLUMNS, OwnedCell, Row, SheetError, Source,
    decoded::{Decoded, is_stray_control},
};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::{
    io::{BufRead, BufReader, Read},
    ops::ControlFlow,
};

/// Line breaks that a cell may have: in one with more, the quotation mark at its beginning is part of a text.
const MAX_BREAKS: usize = 20;
/// Characters that may be unreadable or control characters in any text, and of so many more one: in what is no
/// text far more are.
const STRAYS: usize = 8;
const CHARS_PER_STRAY: usize = 200;
/// Bytes at the beginning that tell UTF-16 from other encodings.
const TELLING_BYTES: u64 = 4096;
/// Lines at the beginning that tell by what cells are separated, and bytes in which they are looked for.
const TELLING_LINES: usize = 20;
const MAX_TELLING_BYTES: u64 = 64 * 1024;

pub(super) fn read_csv(
    source: &mut impl Source,
    take: &mut impl FnMut(Row) -> ControlFlow<()>,
) -> Result<(), SheetError> {
    let (encoding, seen) = encoding(source)?;
    if seen.is_no_text() {
        return Err(SheetError::NotASheet);
    }
    let separator = separator(Decoded::new(source, encoding)?)?;
    let is_quoted = !seen.has_quotes || is_quoted(Decoded::new(source, encoding)?, separator)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .quoting(is_quoted)
        .delimiter(separator)
        .terminator(csv::Terminator::Any(b'\n'))
        .from_reader(Decoded::new(source, encoding)?);
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

/// What a text seems to be when it is read in one encoding.
#[derive(Clone, Copy, Debug, Default)]
struct Look {
    chars: usize,
    /// Characters that the encoding does not have.
    strays: usize,
    controls: usize,
    has_nul: bool,
    has_quotes: bool,
    /// Whether bytes were no text in this encoding.
    is_broken: bool,
}

impl Look {
    fn of(mut text: Decoded<'_, impl Source>) -> Result<Self, SheetError> {
        let mut seen = Self::default();
        while let Some(part) = text.next_part()? {
            for letter in part.chars() {
                seen.chars += 1;
                seen.strays += usize::from(letter == char::REPLACEMENT_CHARACTER);
                seen.controls += usize::from(is_stray_control(letter));
                seen.has_nul |= letter == '\0';
                seen.has_quotes |= letter == '"';
            }
        }
        seen.is_broken = text.is_broken();
        Ok(seen)
    }

    /// A few characters may be broken: their cells are, and no others.
    const fn is_no_text(&self) -> bool {
        self.has_nul || self.strays + self.controls > STRAYS + self.chars / CHARS_PER_STRAY
    }
}

/// The encoding of a file, and what it is in it: UTF-8 or UTF-16 by the mark at the beginning; otherwise UTF-16 if it
/// has bytes that no other text has, UTF-8 if it is that, and GB18030 if it is that.
fn encoding(source: &mut impl Source) -> Result<(&'static Encoding, Look), SheetError> {
    let mut beginning = Vec::new();
    source.rewind()?;
    source.by_ref().take(TELLING_BYTES).read_to_end(&mut beginning)?;
    let told = Encoding::for_bom(&beginning).map(|(encoding, _)| encoding).or_else(|| utf_16(&beginning));
    if let Some(encoding) = told {
        return Ok((encoding, Look::of(Decoded::new(source, encoding)?)?));
    }
    let utf_8 = Look::of(Decoded::new(source, UTF_8)?)?;
    if !utf_8.is_broken {
        return Ok((UTF_8, utf_8));
    }
    let chinese = Look::of(Decoded::new(source, GB18030)?)?;
    Ok(if utf_8.strays < chinese.strays { (UTF_8, utf_8) } else { (GB18030, chinese) })
}

/// Which UTF-16 a file without a mark is. What separates cells and rows, and every digit, has one byte of zero there,
/// and texts in other encodings have none.
fn utf_16(beginning: &[u8]) -> Option<&'static Encoding> {
    let zeros = |first| beginning.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, 0) => None,
        (even, odd) if even < odd => Some(UTF_16LE),
        _ => Some(UTF_16BE),
    }
}

/// The sign that separates cells: the one that stands most often in a line of the first ones.
fn separator(text: impl Read) -> Result<u8, SheetError> {
    let beginning = BufReader::new(text.take(MAX_TELLING_BYTES));
    let mut most = [(b'\t', 0), (b';', 0), (b',', 0)];
    for line in beginning.split(b'\n').take(TELLING_LINES) {
        let line = line?;
        for (separator, found) in &mut most {
            *found = line.iter().filter(|byte| **byte == *separator).count().max(*found);
        }
    }
    // Of two that stand equally often the last is taken: a comma.
    Ok(most.into_iter().max_by_key(|(_, found)| *found).map_or(b',', |(separator, _)| separator))
}

/// Where a byte stands between the quotation marks of a text.
#[derive(Clone, Copy)]
enum Within {
    /// At the beginning of a cell.
    Beginning,
    /// In a cell without quotation marks.
    Bare,
    /// Between quotation marks, after so many line breaks.
    Quoted(usize),
    /// After a quotation mark that may be the last of its cell, or the first of two that stand for one.
    Mark(usize),
}

/// Whether quotation marks hold cells together. One that is never closed would swallow the rows after it.
fn is_quoted(text: impl Read, separator: u8) -> Result<bool, SheetError> {
    let mut within = Within::Beginning;
    let mut text = BufReader::new(text);
    loop {
        let part = text.fill_buf()?;
        if part.is_empty() {
            return Ok(true);
        }
        for byte in part {
            within = after(within, *byte, separator);
            if matches!(within, Within::Quoted(breaks) if breaks > MAX_BREAKS) {
                return Ok(false);
            }
        }
        let read = part.len();
        text.consume(read);
    }
}

const fn after(within: Within, byte: u8, separator: u8) -> Within {
    match (within, byte) {
        (Within::Beginning, b'"') => Within::Quoted(0),
        (Within::Quoted(breaks), b'"') => Within::Mark(breaks),
        (Within::Mark(breaks), b'"') => Within::Quoted(breaks),
        (Within::Quoted(breaks), b'\n') => Within::Quoted(breaks + 1),
        (Within::Quoted(breaks), _) => Within::Quoted(breaks),
        (_, b'\n') => Within::Beginning,
        (_, byte) if byte == separator => Within::Beginning,
        _ => Within::Bare,
    }
}

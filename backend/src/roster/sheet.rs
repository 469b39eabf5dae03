//! Reads sheets row by row, whatever program wrote them. The content says what a file is, not its name.

mod decoded;
mod old_workbook;
mod text;
mod workbook;
mod xlsx;

use crate::platform::error::AppError;
use std::{
    io::{self, Cursor, Read, Seek},
    ops::ControlFlow,
};

/// Rows that a sheet may have.
const MAX_ROWS: u32 = 200_000;
/// Cells of a row that are looked at.
pub(super) const MAX_COLUMNS: usize = 200;
/// Bytes that the texts of a row may have: cells that name a long text again and again would fill any memory.
const MAX_ROW_BYTES: usize = 256 * 1024;
/// Bytes at the beginning of a file that tell what it is.
const MARK_BYTES: u64 = 8;

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OwnedCell {
    pub(super) text: String,
    /// Whether the sheet holds it as a number.
    pub(super) is_number: bool,
}

/// One row, with its number, counted from 1 as spreadsheets do.
pub(super) type Row = (u32, Vec<OwnedCell>);

/// A file that is read from wherever it takes, as often as it takes to understand it: it is never in memory as a
/// whole, unless it is a workbook of an old program.
pub(super) trait Source: Read + Seek {}

impl<S: Read + Seek> Source for S {}

/// Closes what is put aside while a file is read, and opens it again: numbers of documents may stand in it.
pub(super) trait Vault {
    /// Closes a block.
    ///
    /// # Errors
    /// If nothing may be put aside, or it cannot be closed.
    fn close(&self, block: usize, plain: &[u8]) -> Result<Vec<u8>, SheetError>;

    /// Opens a block.
    ///
    /// # Errors
    /// If it is not what was closed.
    fn open(&self, block: usize, sealed: &[u8]) -> Result<Vec<u8>, SheetError>;
}

/// Nothing may be put aside: what does not fit into memory is too large.
pub(super) struct InMemory;

impl Vault for InMemory {
    fn close(&self, _: usize, _: &[u8]) -> Result<Vec<u8>, SheetError> {
        Err(SheetError::TooLarge)
    }

    fn open(&self, _: usize, _: &[u8]) -> Result<Vec<u8>, SheetError> {
        Err(SheetError::Failed)
    }
}

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum SheetError {
    #[error("not a sheet")]
    NotASheet,
    #[error("the sheet is too large")]
    TooLarge,
    /// It is not the file's fault.
    #[error("texts of a sheet cannot be put aside")]
    Failed,
}

impl SheetError {
    /// What is told to who sent the file as the field `/file`.
    pub(super) fn refusal(self) -> AppError {
        match self {
            Self::Failed => AppError::internal(self),
            Self::NotASheet | Self::TooLarge => AppError::field("/file", self.field_code()),
        }
    }

    /// The code of the field error.
    const fn field_code(self) -> &'static str {
        match self {
            Self::NotASheet => "not-a-sheet",
            Self::TooLarge | Self::Failed => "sheet-too-large",
        }
    }

    /// The machine refused what it was asked for.
    fn failed(error: io::Error) -> Self {
        tracing::error!(error = %error, "roster.aside_failed");
        Self::Failed
    }
}

impl From<io::Error> for SheetError {
    fn from(_: io::Error) -> Self {
        Self::NotASheet
    }
}

/// Hands over row after row until there is none, or `take` has enough. What of it does not fit into memory lies aside,
/// closed by `vault`.
///
/// # Errors
/// If the file is no sheet, or larger than any list.
pub(super) fn read_rows(
    source: &mut impl Source,
    vault: &impl Vault,
    mut take: impl FnMut(Row) -> ControlFlow<()>,
) -> Result<(), SheetError> {
    let mut is_too_large = false;
    let mut limited = |row: Row| {
        is_too_large = row.0 > MAX_ROWS || row.1.iter().map(|cell| cell.text.len()).sum::<usize>() > MAX_ROW_BYTES;
        if is_too_large { ControlFlow::Break(()) } else { take(row) }
    };
    let mut mark = Vec::new();
    source.rewind()?;
    source.by_ref().take(MARK_BYTES).read_to_end(&mut mark)?;
    source.rewind()?;
    if mark.starts_with(b"PK\x03\x04") {
        xlsx::read_xlsx(source, vault, &mut limited)?;
    } else if mark.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        let mut bytes = Vec::new();
        source.read_to_end(&mut bytes)?;
        workbook::read_xls(&bytes, &mut limited)?;
    } else {
        text::read_csv(source, &mut limited)?;
    }
    if is_too_large { Err(SheetError::TooLarge) } else { Ok(()) }
}

/// Puts a cell where it belongs in a row, if it is looked at.
fn put(cells: &mut Vec<OwnedCell>, column: u32, cell: OwnedCell) {
    let Some(column) = usize::try_from(column).ok().filter(|column| *column < MAX_COLUMNS) else { return };
    if cells.len() <= column {
        cells.resize(column + 1, OwnedCell::default());
    }
    cells[column] = cell;
}

/// The rows of a sheet as texts, each with its number from 1; `most` of them at most.
///
/// # Errors
/// The code of a field error if it is no sheet, or larger than any.
pub fn rows_of_sheet(bytes: &[u8], most: usize) -> Result<Vec<(u32, Vec<String>)>, &'static str> {
    let mut rows = Vec::new();
    let take = |(number, cells): Row| {
        rows.push((number, cells.into_iter().map(|cell| cell.text).collect()));
        if rows.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    read_rows(&mut Cursor::new(bytes), &InMemory, take).map_err(SheetError::field_code)?;
    Ok(rows)
}

#[cfg(test)]
mod tests;

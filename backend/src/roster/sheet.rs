//! Reads sheets row by row, whatever program wrote them. The content says what a file is, not its name.

mod decoded;
mod old_workbook;
mod text;
mod workbook;

use std::{
    borrow::Cow,
    io::{self, Cursor, Read},
    ops::ControlFlow,
};

/// Rows that a sheet may have.
const MAX_ROWS: u32 = 200_000;
/// Cells of a row that are looked at.
pub(super) const MAX_COLUMNS: usize = 200;
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

/// A file that is read from its beginning as often as it takes to understand it: what is text is never in memory as
/// a whole.
pub(super) trait Source: Read {
    /// Begins anew.
    ///
    /// # Errors
    /// If the file is gone.
    fn rewind(&mut self) -> io::Result<()>;

    /// All bytes, for formats that begin at the end.
    ///
    /// # Errors
    /// If the file is gone.
    fn whole(&mut self) -> io::Result<Cow<'_, [u8]>> {
        self.rewind()?;
        let mut bytes = Vec::new();
        self.read_to_end(&mut bytes)?;
        Ok(Cow::Owned(bytes))
    }
}

impl Source for Cursor<&[u8]> {
    fn rewind(&mut self) -> io::Result<()> {
        self.set_position(0);
        Ok(())
    }

    fn whole(&mut self) -> io::Result<Cow<'_, [u8]>> {
        Ok(Cow::Borrowed(self.get_ref()))
    }
}

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum SheetError {
    #[error("not a sheet")]
    NotASheet,
    #[error("the sheet is too large")]
    TooLarge,
}

impl SheetError {
    /// The code of the field error.
    pub(super) const fn field_code(self) -> &'static str {
        match self {
            Self::NotASheet => "not-a-sheet",
            Self::TooLarge => "sheet-too-large",
        }
    }
}

impl From<io::Error> for SheetError {
    fn from(_: io::Error) -> Self {
        Self::NotASheet
    }
}

/// Hands over row after row until there is none, or `take` has enough.
///
/// # Errors
/// If the file is no sheet, or larger than any list.
pub(super) fn read_rows(
    source: &mut impl Source,
    mut take: impl FnMut(Row) -> ControlFlow<()>,
) -> Result<(), SheetError> {
    let mut is_too_large = false;
    let mut limited = |row: Row| {
        is_too_large = row.0 > MAX_ROWS;
        if is_too_large { ControlFlow::Break(()) } else { take(row) }
    };
    let mut mark = Vec::new();
    source.rewind()?;
    source.by_ref().take(MARK_BYTES).read_to_end(&mut mark)?;
    if mark.starts_with(b"PK\x03\x04") {
        workbook::read_xlsx(&source.whole()?, &mut limited)?;
    } else if mark.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        workbook::read_xls(&source.whole()?, &mut limited)?;
    } else {
        text::read_csv(source, &mut limited)?;
    }
    if is_too_large { Err(SheetError::TooLarge) } else { Ok(()) }
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
    read_rows(&mut Cursor::new(bytes), take).map_err(SheetError::field_code)?;
    Ok(rows)
}

#[cfg(test)]
mod tests;

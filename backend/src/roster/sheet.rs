//! Reads sheets row by row, whatever program wrote them. The content says what a file is, not its name.

mod text;
mod workbook;

use std::ops::ControlFlow;

/// Rows that a sheet may have.
const MAX_ROWS: u32 = 200_000;
/// Cells of a row that are looked at.
pub(super) const MAX_COLUMNS: usize = 200;

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OwnedCell {
    pub(super) text: String,
    /// Whether the sheet holds it as a number.
    pub(super) is_number: bool,
}

/// One row, with its number, counted from 1 as spreadsheets do.
pub(super) type Row = (u32, Vec<OwnedCell>);

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

/// Hands over row after row until there is none, or `take` has enough.
///
/// # Errors
/// If the file is no sheet, or larger than any list.
pub(super) fn read_rows(bytes: &[u8], mut take: impl FnMut(Row) -> ControlFlow<()>) -> Result<(), SheetError> {
    let mut is_too_large = false;
    let mut limited = |row: Row| {
        is_too_large = row.0 > MAX_ROWS;
        if is_too_large { ControlFlow::Break(()) } else { take(row) }
    };
    if bytes.starts_with(b"PK\x03\x04") {
        workbook::read_xlsx(bytes, &mut limited)?;
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        workbook::read_xls(bytes, &mut limited)?;
    } else {
        text::read_csv(bytes, &mut limited)?;
    }
    if is_too_large { Err(SheetError::TooLarge) } else { Ok(()) }
}

#[cfg(test)]
mod tests;

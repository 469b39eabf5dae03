//! Sheets of old spreadsheet programs. The first sheet counts.

use super::{OwnedCell, Row, SheetError, old_workbook, put};
use calamine::{Data, ExcelDateTime, Reader, Xls};
use std::{io::Cursor, ops::ControlFlow};

pub(super) fn read_xls(bytes: &[u8], take: &mut impl FnMut(Row) -> ControlFlow<()>) -> Result<(), SheetError> {
    old_workbook::check_size(bytes)?;
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|_| SheetError::NotASheet)?;
    let sheet = book.worksheet_range_at(0).ok_or(SheetError::NotASheet)?.map_err(|_| SheetError::NotASheet)?;
    let (first_row, first_column) = sheet.start().unwrap_or_default();
    for (number, row) in (first_row + 1..).zip(sheet.rows()) {
        let mut cells = Vec::with_capacity(row.len());
        for (column, cell) in (first_column..).zip(row) {
            put(&mut cells, column, shown(cell));
        }
        if take((number, cells)).is_break() {
            break;
        }
    }
    Ok(())
}

/// What a cell shows. A number of more than 15 digits shows what the spreadsheet has kept of it.
fn shown(cell: &Data) -> OwnedCell {
    let number = |text: String| OwnedCell { text, is_number: true };
    let text = |text: String| OwnedCell { text, is_number: false };
    match cell {
        Data::Int(whole) => number(whole.to_string()),
        Data::Float(float) => number(float.to_string()),
        Data::String(written) | Data::DateTimeIso(written) | Data::DurationIso(written) => text(written.clone()),
        Data::Bool(is) => text(is.to_string()),
        Data::DateTime(at) => text(day(at)),
        Data::Error(error) => text(error.to_string()),
        Data::Empty => OwnedCell::default(),
    }
}

/// The day of a moment, as `1985-03-14`.
pub(super) fn day(at: &ExcelDateTime) -> String {
    let (year, month, day, ..) = at.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

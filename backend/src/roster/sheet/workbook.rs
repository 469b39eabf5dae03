//! Sheets of spreadsheet programs. The first sheet counts.

use super::{MAX_COLUMNS, OwnedCell, Row, SheetError, old_workbook};
use calamine::{Data, DataRef, ExcelDateTime, Reader, Xls, Xlsx};
use std::{
    io::{self, Cursor, Read},
    ops::ControlFlow,
};
use zip::ZipArchive;

/// Bytes that a file may have when it is unpacked, by what it says and by what it is.
const MAX_UNPACKED_BYTES: u64 = 256 * 1024 * 1024;

pub(super) fn read_xlsx(bytes: &[u8], take: &mut impl FnMut(Row) -> ControlFlow<()>) -> Result<(), SheetError> {
    check_size(bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| SheetError::NotASheet)?;
    let first = book.sheet_names().first().cloned().ok_or(SheetError::NotASheet)?;
    // Cell by cell: a sheet with one cell in its last corner would not fit into memory as a table.
    let mut cells = book.worksheet_cells_reader(&first).map_err(|_| SheetError::NotASheet)?;
    let mut row: Option<Row> = None;
    while let Some(cell) = cells.next_cell().map_err(|_| SheetError::NotASheet)? {
        // Cells that have a border and nothing in them often reach down to the last row there is.
        if matches!(cell.get_value(), DataRef::Empty) {
            continue;
        }
        let (at, column) = cell.get_position();
        let number = at.saturating_add(1);
        if row.as_ref().is_some_and(|(current, _)| *current != number)
            && let Some(ready) = row.take()
            && take(ready).is_break()
        {
            return Ok(());
        }
        let (_, cells) = row.get_or_insert_with(|| (number, Vec::new()));
        put(cells, column, shown(cell.get_value()));
    }
    if let Some(last) = row {
        let _ = take(last);
    }
    Ok(())
}

pub(super) fn read_xls(bytes: &[u8], take: &mut impl FnMut(Row) -> ControlFlow<()>) -> Result<(), SheetError> {
    old_workbook::check_size(bytes)?;
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|_| SheetError::NotASheet)?;
    let sheet = book.worksheet_range_at(0).ok_or(SheetError::NotASheet)?.map_err(|_| SheetError::NotASheet)?;
    let (first_row, first_column) = sheet.start().unwrap_or_default();
    for (number, row) in (first_row + 1..).zip(sheet.rows()) {
        let mut cells = Vec::with_capacity(row.len());
        for (column, cell) in (first_column..).zip(row) {
            put(&mut cells, column, shown(&by_reference(cell)));
        }
        if take((number, cells)).is_break() {
            break;
        }
    }
    Ok(())
}

/// Unpacks everything to nowhere: what a file says of its size need not be true.
fn check_size(bytes: &[u8]) -> Result<(), SheetError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetError::NotASheet)?;
    let mut left = MAX_UNPACKED_BYTES;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| SheetError::NotASheet)?;
        if part.size() > left {
            return Err(SheetError::TooLarge);
        }
        let unpacked = io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(|_| SheetError::NotASheet)?;
        left = left.checked_sub(unpacked).ok_or(SheetError::TooLarge)?;
    }
    Ok(())
}

fn put(cells: &mut Vec<OwnedCell>, column: u32, cell: OwnedCell) {
    let Some(column) = usize::try_from(column).ok().filter(|column| *column < MAX_COLUMNS) else { return };
    if cells.len() <= column {
        cells.resize(column + 1, OwnedCell::default());
    }
    cells[column] = cell;
}

fn by_reference(cell: &Data) -> DataRef<'_> {
    match cell {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(is) => DataRef::Bool(*is),
        Data::DateTime(at) => DataRef::DateTime(*at),
        Data::DateTimeIso(text) | Data::DurationIso(text) => DataRef::SharedString(text),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// What a cell shows. A number of more than 15 digits shows what the spreadsheet has kept of it.
fn shown(cell: &DataRef<'_>) -> OwnedCell {
    let number = |text: String| OwnedCell { text, is_number: true };
    let text = |text: String| OwnedCell { text, is_number: false };
    match cell {
        DataRef::Int(whole) => number(whole.to_string()),
        DataRef::Float(float) => number(float.to_string()),
        DataRef::String(written) | DataRef::DateTimeIso(written) | DataRef::DurationIso(written) => {
            text(written.clone())
        }
        DataRef::SharedString(written) => text((*written).to_owned()),
        DataRef::Bool(is) => text(is.to_string()),
        DataRef::DateTime(at) => text(day(at)),
        DataRef::Error(error) => text(error.to_string()),
        DataRef::Empty => OwnedCell::default(),
    }
}

fn day(at: &ExcelDateTime) -> String {
    let (year, month, day, ..) = at.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

//! Workbooks, opened again.

use super::Reply;
use calamine::{Data, Reader, Xlsx};
use std::io::{Cursor, Read};

/// One sheet as it is read.
pub(crate) struct Sheet {
    pub(crate) name: String,
    /// The headers, then the rows; numbers as a spreadsheet program would show them.
    pub(crate) rows: Vec<Vec<String>>,
}

/// The sheets of a file.
pub(crate) fn sheets(bytes: &[u8]) -> Vec<Sheet> {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let shown = |cell: &Data| match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(number) => number.to_string(),
        other => panic!("{other:?} is neither text nor number"),
    };
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        assert!(book.worksheet_formula(&name).unwrap().is_empty(), "{name} has a formula");
        let range = book.worksheet_range(&name).unwrap();
        sheets.push(Sheet { name, rows: range.rows().map(|row| row.iter().map(shown).collect()).collect() });
    }
    sheets
}

/// Everything in a file, unpacked.
pub(crate) fn unpacked(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for at in 0..archive.len() {
        archive.by_index(at).unwrap().read_to_string(&mut text).unwrap();
    }
    text
}

/// What a reply says in words, also if it is a workbook.
pub(crate) fn words(reply: &Reply) -> String {
    match reply.bytes.starts_with(b"PK") {
        true => unpacked(&reply.bytes),
        false => String::from_utf8_lossy(&reply.bytes).into_owned(),
    }
}

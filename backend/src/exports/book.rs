//! Workbooks, written row by row: whatever the length of a list, one row of it is in memory.

mod xml;

use crate::platform::{
    error::{AppError, AppResult},
    words::word,
};
use shared::roster::column_letters;
use std::{
    fmt::{Display, Write as _},
    io::{Seek, Write},
};
use xml::{escaped, text_of};
use zip::{ZipWriter, write::SimpleFileOptions};

/// The media type of a workbook.
pub const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What stands before the content of each part.
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
/// The cells of a row of headers that stays in sight.
const FROZEN: &str = r#"<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>"#;
/// Width of a column, in digits.
const WIDTH: u8 = 18;

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
/// Cells are of one of three styles: 0 anything, 1 a text (format 49), 2 a text in bold.
const STYLES: &str = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>"#;

/// What stands in a cell: a number, or a text. There is no cell with a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text, which no spreadsheet program takes for a formula once it is written.
    Text(String),
    /// A number to count with. Numbers that name something are texts.
    Number(i64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<i16> for Cell {
    fn from(number: i16) -> Self {
        Self::Number(number.into())
    }
}

impl<C: Into<Self>> From<Option<C>> for Cell {
    fn from(cell: Option<C>) -> Self {
        cell.map_or(Self::Empty, Into::into)
    }
}

/// The word for a value: of `roster.state` and `visited` the word `roster.state_visited`.
#[must_use]
pub fn named(kind: &str, value: Option<&str>) -> Cell {
    value.map(|value| word(&format!("{kind}_{value}"))).into()
}

/// How a cell looks.
#[derive(Clone, Copy)]
enum Style {
    Plain = 1,
    Bold = 2,
}

/// A workbook of two sheets: the list, which grows row by row, and what is to be known of it.
pub(super) struct Book<W: Write + Seek> {
    archive: ZipWriter<W>,
    row: u32,
    columns: usize,
}

impl<W: Write + Seek> Book<W> {
    /// A list without a row, below these headers. `sheets` are the names of the two sheets.
    ///
    /// # Errors
    /// If nothing can be written to `to`.
    pub(super) fn begin(to: W, sheets: [&str; 2], headers: &[String]) -> AppResult<Self> {
        let mut archive = ZipWriter::new(to);
        write_frame(&mut archive, &sheets)?;
        let columns = headers.len();
        begin_part(&mut archive, &sheet_path(1))?;
        let head = format!("{}{FROZEN}{}<sheetData>", sheet_head(), widths(columns));
        archive.write_all(head.as_bytes()).map_err(AppError::internal)?;
        let mut book = Self { archive, row: 0, columns };
        let headers: Vec<_> = headers.iter().cloned().map(Cell::Text).collect();
        book.write(&headers, Style::Bold)?;
        Ok(book)
    }

    /// Adds a row to the list.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(super) fn add(&mut self, cells: &[Cell]) -> AppResult<()> {
        self.write(cells, Style::Plain)
    }

    /// Ends the list, has `mark` on every page of it, and says on the second sheet what is to be known of it.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(super) fn end(mut self, mark: &str, about: &[(String, Cell)]) -> AppResult<W> {
        let last = column_letters(u16::try_from(self.columns.saturating_sub(1)).unwrap_or_default());
        let pages = page_marks(mark);
        let end = format!(r#"</sheetData><autoFilter ref="A1:{last}{}"/>{pages}</worksheet>"#, self.row);
        self.archive.write_all(end.as_bytes()).map_err(AppError::internal)?;
        begin_part(&mut self.archive, &sheet_path(2))?;
        let head = format!(
            r#"{}<cols><col min="1" max="1" width="{WIDTH}" customWidth="1"/><col min="2" max="2" width="72" customWidth="1"/></cols><sheetData>"#,
            sheet_head()
        );
        self.archive.write_all(head.as_bytes()).map_err(AppError::internal)?;
        self.row = 0;
        for (name, value) in about {
            self.write(&[Cell::Text(name.clone()), value.clone()], Style::Plain)?;
        }
        self.archive.write_all(b"</sheetData></worksheet>").map_err(AppError::internal)?;
        self.archive.finish().map_err(AppError::internal)
    }

    fn write(&mut self, cells: &[Cell], style: Style) -> AppResult<()> {
        self.row += 1;
        let row = row_xml(self.row, cells, style);
        self.archive.write_all(row.as_bytes()).map_err(AppError::internal)
    }
}

fn row_xml(number: u32, cells: &[Cell], style: Style) -> String {
    let mut row = format!(r#"<row r="{number}">"#);
    for (at, cell) in (0_u16..).zip(cells) {
        let (column, style) = (column_letters(at), style as u8);
        // Writing to a text cannot fail.
        let _ = match cell {
            Cell::Empty => Ok(()),
            Cell::Number(value) => write!(row, r#"<c r="{column}{number}"><v>{value}</v></c>"#),
            Cell::Text(text) => write!(
                row,
                r#"<c r="{column}{number}" t="inlineStr" s="{style}"><is><t xml:space="preserve">{}</t></is></c>"#,
                text_of(text)
            ),
        };
    }
    row.push_str("</row>");
    row
}

/// What is printed above and below every page: the mark, and which page it is (ECMA-376 Part 1, §18.3.1.46). An
/// ampersand begins a code there, so that one in the mark is doubled.
fn page_marks(mark: &str) -> String {
    let mark = escaped(&mark.replace('&', "&&"));
    format!(
        "<headerFooter><oddHeader>&amp;C{mark}</oddHeader><oddFooter>&amp;L{mark}&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
    )
}

/// A workbook whose sheets are written already, as XML.
///
/// # Errors
/// If it cannot be packed.
pub fn pack<W: Write + Seek>(to: W, sheets: &[(&str, String)]) -> AppResult<W> {
    let mut archive = ZipWriter::new(to);
    let names: Vec<_> = sheets.iter().map(|(name, _)| *name).collect();
    write_frame(&mut archive, &names)?;
    for (number, (_, content)) in (1..).zip(sheets) {
        begin_part(&mut archive, &sheet_path(number))?;
        archive.write_all(content.as_bytes()).map_err(AppError::internal)?;
    }
    archive.finish().map_err(AppError::internal)
}

/// Everything that a workbook with these sheets consists of, but the sheets.
fn write_frame<W: Write + Seek>(archive: &mut ZipWriter<W>, sheets: &[&str]) -> AppResult<()> {
    let of_each = |part: fn(usize, &str) -> String| {
        (1..).zip(sheets).map(|(number, name)| part(number, name)).collect::<String>()
    };
    let types = of_each(|number, _| {
        format!(
            r#"<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"#
        )
    });
    let types = format!(
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{types}<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#
    );
    let listed =
        of_each(|number, name| format!(r#"<sheet name="{}" sheetId="{number}" r:id="rId{number}"/>"#, escaped(name)));
    let workbook = format!(
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{listed}</sheets></workbook>"#
    );
    let relations = of_each(|number, _| relation(number, "worksheet", format!("worksheets/sheet{number}.xml")));
    let relations = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}{}</Relationships>"#,
        relation(sheets.len() + 1, "styles", "styles.xml")
    );
    for (path, content) in [
        ("[Content_Types].xml", types.as_str()),
        ("_rels/.rels", RELATIONS),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", &relations),
        ("xl/styles.xml", STYLES),
    ] {
        begin_part(archive, path)?;
        archive.write_all(content.as_bytes()).map_err(AppError::internal)?;
    }
    Ok(())
}

fn relation(number: usize, kind: &str, target: impl Display) -> String {
    format!(
        r#"<Relationship Id="rId{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>"#
    )
}

fn begin_part<W: Write + Seek>(archive: &mut ZipWriter<W>, path: &str) -> AppResult<()> {
    archive.start_file(path, SimpleFileOptions::default()).map_err(AppError::internal)?;
    archive.write_all(HEAD.as_bytes()).map_err(AppError::internal)
}

fn sheet_path(number: usize) -> String {
    format!("xl/worksheets/sheet{number}.xml")
}

const fn sheet_head() -> &'static str {
    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#
}

fn widths(columns: usize) -> String {
    format!(r#"<cols><col min="1" max="{}" width="{WIDTH}" customWidth="1"/></cols>"#, columns.max(1))
}

#[cfg(test)]
mod tests;

//! Workbooks of today's spreadsheet programs (ECMA-376), read from the parts that they are packed of, cell by cell:
//! neither the file nor the sheet nor its texts are in memory as a whole. The first sheet counts.

mod dates;
mod parts;
mod texts;
mod xml;

use super::{MAX_ROW_BYTES, OwnedCell, Row, SheetError, Source, Vault, put};
use calamine::{ExcelDateTime, ExcelDateTimeType};
use parts::{Parts, Stepped};
use quick_xml::events::{BytesStart, Event};
use std::{
    io::{Read, Seek},
    ops::ControlFlow,
};
use texts::Texts;
use xml::{Xml, attribute, unescaped};

pub(super) fn read_xlsx(
    source: &mut impl Source,
    vault: &impl Vault,
    take: &mut impl FnMut(Row) -> ControlFlow<()>,
) -> Result<(), SheetError> {
    let mut parts = Parts::of(source)?;
    let book = Book::of(&mut parts)?;
    let dates = dates::dates(&mut parts, &book.folder)?;
    let texts = texts(&mut parts, &book.folder, vault)?;
    let mut xml = parts.open(&book.sheet)?.ok_or(SheetError::NotASheet)?;
    xml.find("sheetData")?;
    let mut cells = Cells { xml, dates, texts, is_1904: book.is_1904, row: 0, column: 0 };
    let (mut row, mut bytes): (Option<Row>, usize) = (None, 0);
    while let Some((number, column, cell)) = cells.next_cell()? {
        // Cells that have a border and nothing in them often reach down to the last row there is.
        let Some(cell) = cell else { continue };
        if row.as_ref().is_some_and(|(current, _)| *current != number)
            && let Some(ready) = row.take()
        {
            bytes = 0;
            if take(ready).is_break() {
                return Ok(());
            }
        }
        bytes += cell.text.len();
        if bytes > MAX_ROW_BYTES {
            return Err(SheetError::TooLarge);
        }
        let (_, cells) = row.get_or_insert_with(|| (number, Vec::new()));
        put(cells, column, cell);
    }
    if let Some(last) = row {
        let _ = take(last);
    }
    Ok(())
}

/// What a workbook says of itself.
struct Book {
    /// Where its parts lie.
    folder: String,
    /// The part that is its first sheet.
    sheet: String,
    /// Whether its days are counted from 1904 on, and not from 1900.
    is_1904: bool,
}

impl Book {
    fn of<S: Read + Seek>(parts: &mut Parts<S>) -> Result<Self, SheetError> {
        let main = related(parts, "_rels/.rels", |_, kind| kind.ends_with("/relationships/officeDocument"))?;
        let main = main.trim_start_matches('/');
        let (folder, name) = main.split_at(main.rfind('/').map_or(0, |at| at + 1));
        let (mut first, mut is_1904) = (None, false);
        let mut xml = parts.open(main)?.ok_or(SheetError::NotASheet)?;
        xml.each_up_to("workbook", |event| {
            let Event::Start(start) = event else { return Ok(()) };
            match start.local_name().as_ref() {
                "sheet" if first.is_none() => first = attribute(start, "id")?.map(|id| id.into_owned()),
                "workbookPr" => {
                    if let Some(is) = attribute(start, "date1904")? {
                        is_1904 = matches!(&*is, "1" | "true");
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        drop(xml);
        let first = first.ok_or(SheetError::NotASheet)?;
        let sheet = related(parts, &format!("{folder}_rels/{name}.rels"), |id, _| id == first)?;
        let sheet = sheet.strip_prefix('/').map_or_else(|| format!("{folder}{sheet}"), str::to_owned);
        Ok(Self { folder: folder.to_owned(), sheet, is_1904 })
    }
}

/// The part that another one speaks of, by its id and its kind: where it says that it lies.
fn related<S: Read + Seek>(
    parts: &mut Parts<S>,
    path: &str,
    is_wanted: impl Fn(&str, &str) -> bool,
) -> Result<String, SheetError> {
    let mut found = None;
    let mut xml = parts.open(path)?.ok_or(SheetError::NotASheet)?;
    xml.each_up_to("Relationships", |event| {
        if let Event::Start(start) = event
            && start.local_name().as_ref() == "Relationship"
        {
            let id = attribute(start, "Id")?.unwrap_or_default();
            let kind = attribute(start, "Type")?.unwrap_or_default();
            if is_wanted(&id, &kind) {
                found = attribute(start, "Target")?.map(|target| target.into_owned());
            }
        }
        Ok(())
    })?;
    found.ok_or(SheetError::NotASheet)
}

/// The texts that cells name by number; none if there is no part for them.
fn texts<'v, S: Read + Seek, V: Vault>(
    parts: &mut Parts<S>,
    folder: &str,
    vault: &'v V,
) -> Result<Texts<'v, V>, SheetError> {
    let mut texts = Texts::new(vault);
    let Some(mut xml) = parts.open(&format!("{folder}sharedStrings.xml"))? else { return Ok(texts) };
    xml.find("sst")?;
    loop {
        let is_text = match xml.event()? {
            Event::Start(start) => start.local_name().as_ref() == "si",
            Event::End(end) if end.local_name().as_ref() == "sst" => return Ok(texts),
            Event::Eof => return Err(SheetError::NotASheet),
            _ => false,
        };
        if is_text {
            texts.push(&xml.rich_text()?)?;
        }
    }
}

/// The cells of a sheet, one after another.
struct Cells<'v, R, V> {
    xml: Xml<R>,
    /// Of each style, whether numbers in it are dates.
    dates: Vec<bool>,
    texts: Texts<'v, V>,
    is_1904: bool,
    /// Where the next cell is if it does not say so; counted from 0.
    row: u32,
    column: u32,
}

/// How the value of a cell is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Nobody said.
    Unsaid,
    Number,
    /// The number of a text.
    Shared,
    Truth,
    /// As it is shown: dates by their digits, errors by their names.
    Shown,
    /// What a formula has brought.
    Text,
    /// A text of this cell alone.
    Inline,
    Unknown,
}

impl Kind {
    fn of(code: Option<&str>) -> Self {
        match code {
            None => Self::Unsaid,
            Some("n") => Self::Number,
            Some("s") => Self::Shared,
            Some("b") => Self::Truth,
            Some("d" | "e") => Self::Shown,
            Some("str") => Self::Text,
            Some("inlineStr" | "is") => Self::Inline,
            Some(_) => Self::Unknown,
        }
    }
}

/// What the beginning of a cell says.
struct Head {
    /// Row and column, counted from 0.
    at: Option<(u32, u32)>,
    kind: Kind,
    is_date: bool,
}

/// What comes next in a sheet.
enum Step {
    Row(Option<u32>),
    RowEnd,
    Cell(Head),
    End,
    Other,
}

/// What comes next in a cell.
enum Part {
    Value,
    Inline,
    Other,
    End,
}

impl<R: Stepped, V: Vault> Cells<'_, R, V> {
    /// The next cell: its row, counted from 1, its column, counted from 0, and what stands in it, if anything does.
    fn next_cell(&mut self) -> Result<Option<(u32, u32, Option<OwnedCell>)>, SheetError> {
        loop {
            let step = match self.xml.event()? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "row" => Step::Row(attribute(&start, "r")?.map(|row| row_of(&row)).transpose()?),
                    "c" => Step::Cell(head(&start, &self.dates)?),
                    _ => Step::Other,
                },
                Event::End(end) => match end.local_name().as_ref() {
                    "row" => Step::RowEnd,
                    "sheetData" => Step::End,
                    _ => Step::Other,
                },
                Event::Eof => return Err(SheetError::NotASheet),
                _ => Step::Other,
            };
            match step {
                Step::Row(row) => self.row = row.unwrap_or(self.row),
                Step::RowEnd => (self.row, self.column) = (self.row.saturating_add(1), 0),
                Step::Cell(head) => {
                    let (row, column) = head.at.unwrap_or((self.row, self.column));
                    self.column = column.saturating_add(1);
                    let cell = self.content(&head)?;
                    return Ok(Some((row.saturating_add(1), column, cell)));
                }
                Step::End => return Ok(None),
                Step::Other => {}
            }
        }
    }

    /// What stands in the cell that has just begun.
    fn content(&mut self, head: &Head) -> Result<Option<OwnedCell>, SheetError> {
        let mut cell = None;
        loop {
            let part = match self.xml.event()? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "v" if head.kind != Kind::Inline => Part::Value,
                    "is" => Part::Inline,
                    _ => Part::Other,
                },
                Event::End(end) if end.local_name().as_ref() == "c" => Part::End,
                Event::Eof => return Err(SheetError::NotASheet),
                // Spaces between elements.
                _ => continue,
            };
            match part {
                Part::Value => {
                    let written = self.xml.text()?;
                    cell = self.value(&written, head)?;
                }
                Part::Inline => cell = Some(text(self.xml.rich_text()?)),
                Part::Other => self.xml.skip()?,
                Part::End => return Ok(cell),
            }
        }
    }

    /// What a value shows. A number of more than 15 digits shows what the spreadsheet has kept of it.
    fn value(&mut self, written: &str, head: &Head) -> Result<Option<OwnedCell>, SheetError> {
        match head.kind {
            Kind::Unknown => Err(SheetError::NotASheet),
            Kind::Text => Ok(Some(text(unescaped(written).into_owned()))),
            Kind::Shown => Ok(Some(text(written.to_owned()))),
            Kind::Truth => truth(written.trim()),
            Kind::Inline => Ok(None),
            Kind::Unsaid | Kind::Number | Kind::Shared if written.is_empty() => Ok(None),
            Kind::Shared => {
                let shared = self.texts.get(written.parse().unwrap_or(0))?;
                shared.map(|shared| Some(text(shared.to_owned()))).ok_or(SheetError::NotASheet)
            }
            Kind::Unsaid | Kind::Number => match written.parse::<f64>() {
                Ok(number) if head.is_date => Ok(Some(text(day(number, self.is_1904)))),
                Ok(number) => Ok(Some(OwnedCell { text: number.to_string(), is_number: true })),
                Err(_) if head.kind == Kind::Unsaid => Ok(Some(text(written.to_owned()))),
                Err(_) => Err(SheetError::NotASheet),
            },
        }
    }
}

fn text(text: String) -> OwnedCell {
    OwnedCell { text, is_number: false }
}

fn truth(written: &str) -> Result<Option<OwnedCell>, SheetError> {
    match written {
        "" => Ok(None),
        "0" => Ok(Some(text(false.to_string()))),
        "1" => Ok(Some(text(true.to_string()))),
        word if word.eq_ignore_ascii_case("false") || word.eq_ignore_ascii_case("true") => {
            Ok(Some(text(word.to_ascii_lowercase())))
        }
        _ => Err(SheetError::NotASheet),
    }
}

fn day(number: f64, is_1904: bool) -> String {
    super::workbook::day(&ExcelDateTime::new(number, ExcelDateTimeType::DateTime, is_1904))
}

fn head(start: &BytesStart<'_>, dates: &[bool]) -> Result<Head, SheetError> {
    let at = attribute(start, "r")?.map(|at| place_of(&at)).transpose()?;
    let style = attribute(start, "s")?.map(|style| style.parse().unwrap_or(0));
    let is_date = style.and_then(|style: usize| dates.get(style).copied()).unwrap_or(false);
    Ok(Head { at, kind: Kind::of(attribute(start, "t")?.as_deref()), is_date })
}

/// Row and column of a cell, counted from 0: of `B7` 6 and 1.
fn place_of(name: &str) -> Result<(u32, u32), SheetError> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters.clone().try_fold(0_u32, |column, letter| {
        column.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    let column = column.and_then(|column| column.checked_sub(1)).ok_or(SheetError::NotASheet)?;
    Ok((row_of(name.get(letters.count()..).unwrap_or_default())?, column))
}

/// A row, counted from 0.
fn row_of(number: &str) -> Result<u32, SheetError> {
    number.parse::<u32>().ok().and_then(|row| row.checked_sub(1)).ok_or(SheetError::NotASheet)
}

#[cfg(test)]
mod tests;

//! An empty list to fill in: headers that are understood, cells that keep long numbers whole, and the words
//! that a cell may hold to choose from.

use crate::platform::error::{AppError, AppResult};
use shared::{
    person::Sex,
    roster::{EmploymentState, REQUIRED_FIELDS, RosterField, StudyMode, StudyRoute, UpgradeIntent, column_letters},
};
use std::{
    collections::HashMap,
    fmt::Write as _,
    io::{Cursor, Write as _},
    sync::LazyLock,
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// The words of the roster. Lists are written in Chinese, whoever reads the page.
static WORDS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../shared/locales/zh-CN/roster.json")).unwrap_or_default()
});

/// Rows in which words can be chosen.
const ROWS: u32 = 5000;

/// What stands before the content of each part.
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// What every workbook consists of; the sheet is written by [`sheet`]. Format 49 is that of texts.
const PARTS: [(&str, &str); 5] = [
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
    ),
    (
        "xl/styles.xml",
        r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>"#,
    ),
];

/// The file.
///
/// # Errors
/// If it cannot be packed.
pub(super) fn template() -> AppResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let sheet = sheet();
    for (name, content) in PARTS.into_iter().chain([("xl/worksheets/sheet1.xml", sheet.as_str())]) {
        archive.start_file(name, SimpleFileOptions::default()).map_err(AppError::internal)?;
        archive.write_all(HEAD.as_bytes()).map_err(AppError::internal)?;
        archive.write_all(content.as_bytes()).map_err(AppError::internal)?;
    }
    Ok(archive.finish().map_err(AppError::internal)?.into_inner())
}

/// The one sheet: a row of headers that stays in sight, and below it cells of text.
fn sheet() -> String {
    let (mut headers, mut choices, mut count) = (String::new(), String::new(), 0);
    for (at, field) in (0_u16..).zip(RosterField::ALL) {
        let star = if REQUIRED_FIELDS.contains(field) { "*" } else { "" };
        let header = format!("{star}{}", word(&format!("field_{field}")));
        let column = column_letters(at);
        let _ = write!(headers, r#"<c r="{column}1" t="inlineStr" s="2"><is><t>{header}</t></is></c>"#);
        if let Some(words) = words_of(*field) {
            count += 1;
            let _ = write!(
                choices,
                r#"<dataValidation type="list" allowBlank="1" sqref="{column}2:{column}{ROWS}"><formula1>"{words}"</formula1></dataValidation>"#
            );
        }
    }
    let columns = RosterField::ALL.len();
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="{columns}" width="18" style="1" customWidth="1"/></cols><sheetData><row r="1">{headers}</row></sheetData><dataValidations count="{count}">{choices}</dataValidations></worksheet>"#
    )
}

/// The words that a field has, if they are few; a spreadsheet takes 255 characters of them.
fn words_of(field: RosterField) -> Option<String> {
    let words = match field {
        RosterField::Sex => named("sex", Sex::ALL.iter().map(|value| value.as_str())),
        RosterField::UpgradeIntent => named("intent", UpgradeIntent::ALL.iter().map(|value| value.as_str())),
        RosterField::StudyRoute => named("route", StudyRoute::ALL.iter().map(|value| value.as_str())),
        RosterField::StudyMode => named("mode", StudyMode::ALL.iter().map(|value| value.as_str())),
        RosterField::EmploymentState => named("employment", EmploymentState::ALL.iter().map(|value| value.as_str())),
        _ => return None,
    };
    Some(words.join(","))
}

fn named<'a>(kind: &str, values: impl Iterator<Item = &'a str>) -> Vec<&'static str> {
    values.map(|value| word(&format!("{kind}_{value}"))).collect()
}

fn word(key: &str) -> &'static str {
    WORDS.get(key).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::{super::sheet::read_rows, *};
    use shared::roster::propose_columns;
    use std::ops::ControlFlow;

    #[test]
    fn the_template_is_read_again_and_every_header_of_it_is_understood() {
        let mut rows = Vec::new();
        read_rows(&template().unwrap(), |row| {
            rows.push(row);
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(rows.len(), 1, "there is no row that could be taken for a person");
        let headers: Vec<_> = rows[0].1.iter().map(|cell| cell.text.as_str()).collect();
        let proposal = propose_columns(&headers, true);
        assert_eq!(proposal.mapping.0.len(), RosterField::ALL.len());
        assert_eq!((proposal.guessed, proposal.not_understood), (vec![], vec![]));
    }
}

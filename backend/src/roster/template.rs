//! An empty list to fill in: headers that are understood, cells that keep long numbers whole, and the words
//! that a cell may hold to choose from.

use crate::{
    exports,
    platform::{error::AppResult, words::word},
};
use shared::{
    person::Sex,
    roster::{EmploymentState, REQUIRED_FIELDS, RosterField, StudyMode, StudyRoute, UpgradeIntent, column_letters},
};
use std::{fmt::Write as _, io::Cursor};

/// Rows in which words can be chosen.
const ROWS: u32 = 5000;

/// The file.
///
/// # Errors
/// If it cannot be packed.
pub(super) fn template() -> AppResult<Vec<u8>> {
    Ok(exports::pack(Cursor::new(Vec::new()), &[("Sheet1", sheet())])?.into_inner())
}

/// The one sheet: a row of headers that stays in sight, and below it cells of text.
fn sheet() -> String {
    let (mut headers, mut choices, mut count) = (String::new(), String::new(), 0);
    for (at, field) in (0_u16..).zip(RosterField::ALL) {
        let star = if REQUIRED_FIELDS.contains(field) { "*" } else { "" };
        let header = format!("{star}{}", word(&format!("roster.field_{field}")));
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
    values.map(|value| word(&format!("roster.{kind}_{value}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::{
        super::sheet::{InMemory, read_rows},
        *,
    };
    use shared::roster::propose_columns;
    use std::ops::ControlFlow;

    #[test]
    fn the_template_is_read_again_and_every_header_of_it_is_understood() {
        let mut rows = Vec::new();
        read_rows(&mut Cursor::new(&template().unwrap()[..]), &InMemory, |row| {
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

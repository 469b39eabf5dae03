//! What was wrong with the rows that were not taken.

use super::{
    entity::{roster_batch, roster_faulty_row},
    reading::FaultyCells,
    seal::{Cell, open},
    store,
    upload::ImportRoster,
};
use crate::{
    access::Permit,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
        texts::{Language, text},
    },
};
use serde_json::{Value, json};
use shared::{
    page::{Page, PageQuery},
    roster::{CellFault, ColumnMapping, FaultyRow, RowRefusal},
};

/// Rows that are opened together for a correction file.
const ROWS: u64 = 1000;
/// A number of so many digits does not survive a spreadsheet.
const LONG_DIGITS: usize = 12;

/// The rows that were not taken, in their order, with every fault.
///
/// # Errors
/// If the store fails.
pub(super) async fn list(
    cx: &Services,
    batch: &roster_batch::Model,
    query: &PageQuery,
    language: Language,
) -> AppResult<Page<FaultyRow>> {
    let mapping: ColumnMapping = serde_json::from_str(&batch.mapping).map_err(AppError::internal)?;
    let after = decode_cursor(query)?.unwrap_or_default();
    let rows = store::list_faulty_rows(cx.db.read(), batch.id, after, query.rows() + 1).await?;
    let found = page(rows, query, |row| row.row);
    let items = found.items.iter().map(|row| {
        let FaultyCells { faults, .. } = cells_of(cx, row)?;
        let fault = |refusal: RowRefusal| CellFault {
            column: mapping.0.get(&refusal.field).copied(),
            reason: reason(&refusal, language),
            earlier_row: refusal.earlier_row,
            field: refusal.field,
            fault: refusal.fault,
            value: refusal.value,
        };
        let row = u32::try_from(row.row).map_err(AppError::internal)?;
        Ok(FaultyRow { row, faults: faults.into_iter().map(fault).collect() })
    });
    Ok(Page { items: items.collect::<AppResult<_>>()?, next_cursor: found.next_cursor })
}

/// The rows that were not taken as they stood in the list, each with what is wrong: to be corrected and
/// imported again. Numbers in it are whole, so who took it is audited.
///
/// # Errors
/// If the store fails.
pub(super) async fn correction_file(
    cx: &Services,
    permit: &Permit<ImportRoster>,
    batch: &roster_batch::Model,
    language: Language,
) -> AppResult<Vec<u8>> {
    let headers: Vec<String> = serde_json::from_str(&batch.headers).map_err(AppError::internal)?;
    let mut file = csv::WriterBuilder::new().flexible(true).from_writer(b"\xEF\xBB\xBF".to_vec());
    let title = text(language, "roster.what-is-wrong", &Value::Null);
    file.write_record(headers.iter().chain([&title])).map_err(AppError::internal)?;
    let (mut after, mut taken) = (0, 0_usize);
    loop {
        let rows = store::list_faulty_rows(cx.db.read(), batch.id, after, ROWS).await?;
        let Some(last) = rows.last() else { break };
        after = last.row;
        taken += rows.len();
        for row in &rows {
            let FaultyCells { mut cells, faults } = cells_of(cx, row)?;
            cells.resize(headers.len(), String::new());
            let reasons: Vec<_> = faults.iter().map(|refusal| reason(refusal, language)).collect();
            let cells = cells.iter().map(|cell| harmless(cell));
            file.write_record(cells.chain([reasons.join("; ")])).map_err(AppError::internal)?;
        }
    }
    cx.db
        .write(permit, async |tx| {
            tx.note("correction_file", taken);
            Ok(())
        })
        .await?;
    file.into_inner().map_err(AppError::internal)
}

fn cells_of(cx: &Services, row: &roster_faulty_row::Model) -> AppResult<FaultyCells> {
    open(cx, &Cell("roster_faulty_row", format!("{} {}", row.batch_id, row.row)), &row.content)
}

fn reason(refusal: &RowRefusal, language: Language) -> String {
    match refusal.earlier_row {
        Some(row) => text(language, "field.duplicate-of-row", &json!({ "row": row })),
        None => text(language, &format!("field.{}", refusal.fault), &Value::Null),
    }
}

/// A cell that no spreadsheet takes for a formula, and whose long number none destroys: it gets the
/// apostrophe by which a text is known, and which the import knows, too.
fn harmless(cell: &str) -> String {
    let is_long = cell.len() >= LONG_DIGITS && cell.starts_with(|first: char| first.is_ascii_digit());
    let is_long = is_long && cell.bytes().all(|byte| byte.is_ascii_digit() || byte.eq_ignore_ascii_case(&b'x'));
    if is_long { format!("'{cell}") } else { shared::exports::harmless(cell).into_owned() }
}

//! Items as a file that is sent: a text, a package, or a workbook in the shape of the template that teachers fill in.

use super::{
    history,
    template::{column, option_column},
};
use crate::{
    access::{Action, Permit},
    exports::{self, Cell, Filter, List, Part},
    platform::{
        Services,
        error::{AppError, AppResult},
        words::word,
    },
};
use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ContentEncoding},
};
use shared::{
    ids::{CourseId, ItemId},
    item_bank::{
        ALL_OF_THEM, ExportFormat, ExportItems, ItemBody, ItemEventKind, ItemRow, OPTION_COUNT, OutgoingItem, sheet_row,
    },
    page::Page,
};
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

/// The header that says how many items a file has, as of every list.
const ROWS: &str = "x-rows";

/// An item with its content and what its list says of it.
pub(super) struct Row {
    pub(super) row: ItemRow,
    pub(super) outgoing: OutgoingItem,
}

/// The bytes of a file: a package where there are several, else the text itself.
///
/// # Errors
/// If it cannot be packed.
pub(super) fn packed(format: ExportFormat, files: Vec<(String, Vec<u8>)>) -> AppResult<Vec<u8>> {
    match format {
        ExportFormat::Qti22 | ExportFormat::Qti30 => {
            let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
            for (path, content) in files {
                archive.start_file(path, SimpleFileOptions::default()).map_err(AppError::internal)?;
                archive.write_all(&content).map_err(AppError::internal)?;
            }
            Ok(archive.finish().map_err(AppError::internal)?.into_inner())
        }
        ExportFormat::Gift
        | ExportFormat::MoodleXml
        | ExportFormat::Own
        | ExportFormat::Workbook
        | ExportFormat::Pdf => Ok(files.into_iter().map(|(_, content)| content).next().unwrap_or_default()),
    }
}

/// A file as the answer; no cache keeps it.
pub(super) fn answer(format: ExportFormat, items: u32, file: Vec<u8>) -> HttpResponse {
    let (name, kind) = match format {
        ExportFormat::Qti22 => ("items.qti22.zip", "application/zip"),
        ExportFormat::Qti30 => ("items.qti30.zip", "application/zip"),
        ExportFormat::Gift => ("items.gift.txt", "text/plain; charset=utf-8"),
        ExportFormat::MoodleXml => ("items.moodle.xml", "application/xml; charset=utf-8"),
        ExportFormat::Workbook => ("items.xlsx", exports::WORKBOOK),
        ExportFormat::Pdf => ("items.pdf", "application/pdf"),
        ExportFormat::Own => ("items.chengxi.jsonl", "application/x-ndjson"),
    };
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(ContentEncoding::Identity)
        .insert_header((ROWS, items.to_string()))
        .body(file)
}

/// Items as a workbook, which is audited as every list is.
///
/// # Errors
/// As of [`exports::take`].
pub(super) async fn workbook<A: Action<Target = CourseId>>(
    cx: &Services,
    permit: &Permit<A>,
    asked: &ExportItems,
    rows: &[Row],
) -> AppResult<HttpResponse> {
    let list = List { name: "items", headers: headers(), filter: filter(asked, rows) };
    let cells: Vec<Vec<Cell>> = rows.iter().map(cells).collect();
    let taken: Vec<(ItemId, i32)> = rows.iter().map(|row| (row.row.id, row.row.version)).collect();
    let person = permit.person()?;
    exports::take_noting(
        cx,
        permit,
        list,
        async |_| Ok(Page { items: cells.clone(), next_cursor: None }),
        async |tx| history::note((cx, tx), ItemEventKind::Exported, person, &taken).await,
    )
    .await
}

/// By what the items were chosen, and which they are.
fn filter(asked: &ExportItems, rows: &[Row]) -> Filter {
    let course = rows.first().map(|row| row.row.course_title.clone());
    let course = course.map(|shown| Part { asked: asked.course_id.to_string(), shown });
    let filter = Filter::default().and("course_id", course);
    let filter = match &asked.only {
        Some(only) => filter.and_text("only", Some(&only.len().to_string())),
        None => filter
            .and("state", asked.state.map(|state| worded(state.as_str())))
            .and_text("module", asked.module.as_deref())
            .and("ability", asked.ability.map(|ability| worded(ability.as_str())))
            .and_text("text", asked.text.as_deref())
            .and("alike", asked.alike.then(alike_only))
            .and("kind", asked.traits.kind.map(|kind| worded(kind.as_str())))
            .and_text("knowledge_point", asked.traits.knowledge_point.as_deref())
            .and("band", asked.traits.band.map(|band| worded(band.as_str())))
            .and("source", asked.traits.source.map(|source| worded(&format!("source_{source}"))))
            .and("usage", asked.traits.usage.map(|usage| worded(usage.as_str())))
            .and_text("unused_since", asked.traits.unused_since.map(|day| day.to_string()).as_deref())
            .and("own", asked.traits.own.map(|own| worded(if own { "by_me" } else { "by_others" }))),
    };
    filter.noting("items", rows.iter().map(|row| row.outgoing.id.to_string()).collect::<Vec<_>>())
}

fn alike_only() -> Part {
    Part { asked: "true".to_owned(), shown: word("item_bank.alike_only").to_owned() }
}

/// A value that has a word.
fn worded(value: &str) -> Part {
    Part { asked: value.to_owned(), shown: word(&format!("item_bank.{value}")).to_owned() }
}

/// The columns of the template.
fn headers() -> Vec<String> {
    let named = |name: &str| column(name).to_owned();
    let options = (0..).take(*OPTION_COUNT.end()).map(option_column);
    let last = ["key", "points", "difficulty", "knowledge_point", "explanation", "course", "module"].map(named);
    [named("item_kind"), named("stem")].into_iter().chain(options).chain(last).collect()
}

/// The cells of an item. What it is worth is said by papers alone.
fn cells(row: &Row) -> Vec<Cell> {
    let (item, said) = (&row.outgoing.item, row.row.descriptor.as_ref());
    let sheet = sheet_row(item);
    let answer = match item.body {
        ItemBody::TrueFalse { key } => word(if key { "item_bank.is_true" } else { "item_bank.is_false" }).to_owned(),
        _ => sheet.answer,
    };
    let kind = word(&format!("item_bank.{}", row.row.kind));
    let options = (0..*OPTION_COUNT.end()).map(|place| Cell::from(sheet.options.get(place).cloned()));
    let mut cells = vec![Cell::from(kind), Cell::from(item.stem.clone())];
    cells.extend(options);
    cells.extend([
        Cell::from(answer),
        Cell::Empty,
        Cell::from(said.map(|said| share(said.difficulty))),
        Cell::from(said.map(|said| said.knowledge_point.clone())),
        Cell::from(item.explanation.clone()),
        Cell::from(row.row.course_title.clone()),
        Cell::from(said.map(|said| said.module.clone())),
    ]);
    cells
}

/// How many answer it right, as teachers write it: `0.65`.
fn share(of_a_thousand: u16) -> String {
    if of_a_thousand >= ALL_OF_THEM { "1".to_owned() } else { format!("0.{of_a_thousand:03}") }
}

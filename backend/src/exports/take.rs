//! A list becomes a file: read page by page, written row by row, audited before a byte of it leaves.

use super::{
    Cell, Filter,
    about::{about, watermark},
    answer::{answer, json_document},
    book::Book,
};
use crate::{
    access::{Action, Permit},
    identity,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::Allowance,
        words::word,
    },
};
use actix_web::{HttpResponse, web::block};
use serde_json::Value;
use shared::{exports::check_rows, page::Page};
use std::{
    fs::File,
    io::{BufWriter, IntoInnerError},
};
use tokio::sync::Semaphore;

/// Lists that one node makes files of at the same time; more wait.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Files that one account may take in a window: enough for a day of reports, too few to keep all nodes busy or to watch
/// a place file by file.
const FILES: Allowance = Allowance::hourly("export", 120);

/// A list that somebody takes away.
pub struct List {
    /// Which one: the name of the file, and of the words `exports.list_…`.
    pub name: &'static str,
    /// What stands above its columns.
    pub headers: Vec<String>,
    /// What it was narrowed down by.
    pub filter: Filter,
}

impl List {
    /// A list whose headers are the words `exports.column_…`.
    #[must_use]
    pub fn new(name: &'static str, columns: &[&str], filter: Filter) -> Self {
        let header = |column: &&str| word(&format!("exports.column_{column}")).to_owned();
        Self { name, headers: columns.iter().map(header).collect(), filter }
    }

    pub(super) fn title(&self) -> &'static str {
        word(&format!("exports.list_{}", self.name))
    }
}

type Sheet = Book<BufWriter<File>>;

/// Makes a file of a list, and answers with it. `read` brings the page at a cursor as the list itself shows
/// it to whom the permit was given, and nothing else.
///
/// The file lies in a place without a name until it is sent, so that whatever its length it takes no
/// memory, and nothing of it is left when the request is over. That somebody takes it, what they asked
/// for and how many rows they got is audited before the first byte is sent.
///
/// # Errors
/// `too-many`, `export-too-long` if it has more rows than `CHENGXI_EXPORT_MAX_ROWS`, or what `read` fails with.
pub async fn take<A: Action>(
    cx: &Services,
    permit: &Permit<A>,
    list: List,
    read: impl AsyncFnMut(Option<String>) -> AppResult<Page<Vec<Cell>>>,
) -> AppResult<HttpResponse> {
    take_noting(cx, permit, list, read, async |_: &Tx| Ok(())).await
}

/// The same; `note` keeps with the audit entry what its feature wants to know of the file.
///
/// # Errors
/// As [`take`], or what `note` fails with.
pub async fn take_noting<A: Action>(
    cx: &Services,
    permit: &Permit<A>,
    list: List,
    read: impl AsyncFnMut(Option<String>) -> AppResult<Page<Vec<Cell>>>,
    note: impl AsyncFn(&Tx) -> AppResult<()>,
) -> AppResult<HttpResponse> {
    FILES.take(cx, permit.person()?).await?;
    let _turn = TURNS.acquire().await.map_err(AppError::internal)?;
    let (sheet, rows) = write_rows(&list, cx.config.export_max_rows, read).await?;
    let taken_by = identity::name_of(cx, permit.person()?).await?;
    let now = cx.clock.now();
    let mark = watermark(&taken_by, now);
    let lines = about(&list, taken_by, rows, now);
    let file = block(move || finish(sheet, &mark, &lines)).await.map_err(AppError::internal)??;
    cx.db
        .write(permit, async |tx| {
            tx.note("exported", list.name);
            tx.note("filter", list.filter.asked());
            tx.note("rows", rows);
            note(tx).await
        })
        .await?;
    answer(list.name, rows, file)
}

/// Answers with rows as a document in JSON, for another system and not for a person; counted and audited as a list is,
/// and written while it is sent.
///
/// # Errors
/// `too-many`, or `export-too-long` if it has more rows than `CHENGXI_EXPORT_MAX_ROWS`.
pub async fn take_document<A: Action>(
    cx: &Services,
    permit: &Permit<A>,
    (name, filter): (&'static str, Filter),
    rows: impl ExactSizeIterator<Item = AppResult<Value>> + 'static,
) -> AppResult<HttpResponse> {
    FILES.take(cx, permit.person()?).await?;
    let count = u32::try_from(rows.len()).map_err(AppError::internal)?;
    check_rows(count, cx.config.export_max_rows).map_err(AppError::refused)?;
    cx.db
        .write(permit, async |tx| {
            tx.note("exported", name);
            tx.note("filter", filter.asked());
            tx.note("rows", count);
            Ok(())
        })
        .await?;
    Ok(json_document(name, rows))
}

/// The list without its end, and how many rows it has.
async fn write_rows(
    list: &List,
    limit: u32,
    mut read: impl AsyncFnMut(Option<String>) -> AppResult<Page<Vec<Cell>>>,
) -> AppResult<(Sheet, u32)> {
    let file = tempfile::tempfile().map_err(AppError::internal)?;
    let names = [list.title(), word("exports.about")];
    let mut sheet = Book::begin(BufWriter::new(file), names, &list.headers)?;
    let (mut rows, mut cursor) = (0, None);
    loop {
        let page = read(cursor).await?;
        rows += u32::try_from(page.items.len()).map_err(AppError::internal)?;
        check_rows(rows, limit).map_err(AppError::refused)?;
        sheet = block(move || add_all(sheet, &page.items)).await.map_err(AppError::internal)??;
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok((sheet, rows));
        }
    }
}

fn add_all(mut sheet: Sheet, rows: &[Vec<Cell>]) -> AppResult<Sheet> {
    for row in rows {
        sheet.add(row)?;
    }
    Ok(sheet)
}

fn finish(sheet: Sheet, mark: &str, lines: &[(String, Cell)]) -> AppResult<File> {
    sheet.end(mark, lines)?.into_inner().map_err(IntoInnerError::into_error).map_err(AppError::internal)
}

//! Uploaded lists as a file: what came in, and what became of it.

use super::{BatchQuery, list};
use crate::{
    access::{Actor, actions, authorize_where_held},
    exports::{self, Cell, Filter, List, named, worded},
    identity, organisation,
    platform::{Services, error::AppResult, words::day},
};
use actix_web::HttpResponse;
use shared::{
    organisation::DivisionCode,
    page::Page,
    roster::{BatchState, BatchView},
    work::ListWait,
};

/// Which list it is.
const LIST: &str = "roster_batches";
/// Its columns.
const COLUMNS: [&str; 10] = [
    "file",
    "listed_in",
    "school",
    "state",
    "added",
    "already_there",
    "not_taken",
    "uploaded_by",
    "uploaded_on",
    "imported_on",
];

actions! {
    /// Take a list of uploaded lists away as a file.
    ExportBatches(&'static str) = ReadRoster;
}

/// The uploaded lists of a list, as a file.
///
/// # Errors
/// Those of [`list`], and `export-too-long`.
pub(in crate::roster) async fn export(cx: &Services, actor: &Actor, query: &BatchQuery) -> AppResult<HttpResponse> {
    let permit = authorize_where_held::<ExportBatches>(actor, LIST)?;
    let filter = Filter::default()
        .and("waits", worded("roster.waits", query.waits().map(ListWait::as_str)))
        .and("division", exports::division(cx, query.division.as_ref().map(DivisionCode::as_str)).await?)
        .and("provider_id", exports::school(cx, query.provider_id).await?)
        .and("state", worded("roster.list", query.state.map(BatchState::as_str)));
    exports::take(cx, &permit, List::new(LIST, &COLUMNS, filter), async |cursor| {
        let page = list(cx, actor, query.from(cursor)).await?;
        Ok(Page { items: rows(cx, page.items).await?, next_cursor: page.next_cursor })
    })
    .await
}

async fn rows(cx: &Services, batches: Vec<BatchView>) -> AppResult<Vec<Vec<Cell>>> {
    let divisions = organisation::division_names(cx, batches.iter().map(|batch| batch.division.as_str())).await?;
    let schools = organisation::provider_names(cx, batches.iter().filter_map(|batch| batch.provider_id)).await?;
    let hands: Vec<_> = batches.iter().map(|batch| batch.uploaded_by).collect();
    let hands = identity::names_of(cx, &hands).await?;
    let row = |batch: BatchView| {
        vec![
            batch.file_name.into(),
            divisions.get(&batch.division).cloned().into(),
            batch.provider_id.and_then(|id| schools.get(&id).cloned()).into(),
            named("roster.list", Some(batch.state.as_str())),
            batch.report.added.into(),
            batch.report.already_there.into(),
            (batch.report.faulty + batch.report.kept_elsewhere).into(),
            hands.get(&batch.uploaded_by).cloned().into(),
            day(batch.uploaded_at).into(),
            batch.imported_at.map(day).into(),
        ]
    };
    Ok(batches.into_iter().map(row).collect())
}

//! Changes of school as a file.

use super::{SchoolChangeQuery, list};
use crate::{
    access::{Actor, actions, authorize_where_held},
    exports::{self, Cell, Filter, List, Part, named, worded},
    platform::{
        Services,
        error::AppResult,
        words::{day, word},
    },
};
use actix_web::HttpResponse;
use shared::{
    enrolment::SchoolChangeView, organisation::DivisionCode, page::Page, people::TransferState, person::mask_numbers,
};

/// Which list it is.
const LIST: &str = "school_changes";
/// Its columns.
const COLUMNS: [&str; 10] = [
    "name",
    "learner_number",
    "level",
    "from_school",
    "to_school",
    "reason",
    "state",
    "proposed_on",
    "decided_on",
    "answer",
];

actions! {
    /// Take a list of changes of school away as a file.
    ExportSchoolChanges(&'static str) = KeepEnrolments;
}

/// The changes of a list, as a file.
///
/// # Errors
/// Those of [`list`], and `export-too-long`.
pub(super) async fn export(cx: &Services, actor: &Actor, query: &SchoolChangeQuery) -> AppResult<HttpResponse> {
    let permit = authorize_where_held::<ExportSchoolChanges>(actor, LIST)?;
    let waits = || Part { asked: "true".to_owned(), shown: word("exports.waits_answer").to_owned() };
    let filter = Filter::default()
        .and("waits", query.waits.then(waits))
        .and("division", exports::division(cx, query.division.as_ref().map(DivisionCode::as_str)).await?)
        .and("provider_id", exports::school(cx, query.provider_id).await?)
        .and("state", worded("people.transfer", query.state.map(TransferState::as_str)));
    exports::take(cx, &permit, List::new(LIST, &COLUMNS, filter), async |cursor| {
        let page = list(cx, actor, query.from(cursor)).await?;
        Ok(Page { items: page.items.into_iter().map(row).collect(), next_cursor: page.next_cursor })
    })
    .await
}

fn row(change: SchoolChangeView) -> Vec<Cell> {
    vec![
        change.name_masked.into(),
        change.learner_number.into(),
        named("learning.author", Some(change.level.as_str())),
        change.from_name.into(),
        change.to_name.into(),
        mask_numbers(&change.reason).into(),
        named("people.transfer", Some(change.state.as_str())),
        day(change.proposed_at).into(),
        change.decided_at.map(day).into(),
        change.answer.as_deref().map(mask_numbers).into(),
    ]
}

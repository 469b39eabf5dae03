//! Requests to have something corrected, as a file; numbers are masked.

use super::views::{self, CorrectionQuery};
use crate::{
    access::{Actor, actions, authorize_where_held},
    exports::{self, Cell, Filter, List, named, worded},
    platform::{Services, error::AppResult, words::day},
};
use actix_web::HttpResponse;
use shared::{
    organisation::DivisionCode,
    page::Page,
    people::{CorrectionField, CorrectionState, CorrectionView},
    person::{EducationLevel, Sex, mask_numbers},
};

/// Which list it is.
const LIST: &str = "corrections";
/// Its columns.
const COLUMNS: [&str; 9] = ["name", "field", "former", "stated", "reason", "state", "asked_on", "decided_on", "answer"];

actions! {
    /// Take a list of requests away as a file.
    ExportCorrections(&'static str) = KeepPeople;
}

/// The requests of a list, as a file.
///
/// # Errors
/// Those of [`views::list`], and `export-too-long`.
pub(super) async fn export(cx: &Services, actor: &Actor, query: &CorrectionQuery) -> AppResult<HttpResponse> {
    let permit = authorize_where_held::<ExportCorrections>(actor, LIST)?;
    let filter = Filter::default()
        .and("division", exports::division(cx, query.division.as_ref().map(DivisionCode::as_str)).await?)
        .and("provider_id", exports::school(cx, query.provider_id).await?)
        .and("state", worded("people.correction", query.state.map(CorrectionState::as_str)));
    exports::take(cx, &permit, List::new(LIST, &COLUMNS, filter), async |cursor| {
        let page = views::list(cx, actor, query.from(cursor)).await?;
        Ok(Page { items: page.items.into_iter().map(row).collect(), next_cursor: page.next_cursor })
    })
    .await
}

fn row(request: CorrectionView) -> Vec<Cell> {
    vec![
        request.person_name.into(),
        named("exports.field", Some(request.field.as_str())),
        in_words(request.field, &request.former),
        in_words(request.field, &request.stated),
        mask_numbers(&request.reason).into(),
        named("people.correction", Some(request.state.as_str())),
        day(request.asked_at).into(),
        request.decided_at.map(day).into(),
        request.answer.as_deref().map(mask_numbers).into(),
    ]
}

/// What stood or is to stand in a field; codes become words.
fn in_words(field: CorrectionField, text: &str) -> Cell {
    match field {
        CorrectionField::Sex => named("people.sex", Sex::parse(text).map(Sex::as_str)),
        CorrectionField::Education => named("roster.education", EducationLevel::parse(text).map(EducationLevel::code)),
        _ => text.into(),
    }
}

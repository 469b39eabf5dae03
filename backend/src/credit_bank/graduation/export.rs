//! A part of the register as a file.

use super::{
    ExportDiplomas,
    register::{self, DiplomaQuery},
};
use crate::{
    access::{Actor, authorize_where_held},
    exports::{self, Cell, Filter, List, Part, named},
    platform::{Services, error::AppResult, words::word},
};
use actix_web::HttpResponse;
use shared::{credit_bank::DiplomaView, page::Page, time::write_date};

/// Which list it is.
const LIST: &str = "diplomas";
/// Its columns.
const COLUMNS: [&str; 9] =
    ["name", "learner_number", "level", "school", "diploma_number", "issuer", "issued_on", "state", "extracts"];

/// The diplomas of a list, as a file.
///
/// # Errors
/// Those of [`register::list`], and `export-too-long`.
pub(super) async fn export(cx: &Services, actor: &Actor, query: &DiplomaQuery) -> AppResult<HttpResponse> {
    let permit = authorize_where_held::<ExportDiplomas>(actor, LIST)?;
    let waits = || Part { asked: "true".to_owned(), shown: word("graduation.diploma_in_question").to_owned() };
    let filter = Filter::default()
        .and("waits", query.waits().then(waits))
        .and_text("number", query.number.as_deref())
        .and_text("name", query.name.as_deref());
    exports::take(cx, &permit, List::new(LIST, &COLUMNS, filter), async |cursor| {
        let page = register::list(cx, actor, query.from(cursor)).await?;
        Ok(Page { items: page.items.into_iter().map(row).collect(), next_cursor: page.next_cursor })
    })
    .await
}

fn row(diploma: DiplomaView) -> Vec<Cell> {
    vec![
        diploma.holder_name.into(),
        diploma.learner_number.into(),
        named("learning.author", Some(diploma.level.as_str())),
        diploma.school.into(),
        diploma.number.into(),
        diploma.issuer.into(),
        write_date(diploma.issued_on).into(),
        named("graduation.diploma", Some(diploma.state.as_str())),
        diploma.extracts.into(),
    ]
}

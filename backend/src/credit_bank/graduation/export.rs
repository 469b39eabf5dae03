//! Lists of graduates, and a part of the register, as files.

use super::{
    ExportDiplomas, ExportGraduations,
    lists::{self, GraduationQuery},
    register::{self, DiplomaQuery},
};
use crate::{
    access::{Actor, authorize_where_held},
    exports::{self, Cell, Filter, List, Part, named, worded},
    platform::{
        Services,
        error::AppResult,
        words::{day, word},
    },
};
use actix_web::HttpResponse;
use shared::{
    credit_bank::{DiplomaView, GraduationRow, GraduationState},
    organisation::DivisionCode,
    page::Page,
    time::write_date,
    work::GraduationWait,
};

/// The lists of graduates.
const GRADUATIONS: &str = "graduations";
/// Their columns.
const OF_GRADUATIONS: [&str; 7] = ["class", "school", "level", "graduates", "proposed_on", "state", "reason"];
/// The register.
const LIST: &str = "diplomas";
/// Its columns.
const COLUMNS: [&str; 9] =
    ["name", "learner_number", "level", "school", "diploma_number", "issuer", "issued_on", "state", "extracts"];

/// The lists of graduates that a list shows, as a file.
///
/// # Errors
/// Those of [`lists::list`], and `export-too-long`.
pub(super) async fn export_lists(cx: &Services, actor: &Actor, query: &GraduationQuery) -> AppResult<HttpResponse> {
    let permit = authorize_where_held::<ExportGraduations>(actor, GRADUATIONS)?;
    let filter = Filter::default()
        .and("waits", worded("graduation.waits", query.waits.map(GraduationWait::as_str)))
        .and("division", exports::division(cx, query.division.as_ref().map(DivisionCode::as_str)).await?)
        .and("provider_id", exports::school(cx, query.provider_id).await?)
        .and("state", worded("graduation.state", query.state.map(GraduationState::as_str)));
    exports::take(cx, &permit, List::new(GRADUATIONS, &OF_GRADUATIONS, filter), async |cursor| {
        let page = lists::list(cx, actor, query.from(cursor)).await?;
        Ok(Page { items: page.items.into_iter().map(row_of_list).collect(), next_cursor: page.next_cursor })
    })
    .await
}

fn row_of_list(list: GraduationRow) -> Vec<Cell> {
    vec![
        list.class_name.into(),
        list.provider_name.into(),
        named("learning.author", Some(list.level.as_str())),
        list.learners.into(),
        day(list.proposed_at).into(),
        named("graduation.state", Some(list.state.as_str())),
        list.reason.into(),
    ]
}

/// The diplomas of a list, as a file.
///
/// # Errors
/// Those of [`register::list`], and `export-too-long`.
pub(super) async fn export(cx: &Services, actor: &Actor, query: &DiplomaQuery) -> AppResult<HttpResponse> {
    let permit = authorize_where_held::<ExportDiplomas>(actor, LIST)?;
    let waits = || Part { asked: "true".to_owned(), shown: word("graduation.diploma_in_question").to_owned() };
    let filter = Filter::default()
        .and("waits", query.waits().then(waits))
        .and("division", exports::division(cx, query.division.as_ref().map(DivisionCode::as_str)).await?)
        .and("provider_id", exports::school(cx, query.provider_id).await?)
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

//! Records of learners as a file.

use super::list::{self, RecordQuery};
use crate::{
    access::{Actor, ClassRoll, actions, authorize_where_held},
    exports::{self, Cell, Filter, List, Part, class, named, worded},
    organisation, people,
    platform::{Services, error::AppResult, words::day},
};
use actix_web::HttpResponse;
use shared::{
    enrolment::{EnrolmentRow, RecordState},
    learning::CourseLevel,
    organisation::DivisionCode,
    page::Page,
    time::write_date,
};

/// Which list it is.
const LIST: &str = "enrolments";
/// Its columns.
const COLUMNS: [&str; 8] =
    ["name", "learner_number", "level", "state", "school", "division", "enrolled_on", "moved_on"];

actions! {
    /// Take a list of records away as a file.
    ExportEnrolments(&'static str) = ReadEnrolments;
}

/// The records of a list, as a file.
///
/// # Errors
/// Those of [`list::list`], and `export-too-long`.
pub(super) async fn export(
    cx: &Services,
    actor: &Actor,
    query: &RecordQuery,
    of_class: Option<&ClassRoll>,
) -> AppResult<HttpResponse> {
    let permit = authorize_where_held::<ExportEnrolments>(actor, LIST)?;
    let list = List::new(LIST, &COLUMNS, filter(cx, actor, query).await?.and("class_id", of_class.map(class)));
    exports::take(cx, &permit, list, async |cursor| {
        let page = list::list(cx, actor, query.from(cursor), of_class).await?;
        Ok(Page { items: rows(cx, page.items).await?, next_cursor: page.next_cursor })
    })
    .await
}

async fn filter(cx: &Services, actor: &Actor, query: &RecordQuery) -> AppResult<Filter> {
    let person = match query.person_id {
        Some(id) => {
            // Who may not know of them learns no name.
            let shown = people::visible_facts(cx, actor, id).await.map(|facts| facts.name);
            Some(Part { asked: id.to_string(), shown: shown.unwrap_or_else(|_| id.to_string()) })
        }
        None => None,
    };
    Ok(Filter::default()
        .and("division", exports::division(cx, query.division.as_ref().map(DivisionCode::as_str)).await?)
        .and("provider_id", exports::school(cx, query.provider_id).await?)
        .and("state", worded("enrolment.state", query.state.map(RecordState::as_str)))
        .and("level", worded("learning.author", query.level.map(CourseLevel::as_str)))
        .and("person_id", person)
        .and_text("name", query.name.as_deref()))
}

async fn rows(cx: &Services, records: Vec<EnrolmentRow>) -> AppResult<Vec<Vec<Cell>>> {
    let divisions = organisation::division_names(cx, records.iter().map(|row| row.division.as_str())).await?;
    let row = |row: EnrolmentRow| {
        vec![
            row.name.into(),
            row.learner_number.into(),
            named("learning.author", Some(row.level.as_str())),
            named("enrolment.state", Some(row.state.as_str())),
            row.provider_name.into(),
            divisions.get(&row.division).cloned().into(),
            write_date(row.enrolled_on).into(),
            day(row.moved_at).into(),
        ]
    };
    Ok(records.into_iter().map(row).collect())
}

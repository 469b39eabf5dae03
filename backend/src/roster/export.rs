//! The roster as a file.

use super::{
    list::{self, RosterQuery},
    rounds,
};
use crate::{
    access::{Actor, ClassRoll, actions, authorize_where_held},
    exports::{self, Cell, Filter, List, Part, class, named, worded},
    identity, organisation,
    platform::{Services, error::AppResult, words::word},
};
use actix_web::HttpResponse;
use shared::{
    page::Page,
    person::Sex,
    roster::{EntryRow, RosterState, RoundStanding, StudyRoute, UpgradeIntent},
};

/// Which list it is.
const LIST: &str = "roster";
/// Its columns.
const COLUMNS: [&str; 11] = [
    "name",
    "sex",
    "birth_year",
    "listed_in",
    "school",
    "residence",
    "education",
    "intent",
    "route",
    "surveyor",
    "state",
];

actions! {
    /// Take a roster away as a file.
    ExportRoster(&'static str) = ReadRoster;
}

/// The persons of a list, as a file.
///
/// # Errors
/// Those of [`list::list`], and `export-too-long`.
pub(super) async fn export(
    cx: &Services,
    actor: &Actor,
    query: &RosterQuery,
    of_class: Option<&ClassRoll>,
) -> AppResult<HttpResponse> {
    let permit = authorize_where_held::<ExportRoster>(actor, LIST)?;
    let list = List::new(LIST, &COLUMNS, filter(cx, query).await?.and("class_id", of_class.map(class)));
    exports::take(cx, &permit, list, async |cursor| {
        let page = list::list(cx, actor, query.from(cursor), of_class).await?;
        Ok(Page { items: rows(cx, page.items).await?, next_cursor: page.next_cursor })
    })
    .await
}

async fn filter(cx: &Services, query: &RosterQuery) -> AppResult<Filter> {
    let surveyor = match query.surveyor_id {
        Some(id) => {
            let shown = identity::names_of(cx, &[id]).await?.remove(&id).unwrap_or_default();
            Some(Part { asked: id.to_string(), shown })
        }
        None => None,
    };
    let round = rounds::named(cx, query.round_id).await?;
    let unassigned =
        query.unassigned.then(|| Part { asked: "true".to_owned(), shown: word("roster.nobody_sent").to_owned() });
    Ok(Filter::default()
        .and("division", exports::division(cx, query.division.as_deref()).await?)
        .and("provider_id", exports::school(cx, query.provider_id).await?)
        .and("state", worded("roster.state", query.state.map(RosterState::as_str)))
        .and("intent", worded("roster.intent", query.intent.map(UpgradeIntent::as_str)))
        .and("surveyor_id", surveyor)
        .and("unassigned", unassigned)
        .and("round_id", round)
        .and("in_round", worded("roster.round", query.in_round.map(RoundStanding::as_str)))
        .and_text("name", query.name.as_deref()))
}

async fn rows(cx: &Services, entries: Vec<EntryRow>) -> AppResult<Vec<Vec<Cell>>> {
    let codes = entries.iter().flat_map(|row| [row.division.as_str(), row.residence_division.as_str()]);
    let divisions = organisation::division_names(cx, codes).await?;
    let schools = organisation::provider_names(cx, entries.iter().filter_map(|row| row.provider_id)).await?;
    let surveyors: Vec<_> = entries.iter().filter_map(|row| row.surveyor_id).collect();
    let surveyors = identity::names_of(cx, &surveyors).await?;
    let row = |row: EntryRow| {
        vec![
            row.name.into(),
            named("roster.sex", row.sex.map(Sex::as_str)),
            row.birth_year.into(),
            divisions.get(&row.division).cloned().into(),
            row.provider_id.and_then(|id| schools.get(&id).cloned()).into(),
            divisions.get(&row.residence_division).cloned().into(),
            named("roster.education", row.education_level.as_deref()),
            named("roster.intent", row.intent.map(UpgradeIntent::as_str)),
            named("roster.route", row.study_route.map(StudyRoute::as_str)),
            row.surveyor_id.and_then(|id| surveyors.get(&id).cloned()).into(),
            named("roster.state", Some(row.state.as_str())),
        ]
    };
    Ok(entries.into_iter().map(row).collect())
}

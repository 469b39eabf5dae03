//! Persons as a file, every number masked.

use super::views::{self, PeopleQuery};
use crate::{
    access::{Actor, ClassRoll, actions, authorize_where_held},
    exports::{self, Cell, Filter, List, class, named, worded},
    organisation,
    platform::{Services, error::AppResult, words::day},
};
use actix_web::HttpResponse;
use shared::{
    organisation::DivisionCode,
    page::Page,
    people::{PersonState, PersonView},
    person::Sex,
};

/// Which list it is.
const LIST: &str = "people";
/// Its columns.
const COLUMNS: [&str; 12] = [
    "name",
    "sex",
    "birth_year",
    "document_kind",
    "document_number",
    "phone",
    "residence",
    "household",
    "kept_at",
    "school",
    "state",
    "created_on",
];

actions! {
    /// Take a list of persons away as a file.
    ExportPeople(&'static str) = ReadPeople;
}

/// The persons of a list, as a file.
///
/// # Errors
/// Those of [`views::list`], and `export-too-long`.
pub(super) async fn export(
    cx: &Services,
    actor: &Actor,
    query: &PeopleQuery,
    of_class: Option<&ClassRoll>,
) -> AppResult<HttpResponse> {
    let permit = authorize_where_held::<ExportPeople>(actor, LIST)?;
    let division = query.division.as_ref().map(DivisionCode::as_str);
    let filter = Filter::default()
        .and("division", exports::division(cx, division).await?)
        .and("provider_id", exports::school(cx, query.provider_id).await?)
        .and("state", worded("people.person", query.state.map(PersonState::as_str)))
        .and("class_id", of_class.map(class))
        .and_text("name", query.name.as_deref());
    exports::take(cx, &permit, List::new(LIST, &COLUMNS, filter), async |cursor| {
        let page = views::list(cx, actor, query.from(cursor), of_class).await?;
        Ok(Page { items: rows(cx, page.items).await?, next_cursor: page.next_cursor })
    })
    .await
}

async fn rows(cx: &Services, people: Vec<PersonView>) -> AppResult<Vec<Vec<Cell>>> {
    let codes = |person: &PersonView| {
        [&person.division, &person.residence_division, &person.household_division].map(ToOwned::to_owned)
    };
    let codes: Vec<String> = people.iter().flat_map(codes).collect();
    let divisions = organisation::division_names(cx, codes.iter().map(String::as_str)).await?;
    let schools = organisation::provider_names(cx, people.iter().filter_map(|person| person.provider_id)).await?;
    let row = |person: PersonView| {
        let document = person.documents.into_iter().find(|document| document.ended_at.is_none());
        vec![
            person.name.into(),
            named("people.sex", person.sex.map(Sex::as_str)),
            person.birth_year.into(),
            named("roster.document", document.as_ref().map(|document| document.kind.as_str())),
            document.map(|document| document.number_masked).into(),
            person.phone_masked.into(),
            divisions.get(&person.residence_division).cloned().into(),
            divisions.get(&person.household_division).cloned().into(),
            divisions.get(&person.division).cloned().into(),
            person.provider_id.and_then(|id| schools.get(&id).cloned()).into(),
            named("people.person", Some(person.state.as_str())),
            day(person.created_at).into(),
        ]
    };
    Ok(people.into_iter().map(row).collect())
}

//! Who may do what, as a file.

use crate::{
    access::{Actor, PlaceBook, actions, authorize_where_held},
    exports::{self, Cell, Filter, List, Part, named, worded},
    identity::{self, GrantsQuery},
    platform::{
        Services,
        error::AppResult,
        words::{day, word},
    },
};
use actix_web::HttpResponse;
use shared::{
    identity::{NamedPlace, RoleGrantView},
    ids::ServicePointId,
    organisation::DivisionCode,
    page::{MAX_PAGE_ROWS, Page, PageQuery},
    person::mask_numbers,
    rights::{GrantState, Role},
};
use std::slice;

/// Which list it is.
const LIST: &str = "role_grants";
/// Its columns.
const COLUMNS: [&str; 10] = [
    "name",
    "account",
    "role",
    "place",
    "state",
    "granted_on",
    "granted_by",
    "confirmed_by",
    "ended_on",
    "ended_because",
];

actions! {
    /// Take the list of roles away as a file.
    ExportGrants(&'static str) = ReadRights;
}

/// The roles of a list, as a file.
///
/// # Errors
/// `forbidden` if the actor may know of rights nowhere, and `export-too-long`.
pub(super) async fn export(
    cx: &Services,
    book: &dyn PlaceBook,
    actor: &Actor,
    query: &GrantsQuery,
) -> AppResult<HttpResponse> {
    let permit = authorize_where_held::<ExportGrants>(actor, LIST)?;
    let account = match query.account_id {
        Some(id) => {
            let shown = identity::names_of(cx, &[id]).await?.remove(&id).unwrap_or_default();
            Some(Part { asked: id.to_string(), shown })
        }
        None => None,
    };
    let filter = Filter::default()
        .and("division", exports::division(cx, query.division.as_ref().map(DivisionCode::as_str)).await?)
        .and("provider_id", exports::school(cx, query.provider_id).await?)
        .and("service_point_id", at_point(book, query.service_point_id).await?)
        .and("account_id", account)
        .and("role", worded("identity.role", query.role.map(Role::as_str)))
        .and("state", query.state.map(in_state));
    exports::take(cx, &permit, List::new(LIST, &COLUMNS, filter), async |cursor| {
        let of_page = PageQuery { cursor, limit: Some(MAX_PAGE_ROWS) };
        let page = identity::role_grants(cx, book, actor, (query, &of_page)).await?;
        Ok(Page { items: page.items.into_iter().map(row).collect(), next_cursor: page.next_cursor })
    })
    .await
}

/// The service point to which the list is narrowed down.
async fn at_point(book: &dyn PlaceBook, id: Option<ServicePointId>) -> AppResult<Option<Part>> {
    let Some(id) = id else { return Ok(None) };
    let shown = match book.find(&NamedPlace::ServicePoint { id }).await? {
        Some(place) => book.names(slice::from_ref(&place)).await?.remove(&place).unwrap_or_default(),
        None => String::new(),
    };
    Ok(Some(Part { asked: id.to_string(), shown }))
}

fn state_name(state: GrantState) -> &'static str {
    word(&format!("rights.{state}"))
}

fn in_state(state: GrantState) -> Part {
    Part { asked: state.as_str().to_owned(), shown: state_name(state).to_owned() }
}

fn row(grant: RoleGrantView) -> Vec<Cell> {
    vec![
        grant.display_name.into(),
        grant.login_name.into(),
        named("identity.role", Some(grant.role.as_str())),
        grant.place_name.into(),
        state_name(grant.state).into(),
        day(grant.granted_at).into(),
        grant.granted_by.into(),
        grant.confirmed_by.into(),
        grant.ended_at.map(day).into(),
        grant.ended_because.as_deref().map(mask_numbers).into(),
    ]
}

//! Providers, teaching points, service points and exam sites, as files.

use crate::{
    access::{Actor, actions, authorize_where_held},
    exports::{self, Cell, Filter, List, named, worded},
    organisation::{self, OfKind, OfProvider, PlaceFilter},
    platform::{Services, error::AppResult, words::word},
};
use actix_web::HttpResponse;
use shared::{
    organisation::{
        DivisionCode, ExamSiteView, OpenState, PointStaff, ProviderKind, ProviderView, ServicePointView,
        TeachingPointView,
    },
    page::{MAX_PAGE_ROWS, Page, PageQuery},
};

actions! {
    /// Take a list of the organisation away as a file.
    ExportPlaces(&'static str) = ReadOrganisation;
}

/// Providers as a file.
///
/// # Errors
/// `forbidden`, and `export-too-long`.
pub(super) async fn providers(
    cx: &Services,
    actor: &Actor,
    (filter, of): (&PlaceFilter, &OfKind),
) -> AppResult<HttpResponse> {
    const LIST: &str = "providers";
    const COLUMNS: [&str; 6] = ["place_name", "kind", "org_code", "credit_code", "division", "state"];
    let permit = authorize_where_held::<ExportPlaces>(actor, LIST)?;
    let parts =
        parts(cx, filter).await?.and("kind", worded("organisation.provider", of.kind.map(ProviderKind::as_str)));
    exports::take(cx, &permit, List::new(LIST, &COLUMNS, parts), async |cursor| {
        let page = organisation::providers_within(cx, actor, (filter, of, &page_at(cursor))).await?;
        Ok(rows(page, provider))
    })
    .await
}

/// Teaching points as a file.
///
/// # Errors
/// `forbidden`, and `export-too-long`.
pub(super) async fn teaching_points(
    cx: &Services,
    actor: &Actor,
    (filter, of): (&PlaceFilter, &OfProvider),
) -> AppResult<HttpResponse> {
    const LIST: &str = "teaching_points";
    const COLUMNS: [&str; 6] = ["place_name", "school", "division", "address", "office_phone", "state"];
    let permit = authorize_where_held::<ExportPlaces>(actor, LIST)?;
    let parts = parts(cx, filter).await?.and("provider_id", exports::school(cx, of.provider_id).await?);
    exports::take(cx, &permit, List::new(LIST, &COLUMNS, parts), async |cursor| {
        let page = organisation::teaching_points_within(cx, actor, (filter, of, &page_at(cursor))).await?;
        Ok(rows(page, teaching_point))
    })
    .await
}

/// Service points as a file.
///
/// # Errors
/// `forbidden`, and `export-too-long`.
pub(super) async fn service_points(
    cx: &Services,
    actor: &Actor,
    (filter, of): (&PlaceFilter, &OfProvider),
) -> AppResult<HttpResponse> {
    const LIST: &str = "service_points";
    const COLUMNS: [&str; 8] =
        ["place_name", "school", "division", "address", "office_phone", "opening_hours", "staff", "state"];
    let permit = authorize_where_held::<ExportPlaces>(actor, LIST)?;
    let parts = parts(cx, filter).await?.and("provider_id", exports::school(cx, of.provider_id).await?);
    exports::take(cx, &permit, List::new(LIST, &COLUMNS, parts), async |cursor| {
        let page = organisation::service_points_within(cx, actor, (filter, of, &page_at(cursor))).await?;
        Ok(rows(page, service_point))
    })
    .await
}

/// Exam sites as a file.
///
/// # Errors
/// `forbidden`, and `export-too-long`.
pub(super) async fn exam_sites(cx: &Services, actor: &Actor, filter: &PlaceFilter) -> AppResult<HttpResponse> {
    const LIST: &str = "exam_sites";
    const COLUMNS: [&str; 8] =
        ["place_name", "division", "address", "seats", "access", "contact_name", "office_phone", "state"];
    let permit = authorize_where_held::<ExportPlaces>(actor, LIST)?;
    let parts = parts(cx, filter).await?;
    exports::take(cx, &permit, List::new(LIST, &COLUMNS, parts), async |cursor| {
        let page = organisation::exam_sites_within(cx, actor, (filter, &page_at(cursor))).await?;
        Ok(rows(page, exam_site))
    })
    .await
}

/// What every list of places is narrowed down by.
async fn parts(cx: &Services, filter: &PlaceFilter) -> AppResult<Filter> {
    Ok(Filter::default()
        .and("division", exports::division(cx, filter.division.as_ref().map(DivisionCode::as_str)).await?)
        .and("state", worded("exports.place", filter.state.map(OpenState::as_str)))
        .and_text("name", filter.name.as_deref()))
}

fn page_at(cursor: Option<String>) -> PageQuery {
    PageQuery { cursor, limit: Some(MAX_PAGE_ROWS) }
}

fn rows<T>(page: Page<T>, row: fn(T) -> Vec<Cell>) -> Page<Vec<Cell>> {
    Page { items: page.items.into_iter().map(row).collect(), next_cursor: page.next_cursor }
}

fn state(state: OpenState) -> Cell {
    named("exports.place", Some(state.as_str()))
}

fn provider(row: ProviderView) -> Vec<Cell> {
    vec![
        row.name.into(),
        named("organisation.provider", Some(row.kind.as_str())),
        row.org_code.into(),
        row.credit_code.into(),
        row.division_name.into(),
        state(row.state),
    ]
}

fn teaching_point(row: TeachingPointView) -> Vec<Cell> {
    vec![
        row.name.into(),
        row.provider_name.into(),
        row.division_name.into(),
        row.address.into(),
        row.phone.into(),
        state(row.state),
    ]
}

fn service_point(row: ServicePointView) -> Vec<Cell> {
    vec![
        row.name.into(),
        row.provider_name.into(),
        row.division_name.into(),
        row.address.into(),
        row.phone.into(),
        row.opening_hours.into(),
        row.staff.iter().map(staff).collect::<Vec<_>>().join(" ").into(),
        state(row.state),
    ]
}

/// Who serves at a point; who is in charge is said.
fn staff(person: &PointStaff) -> String {
    if person.is_in_charge {
        format!("{} ({})", person.name, word("organisation.in_charge"))
    } else {
        person.name.clone()
    }
}

fn exam_site(row: ExamSiteView) -> Vec<Cell> {
    let access = if row.is_accessible { "accessible" } else { "steps" };
    vec![
        row.name.into(),
        row.division_name.into(),
        row.address.into(),
        row.capacity.into(),
        named("exports.access", Some(access)),
        row.contact_name.into(),
        row.contact_phone.into(),
        state(row.state),
    ]
}

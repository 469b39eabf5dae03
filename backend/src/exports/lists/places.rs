//! Providers, teaching points, service points and exam sites, as files.

use crate::{
    access::{Actor, Permit, actions, authorize_where_held},
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

/// One of the lists of the organisation.
struct PlaceList<T> {
    name: &'static str,
    columns: &'static [&'static str],
    row: fn(T) -> Vec<Cell>,
}

const PROVIDERS: PlaceList<ProviderView> = PlaceList {
    name: "providers",
    columns: &["place_name", "kind", "org_code", "credit_code", "division", "state"],
    row: provider,
};
const TEACHING_POINTS: PlaceList<TeachingPointView> = PlaceList {
    name: "teaching_points",
    columns: &["place_name", "school", "division", "address", "office_phone", "state"],
    row: teaching_point,
};
const SERVICE_POINTS: PlaceList<ServicePointView> = PlaceList {
    name: "service_points",
    columns: &["place_name", "school", "division", "address", "office_phone", "opening_hours", "staff", "state"],
    row: service_point,
};
const EXAM_SITES: PlaceList<ExamSiteView> = PlaceList {
    name: "exam_sites",
    columns: &["place_name", "division", "address", "seats", "access", "contact_name", "office_phone", "state"],
    row: exam_site,
};

impl<T> PlaceList<T> {
    fn permit(&self, actor: &Actor) -> AppResult<Permit<ExportPlaces>> {
        authorize_where_held(actor, self.name)
    }

    /// Takes what `read` finds away as a file, page by page.
    async fn take(
        &self,
        cx: &Services,
        permit: &Permit<ExportPlaces>,
        parts: Filter,
        mut read: impl AsyncFnMut(PageQuery) -> AppResult<Page<T>>,
    ) -> AppResult<HttpResponse> {
        exports::take(cx, permit, List::new(self.name, self.columns, parts), async |cursor| {
            let found = read(PageQuery { cursor, limit: Some(MAX_PAGE_ROWS) }).await?;
            Ok(Page { items: found.items.into_iter().map(self.row).collect(), next_cursor: found.next_cursor })
        })
        .await
    }
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
    let permit = PROVIDERS.permit(actor)?;
    let kind = worded("organisation.provider", of.kind.map(ProviderKind::as_str));
    let parts = parts(cx, filter).await?.and("kind", kind);
    let read = async |query: PageQuery| organisation::providers_within(cx, actor, (filter, of, &query)).await;
    PROVIDERS.take(cx, &permit, parts, read).await
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
    let permit = TEACHING_POINTS.permit(actor)?;
    let parts = parts(cx, filter).await?.and("provider_id", exports::school(cx, of.provider_id).await?);
    let read = async |query: PageQuery| organisation::teaching_points_within(cx, actor, (filter, of, &query)).await;
    TEACHING_POINTS.take(cx, &permit, parts, read).await
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
    let permit = SERVICE_POINTS.permit(actor)?;
    let parts = parts(cx, filter).await?.and("provider_id", exports::school(cx, of.provider_id).await?);
    let read = async |query: PageQuery| organisation::service_points_within(cx, actor, (filter, of, &query)).await;
    SERVICE_POINTS.take(cx, &permit, parts, read).await
}

/// Exam sites as a file.
///
/// # Errors
/// `forbidden`, and `export-too-long`.
pub(super) async fn exam_sites(cx: &Services, actor: &Actor, filter: &PlaceFilter) -> AppResult<HttpResponse> {
    let permit = EXAM_SITES.permit(actor)?;
    let parts = parts(cx, filter).await?;
    let read = async |query: PageQuery| organisation::exam_sites_within(cx, actor, (filter, &query)).await;
    EXAM_SITES.take(cx, &permit, parts, read).await
}

/// What every list of places is narrowed down by.
async fn parts(cx: &Services, filter: &PlaceFilter) -> AppResult<Filter> {
    Ok(Filter::default()
        .and("division", exports::division(cx, filter.division.as_ref().map(DivisionCode::as_str)).await?)
        .and("state", worded("exports.place", filter.state.map(OpenState::as_str)))
        .and_text("name", filter.name.as_deref()))
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

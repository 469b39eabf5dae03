//! `/divisions`, `/providers`, `/teaching_points`, `/service_points`, `/exam_sites`, `/exam_rooms` and `/public/places`.

use super::{
    division_changes, divisions, exam_rooms, exam_sites,
    places::{OfProvider, PlaceFilter},
    providers::{self, OfKind},
    public, service_points, teaching_points,
};
use crate::{
    access::{Actor, ClassBook},
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, IfMatch, Query, Routes, kept_by_caches, with_etag},
    },
};
use actix_web::{
    HttpRequest, HttpResponse, get, post, put,
    web::{Data, Json, Path},
};
use serde::Deserialize;
use shared::{
    ids::{ExamSiteId, ProviderId, ServicePointId, TeachingPointId},
    organisation::{
        DivisionCode, DivisionRow, DivisionView, EnrolmentPlaces, ExamSiteEntry, ExamSiteView, ProviderEntry,
        ProviderView, ServicePointEntry, ServicePointView, TeachingPointEntry, TeachingPointView,
    },
    page::{Page, PageQuery},
    problem::Problem,
};

/// Adds this feature's routes.
pub fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_divisions).service(get_division);
    division_changes::routes(cfg);
    cfg.service(list_providers).service(create_provider).service(get_provider).service(replace_provider);
    cfg.service(list_teaching_points).service(create_teaching_point);
    cfg.service(get_teaching_point).service(replace_teaching_point);
    cfg.service(list_service_points).service(create_service_point);
    cfg.service(get_service_point).service(replace_service_point);
    cfg.service(list_exam_sites).service(create_exam_site).service(get_exam_site).service(replace_exam_site);
    exam_rooms::routes(cfg);
    cfg.service(get_enrolment_places);
}

/// Which divisions are listed.
#[derive(Deserialize, utoipa::IntoParams)]
struct PartsOf {
    /// The division that they are parts of; without it, where the actor's part of the tree begins.
    #[param(value_type = Option<String>)]
    parent: Option<DivisionCode>,
}

/// Divisions by code, each with what is open in it, as far as the actor may see it.
#[utoipa::path(tag = "organisation", params(PartsOf), responses(
    (status = 200, body = Vec<DivisionRow>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/divisions")]
async fn list_divisions(actor: Actor, cx: Data<Services>, of: Query<PartsOf>) -> AppResult<Json<Vec<DivisionRow>>> {
    Ok(Json(divisions::list(&cx, &actor, of.parent).await?))
}

/// One division, what it lies in, and what is open in it.
#[utoipa::path(tag = "organisation", params(("code" = String, Path)), responses(
    (status = 200, body = DivisionView), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/divisions/{code}")]
async fn get_division(actor: Actor, cx: Data<Services>, code: Path<String>) -> AppResult<Json<DivisionView>> {
    Ok(Json(divisions::get(&cx, &actor, &code).await?))
}

/// The providers that the actor may see, by division.
#[utoipa::path(tag = "organisation", params(PlaceFilter, OfKind, PageQuery), responses(
    (status = 200, body = Page<ProviderView>), (status = 403, body = Problem)))]
#[get("/providers")]
async fn list_providers(
    actor: Actor,
    cx: Data<Services>,
    filter: Query<PlaceFilter>,
    of: Query<OfKind>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<ProviderView>>> {
    Ok(Json(providers::list(&cx, &actor, (&filter, &of, &query)).await?))
}

/// Enters a provider.
#[utoipa::path(tag = "organisation", request_body = ProviderEntry, responses(
    (status = 201, body = ProviderView), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/providers")]
async fn create_provider(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<ProviderEntry>,
) -> AppResult<HttpResponse> {
    let permit = providers::permit_new(&cx, &actor, &body.0)?;
    let id = providers::create(&cx, &permit, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(providers::view(&cx, id).await?))
}

/// A provider.
#[utoipa::path(tag = "organisation", params(("id" = ProviderId, Path)), responses(
    (status = 200, body = ProviderView), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/providers/{id}")]
async fn get_provider(actor: Actor, cx: Data<Services>, id: Path<ProviderId>) -> AppResult<HttpResponse> {
    let view = providers::get(&cx, &actor, *id).await?;
    Ok(with_etag(&view, view.version))
}

/// Changes a provider over the version in `If-Match`; opens and closes it too. One with classes that are not over is
/// closed by who names them in `told_classes`.
#[utoipa::path(tag = "organisation", params(("id" = ProviderId, Path)), request_body = ProviderEntry, responses(
    (status = 200, body = ProviderView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[put("/providers/{id}")]
async fn replace_provider(
    actor: Actor,
    cx: Data<Services>,
    classes: Data<dyn ClassBook>,
    id: Path<ProviderId>,
    seen: IfMatch,
    body: Body<ProviderEntry>,
) -> AppResult<HttpResponse> {
    let permit = providers::permit(&cx, &actor, *id, &body.0).await?;
    providers::replace(&cx, &**classes, &permit, seen.0, &body.0).await?;
    let view = providers::view(&cx, *id).await?;
    Ok(with_etag(&view, view.version))
}

/// The teaching points that the actor may see, by division.
#[utoipa::path(tag = "organisation", params(PlaceFilter, OfProvider, PageQuery), responses(
    (status = 200, body = Page<TeachingPointView>), (status = 403, body = Problem)))]
#[get("/teaching_points")]
async fn list_teaching_points(
    actor: Actor,
    cx: Data<Services>,
    filter: Query<PlaceFilter>,
    of: Query<OfProvider>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<TeachingPointView>>> {
    Ok(Json(teaching_points::list(&cx, &actor, (&filter, &of, &query)).await?))
}

/// Enters a teaching point.
#[utoipa::path(tag = "organisation", request_body = TeachingPointEntry, responses(
    (status = 201, body = TeachingPointView), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/teaching_points")]
async fn create_teaching_point(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<TeachingPointEntry>,
) -> AppResult<HttpResponse> {
    let permit = teaching_points::permit_new(&cx, &actor, &body.0).await?;
    let id = teaching_points::create(&cx, &permit, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(teaching_points::view(&cx, id).await?))
}

/// A teaching point.
#[utoipa::path(tag = "organisation", params(("id" = TeachingPointId, Path)), responses(
    (status = 200, body = TeachingPointView), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/teaching_points/{id}")]
async fn get_teaching_point(actor: Actor, cx: Data<Services>, id: Path<TeachingPointId>) -> AppResult<HttpResponse> {
    let view = teaching_points::get(&cx, &actor, *id).await?;
    Ok(with_etag(&view, view.version))
}

/// Changes a teaching point over the version in `If-Match`; opens and closes it too. One where classes meet that are
/// not over is closed by who names them in `told_classes`.
#[utoipa::path(tag = "organisation", params(("id" = TeachingPointId, Path)), request_body = TeachingPointEntry, responses(
    (status = 200, body = TeachingPointView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[put("/teaching_points/{id}")]
async fn replace_teaching_point(
    actor: Actor,
    cx: Data<Services>,
    classes: Data<dyn ClassBook>,
    id: Path<TeachingPointId>,
    seen: IfMatch,
    body: Body<TeachingPointEntry>,
) -> AppResult<HttpResponse> {
    let permit = teaching_points::permit(&cx, &actor, *id, &body.0).await?;
    teaching_points::replace(&cx, &**classes, &permit, seen.0, &body.0).await?;
    let view = teaching_points::view(&cx, *id).await?;
    Ok(with_etag(&view, view.version))
}

/// The service points that the actor may see, by division.
#[utoipa::path(tag = "organisation", params(PlaceFilter, OfProvider, PageQuery), responses(
    (status = 200, body = Page<ServicePointView>), (status = 403, body = Problem)))]
#[get("/service_points")]
async fn list_service_points(
    actor: Actor,
    cx: Data<Services>,
    filter: Query<PlaceFilter>,
    of: Query<OfProvider>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<ServicePointView>>> {
    Ok(Json(service_points::list(&cx, &actor, (&filter, &of, &query)).await?))
}

/// Enters a service point.
#[utoipa::path(tag = "organisation", request_body = ServicePointEntry, responses(
    (status = 201, body = ServicePointView), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/service_points")]
async fn create_service_point(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<ServicePointEntry>,
) -> AppResult<HttpResponse> {
    let permit = service_points::permit_new(&cx, &actor, &body.0).await?;
    let id = service_points::create(&cx, &permit, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(service_points::view(&cx, id).await?))
}

/// A service point.
#[utoipa::path(tag = "organisation", params(("id" = ServicePointId, Path)), responses(
    (status = 200, body = ServicePointView), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/service_points/{id}")]
async fn get_service_point(actor: Actor, cx: Data<Services>, id: Path<ServicePointId>) -> AppResult<HttpResponse> {
    let view = service_points::get(&cx, &actor, *id).await?;
    Ok(with_etag(&view, view.version))
}

/// Changes a service point over the version in `If-Match`; opens and closes it too.
#[utoipa::path(tag = "organisation", params(("id" = ServicePointId, Path)), request_body = ServicePointEntry, responses(
    (status = 200, body = ServicePointView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 412, body = Problem), (status = 422, body = Problem)))]
#[put("/service_points/{id}")]
async fn replace_service_point(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ServicePointId>,
    seen: IfMatch,
    body: Body<ServicePointEntry>,
) -> AppResult<HttpResponse> {
    let permit = service_points::permit(&cx, &actor, *id, &body.0).await?;
    service_points::replace(&cx, &permit, seen.0, &body.0).await?;
    let view = service_points::view(&cx, *id).await?;
    Ok(with_etag(&view, view.version))
}

/// The exam sites that the actor may see, by division.
#[utoipa::path(tag = "organisation", params(PlaceFilter, PageQuery), responses(
    (status = 200, body = Page<ExamSiteView>), (status = 403, body = Problem)))]
#[get("/exam_sites")]
async fn list_exam_sites(
    actor: Actor,
    cx: Data<Services>,
    filter: Query<PlaceFilter>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<ExamSiteView>>> {
    Ok(Json(exam_sites::list(&cx, &actor, (&filter, &query)).await?))
}

/// Enters an exam site.
#[utoipa::path(tag = "organisation", request_body = ExamSiteEntry, responses(
    (status = 201, body = ExamSiteView), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/exam_sites")]
async fn create_exam_site(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<ExamSiteEntry>,
) -> AppResult<HttpResponse> {
    let permit = exam_sites::permit_new(&cx, &actor, &body.0)?;
    let id = exam_sites::create(&cx, &permit, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(exam_sites::view(&cx, id).await?))
}

/// An exam site.
#[utoipa::path(tag = "organisation", params(("id" = ExamSiteId, Path)), responses(
    (status = 200, body = ExamSiteView), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/exam_sites/{id}")]
async fn get_exam_site(actor: Actor, cx: Data<Services>, id: Path<ExamSiteId>) -> AppResult<HttpResponse> {
    let view = exam_sites::get(&cx, &actor, *id).await?;
    Ok(with_etag(&view, view.version))
}

/// Changes an exam site over the version in `If-Match`; opens and closes it too.
#[utoipa::path(tag = "organisation", params(("id" = ExamSiteId, Path)), request_body = ExamSiteEntry, responses(
    (status = 200, body = ExamSiteView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 412, body = Problem), (status = 422, body = Problem)))]
#[put("/exam_sites/{id}")]
async fn replace_exam_site(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSiteId>,
    seen: IfMatch,
    body: Body<ExamSiteEntry>,
) -> AppResult<HttpResponse> {
    let permit = exam_sites::permit(&cx, &actor, *id, &body.0).await?;
    exam_sites::replace(&cx, &permit, seen.0, &body.0).await?;
    let view = exam_sites::view(&cx, *id).await?;
    Ok(with_etag(&view, view.version))
}

/// Where anybody asks for schools.
#[derive(Deserialize, utoipa::IntoParams)]
struct AskedPlace {
    /// The division; the province without it.
    #[param(value_type = Option<String>)]
    division: Option<DivisionCode>,
}

/// Where to enrol, for anybody: the parts of a division, and the open schools in and around a county or township.
/// No person is named.
#[utoipa::path(tag = "organisation", params(AskedPlace), responses(
    (status = 200, body = EnrolmentPlaces), (status = 304), (status = 404, body = Problem)))]
#[get("/public/places")]
async fn get_enrolment_places(
    request: HttpRequest,
    cx: Data<Services>,
    asked: Query<AskedPlace>,
) -> AppResult<HttpResponse> {
    let places = public::places(&cx, asked.division.unwrap_or(DivisionCode::ZHEJIANG)).await?;
    kept_by_caches(&request, &places)
}

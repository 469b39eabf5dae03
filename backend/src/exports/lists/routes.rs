//! `/role_grants/exports`, and the same of accounts, the audit log, providers, points and sites. Each is a POST, because
//! who took a list is audited.

use super::{accounts, audit, grants, places};
use crate::{
    access::{Actor, PlaceBook},
    identity::{AccountsQuery, AuditQuery, GrantsQuery},
    organisation::{OfKind, OfProvider, PlaceFilter},
    platform::{
        Services,
        error::AppResult,
        http::{Query, Routes},
    },
};
use actix_web::{HttpResponse, post, web::Data};
use shared::problem::Problem;

/// Adds this feature's routes.
pub fn routes(cfg: &mut Routes<'_>) {
    cfg.service(export_accounts).service(export_role_grants).service(export_audit_entries);
    cfg.service(export_providers).service(export_teaching_points).service(export_service_points);
    cfg.service(export_exam_sites);
}

/// The accounts of staff at the actor's places, as a file (.xlsx).
#[utoipa::path(tag = "identity", params(AccountsQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/accounts/exports")]
async fn export_accounts(
    actor: Actor,
    cx: Data<Services>,
    book: Data<dyn PlaceBook>,
    query: Query<AccountsQuery>,
) -> AppResult<HttpResponse> {
    accounts::export(&cx, &**book, &actor, &query).await
}

/// What was done in the whole province, as a file (.xlsx).
#[utoipa::path(tag = "identity", params(AuditQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/audit_entries/exports")]
async fn export_audit_entries(actor: Actor, cx: Data<Services>, query: Query<AuditQuery>) -> AppResult<HttpResponse> {
    audit::export(&cx, &actor, &query).await
}

/// Who may do what at the actor's places, as a file (.xlsx).
#[utoipa::path(tag = "identity", params(GrantsQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/role_grants/exports")]
async fn export_role_grants(
    actor: Actor,
    cx: Data<Services>,
    book: Data<dyn PlaceBook>,
    query: Query<GrantsQuery>,
) -> AppResult<HttpResponse> {
    grants::export(&cx, &**book, &actor, &query).await
}

/// The providers that the actor may see, as a file (.xlsx).
#[utoipa::path(tag = "organisation", params(PlaceFilter, OfKind), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/providers/exports")]
async fn export_providers(
    actor: Actor,
    cx: Data<Services>,
    filter: Query<PlaceFilter>,
    of: Query<OfKind>,
) -> AppResult<HttpResponse> {
    places::providers(&cx, &actor, (&filter, &of)).await
}

/// The teaching points that the actor may see, as a file (.xlsx).
#[utoipa::path(tag = "organisation", params(PlaceFilter, OfProvider), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/teaching_points/exports")]
async fn export_teaching_points(
    actor: Actor,
    cx: Data<Services>,
    filter: Query<PlaceFilter>,
    of: Query<OfProvider>,
) -> AppResult<HttpResponse> {
    places::teaching_points(&cx, &actor, (&filter, &of)).await
}

/// The service points that the actor may see, as a file (.xlsx).
#[utoipa::path(tag = "organisation", params(PlaceFilter, OfProvider), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/service_points/exports")]
async fn export_service_points(
    actor: Actor,
    cx: Data<Services>,
    filter: Query<PlaceFilter>,
    of: Query<OfProvider>,
) -> AppResult<HttpResponse> {
    places::service_points(&cx, &actor, (&filter, &of)).await
}

/// The exam sites that the actor may see, as a file (.xlsx).
#[utoipa::path(tag = "organisation", params(PlaceFilter), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/exam_sites/exports")]
async fn export_exam_sites(actor: Actor, cx: Data<Services>, filter: Query<PlaceFilter>) -> AppResult<HttpResponse> {
    places::exam_sites(&cx, &actor, &filter).await
}

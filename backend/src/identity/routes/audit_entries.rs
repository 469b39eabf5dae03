//! `/audit_entries`: who did what, and whether the log is whole.

use crate::{
    access::Actor,
    identity::audit::{self, AuditQuery, CheckQuery},
    platform::{
        Services,
        error::AppResult,
        http::{Query, Routes},
    },
};
use actix_web::{
    get,
    web::{Data, Json},
};
use shared::{
    identity::{AuditCheck, AuditEntryView},
    page::{Page, PageQuery},
    problem::Problem,
};

pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_audit_entries).service(check_audit_entries);
}

/// What was done in the whole province, the newest first.
#[utoipa::path(tag = "identity", params(AuditQuery, PageQuery), responses(
    (status = 200, body = Page<AuditEntryView>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/audit_entries")]
async fn list_audit_entries(
    actor: Actor,
    cx: Data<Services>,
    wanted: Query<AuditQuery>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<AuditEntryView>>> {
    Ok(Json(audit::list(&cx, &actor, (&wanted, &query)).await?))
}

/// Checks one part of the chain of entries, from the first on. The next part comes by `next_cursor`.
#[utoipa::path(tag = "identity", params(CheckQuery), responses(
    (status = 200, body = AuditCheck), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/audit_entries/check")]
async fn check_audit_entries(
    actor: Actor,
    cx: Data<Services>,
    wanted: Query<CheckQuery>,
) -> AppResult<Json<AuditCheck>> {
    Ok(Json(audit::check(&cx, &actor, &wanted).await?))
}

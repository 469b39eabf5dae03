//! `/roster/checks`.

use super::{export, views};
use crate::{
    access::Actor,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, Query, Routes},
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use serde::Deserialize;
use shared::{
    ids::{ProviderId, RosterCheckId},
    organisation::DivisionCode,
    page::{Page, PageQuery},
    problem::Problem,
    roster::{
        ConfirmRoster, RecordFinding, ReturnRoster, RosterCheckState, RosterCheckView, RosterDecision, SampledEntry,
    },
    work::CheckWait,
};

/// Adds the routes of checks.
pub(in crate::roster) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(confirm_roster).service(list_roster_checks).service(export_roster_checks).service(get_roster_check);
    cfg.service(list_roster_sample).service(record_roster_finding);
    cfg.service(accept_roster).service(return_roster);
}

/// Which checks are listed.
#[derive(Deserialize, utoipa::IntoParams)]
pub(super) struct CheckQuery {
    /// Only those that wait for the reader to do this.
    pub(super) waits: Option<CheckWait>,
    /// The division that the rosters are of, at any level.
    #[param(value_type = Option<String>)]
    pub(super) division: Option<DivisionCode>,
    /// The school that keeps them.
    pub(super) provider_id: Option<ProviderId>,
    /// Where they stand.
    pub(super) state: Option<RosterCheckState>,
}

/// Says that a roster is right; the county is asked to look at a sample of it.
#[utoipa::path(tag = "roster", request_body = ConfirmRoster, responses(
    (status = 201, body = RosterCheckView), (status = 403, body = Problem), (status = 409, body = Problem),
    (status = 422, body = Problem)))]
#[post("/roster/checks")]
async fn confirm_roster(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<ConfirmRoster>,
) -> AppResult<HttpResponse> {
    let id = super::confirm(&cx, &actor, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(view(&cx, &actor, id).await?))
}

/// Rosters that were confirmed, the newest first.
#[utoipa::path(tag = "roster", params(CheckQuery, PageQuery), responses(
    (status = 200, body = Page<RosterCheckView>), (status = 403, body = Problem)))]
#[get("/roster/checks")]
async fn list_roster_checks(
    actor: Actor,
    cx: Data<Services>,
    wanted: Query<CheckQuery>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<RosterCheckView>>> {
    Ok(Json(super::list(&cx, &actor, (&wanted, &query)).await?))
}

/// The same checks as a file (.xlsx). A POST, because who took it is audited.
#[utoipa::path(tag = "roster", params(CheckQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/roster/checks/exports")]
async fn export_roster_checks(actor: Actor, cx: Data<Services>, wanted: Query<CheckQuery>) -> AppResult<HttpResponse> {
    export::export(&cx, &actor, &wanted).await
}

/// One roster that was confirmed, and what the county made of it.
#[utoipa::path(tag = "roster", params(("id" = RosterCheckId, Path)), responses(
    (status = 200, body = RosterCheckView), (status = 404, body = Problem)))]
#[get("/roster/checks/{id}")]
async fn get_roster_check(
    actor: Actor,
    cx: Data<Services>,
    id: Path<RosterCheckId>,
) -> AppResult<Json<RosterCheckView>> {
    Ok(Json(view(&cx, &actor, *id).await?))
}

/// Who was drawn, for who looks at them; for others those of whom something was wrong, once that is decided.
#[utoipa::path(tag = "roster", params(("id" = RosterCheckId, Path), PageQuery), responses(
    (status = 200, body = Page<SampledEntry>), (status = 404, body = Problem)))]
#[get("/roster/checks/{id}/sample")]
async fn list_roster_sample(
    actor: Actor,
    cx: Data<Services>,
    id: Path<RosterCheckId>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<SampledEntry>>> {
    Ok(Json(super::sample(&cx, &actor, *id, &query).await?))
}

/// Keeps what was found of a person of the sample.
#[utoipa::path(tag = "roster", params(("id" = RosterCheckId, Path)), request_body = RecordFinding, responses(
    (status = 200, body = SampledEntry), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/roster/checks/{id}/findings")]
async fn record_roster_finding(
    actor: Actor,
    cx: Data<Services>,
    id: Path<RosterCheckId>,
    body: Body<RecordFinding>,
) -> AppResult<Json<SampledEntry>> {
    Ok(Json(super::find(&cx, &actor, *id, &body.0).await?))
}

/// Accepts a roster of which everybody of the sample was found right.
#[utoipa::path(tag = "roster", params(("id" = RosterCheckId, Path)), responses(
    (status = 200, body = RosterCheckView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/roster/checks/{id}/accept")]
async fn accept_roster(actor: Actor, cx: Data<Services>, id: Path<RosterCheckId>) -> AppResult<Json<RosterCheckView>> {
    super::decide(&cx, &actor, *id, (RosterDecision::Accept, None)).await?;
    Ok(Json(view(&cx, &actor, *id).await?))
}

/// Sends a roster back, and says why.
#[utoipa::path(tag = "roster", params(("id" = RosterCheckId, Path)), request_body = ReturnRoster, responses(
    (status = 200, body = RosterCheckView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/roster/checks/{id}/return")]
async fn return_roster(
    actor: Actor,
    cx: Data<Services>,
    id: Path<RosterCheckId>,
    body: Body<ReturnRoster>,
) -> AppResult<Json<RosterCheckView>> {
    super::decide(&cx, &actor, *id, (RosterDecision::Return, Some(&body.0.reason))).await?;
    Ok(Json(view(&cx, &actor, *id).await?))
}

async fn view(cx: &Services, actor: &Actor, id: RosterCheckId) -> AppResult<RosterCheckView> {
    let row = super::visible(cx, actor, id).await?;
    views::views(cx, actor, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

//! Keys in many hands: `/papers/{id}/key_…` and `/me/key_shares`. Shares are handed in where tests are known.

use super::{
    key_ceremonies::{self, BeginKeyCeremony},
    key_shares,
    service::{self, may_compose},
};
use crate::{
    access::{Actor, Permit, authorize},
    organisation,
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, Routes},
    },
};
use actix_web::{
    HttpResponse, get,
    http::header,
    post,
    web::{Data, Json, Path},
};
use shared::{
    ids::PaperId,
    papers::{KeyCustodian, NewKeyCeremony, OwnKeyShare, PaperView, ShownKeyShare, SpokenKeyShare},
    problem::Problem,
};

/// Adds these routes.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_key_custodians).service(begin_key_ceremony);
    cfg.service(list_own_key_shares).service(show_key_share).service(confirm_key_share);
}

/// Who can keep a share of a paper's key.
#[utoipa::path(tag = "papers", params(("id" = PaperId, Path)), responses(
    (status = 200, body = Vec<KeyCustodian>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/papers/{id}/key_custodians")]
async fn list_key_custodians(
    actor: Actor,
    cx: Data<Services>,
    id: Path<PaperId>,
) -> AppResult<Json<Vec<KeyCustodian>>> {
    may_compose(&actor)?;
    Ok(Json(key_ceremonies::custodians(&cx, *id).await?))
}

/// Splits the key of a sealed paper among custodians; what was split before and not handed over ends.
#[utoipa::path(tag = "papers", params(("id" = PaperId, Path)), request_body = NewKeyCeremony, responses(
    (status = 200, body = PaperView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/papers/{id}/key_ceremonies")]
async fn begin_key_ceremony(
    actor: Actor,
    cx: Data<Services>,
    id: Path<PaperId>,
    key: IdempotencyKey,
    body: Body<NewKeyCeremony>,
) -> AppResult<Json<PaperView>> {
    let permit: Permit<BeginKeyCeremony> = authorize(&actor, *id, &organisation::catalogue())?;
    key_ceremonies::begin(&cx, &permit, &key, &body.0).await?;
    Ok(Json(service::paper(&cx, *id).await?))
}

/// One's own shares of keys: where they stand, and never what they are.
#[utoipa::path(tag = "papers", responses((status = 200, body = Vec<OwnKeyShare>)))]
#[get("/me/key_shares")]
async fn list_own_key_shares(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<OwnKeyShare>>> {
    Ok(Json(key_shares::own(&cx, &actor).await?))
}

/// One's own share, the only time that it is seen.
#[utoipa::path(tag = "papers", params(("id" = PaperId, Path)), responses(
    (status = 200, body = ShownKeyShare), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/papers/{id}/key_share/show")]
async fn show_key_share(actor: Actor, cx: Data<Services>, id: Path<PaperId>) -> AppResult<HttpResponse> {
    let permit = key_shares::permit_custodian(&cx, &actor, *id).await?;
    let shown = key_shares::show(&cx, &permit).await?;
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(shown))
}

/// Types back the share that one noted. Repeating it changes nothing.
#[utoipa::path(tag = "papers", params(("id" = PaperId, Path)), request_body = SpokenKeyShare, responses(
    (status = 204), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/papers/{id}/key_share/confirm")]
async fn confirm_key_share(
    actor: Actor,
    cx: Data<Services>,
    id: Path<PaperId>,
    body: Body<SpokenKeyShare>,
) -> AppResult<HttpResponse> {
    let permit = key_shares::permit_custodian(&cx, &actor, *id).await?;
    key_shares::confirm(&cx, &permit, &body.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

//! `/roster/rounds`.

use crate::{
    access::Actor,
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, Query, Routes},
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use serde::Deserialize;
use shared::{
    ids::{ProviderId, RosterRoundId},
    organisation::DivisionCode,
    page::{Page, PageQuery},
    problem::Problem,
    roster::{OpenRound, RoundView},
};

/// Adds the routes of rounds.
pub(in crate::roster) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_roster_rounds).service(open_roster_round).service(end_roster_round);
}

/// Which rounds are listed.
#[derive(Deserialize, utoipa::IntoParams)]
pub(super) struct RoundQuery {
    /// The division that the rosters are of, at any level.
    #[param(value_type = Option<String>)]
    pub(super) division: Option<DivisionCode>,
    /// The school that keeps them.
    pub(super) provider_id: Option<ProviderId>,
}

/// Surveys of a season, the newest first, and how far each is: who was visited in it, was reached, and wants what.
#[utoipa::path(tag = "roster", params(RoundQuery, PageQuery), responses(
    (status = 200, body = Page<RoundView>), (status = 403, body = Problem)))]
#[get("/roster/rounds")]
async fn list_roster_rounds(
    actor: Actor,
    cx: Data<Services>,
    wanted: Query<RoundQuery>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<RoundView>>> {
    Ok(Json(super::list(&cx, &actor, (&wanted, &query)).await?))
}

/// Opens a survey of a season: visits of its days count in it, those of other days do not.
#[utoipa::path(tag = "roster", request_body = OpenRound, responses(
    (status = 201, body = RoundView), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/roster/rounds")]
async fn open_roster_round(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<OpenRound>,
) -> AppResult<HttpResponse> {
    let id = super::open(&cx, &actor, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(super::get(&cx, &actor, id).await?))
}

/// Has a survey end today; one that is over stays as it is.
#[utoipa::path(tag = "roster", params(("id" = RosterRoundId, Path)), responses(
    (status = 200, body = RoundView), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[post("/roster/rounds/{id}/end")]
async fn end_roster_round(actor: Actor, cx: Data<Services>, id: Path<RosterRoundId>) -> AppResult<Json<RoundView>> {
    super::end(&cx, &actor, *id).await?;
    Ok(Json(super::get(&cx, &actor, *id).await?))
}

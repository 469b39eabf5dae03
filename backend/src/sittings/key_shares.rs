//! Custodians hand in their shares of a paper's key for a test that was armed: shortly before it, and no sooner.

use super::store;
use crate::{
    access::Actor,
    papers,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::Body,
    },
};
use actix_web::{
    HttpResponse, post,
    web::{Data, Path},
};
use shared::{
    ids::PaperId,
    papers::{SpokenKeyShare, may_hand_in},
    problem::Problem,
};
use utoipa_actix_web::service_config::ServiceConfig;

/// Adds this route.
pub(super) fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(hand_in_key_share);
}

/// Hands in one's own share of a paper's key. Repeating it changes nothing.
#[utoipa::path(tag = "sittings", params(("id" = PaperId, Path)), request_body = SpokenKeyShare, responses(
    (status = 204), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/papers/{id}/key_share/hand_in")]
async fn hand_in_key_share(
    actor: Actor,
    cx: Data<Services>,
    id: Path<PaperId>,
    body: Body<SpokenKeyShare>,
) -> AppResult<HttpResponse> {
    let permit = papers::permit_custodian(&cx, &actor, *id).await?;
    let armed = store::list_armed_starts(cx.db.read(), *id).await?;
    may_hand_in(&armed, cx.clock.now()).map_err(AppError::refused)?;
    papers::hand_in_key_share(&cx, &permit, &body.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

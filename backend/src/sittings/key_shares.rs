//! Custodians hand in their shares of a paper's key for a test that was armed: shortly before it, and no sooner.

use super::store;
use crate::{
    access::Actor,
    papers,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{Body, Routes},
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
    sittings::ExamSessionState,
};

/// Adds this route.
pub(super) fn routes(cfg: &mut Routes<'_>) {
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
    papers::hand_in_key_share(&cx, &permit, &body.0, async |tx| is_time(tx, *id).await).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Whether shares of a paper are handed in now.
async fn is_time(tx: &Tx, id: PaperId) -> AppResult<()> {
    let armed = store::list_armed_starts(tx.conn(), id).await?;
    may_hand_in(&armed, tx.now()).map_err(AppError::refused)
}

/// Forgets what custodians have handed in for a test that stood so and does not begin when it was to: it opens nothing
/// until they hand it in anew, unless another test needs it now.
pub(super) async fn forget(tx: &Tx, (state, papers): (ExamSessionState, &[PaperId])) -> AppResult<()> {
    if state != ExamSessionState::Armed {
        return Ok(());
    }
    for paper_id in papers {
        let armed = store::list_armed_starts(tx.conn(), *paper_id).await?;
        if may_hand_in(&armed, tx.now()).is_err() {
            papers::forget_key_shares(tx, *paper_id).await?;
        }
    }
    Ok(())
}

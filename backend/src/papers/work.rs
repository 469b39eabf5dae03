//! What waits for those who compose papers.

use super::store;
use crate::{
    access::Actor,
    organisation,
    platform::{Services, error::AppResult},
};
use shared::{
    rights::Right,
    work::{WorkKind, WorkLine},
};

/// The papers that wait for the actor: to be proposed, or to be sealed after somebody else proposed it.
///
/// # Errors
/// If the store fails.
pub async fn work(cx: &Services, actor: &Actor) -> AppResult<Vec<WorkLine>> {
    if !actor.has_any(&[Right::ComposePaper], &organisation::catalogue()) {
        return Ok(Vec::new());
    }
    let waiting = store::count(cx.db.read(), store::awaiting_seal(actor.account_id)).await?;
    Ok(WorkLine::some(WorkKind::PapersToSeal, waiting).into_iter().collect())
}

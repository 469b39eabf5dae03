//! What waits for those who compose papers.

use super::store;
use crate::{
    access::Actor,
    organisation,
    platform::{Services, error::AppResult},
};
use shared::{
    rights::{Right, carries},
    work::{WorkKind, WorkLine},
};

/// The papers that wait for the actor: to be proposed, to be sealed after somebody else proposed it, or to be opened for
/// somebody else; and the shares of keys that they are to note and type back.
///
/// # Errors
/// If the store fails.
pub async fn work(cx: &Services, actor: &Actor) -> AppResult<Vec<WorkLine>> {
    let mut lines = Vec::new();
    if actor.has_any(&[Right::ComposePaper], &organisation::catalogue()) {
        let waiting = store::count(cx.db.read(), store::awaiting_seal(actor.account_id)).await?;
        lines.extend(WorkLine::some(WorkKind::PapersToSeal, waiting));
        let asked = store::awaiting_opening(actor.account_id, cx.clock.now());
        lines.extend(WorkLine::some(WorkKind::PapersToOpen, store::count(cx.db.read(), asked).await?));
    }
    if actor.roles.iter().any(|held| carries(held.role, Right::HoldKeyShare)) {
        let waiting = store::count_unconfirmed(cx.db.read(), actor.account_id).await?;
        lines.extend(WorkLine::some(WorkKind::KeySharesToConfirm, waiting));
    }
    Ok(lines)
}

//! What waits for somebody who keeps people.

use super::store;
use crate::{
    access::{Actor, Scope},
    platform::{Services, error::AppResult},
};
use shared::{
    rights::Right,
    work::{WorkKind, WorkLine},
};

/// The persons whom others propose to the actor's places, or ask of them, and what is to be corrected and approved there.
///
/// # Errors
/// If the store fails.
pub async fn work(cx: &Services, actor: &Actor) -> AppResult<Vec<WorkLine>> {
    let (conn, mut lines) = (cx.db.read(), Vec::new());
    if let Ok(scope) = Scope::above_classes(actor, Right::TransferPeople) {
        let waiting = store::count_waiting_for(conn, &scope, actor.account_id).await?;
        lines.extend(WorkLine::some(WorkKind::TransfersToAccept, waiting));
    }
    if let Ok(scope) = Scope::above_classes(actor, Right::KeepPeople) {
        let waiting = store::count_open_corrections(conn, &scope).await?;
        lines.extend(WorkLine::some(WorkKind::CorrectionsToAnswer, waiting));
    }
    if let Ok(scope) = Scope::above_classes(actor, Right::ApproveMerge) {
        let waiting = store::count_merges_waiting_for(conn, &scope, actor.account_id).await?;
        lines.extend(WorkLine::some(WorkKind::MergesToApprove, waiting));
    }
    Ok(lines)
}

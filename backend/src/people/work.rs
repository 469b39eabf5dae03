//! What waits for somebody who takes people in.

use super::store;
use crate::{
    access::{Actor, Scope},
    platform::{Services, error::AppResult},
};
use shared::{
    rights::Right,
    work::{WorkKind, WorkLine},
};

/// The persons whom others propose to the actor's places.
///
/// # Errors
/// If the store fails.
pub async fn work(cx: &Services, actor: &Actor) -> AppResult<Vec<WorkLine>> {
    let Ok(scope) = Scope::above_classes(actor, Right::TransferPeople) else { return Ok(Vec::new()) };
    let waiting = store::count_proposed_to(cx.db.read(), &scope, actor.account_id).await?;
    Ok(WorkLine::some(WorkKind::TransfersToAccept, waiting).into_iter().collect())
}

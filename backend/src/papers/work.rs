//! What waits for those who compose papers.

use super::store;
use crate::{
    access::Actor,
    organisation,
    platform::{Services, error::AppResult},
};
use shared::{
    papers::PaperState,
    rights::Right,
    work::{WorkKind, WorkLine},
};

/// The papers that wait for the actor to seal them.
///
/// # Errors
/// If the store fails.
pub async fn work(cx: &Services, actor: &Actor) -> AppResult<Vec<WorkLine>> {
    if !actor.has_any(&[Right::ComposePaper], &organisation::catalogue()) {
        return Ok(Vec::new());
    }
    let waiting = store::count(cx.db.read(), PaperState::Open).await?;
    Ok(WorkLine::some(WorkKind::PapersToSeal, waiting).into_iter().collect())
}

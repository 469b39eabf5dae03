//! What waits for those who release results.

use super::rechecks;
use crate::{
    access::Actor,
    platform::{Services, error::AppResult},
};
use shared::work::{WorkKind, WorkLine};

/// The rechecks that wait for the actor.
///
/// # Errors
/// If the store fails.
pub async fn work(cx: &Services, actor: &Actor) -> AppResult<Vec<WorkLine>> {
    let waiting = rechecks::count_waiting(cx, actor).await?;
    Ok(WorkLine::some(WorkKind::RechecksToSettle, waiting).into_iter().collect())
}

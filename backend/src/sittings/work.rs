//! What waits for those who watch tests, and for those who lead their marking.

use super::{facts::seen_divisions, store, watch};
use crate::{
    access::Actor,
    platform::{Services, error::AppResult},
};
use shared::{
    rights::Right,
    sittings::ExamSessionState,
    work::{WorkKind, WorkLine},
};

/// The exam sessions that wait for the actor.
///
/// # Errors
/// If the store fails.
pub async fn work(cx: &Services, actor: &Actor) -> AppResult<Vec<WorkLine>> {
    let mut lines = Vec::new();
    let led = seen_divisions(actor, &[Right::LeadMarking]);
    if !led.is_empty() {
        let waiting = store::count_to_mark(cx.db.read(), &led, ExamSessionState::Marking).await?;
        lines.extend(WorkLine::some(WorkKind::MarkingsToLead, waiting));
    }
    lines.extend(WorkLine::some(WorkKind::ExamSessionsToday, watch::count_today(cx, actor).await?));
    Ok(lines)
}

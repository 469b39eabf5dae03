//! What waits for those who run and watch tests, for those who lead their marking, and for those who mark.

use super::{facts::seen_divisions, store, watch};
use crate::{
    access::Actor,
    platform::{Services, error::AppResult},
};
use shared::{
    rights::Right,
    work::{ExamWait, WorkKind, WorkLine},
};

/// Whose turn it is.
const STEPS: [(Right, ExamWait, WorkKind); 3] = [
    (Right::ArmExamSession, ExamWait::Confirm, WorkKind::ExamSessionsToConfirm),
    (Right::PlanExamSession, ExamWait::Advance, WorkKind::ExamSessionsToAdvance),
    (Right::LeadMarking, ExamWait::Mark, WorkKind::MarkingsToLead),
];

/// The exam sessions and the responses that wait for the actor.
///
/// # Errors
/// If the store fails.
pub async fn work(cx: &Services, actor: &Actor) -> AppResult<Vec<WorkLine>> {
    let (conn, mut lines) = (cx.db.read(), Vec::new());
    let waiting = |right: Right, wait: ExamWait| {
        let divisions = seen_divisions(actor, &[right]);
        // No division at all is nowhere; a condition without any would be everywhere.
        (!divisions.is_empty()).then(|| store::below(&divisions).add(store::awaits(wait, actor.account_id)))
    };
    for (right, wait, kind) in STEPS {
        if let Some(within) = waiting(right, wait) {
            lines.extend(WorkLine::some(kind, store::count_exam_sessions(conn, within).await?));
        }
    }
    if let Some(within) = waiting(Right::MarkResponse, ExamWait::Mark) {
        lines.extend(WorkLine::some(WorkKind::ResponsesToMark, store::count_to_mark(conn, within).await?));
    }
    lines.extend(WorkLine::some(WorkKind::ExamSessionsToday, watch::count_today(cx, actor).await?));
    Ok(lines)
}

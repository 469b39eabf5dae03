//! What waits for those who run and watch tests, for those who lead their marking, and for those who mark.

use super::{accommodations, incidents, reviews, seeing::seen_divisions, store, watch};
use crate::{
    access::Actor,
    platform::{Services, error::AppResult},
};
use sea_orm::Condition;
use shared::{
    rights::Right,
    sittings::AccommodationOffice,
    work::{ExamWait, IncidentWait, WorkKind, WorkLine},
};

/// What is counted in exam sessions.
const STEPS: [(ExamWait, WorkKind); 3] = [
    (ExamWait::Confirm, WorkKind::ExamSessionsToConfirm),
    (ExamWait::Advance, WorkKind::ExamSessionsToAdvance),
    (ExamWait::Lead, WorkKind::MarkingsToLead),
];

/// What is counted of incidents.
const INCIDENTS: [(IncidentWait, WorkKind); 3] = [
    (IncidentWait::Sign, WorkKind::IncidentsToSign),
    (IncidentWait::Decide, WorkKind::IncidentsToDecide),
    (IncidentWait::Reconsider, WorkKind::IncidentsToReconsider),
];

/// What is counted of accommodations.
const ACCOMMODATIONS: [(AccommodationOffice, WorkKind); 2] = [
    (AccommodationOffice::County, WorkKind::AccommodationsToCheck),
    (AccommodationOffice::City, WorkKind::AccommodationsToConfirm),
];

/// Whose turn it is.
const fn right_to(wait: ExamWait) -> Right {
    match wait {
        ExamWait::Confirm => Right::ArmExamSession,
        ExamWait::Advance => Right::PlanExamSession,
        ExamWait::Mark => Right::MarkResponse,
        ExamWait::Lead => Right::LeadMarking,
    }
}

/// The exam sessions that wait for this actor; `None` if it is never their turn.
pub(super) fn waiting(actor: &Actor, wait: ExamWait) -> Option<Condition> {
    let divisions = seen_divisions(actor, &[right_to(wait)]);
    // No division at all is nowhere; a condition without any would be everywhere.
    (!divisions.is_empty()).then(|| store::below(&divisions).add(store::awaits(wait, actor.account_id)))
}

/// The exam sessions, the responses, the incidents and the accommodations that wait for the actor.
///
/// # Errors
/// If the store fails.
pub async fn work(cx: &Services, actor: &Actor) -> AppResult<Vec<WorkLine>> {
    let (conn, mut lines) = (cx.db.read(), Vec::new());
    for (wait, kind) in STEPS {
        if let Some(within) = waiting(actor, wait) {
            lines.extend(WorkLine::some(kind, store::count_exam_sessions(conn, within).await?));
        }
    }
    if let Some(within) = waiting(actor, ExamWait::Mark) {
        lines.extend(WorkLine::some(WorkKind::ResponsesToMark, store::count_to_mark(conn, within).await?));
    }
    lines.extend(WorkLine::some(WorkKind::ExamSessionsToday, watch::count_today(cx, actor).await?));
    for (wait, kind) in INCIDENTS {
        lines.extend(WorkLine::some(kind, incidents::count_waiting(cx, actor, wait).await?));
    }
    lines.extend(WorkLine::some(WorkKind::RegistrationsToReview, reviews::count_waiting(cx, actor).await?));
    for (office, kind) in ACCOMMODATIONS {
        lines.extend(WorkLine::some(kind, accommodations::count_waiting(cx, actor, office).await?));
    }
    Ok(lines)
}

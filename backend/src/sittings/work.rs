//! What waits for those who run and watch tests, for those who lead their marking, and for those who mark.

use super::{
    accommodations, calendar::calendar_of, facts::state_of, incidents, reviews, seeing::seen_divisions, store, watch,
};
use crate::{
    access::Actor,
    platform::{Services, error::AppResult},
};
use jiff::civil::Date;
use sea_orm::Condition;
use shared::{
    ids::ExamSessionId,
    rights::Right,
    sittings::{AccommodationOffice, ExamCalendar, ExamSessionState, may_end_registration},
    work::{ExamWait, IncidentWait, WorkKind, WorkLine},
};

/// What is counted in exam sessions.
const STEPS: [(ExamWait, WorkKind); 4] = [
    (ExamWait::Confirm, WorkKind::ExamSessionsToConfirm),
    (ExamWait::Advance, WorkKind::ExamSessionsToAdvance),
    (ExamWait::Overdue, WorkKind::ExamSessionsOverdue),
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
        ExamWait::Advance | ExamWait::Overdue => Right::PlanExamSession,
        ExamWait::Mark => Right::MarkResponse,
        ExamWait::Lead => Right::LeadMarking,
    }
}

/// The exam sessions that wait for this actor; `None` if it is never their turn.
///
/// # Errors
/// If the store fails.
pub(super) async fn waiting(cx: &Services, actor: &Actor, wait: ExamWait) -> AppResult<Option<Condition>> {
    let divisions = seen_divisions(actor, &[right_to(wait)]);
    // No division at all is nowhere; a condition without any would be everywhere.
    if divisions.is_empty() {
        return Ok(None);
    }
    let within = store::below(&divisions).add(store::awaits(wait, actor.account_id));
    Ok(Some(match wait {
        ExamWait::Overdue => store::among(&dated(cx, within, ExamCalendar::is_overdue).await?),
        ExamWait::Advance => {
            let resting = store::but_for(&dated(cx, within.clone(), is_resting).await?);
            within.add(resting)
        }
        ExamWait::Confirm | ExamWait::Mark | ExamWait::Lead => within,
    }))
}

/// Whether nobody can take the next step yet: learners still register, as they were told.
fn is_resting(calendar: &ExamCalendar, state: ExamSessionState, (_, today): (Date, Date)) -> bool {
    state == ExamSessionState::Registering && may_end_registration(Some(calendar.registration()), today).is_err()
}

/// The exam sessions within a condition of which something is true by their calendars, on the day of the test and today.
/// Only those count that are under way, which are few however many there were.
async fn dated(
    cx: &Services,
    within: Condition,
    is: impl Fn(&ExamCalendar, ExamSessionState, (Date, Date)) -> bool,
) -> AppResult<Vec<ExamSessionId>> {
    let (today, mut found) = (cx.clock.now().date_in_china(), Vec::new());
    for row in store::list_dated(cx.db.read(), within).await? {
        let (state, days) = (state_of(&row)?, (row.starts_at.date_in_china(), today));
        if calendar_of(&row)?.is_some_and(|calendar| is(&calendar, state, days)) {
            found.push(row.id);
        }
    }
    Ok(found)
}

/// The exam sessions, the responses, the incidents and the accommodations that wait for the actor.
///
/// # Errors
/// If the store fails.
pub async fn work(cx: &Services, actor: &Actor) -> AppResult<Vec<WorkLine>> {
    let (conn, mut lines) = (cx.db.read(), Vec::new());
    for (wait, kind) in STEPS {
        if let Some(within) = waiting(cx, actor, wait).await? {
            lines.extend(WorkLine::some(kind, store::count_exam_sessions(conn, within).await?));
        }
    }
    if let Some(within) = waiting(cx, actor, ExamWait::Mark).await? {
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

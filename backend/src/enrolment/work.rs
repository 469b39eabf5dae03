//! What waits for those who keep, review and file records, and for those who keep the rules of enrolment.

use super::{
    entity::student_record::Column,
    rule_changes,
    store::{self, awaits},
};
use crate::{
    access::{Actor, Scope},
    platform::{Services, error::AppResult},
};
use sea_orm::{ColumnTrait, Condition};
use shared::{
    enrolment::RecordState,
    rights::Right,
    work::{RecordWait, WorkKind, WorkLine},
};

/// What is to be done with records that are being filled in.
const FILLING_IN: [(RecordWait, WorkKind); 3] = [
    (RecordWait::Returned, WorkKind::RecordsReturned),
    (RecordWait::Papers, WorkKind::RecordsWithoutPapers),
    (RecordWait::Submission, WorkKind::RecordsToSubmit),
];

/// Whose turn it is in each state.
const REVIEWS: [(Right, RecordState, WorkKind); 3] = [
    (Right::ReviewEnrolment, RecordState::SchoolReview, WorkKind::RecordsAtSchool),
    (Right::ApproveEnrolment, RecordState::CountyReview, WorkKind::RecordsAtCounty),
    (Right::FileEnrolment, RecordState::CityFiled, WorkKind::RecordsAtCity),
];

/// The records, the changes of school and the rules that wait for the actor.
///
/// # Errors
/// If the store fails.
pub async fn work(cx: &Services, actor: &Actor) -> AppResult<Vec<WorkLine>> {
    let (conn, mut lines) = (cx.db.read(), Vec::new());
    let within = |scope: &Scope| scope.within(Column::Division, Some(Column::ProviderId));
    if let Ok(scope) = Scope::above_classes(actor, Right::KeepEnrolments) {
        let proposed = store::changes_proposed_to(&scope, actor.account_id);
        lines.push(WorkLine::some(WorkKind::SchoolChangesToAccept, store::count_school_changes(conn, proposed).await?));
        for (wait, kind) in FILLING_IN {
            let found = awaits(wait).add(within(&scope));
            lines.push(WorkLine::some(kind, store::count_records_within(conn, found).await?));
        }
    }
    for (right, state, kind) in REVIEWS {
        if let Ok(scope) = Scope::above_classes(actor, right) {
            let found = Condition::all().add(within(&scope)).add(Column::State.eq(state.as_str()));
            lines.push(WorkLine::some(kind, store::count_records_within(conn, found).await?));
        }
    }
    lines.push(WorkLine::some(WorkKind::EnrolmentRulesToApprove, rule_changes::count_waiting(cx, actor).await?));
    Ok(lines.into_iter().flatten().collect())
}

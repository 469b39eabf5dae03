//! What waits for those who approve classes, for those who open them, for those whose learners ask, hand in or report, and for
//! those who review what others write and keep the rules of attendance and of courses, and tools of others.

use super::store;
use crate::{
    access::{Actor, Scope},
    learning::{
        assignments, attendance_rules, course_rules, discussions, entity::class::Column, external, inquiries, reviews,
    },
    organisation,
    platform::{Services, error::AppResult},
};
use sea_orm::{ColumnTrait, Condition};
use shared::{
    ids::ClassId,
    learning::ClassState,
    rights::Right,
    work::{WorkKind, WorkLine},
};

/// Whose turn it is in each state.
const STEPS: [(Right, ClassState, WorkKind); 2] = [
    (Right::ApproveClass, ClassState::Planned, WorkKind::ClassesToApprove),
    (Right::KeepClasses, ClassState::Approved, WorkKind::ClassesToOpen),
];

/// The classes, the rules, the tools, the questions, the hand-ins, the reported posts and the drafts that wait for the
/// actor.
///
/// # Errors
/// If the store fails.
pub async fn work(cx: &Services, actor: &Actor) -> AppResult<Vec<WorkLine>> {
    let mut lines = Vec::new();
    for (right, state, kind) in STEPS {
        if let Ok(within) = within(actor, right) {
            // A closed school begins no class.
            let begins = organisation::of_open_provider(Column::ProviderId);
            let found = within.add(Column::State.eq(state.as_str())).add(begins);
            lines.extend(WorkLine::some(kind, store::count_classes(cx.db.read(), found).await?));
        }
    }
    lines.extend(attendance_rules::work(cx, actor).await?);
    lines.extend(course_rules::work(cx, actor).await?);
    lines.extend(external::work(cx, actor).await?);
    lines.extend(inquiries::work(cx, actor).await?);
    lines.extend(assignments::work(cx, actor).await?);
    lines.extend(discussions::work(cx, actor).await?);
    lines.extend(reviews::work(cx, actor).await?);
    Ok(lines)
}

/// The classes that meet where the actor has `right`; none if that is nowhere.
///
/// # Errors
/// If the store fails.
pub async fn classes_that_meet(cx: &Services, actor: &Actor, right: Right) -> AppResult<Vec<ClassId>> {
    let Ok(within) = within(actor, right) else { return Ok(Vec::new()) };
    let meeting = [ClassState::Enrolling, ClassState::Running].map(ClassState::as_str);
    store::list_class_ids(cx.db.read(), within.add(Column::State.is_in(meeting))).await
}

/// The classes at the places where the actor has `right`.
///
/// # Errors
/// `forbidden` if that is nowhere.
pub(in crate::learning) fn within(actor: &Actor, right: Right) -> AppResult<Condition> {
    let scope = Scope::of(actor, right)?;
    let held = scope.within(Column::Division, Some(Column::ProviderId)).add(Column::Id.is_in(scope.classes()));
    Ok(Condition::all().add(held))
}

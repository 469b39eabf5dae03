//! What came of each assignment of a course, for the gradebook.

use super::facts::HandIns;
use crate::{
    learning::{catalogue, standing::units},
    platform::{Services, error::AppResult},
};
use shared::{
    ids::{ActivityId, CourseVersionId},
    learning::{Activity, AssignmentGrade, CourseContent, HandInState, MarkedPoints, activity_of},
    points::Points,
};

/// The assignments of a content in order, each with what came of the last hand-in of a learner.
pub(in crate::learning) async fn grades(
    cx: &Services,
    content: &CourseContent,
    hand_ins: &HandIns,
) -> AppResult<Vec<AssignmentGrade>> {
    let is_assignment = |activity: &&Activity| activity.body.assignment().is_some();
    let mut grades = Vec::new();
    for activity in units(content).flat_map(|unit| &unit.activities).filter(is_assignment) {
        grades.push(grade(cx, activity, hand_ins).await?);
    }
    Ok(grades)
}

async fn grade(cx: &Services, activity: &Activity, hand_ins: &HandIns) -> AppResult<AssignmentGrade> {
    let last = hand_ins.last(activity.id);
    let mark = match last.filter(|last| last.state == HandInState::Marked) {
        Some(last) => Some(MarkedPoints { points: last.points, most: most(cx, last.version_id, activity.id).await? }),
        None => None,
    };
    Ok(AssignmentGrade {
        activity_id: activity.id,
        title: activity.title.clone(),
        is_required: activity.is_required,
        state: last.map(|last| last.state),
        mark,
    })
}

/// The most that an assignment gives in the version in which it was handed in: its rubric may have changed since.
async fn most(cx: &Services, version_id: CourseVersionId, id: ActivityId) -> AppResult<Points> {
    let content = catalogue::content(cx, version_id).await?;
    let activity = units(&content).find_map(|unit| activity_of(unit, id));
    let rubric = activity.and_then(|activity| activity.body.assignment()).map(|assignment| assignment.rubric);
    Ok(rubric.unwrap_or_default().iter().map(|criterion| criterion.points).sum())
}

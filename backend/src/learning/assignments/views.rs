//! Hand-ins as their learner sees them.

use crate::{
    access::Permit,
    identity,
    learning::{
        catalogue,
        entity::{assignment_hand_in, assignment_mark},
        standing::units,
        store::{self, HandIn},
        study::{OwnUnit, StudyCourses},
    },
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, ActivityId, AssignmentPhotoId, UnitId},
    learning::{
        Assignment, CourseContent, Criterion, HandInFile, HandInMarkView, HandInView, OwnAssignment, OwnHandIn,
        activity_of,
    },
};
use std::collections::HashMap;

/// Names of accounts.
pub(super) type Names = HashMap<AccountId, String>;

/// The photos of a hand-in, in order.
pub(super) fn photos_of(row: &assignment_hand_in::Model) -> AppResult<Vec<AssignmentPhotoId>> {
    serde_json::from_str(&row.photos).map_err(AppError::internal)
}

/// The files of a hand-in, in order.
pub(super) fn files_of(row: &assignment_hand_in::Model) -> AppResult<Vec<HandInFile>> {
    serde_json::from_str(&row.files).map_err(AppError::internal)
}

/// The titles of the unit and of the assignment of a hand-in, as they were read; empty if they cannot be found.
pub(super) fn titles(content: &CourseContent, row: &assignment_hand_in::Model) -> (String, String) {
    let unit = units(content).find(|unit| unit.id == row.unit_id);
    let activity = unit.and_then(|unit| activity_of(unit, row.activity_id));
    let unit_title = unit.map(|unit| unit.title.clone());
    (unit_title.unwrap_or_default(), activity.map(|activity| activity.title.clone()).unwrap_or_default())
}

/// What was asked, as the learner read it; empty if it cannot be found.
pub(super) fn task_of<'a>(content: &'a CourseContent, row: &assignment_hand_in::Model) -> &'a str {
    assignment_in(content, row).map(|assignment| assignment.task).unwrap_or_default()
}

/// By what a hand-in is marked, as the learner read it; empty if it cannot be found.
pub(super) fn rubric_in(content: &CourseContent, row: &assignment_hand_in::Model) -> Vec<Criterion> {
    assignment_in(content, row).map(|assignment| assignment.rubric.to_vec()).unwrap_or_default()
}

fn assignment_in<'a>(content: &'a CourseContent, row: &assignment_hand_in::Model) -> Option<Assignment<'a>> {
    let activity = units(content).find_map(|unit| activity_of(unit, row.activity_id));
    activity.and_then(|activity| activity.body.assignment())
}

/// Who decided of these hand-ins.
pub(super) async fn deciders(cx: &Services, found: &[HandIn]) -> AppResult<Names> {
    let ids: Vec<_> = found.iter().filter_map(|(_, mark)| mark.as_ref()).map(|mark| mark.marked_by).collect();
    identity::names_of(cx, &ids).await
}

/// A hand-in with what was decided of it.
pub(super) async fn view(cx: &Services, (row, mark): &HandIn, names: &Names) -> AppResult<HandInView> {
    let content = catalogue::content(cx, row.course_version_id).await?;
    Ok(HandInView {
        id: row.id,
        handed_in_at: row.handed_in_at,
        text: row.text.clone(),
        photos: photos_of(row)?,
        files: files_of(row)?,
        rubric: rubric_in(&content, row),
        mark: mark.as_ref().map(|mark| mark_view(mark, names)).transpose()?,
    })
}

/// These hand-ins, in their order.
async fn views(cx: &Services, found: &[HandIn]) -> AppResult<Vec<HandInView>> {
    let names = deciders(cx, found).await?;
    let mut views = Vec::with_capacity(found.len());
    for hand_in in found {
        views.push(view(cx, hand_in, &names).await?);
    }
    Ok(views)
}

fn mark_view(mark: &assignment_mark::Model, names: &Names) -> AppResult<HandInMarkView> {
    Ok(HandInMarkView {
        is_returned: mark.is_returned,
        points: serde_json::from_str(&mark.points).map_err(AppError::internal)?,
        remark: mark.remark.clone(),
        by_name: names.get(&mark.marked_by).cloned().unwrap_or_default(),
        at: mark.marked_at,
    })
}

/// What a learner handed in of one assignment.
pub(super) async fn of_assignment(
    cx: &Services,
    permit: &Permit<StudyCourses>,
    activity_id: ActivityId,
) -> AppResult<OwnAssignment> {
    let found = store::list_own_hand_ins(cx.db.read(), *permit.target(), Some(&[activity_id])).await?;
    Ok(OwnAssignment { activity_id, hand_ins: views(cx, &found).await? })
}

/// What a learner handed in of each assignment of a unit.
///
/// # Errors
/// `not-found` if no class of the learner studies the unit.
pub(super) async fn of_unit(cx: &Services, permit: &Permit<StudyCourses>, id: UnitId) -> AppResult<Vec<OwnAssignment>> {
    let own = OwnUnit::find(cx, *permit.target(), id, None).await?;
    let assignments = own.unit().activities.iter().filter(|activity| activity.body.assignment().is_some());
    let ids: Vec<_> = assignments.map(|activity| activity.id).collect();
    let found = store::list_own_hand_ins(cx.db.read(), *permit.target(), Some(&ids)).await?;
    let mut of_each: HashMap<ActivityId, Vec<HandInView>> = HashMap::new();
    for (hand_in, (row, _)) in views(cx, &found).await?.into_iter().zip(&found) {
        of_each.entry(row.activity_id).or_default().push(hand_in);
    }
    let own = |activity_id: ActivityId| {
        let hand_ins = of_each.remove(&activity_id).unwrap_or_default();
        OwnAssignment { activity_id, hand_ins }
    };
    Ok(ids.into_iter().map(own).collect())
}

/// All that a learner handed in, the last first.
///
/// # Errors
/// If the store fails.
pub async fn hand_ins_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<OwnHandIn>> {
    let found = store::list_own_hand_ins(cx.db.read(), account_id, None).await?;
    let names = deciders(cx, &found).await?;
    let courses = catalogue::course_heads(cx, found.iter().map(|(row, _)| row.course_id)).await?;
    let mut own = Vec::with_capacity(found.len());
    for hand_in in &found {
        let row = &hand_in.0;
        let content = catalogue::content(cx, row.course_version_id).await?;
        let (unit_title, title) = titles(&content, row);
        own.push(OwnHandIn {
            course_id: row.course_id,
            course_title: courses.get(&row.course_id).map(|course| course.title.clone()).unwrap_or_default(),
            unit_title,
            title,
            hand_in: view(cx, hand_in, &names).await?,
        });
    }
    Ok(own)
}

//! Who studies a course at some places.

use crate::{
    access::lies_in,
    learning::{entity::class::Column, store},
    platform::{Services, error::AppResult},
};
use sea_orm::{Condition, sea_query::Expr};
use shared::{
    ids::{AccountId, ClassId, CourseId},
    organisation::DivisionCode,
};
use std::collections::HashMap;

/// Classes that one statement asks for.
const CLASSES: usize = 500;

/// Everybody who is or was in a class at one of these divisions that studies the course, with the name of the
/// class that they joined last.
///
/// # Errors
/// If the store fails.
pub async fn learners_within(
    cx: &Services,
    course_id: CourseId,
    divisions: &[DivisionCode],
) -> AppResult<Vec<(AccountId, String)>> {
    let conn = cx.db.read();
    // A condition without any part would find everything.
    let nothing = Condition::any().add(Expr::value(false));
    let within = divisions.iter().fold(nothing, |any, code| any.add(lies_in(Column::Division, *code)));
    let (mut names, mut members) = (HashMap::new(), Vec::new());
    for chunk in store::list_class_ids(conn, within).await?.chunks(CLASSES) {
        let courses = store::list_class_courses(conn, chunk).await?;
        let studying = courses.into_iter().filter(|row| row.course_id == course_id);
        let studying: Vec<ClassId> = studying.map(|row| row.class_id).collect();
        names.extend(store::list_classes_by_ids(conn, &studying).await?.into_iter().map(|row| (row.id, row.name)));
        members.extend(store::list_members_of(conn, &studying).await?);
    }
    members.sort_by_key(|member| (member.joined_at, member.class_id));
    let named = |id: &ClassId| names.get(id).cloned().unwrap_or_default();
    Ok(members.into_iter().map(|member| (member.account_id, named(&member.class_id))).collect())
}

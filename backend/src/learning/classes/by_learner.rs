//! Where learners of a course come from.

use crate::{learning::store, platform::error::AppResult};
use sea_orm::ConnectionTrait;
use shared::ids::{AccountId, ClassId, CourseId};
use std::collections::{BTreeSet, HashMap};

/// Learners that one statement asks for.
const LEARNERS: usize = 500;

/// The class in which each of these learners studies or studied the course, and the division that it lies in; of several
/// classes the one that they joined last. Who studied it in none is left out.
///
/// # Errors
/// If the store fails.
pub async fn classes_by_learner(
    conn: &impl ConnectionTrait,
    course_id: CourseId,
    accounts: &[AccountId],
) -> AppResult<HashMap<AccountId, (ClassId, String)>> {
    let mut found = HashMap::new();
    for chunk in accounts.chunks(LEARNERS) {
        let mut members = store::list_memberships_of(conn, chunk).await?;
        let classes: BTreeSet<ClassId> = members.iter().map(|member| member.class_id).collect();
        let classes: Vec<ClassId> = classes.into_iter().collect();
        let courses = store::list_class_courses(conn, &classes).await?;
        let studying = courses.into_iter().filter(|row| row.course_id == course_id);
        let studying: Vec<ClassId> = studying.map(|row| row.class_id).collect();
        let divisions = store::list_classes_by_ids(conn, &studying).await?.into_iter();
        let divisions: HashMap<ClassId, String> = divisions.map(|row| (row.id, row.division)).collect();
        members.sort_by_key(|member| (member.joined_at, member.class_id));
        for member in members {
            if let Some(division) = divisions.get(&member.class_id) {
                found.insert(member.account_id, (member.class_id, division.clone()));
            }
        }
    }
    Ok(found)
}

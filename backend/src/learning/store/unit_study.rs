//! What learners did of one unit: one learner with each heartbeat, several where authors see who stopped in it.

use crate::{
    learning::entity::{exercise_answer, study_interval},
    platform::error::AppResult,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use shared::{
    ids::{AccountId, CourseId, UnitId},
    time::Timestamp,
};

/// When these accounts read a unit, and when they read anything that ended since an instant; each part by an index.
pub(in crate::learning) async fn list_unit_intervals(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
    (course_id, unit_id): (CourseId, UnitId),
    since: Timestamp,
) -> AppResult<Vec<study_interval::Model>> {
    use study_interval::Column;
    let of_unit = Condition::all().add(Column::CourseId.eq(course_id)).add(Column::UnitId.eq(unit_id));
    let wanted = Condition::any().add(of_unit).add(Column::ToAt.gte(since));
    let query = study_interval::Entity::find().filter(Column::AccountId.is_in(accounts.iter().copied()));
    Ok(query.filter(wanted).all(conn).await?)
}

/// Tries of these accounts at the exercises of a unit, the first first.
pub(in crate::learning) async fn list_unit_answers(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
    (course_id, unit_id): (CourseId, UnitId),
) -> AppResult<Vec<exercise_answer::Model>> {
    use exercise_answer::Column;
    let query = exercise_answer::Entity::find().filter(Column::AccountId.is_in(accounts.iter().copied()));
    let query = query.filter(Column::CourseId.eq(course_id)).filter(Column::UnitId.eq(unit_id));
    Ok(query.order_by_asc(Column::AnsweredAt).order_by_asc(Column::Id).all(conn).await?)
}

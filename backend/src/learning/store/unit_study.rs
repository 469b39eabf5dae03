//! What one learner did of one unit, for what is asked with each heartbeat.

use crate::{
    learning::entity::{exercise_answer, study_interval},
    platform::error::AppResult,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use shared::{
    ids::{AccountId, CourseId, UnitId},
    time::Timestamp,
};

/// When a learner read a unit, and when they read anything that ended since an instant; each part by an index.
pub(in crate::learning) async fn list_unit_intervals(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    (course_id, unit_id): (CourseId, UnitId),
    since: Timestamp,
) -> AppResult<Vec<study_interval::Model>> {
    use study_interval::Column;
    let of_unit = Condition::all().add(Column::CourseId.eq(course_id)).add(Column::UnitId.eq(unit_id));
    let wanted = Condition::any().add(of_unit).add(Column::ToAt.gte(since));
    let query = study_interval::Entity::find().filter(Column::AccountId.eq(account_id)).filter(wanted);
    Ok(query.all(conn).await?)
}

/// Tries of a learner at the exercises of a unit, the first first.
pub(in crate::learning) async fn list_unit_answers(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    course_id: CourseId,
    unit_id: UnitId,
) -> AppResult<Vec<exercise_answer::Model>> {
    use exercise_answer::Column;
    let query = exercise_answer::Entity::find().filter(Column::AccountId.eq(account_id));
    let query = query.filter(Column::CourseId.eq(course_id)).filter(Column::UnitId.eq(unit_id));
    Ok(query.order_by_asc(Column::AnsweredAt).order_by_asc(Column::Id).all(conn).await?)
}

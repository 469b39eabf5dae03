//! Statements on the feature's tables. A result that a recheck corrected is read as it is since.

mod rechecks;

pub(super) use rechecks::*;

use super::entity::{
    result::{ActiveModel, Column, Entity, Model},
    result_correction,
};
use crate::platform::error::AppResult;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use shared::ids::{AccountId, CourseId, ExamSessionId, SittingId};

/// Rows that one statement inserts.
const ROWS: usize = 500;

pub(super) async fn insert(conn: &impl ConnectionTrait, rows: &[Model]) -> AppResult<()> {
    for chunk in rows.chunks(ROWS) {
        Entity::insert_many(chunk.iter().cloned().map(ActiveModel::from)).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// A learner's results, the latest first.
pub(super) async fn list_of_account(conn: &impl ConnectionTrait, account_id: AccountId) -> AppResult<Vec<Model>> {
    let query = Entity::find().filter(Column::AccountId.eq(account_id));
    in_force(conn, query.order_by_desc(Column::ReleasedAt).order_by_desc(Column::SittingId)).await
}

/// The results of these accounts in these courses, the latest first.
pub(super) async fn list_of_accounts(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
    courses: &[CourseId],
) -> AppResult<Vec<Model>> {
    let query = Entity::find().filter(Column::AccountId.is_in(accounts.iter().copied()));
    let query = query.filter(Column::CourseId.is_in(courses.iter().copied()));
    in_force(conn, query.order_by_desc(Column::ReleasedAt).order_by_desc(Column::SittingId)).await
}

/// The result; nobody changes it until the write ends.
pub(super) async fn lock(conn: &impl ConnectionTrait, sitting_id: SittingId) -> AppResult<Option<Model>> {
    let Some(row) = Entity::find_by_id(sitting_id).lock_exclusive().one(conn).await? else { return Ok(None) };
    let correction = result_correction::Entity::find_by_id(sitting_id).one(conn).await?;
    Ok(Some(corrected((row, correction))))
}

/// The result as it was released.
pub(super) async fn find_released(conn: &impl ConnectionTrait, sitting_id: SittingId) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(sitting_id).one(conn).await?)
}

/// A learner's results as they were released.
pub(super) async fn list_released(conn: &impl ConnectionTrait, account_id: AccountId) -> AppResult<Vec<Model>> {
    let query = Entity::find().filter(Column::AccountId.eq(account_id));
    Ok(query.order_by_desc(Column::ReleasedAt).order_by_desc(Column::SittingId).all(conn).await?)
}

pub(super) async fn list_of_exam_session(conn: &impl ConnectionTrait, id: ExamSessionId) -> AppResult<Vec<Model>> {
    let query = Entity::find().filter(Column::ExamSessionId.eq(id));
    in_force(conn, query.order_by_asc(Column::SittingId)).await
}

/// The results that a query finds, as they are now.
async fn in_force(conn: &impl ConnectionTrait, query: Select<Entity>) -> AppResult<Vec<Model>> {
    let rows = query.find_also_related(result_correction::Entity).all(conn).await?;
    Ok(rows.into_iter().map(corrected).collect())
}

/// A result as it is since a recheck, if one corrected it.
fn corrected((row, correction): (Model, Option<result_correction::Model>)) -> Model {
    match correction {
        Some(since) => Model { score: since.score, grade: since.grade, has_passed: since.has_passed, ..row },
        None => row,
    }
}

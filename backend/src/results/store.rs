//! Statements on the feature's tables.

use super::entity::result::{ActiveModel, Column, Entity, Model};
use crate::platform::error::AppResult;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
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
    Ok(query.order_by_desc(Column::ReleasedAt).order_by_desc(Column::SittingId).all(conn).await?)
}

/// The results of these accounts in these courses, the latest first.
pub(super) async fn list_of_accounts(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
    courses: &[CourseId],
) -> AppResult<Vec<Model>> {
    let query = Entity::find().filter(Column::AccountId.is_in(accounts.iter().copied()));
    let query = query.filter(Column::CourseId.is_in(courses.iter().copied()));
    Ok(query.order_by_desc(Column::ReleasedAt).order_by_desc(Column::SittingId).all(conn).await?)
}

/// The result; nobody changes it until the write ends.
pub(super) async fn lock(conn: &impl ConnectionTrait, sitting_id: SittingId) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(sitting_id).lock_exclusive().one(conn).await?)
}

pub(super) async fn list_of_exam_session(conn: &impl ConnectionTrait, id: ExamSessionId) -> AppResult<Vec<Model>> {
    let query = Entity::find().filter(Column::ExamSessionId.eq(id));
    Ok(query.order_by_asc(Column::SittingId).all(conn).await?)
}

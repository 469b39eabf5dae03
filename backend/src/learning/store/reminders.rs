//! Reminders of learners who studied nothing for a while, or were stuck.

use crate::{
    learning::entity::class_reminder::{Column, Entity, Model},
    platform::error::AppResult,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, sea_query::Expr};
use shared::{
    ids::{AccountId, ClassId, ClassReminderId},
    time::Timestamp,
};

pub(in crate::learning) async fn insert_reminder(conn: &impl ConnectionTrait, row: Model) -> AppResult<()> {
    Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::learning) async fn find_reminder(
    conn: &impl ConnectionTrait,
    id: ClassReminderId,
) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(id).one(conn).await?)
}

/// The reminders that were sent in a class, the last first.
pub(in crate::learning) async fn list_reminders(conn: &impl ConnectionTrait, id: ClassId) -> AppResult<Vec<Model>> {
    let query = Entity::find().filter(Column::ClassId.eq(id));
    Ok(query.order_by_desc(Column::SentAt).order_by_desc(Column::Id).all(conn).await?)
}

/// The reminders of a learner, the last first.
pub(in crate::learning) async fn list_own_reminders(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Vec<Model>> {
    let query = Entity::find().filter(Column::AccountId.eq(account_id));
    Ok(query.order_by_desc(Column::SentAt).order_by_desc(Column::Id).all(conn).await?)
}

/// Notes that the learner has read a reminder; the first time counts.
pub(in crate::learning) async fn note_reminder_read(
    conn: &impl ConnectionTrait,
    id: ClassReminderId,
    now: Timestamp,
) -> AppResult<()> {
    let update = Entity::update_many().col_expr(Column::ReadAt, Expr::value(now.0)).filter(Column::Id.eq(id));
    update.filter(Column::ReadAt.is_null()).exec(conn).await?;
    Ok(())
}

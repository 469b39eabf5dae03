//! Notices of moved and cancelled lessons.

use super::ROWS;
use crate::{
    platform::error::AppResult,
    teaching::entity::meeting_notice::{Column, Entity, Model},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use shared::{
    ids::{AccountId, MeetingNoticeId},
    time::Timestamp,
};

pub(in crate::teaching) async fn insert_notices(conn: &impl ConnectionTrait, rows: Vec<Model>) -> AppResult<()> {
    for rows in rows.chunks(ROWS) {
        let rows = rows.iter().cloned().map(IntoActiveModel::into_active_model);
        Entity::insert_many(rows).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// What somebody was told last, the last first.
pub(in crate::teaching) async fn list_notices(
    conn: &impl ConnectionTrait,
    id: AccountId,
    rows: u64,
) -> AppResult<Vec<Model>> {
    let theirs = Entity::find().filter(Column::AccountId.eq(id));
    Ok(theirs.order_by_desc(Column::ToldAt).order_by_desc(Column::Id).limit(rows).all(conn).await?)
}

pub(in crate::teaching) async fn find_notice(
    conn: &impl ConnectionTrait,
    id: MeetingNoticeId,
) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(id).one(conn).await?)
}

/// Notes when a notice was read, unless it was read before.
pub(in crate::teaching) async fn read_notice(
    conn: &impl ConnectionTrait,
    id: MeetingNoticeId,
    at: Timestamp,
) -> AppResult<()> {
    let update = Entity::update_many().col_expr(Column::ReadAt, Expr::value(at.0));
    update.filter(Column::Id.eq(id)).filter(Column::ReadAt.is_null()).exec(conn).await?;
    Ok(())
}

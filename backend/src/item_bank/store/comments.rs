//! What is said about items.

use super::super::entity::item_comment::{ActiveModel, Column, Entity, Model};
use crate::platform::error::AppResult;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use shared::ids::ItemId;

pub(in crate::item_bank) async fn insert_comment(conn: &impl ConnectionTrait, row: Model) -> AppResult<()> {
    Entity::insert(ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// What is said about an item, the oldest first.
pub(in crate::item_bank) async fn list_comments(conn: &impl ConnectionTrait, id: ItemId) -> AppResult<Vec<Model>> {
    let query = Entity::find().filter(Column::ItemId.eq(id));
    Ok(query.order_by_asc(Column::WrittenAt).order_by_asc(Column::Id).all(conn).await?)
}

//! What happened to items that no other table tells.

use super::super::entity::item_event::{Column, Entity, Model};
use crate::platform::{
    db::{Taken, insert_rows},
    error::AppResult,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use shared::ids::ItemId;

pub(in crate::item_bank) async fn insert_events(conn: &impl ConnectionTrait, rows: &[Model]) -> AppResult<()> {
    insert_rows(conn, &rows.iter().collect::<Vec<_>>(), Taken::Fails).await.map(drop)
}

/// What happened to an item, in whatever order.
pub(in crate::item_bank) async fn list_events(conn: &impl ConnectionTrait, id: ItemId) -> AppResult<Vec<Model>> {
    Ok(Entity::find().filter(Column::ItemId.eq(id)).all(conn).await?)
}

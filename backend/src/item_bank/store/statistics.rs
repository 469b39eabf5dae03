//! How items did in tests.

use super::super::entity::item_statistic::{Column, Entity, Model};
use crate::platform::{
    db::{Taken, insert_rows},
    error::AppResult,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use shared::ids::ItemId;

/// Inserts what was not measured yet.
pub(in crate::item_bank) async fn insert_statistics(conn: &impl ConnectionTrait, rows: &[Model]) -> AppResult<()> {
    insert_rows(conn, &rows.iter().collect::<Vec<_>>(), Taken::Stays).await.map(drop)
}

/// How an item did, the newest version first, and of each the last test first.
pub(in crate::item_bank) async fn list_statistics(conn: &impl ConnectionTrait, id: ItemId) -> AppResult<Vec<Model>> {
    let query = Entity::find().filter(Column::ItemId.eq(id));
    let latest = query.order_by_desc(Column::Number).order_by_desc(Column::HeldAt).order_by_desc(Column::ExamSessionId);
    Ok(latest.all(conn).await?)
}

//! In which tests candidates saw items.

use super::{
    super::entity::item_use::{Column, Entity, Model},
    ROWS,
};
use crate::platform::{
    db::{Taken, insert_rows},
    error::AppResult,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use shared::{ids::ItemId, time::Timestamp};
use std::collections::HashMap;

/// Inserts what was not noted yet.
pub(in crate::item_bank) async fn insert_uses(conn: &impl ConnectionTrait, rows: &[Model]) -> AppResult<()> {
    insert_rows(conn, &rows.iter().collect::<Vec<_>>(), Taken::Stays).await.map(drop)
}

/// In which tests candidates saw an item, in whatever order.
pub(in crate::item_bank) async fn list_uses(conn: &impl ConnectionTrait, id: ItemId) -> AppResult<Vec<Model>> {
    Ok(Entity::find().filter(Column::ItemId.eq(id)).all(conn).await?)
}

/// In how many tests candidates saw each of these items, and when the last began; nothing of the others.
pub(in crate::item_bank) async fn count_uses(
    conn: &impl ConnectionTrait,
    ids: &[ItemId],
) -> AppResult<HashMap<ItemId, (i64, Timestamp)>> {
    let mut found = HashMap::new();
    for chunk in ids.chunks(ROWS) {
        let query = Entity::find()
            .select_only()
            .column(Column::ItemId)
            .column_as(Column::ExamSessionId.count(), "tests")
            .column_as(Column::UsedAt.max(), "last")
            .filter(Column::ItemId.is_in(chunk.iter().copied()))
            .group_by(Column::ItemId);
        let rows: Vec<(ItemId, i64, Timestamp)> = query.into_tuple().all(conn).await?;
        found.extend(rows.into_iter().map(|(id, tests, last)| (id, (tests, last))));
    }
    Ok(found)
}

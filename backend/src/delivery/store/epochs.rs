//! Statements on epochs that another device has continued.

use super::to_u32;
use crate::{delivery::entity::superseded_epoch, platform::error::AppResult};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use shared::{ids::SittingId, time::Timestamp};
use std::collections::HashMap;

/// When each older epoch of these sittings began.
pub(in crate::delivery) async fn list_superseded(
    conn: &impl ConnectionTrait,
    ids: &[SittingId],
) -> AppResult<HashMap<(SittingId, u32), Timestamp>> {
    use superseded_epoch::Column;
    let rows = superseded_epoch::Entity::find().filter(Column::SittingId.is_in(ids.iter().copied()));
    let rows = rows.all(conn).await?;
    rows.into_iter().map(|row| Ok(((row.sitting_id, to_u32(row.epoch)?), row.opened_at))).collect()
}

/// Keeps when an epoch began that another device continues.
pub(in crate::delivery) async fn insert_superseded(
    conn: &impl ConnectionTrait,
    row: superseded_epoch::Model,
) -> AppResult<()> {
    superseded_epoch::Entity::insert(superseded_epoch::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

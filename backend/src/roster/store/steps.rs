//! Entries that were closed, and opened again.

use super::super::entity::roster_step::{self, Column};
use crate::platform::error::AppResult;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use shared::ids::RosterEntryId;

pub(in super::super) async fn insert_step(conn: &impl ConnectionTrait, row: roster_step::Model) -> AppResult<()> {
    roster_step::Entity::insert(roster_step::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// The steps of these entries, the oldest first.
pub(in super::super) async fn list_steps(
    conn: &impl ConnectionTrait,
    entry_ids: &[RosterEntryId],
) -> AppResult<Vec<roster_step::Model>> {
    let these = roster_step::Entity::find().filter(Column::EntryId.is_in(entry_ids.iter().copied()));
    Ok(these.order_by_asc(Column::Seq).all(conn).await?)
}

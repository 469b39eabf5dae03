//! Versions on trial.

use super::super::entity::item_trial;
use crate::platform::error::AppResult;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use shared::ids::ItemId;

pub(in crate::item_bank) async fn insert_trial(conn: &impl ConnectionTrait, row: item_trial::Model) -> AppResult<()> {
    item_trial::Entity::insert(item_trial::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// Every version of an item that was tried.
pub(in crate::item_bank) async fn list_trials(
    conn: &impl ConnectionTrait,
    id: ItemId,
) -> AppResult<Vec<item_trial::Model>> {
    Ok(item_trial::Entity::find().filter(item_trial::Column::ItemId.eq(id)).all(conn).await?)
}

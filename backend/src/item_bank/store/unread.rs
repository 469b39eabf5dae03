//! Items of other systems that are none here.

use super::super::entity::unread_item;
use crate::platform::error::AppResult;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict};
use shared::ids::{AccountId, UnreadItemId};

/// Rows of a list.
const ROWS: u64 = 500;

/// Keeps a text. What is there already stays.
pub(in crate::item_bank) async fn keep_unread(conn: &impl ConnectionTrait, row: unread_item::Model) -> AppResult<()> {
    use unread_item::Column;
    let once = OnConflict::columns([Column::KeptBy, Column::CourseId, Column::Sha256]).do_nothing().to_owned();
    let row = unread_item::ActiveModel::from(row);
    unread_item::Entity::insert(row).on_conflict(once).exec_without_returning(conn).await?;
    Ok(())
}

/// What somebody brought, the newest first.
pub(in crate::item_bank) async fn list_unread(
    conn: &impl ConnectionTrait,
    kept_by: AccountId,
) -> AppResult<Vec<unread_item::Model>> {
    use unread_item::Column;
    let query = unread_item::Entity::find().filter(Column::KeptBy.eq(kept_by)).order_by_desc(Column::Id);
    Ok(query.limit(ROWS).all(conn).await?)
}

pub(in crate::item_bank) async fn find_unread(
    conn: &impl ConnectionTrait,
    id: UnreadItemId,
) -> AppResult<Option<unread_item::Model>> {
    Ok(unread_item::Entity::find_by_id(id).one(conn).await?)
}

//! Parts of lists that are on their way in.

use crate::{
    platform::{db::oldest_until, error::AppResult},
    roster::entity::roster_upload_part::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use shared::{ids::RosterUploadId, time::Timestamp};

/// Keeps a part; one that is there stays.
pub(in super::super) async fn insert_upload_part(conn: &impl ConnectionTrait, part: Model) -> AppResult<()> {
    let once = OnConflict::columns([Column::UploadId, Column::Part]).do_nothing().to_owned();
    Entity::insert(ActiveModel::from(part)).on_conflict(once).exec_without_returning(conn).await?;
    Ok(())
}

pub(in super::super) async fn find_upload_part(
    conn: &impl ConnectionTrait,
    id: RosterUploadId,
    part: i32,
) -> AppResult<Option<Vec<u8>>> {
    Ok(Entity::find_by_id((id, part)).one(conn).await?.map(|row| row.content))
}

/// Forgets the parts that came before a moment.
pub(in super::super) async fn forget_upload_parts(conn: &impl ConnectionTrait, before: Timestamp) -> AppResult<()> {
    Entity::delete_many().filter(Column::ReceivedAt.lt(before)).exec(conn).await?;
    Ok(())
}

/// Up to which moment the oldest parts reach that came before another, as many as `rows`.
pub(in super::super) async fn oldest_parts_until(
    conn: &impl ConnectionTrait,
    before: Timestamp,
    rows: u64,
) -> AppResult<Option<Timestamp>> {
    oldest_until::<Entity>(conn, Column::ReceivedAt, before, rows).await
}

/// Forgets the parts that came up to a moment; how many.
pub(in super::super) async fn forget_parts_until(conn: &impl ConnectionTrait, until: Timestamp) -> AppResult<u64> {
    Ok(Entity::delete_many().filter(Column::ReceivedAt.lte(until)).exec(conn).await?.rows_affected)
}

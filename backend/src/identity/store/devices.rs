//! Statements on known devices.

use crate::{
    identity::entity::known_device::{ActiveModel, Column, Entity, Model},
    platform::error::AppResult,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::OnConflict};
use shared::{ids::AccountId, time::Timestamp};

/// How an account and a device know each other.
pub(in crate::identity) async fn find_known_device(
    conn: &impl ConnectionTrait,
    device_hash: &str,
    account_id: AccountId,
) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id((device_hash.to_owned(), account_id)).one(conn).await?)
}

/// Whether any account knows a device.
pub(in crate::identity) async fn is_device_known(conn: &impl ConnectionTrait, device_hash: &str) -> AppResult<bool> {
    Ok(Entity::find().filter(Column::DeviceHash.eq(device_hash)).count(conn).await? > 0)
}

/// Remembers that an account was used on a device.
pub(in crate::identity) async fn put_known_device(conn: &impl ConnectionTrait, row: Model) -> AppResult<()> {
    let again =
        OnConflict::columns([Column::DeviceHash, Column::AccountId]).update_column(Column::LastUsedAt).to_owned();
    Entity::insert(ActiveModel::from(row)).on_conflict(again).exec_without_returning(conn).await?;
    Ok(())
}

/// Forgets the devices of an account that were used before `since` alone; all, if there is none.
pub(in crate::identity) async fn forget_devices(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    since: Option<Timestamp>,
) -> AppResult<()> {
    let mut forget = Entity::delete_many().filter(Column::AccountId.eq(account_id));
    if let Some(since) = since {
        forget = forget.filter(Column::LastUsedAt.lt(since));
    }
    forget.exec(conn).await?;
    Ok(())
}

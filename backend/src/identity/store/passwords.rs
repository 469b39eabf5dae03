//! Statements on former passwords.

use crate::{
    identity::entity::former_password::{ActiveModel, Column, Entity, Model},
    platform::error::AppResult,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict};
use shared::ids::AccountId;

/// The hashes of the last `most` passwords before the present one, the newest first.
pub(in crate::identity) async fn list_former_passwords(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    most: u64,
) -> AppResult<Vec<String>> {
    let rows = Entity::find().filter(Column::AccountId.eq(account_id)).order_by_desc(Column::ReplacedAt);
    Ok(rows.limit(most).all(conn).await?.into_iter().map(|row| row.password_hash).collect())
}

/// Keeps a password that was replaced, and no more than the last `most`.
pub(in crate::identity) async fn keep_former_password(
    conn: &impl ConnectionTrait,
    row: Model,
    most: u64,
) -> AppResult<()> {
    let account_id = row.account_id;
    let unless_kept = OnConflict::columns([Column::AccountId, Column::PasswordHash]).do_nothing().to_owned();
    Entity::insert(ActiveModel::from(row)).on_conflict(unless_kept).exec_without_returning(conn).await?;
    let kept = list_former_passwords(conn, account_id, most).await?;
    let others = Entity::delete_many().filter(Column::AccountId.eq(account_id));
    others.filter(Column::PasswordHash.is_not_in(kept)).exec(conn).await?;
    Ok(())
}

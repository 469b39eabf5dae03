//! Statements on consents.

use crate::{
    identity::entity::consent_entry::{ActiveModel, Column, Entity, Model},
    platform::error::AppResult,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use shared::ids::AccountId;

/// Everything that somebody gave and withdrew, the oldest first.
pub(in crate::identity) async fn list_consents(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Vec<Model>> {
    let own = Entity::find().filter(Column::AccountId.eq(account_id));
    Ok(own.order_by_asc(Column::At).order_by_asc(Column::Id).all(conn).await?)
}

/// Everything that these accounts said of a purpose, the oldest first.
pub(in crate::identity) async fn list_consents_to(
    conn: &impl ConnectionTrait,
    purpose: &str,
    account_ids: &[AccountId],
) -> AppResult<Vec<Model>> {
    if account_ids.is_empty() {
        return Ok(Vec::new());
    }
    let theirs = Entity::find().filter(Column::AccountId.is_in(account_ids.iter().copied()));
    let said = theirs.filter(Column::Purpose.eq(purpose));
    Ok(said.order_by_asc(Column::At).order_by_asc(Column::Id).all(conn).await?)
}

pub(in crate::identity) async fn insert_consent(conn: &impl ConnectionTrait, row: Model) -> AppResult<()> {
    Entity::insert(ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

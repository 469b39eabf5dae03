//! Statements on the feature's tables.

use super::entity::picture::{ActiveModel, Column, Entity, Model};
use crate::platform::error::AppResult;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict};

/// Adds a picture, unless it is there.
pub(super) async fn insert(conn: &impl ConnectionTrait, row: Model) -> AppResult<()> {
    let once = OnConflict::column(Column::Sha256).do_nothing().to_owned();
    Entity::insert(ActiveModel::from(row)).on_conflict(once).exec_without_returning(conn).await?;
    Ok(())
}

pub(super) async fn find(conn: &impl ConnectionTrait, sha256: &str) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(sha256).one(conn).await?)
}

pub(super) async fn list(conn: &impl ConnectionTrait, sha256: &[String]) -> AppResult<Vec<Model>> {
    Ok(Entity::find().filter(Column::Sha256.is_in(sha256)).all(conn).await?)
}

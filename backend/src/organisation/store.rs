//! Statements on the feature's tables.

use super::entity::{division, provider};
use crate::platform::error::AppResult;
use sea_orm::{ConnectionTrait, EntityTrait, sea_query::OnConflict};
use shared::ids::ProviderId;

/// Rows that one statement inserts.
const ROWS: usize = 500;

/// Inserts the divisions that are not there yet.
pub(super) async fn insert_divisions(conn: &impl ConnectionTrait, rows: &[division::Model]) -> AppResult<()> {
    for chunk in rows.chunks(ROWS) {
        let rows = chunk.iter().cloned().map(division::ActiveModel::from);
        division::Entity::insert_many(rows)
            .on_conflict(OnConflict::column(division::Column::Code).do_nothing().to_owned())
            .exec_without_returning(conn)
            .await?;
    }
    Ok(())
}

pub(super) async fn insert_provider(conn: &impl ConnectionTrait, row: provider::Model) -> AppResult<()> {
    provider::Entity::insert(provider::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

pub(super) async fn find_provider(conn: &impl ConnectionTrait, id: ProviderId) -> AppResult<Option<provider::Model>> {
    Ok(provider::Entity::find_by_id(id).one(conn).await?)
}

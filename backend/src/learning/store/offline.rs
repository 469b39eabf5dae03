//! Statements on study that came from devices without a network.

use crate::{
    learning::entity::{exercise_answer, study_interval},
    platform::error::AppResult,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use shared::{
    ids::{AccountId, OfflineEntryId},
    time::Timestamp,
};
use uuid::Uuid;

/// The intervals of an account that end at this instant or later, of all courses.
pub(in crate::learning) async fn list_intervals_since(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    since: Timestamp,
) -> AppResult<Vec<study_interval::Model>> {
    use study_interval::Column;
    let query = study_interval::Entity::find().filter(Column::AccountId.eq(account_id));
    Ok(query.filter(Column::ToAt.gte(since)).all(conn).await?)
}

/// Those of these entries that are stored already, whoever sent them.
pub(in crate::learning) async fn list_stored_entries(
    conn: &impl ConnectionTrait,
    ids: &[OfflineEntryId],
) -> AppResult<Vec<OfflineEntryId>> {
    let read = study_interval::Entity::find()
        .select_only()
        .column(study_interval::Column::EntryId)
        .filter(study_interval::Column::EntryId.is_in(ids.iter().copied()));
    let mut stored: Vec<OfflineEntryId> = read.into_tuple().all(conn).await?;
    let answered = exercise_answer::Entity::find()
        .select_only()
        .column(exercise_answer::Column::Id)
        .filter(exercise_answer::Column::Id.is_in(ids.iter().map(|id| id.0)));
    let answered: Vec<Uuid> = answered.into_tuple().all(conn).await?;
    stored.extend(answered.into_iter().map(OfflineEntryId));
    Ok(stored)
}

//! What was noted of who came.

use super::ROWS;
use crate::{platform::error::AppResult, teaching::entity::roll_call_entry};
use roll_call_entry::Column;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use shared::ids::{AccountId, MeetingId, RollCallEntryId};

/// Inserts those entries whose ids are not there.
pub(in crate::teaching) async fn insert_roll_entries(
    conn: &impl ConnectionTrait,
    rows: Vec<roll_call_entry::Model>,
) -> AppResult<()> {
    for rows in rows.chunks(ROWS) {
        let rows = rows.iter().cloned().map(roll_call_entry::ActiveModel::from);
        let once = OnConflict::column(Column::Id).do_nothing().to_owned();
        roll_call_entry::Entity::insert_many(rows).on_conflict(once).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// The entries of these meetings.
pub(in crate::teaching) async fn list_roll_entries(
    conn: &impl ConnectionTrait,
    meetings: &[MeetingId],
) -> AppResult<Vec<roll_call_entry::Model>> {
    let of_meetings = Column::MeetingId.is_in(meetings.iter().copied());
    Ok(roll_call_entry::Entity::find().filter(of_meetings).all(conn).await?)
}

/// The entries of these learners.
pub(in crate::teaching) async fn list_roll_entries_of(
    conn: &impl ConnectionTrait,
    learners: &[AccountId],
) -> AppResult<Vec<roll_call_entry::Model>> {
    let of_learners = Column::LearnerId.is_in(learners.iter().copied());
    Ok(roll_call_entry::Entity::find().filter(of_learners).all(conn).await?)
}

pub(in crate::teaching) async fn list_roll_entries_by_ids(
    conn: &impl ConnectionTrait,
    ids: &[RollCallEntryId],
) -> AppResult<Vec<roll_call_entry::Model>> {
    Ok(roll_call_entry::Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(conn).await?)
}

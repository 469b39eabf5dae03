//! Statements on the feature's tables.

mod attendance;
mod makeups;
mod notices;
mod photos;
mod skills;
mod timetable;

pub(super) use attendance::{insert_roll_entries, list_roll_entries, list_roll_entries_by_ids, list_roll_entries_of};
pub(super) use makeups::{insert_makeup, list_held_meetings, list_makeups, list_makeups_of, withdraw_makeup};
pub(super) use notices::{find_notice, insert_notices, list_notices, read_notice};
pub(super) use photos::{PhotoFacts, count_photos, find_photo, insert_photo, list_photos, remove_photo};
pub(super) use skills::{
    count_certificates, count_trainings, find_certificate, find_skill_photo, find_training, insert_certificate,
    insert_skill_photo, insert_training, list_certificates, list_certificates_of, list_certificates_within,
    list_trainings, list_trainings_of, list_trainings_within, lock_certificate, lock_training, update_certificate,
    update_training,
};
pub(super) use timetable::{
    Unrecorded, count_unrecorded, find_meeting, find_room, insert_change, insert_meetings, insert_room, list_changes,
    list_meetings_between, list_meetings_by_ids, list_meetings_of_class, list_overlapping, list_rooms,
    list_rooms_by_ids, list_unrecorded, lock_timetables, update_meeting, update_room,
};

use super::entity::holiday;
use crate::platform::error::AppResult;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, sea_query::OnConflict,
};

/// Rows that one statement inserts.
const ROWS: usize = 500;

/// What is said of the days from one to another, both included.
pub(super) async fn list_holidays(conn: &impl ConnectionTrait, from: &str, to: &str) -> AppResult<Vec<holiday::Model>> {
    use holiday::Column::Day;
    let query = holiday::Entity::find().filter(Day.gte(from)).filter(Day.lte(to));
    Ok(query.order_by_asc(Day).all(conn).await?)
}

/// Says something of a day, instead of what was said before.
pub(super) async fn upsert_holiday(conn: &impl ConnectionTrait, row: holiday::Model) -> AppResult<()> {
    use holiday::Column;
    let instead =
        OnConflict::column(Column::Day).update_columns([Column::Kind, Column::Name, Column::ChangedBy]).to_owned();
    holiday::Entity::insert(row.into_active_model()).on_conflict(instead).exec_without_returning(conn).await?;
    Ok(())
}

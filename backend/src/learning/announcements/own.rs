//! Announcements as learners of the class see them.

use super::{state, until};
use crate::{
    access::Permit,
    identity,
    learning::{
        entity::{announcement, announcement_reading},
        store,
        study::StudyCourses,
    },
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, AnnouncementId, ClassId},
    learning::{AnnouncementReading, MyAnnouncement},
    time::Timestamp,
};
use std::collections::HashMap;

/// What was announced to the classes that the learner is in, the newest first; what was withdrawn is not there.
pub(super) async fn list(cx: &Services, account_id: AccountId) -> AppResult<Vec<MyAnnouncement>> {
    let classes = store::list_classes_of(cx.db.read(), account_id).await?;
    let classes: HashMap<ClassId, String> = classes.into_iter().map(|class| (class.id, class.name)).collect();
    let ids: Vec<_> = classes.keys().copied().collect();
    let mut rows = store::list_announcements(cx.db.read(), &ids).await?;
    rows.retain(|row| row.withdrawn_at.is_none());
    let writers: Vec<_> = rows.iter().map(|row| row.written_by).collect();
    let names = identity::names_of(cx, &writers).await?;
    let read: HashMap<(AnnouncementId, i32), Timestamp> = store::list_own_readings(cx.db.read(), account_id)
        .await?
        .into_iter()
        .map(|row| ((row.announcement_id, row.version), row.read_at))
        .collect();
    let now = cx.clock.now();
    let mine = |row: announcement::Model| {
        Ok(MyAnnouncement {
            id: row.id,
            class_id: row.class_id,
            class_name: classes.get(&row.class_id).cloned().unwrap_or_default(),
            until: until(&row)?,
            state: state(&row, now)?,
            by_name: names.get(&row.written_by).cloned().unwrap_or_default(),
            written_at: row.written_at,
            edited_at: row.edited_at,
            read_at: read.get(&(row.id, row.version)).copied(),
            title: row.title,
            text: row.text,
        })
    };
    rows.into_iter().map(mine).collect()
}

/// Notes that a learner has read an announcement as it is. Repeating it changes nothing.
///
/// # Errors
/// `not-found` if it is of no class that the learner is in, or was withdrawn.
pub(super) async fn read(cx: &Services, permit: &Permit<StudyCourses>, id: AnnouncementId) -> AppResult<()> {
    let account_id = *permit.target();
    cx.db
        .write(permit, async |tx| {
            store::lock_learner(tx.conn(), account_id).await?;
            let row = store::find_announcement(tx.conn(), id).await?.filter(|row| row.withdrawn_at.is_none());
            let row = row.ok_or_else(AppError::not_found)?;
            if !store::list_members(tx.conn(), row.class_id).await?.contains(&account_id) {
                return Err(AppError::not_found());
            }
            tx.note("announcement", id.to_string());
            tx.note("version", row.version);
            let before = store::list_own_readings(tx.conn(), account_id).await?;
            if before.iter().any(|reading| reading.announcement_id == id && reading.version == row.version) {
                return Ok(());
            }
            let reading = announcement_reading::Model {
                id: cx.ids.uuid(),
                announcement_id: id,
                account_id,
                version: row.version,
                read_at: tx.now(),
            };
            store::insert_reading(tx.conn(), reading).await
        })
        .await
}

/// What a learner has read, the last first.
///
/// # Errors
/// If the store fails.
pub async fn announcement_readings_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<AnnouncementReading>> {
    let readings = store::list_own_readings(cx.db.read(), account_id).await?;
    let ids: Vec<_> = readings.iter().map(|reading| reading.announcement_id).collect();
    let rows = store::list_announcements_by_ids(cx.db.read(), &ids).await?;
    let classes: Vec<_> = rows.iter().map(|row| row.class_id).collect();
    let classes = store::list_classes_by_ids(cx.db.read(), &classes).await?;
    let names: HashMap<ClassId, String> = classes.into_iter().map(|class| (class.id, class.name)).collect();
    let rows: HashMap<AnnouncementId, announcement::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    let known = |reading: announcement_reading::Model| {
        let row = rows.get(&reading.announcement_id)?;
        Some(AnnouncementReading {
            class_name: names.get(&row.class_id).cloned().unwrap_or_default(),
            title: row.title.clone(),
            read_at: reading.read_at,
        })
    };
    Ok(readings.into_iter().filter_map(known).collect())
}

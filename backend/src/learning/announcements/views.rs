//! Announcements as who follows the class sees them.

use super::{state, until};
use crate::{
    identity,
    learning::{entity::announcement, store},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, AnnouncementId, ClassId},
    learning::AnnouncementView,
};
use std::collections::{HashMap, HashSet};

/// The announcements of a class, the newest first.
pub(super) async fn list(cx: &Services, id: ClassId) -> AppResult<Vec<AnnouncementView>> {
    views(cx, id, store::list_announcements(cx.db.read(), &[id]).await?).await
}

/// One announcement. Whether somebody may know of it is for the caller to ask.
pub(super) async fn view(cx: &Services, id: AnnouncementId) -> AppResult<AnnouncementView> {
    let row = store::find_announcement(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    views(cx, row.class_id, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

async fn views(cx: &Services, id: ClassId, rows: Vec<announcement::Model>) -> AppResult<Vec<AnnouncementView>> {
    let members: HashSet<AccountId> = store::list_members(cx.db.read(), id).await?.into_iter().collect();
    let learners = u32::try_from(members.len()).map_err(AppError::internal)?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut readers: HashMap<(AnnouncementId, i32), HashSet<AccountId>> = HashMap::new();
    for row in store::list_readings(cx.db.read(), &ids).await? {
        if members.contains(&row.account_id) {
            readers.entry((row.announcement_id, row.version)).or_default().insert(row.account_id);
        }
    }
    let writers: Vec<_> = rows.iter().map(|row| row.written_by).collect();
    let names = identity::names_of(cx, &writers).await?;
    let now = cx.clock.now();
    let view = |row: announcement::Model| {
        let read = readers.get(&(row.id, row.version)).map_or(0, HashSet::len);
        Ok(AnnouncementView {
            id: row.id,
            version: row.version,
            until: until(&row)?,
            state: state(&row, now)?,
            by_name: names.get(&row.written_by).cloned().unwrap_or_default(),
            written_at: row.written_at,
            edited_at: row.edited_at,
            read: u32::try_from(read).map_err(AppError::internal)?,
            learners,
            title: row.title,
            text: row.text,
        })
    };
    rows.into_iter().map(view).collect()
}

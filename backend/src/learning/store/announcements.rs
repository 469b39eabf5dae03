//! Announcements of classes, and who has read them.

use crate::{
    learning::entity::{announcement, announcement_reading},
    platform::error::AppResult,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use shared::ids::{AccountId, AnnouncementId, ClassId};

pub(in crate::learning) async fn insert_announcement(
    conn: &impl ConnectionTrait,
    row: announcement::Model,
) -> AppResult<()> {
    announcement::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::learning) async fn find_announcement(
    conn: &impl ConnectionTrait,
    id: AnnouncementId,
) -> AppResult<Option<announcement::Model>> {
    Ok(announcement::Entity::find_by_id(id).one(conn).await?)
}

/// The announcement; nobody else changes it until the write ends.
pub(in crate::learning) async fn lock_announcement(
    conn: &impl ConnectionTrait,
    id: AnnouncementId,
) -> AppResult<Option<announcement::Model>> {
    Ok(announcement::Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

/// Stores an announcement that was locked.
pub(in crate::learning) async fn update_announcement(
    conn: &impl ConnectionTrait,
    row: announcement::Model,
) -> AppResult<()> {
    let id = row.id;
    let row = row.into_active_model().reset_all();
    announcement::Entity::update_many().set(row).filter(announcement::Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// The announcements of these classes, the newest first.
pub(in crate::learning) async fn list_announcements(
    conn: &impl ConnectionTrait,
    classes: &[ClassId],
) -> AppResult<Vec<announcement::Model>> {
    use announcement::Column;
    let query = announcement::Entity::find().filter(Column::ClassId.is_in(classes.iter().copied()));
    Ok(query.order_by_desc(Column::WrittenAt).order_by_desc(Column::Id).all(conn).await?)
}

/// These announcements.
pub(in crate::learning) async fn list_announcements_by_ids(
    conn: &impl ConnectionTrait,
    ids: &[AnnouncementId],
) -> AppResult<Vec<announcement::Model>> {
    let these = announcement::Column::Id.is_in(ids.iter().copied());
    Ok(announcement::Entity::find().filter(these).all(conn).await?)
}

pub(in crate::learning) async fn insert_reading(
    conn: &impl ConnectionTrait,
    row: announcement_reading::Model,
) -> AppResult<()> {
    announcement_reading::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

/// Who has read these announcements.
pub(in crate::learning) async fn list_readings(
    conn: &impl ConnectionTrait,
    announcements: &[AnnouncementId],
) -> AppResult<Vec<announcement_reading::Model>> {
    let these = announcement_reading::Column::AnnouncementId.is_in(announcements.iter().copied());
    Ok(announcement_reading::Entity::find().filter(these).all(conn).await?)
}

/// What a learner has read, the last first.
pub(in crate::learning) async fn list_own_readings(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Vec<announcement_reading::Model>> {
    use announcement_reading::Column;
    let query = announcement_reading::Entity::find().filter(Column::AccountId.eq(account_id));
    Ok(query.order_by_desc(Column::ReadAt).order_by_desc(Column::Id).all(conn).await?)
}

//! Statements on the feature's tables.

use super::entity::{item, item_version};
use crate::platform::error::AppResult;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use shared::{
    ids::{AccountId, CourseId, ItemId},
    time::Timestamp,
};

/// Rows that one statement inserts, and ids that one statement asks for.
const ROWS: usize = 500;

pub(super) async fn insert(
    conn: &impl ConnectionTrait,
    items: &[item::Model],
    versions: &[item_version::Model],
) -> AppResult<()> {
    for chunk in items.chunks(ROWS) {
        let rows = chunk.iter().cloned().map(item::ActiveModel::from);
        item::Entity::insert_many(rows).exec_without_returning(conn).await?;
    }
    for chunk in versions.chunks(ROWS) {
        let rows = chunk.iter().cloned().map(item_version::ActiveModel::from);
        item_version::Entity::insert_many(rows).exec_without_returning(conn).await?;
    }
    Ok(())
}

pub(super) async fn find(conn: &impl ConnectionTrait, id: ItemId) -> AppResult<Option<item::Model>> {
    Ok(item::Entity::find_by_id(id).one(conn).await?)
}

/// The item; nobody else changes it until the write ends.
pub(super) async fn lock(conn: &impl ConnectionTrait, id: ItemId) -> AppResult<Option<item::Model>> {
    Ok(item::Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

pub(super) async fn retire(
    conn: &impl ConnectionTrait,
    id: ItemId,
    (person, now): (AccountId, Timestamp),
    reason: &str,
) -> AppResult<()> {
    let row = item::ActiveModel {
        retired_by: Set(Some(person)),
        retired_at: Set(Some(now)),
        retired_because: Set(Some(reason.to_owned())),
        ..Default::default()
    };
    item::Entity::update_many().set(row).filter(item::Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Items of a course, the newest first, from after the key of a cursor.
pub(super) async fn list_of_course(
    conn: &impl ConnectionTrait,
    course_id: CourseId,
    after: Option<ItemId>,
    rows: u64,
) -> AppResult<Vec<item::Model>> {
    let mut query = item::Entity::find().filter(item::Column::CourseId.eq(course_id));
    if let Some(after) = after {
        query = query.filter(item::Column::Id.lt(after));
    }
    Ok(query.order_by_desc(item::Column::Id).limit(rows).all(conn).await?)
}

/// Every version of these items, the oldest first.
pub(super) async fn list_versions(conn: &impl ConnectionTrait, ids: &[ItemId]) -> AppResult<Vec<item_version::Model>> {
    use item_version::Column;
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(ROWS) {
        let query = item_version::Entity::find().filter(Column::ItemId.is_in(chunk.iter().copied()));
        found.extend(query.order_by_asc(Column::Number).all(conn).await?);
    }
    Ok(found)
}

/// These versions.
pub(super) async fn list_pinned(
    conn: &impl ConnectionTrait,
    pins: &[(ItemId, i32)],
) -> AppResult<Vec<item_version::Model>> {
    use item_version::Column;
    let mut found = Vec::with_capacity(pins.len());
    for chunk in pins.chunks(ROWS / 2) {
        let any = chunk.iter().fold(Condition::any(), |any, (id, number)| {
            any.add(Condition::all().add(Column::ItemId.eq(*id)).add(Column::Number.eq(*number)))
        });
        found.extend(item_version::Entity::find().filter(any).all(conn).await?);
    }
    Ok(found)
}

pub(super) async fn list(conn: &impl ConnectionTrait, ids: &[ItemId]) -> AppResult<Vec<item::Model>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(ROWS) {
        found.extend(item::Entity::find().filter(item::Column::Id.is_in(chunk.iter().copied())).all(conn).await?);
    }
    Ok(found)
}

//! Statements on the feature's tables.

mod alike;
mod attachments;
mod descriptors;
mod events;
mod frozen;
mod narrowing;
mod remarks;
mod statistics;
mod trials;
mod unread;
mod uses;

pub(super) use alike::{
    forget_alike, forget_texts, forget_words, insert_alike, insert_texts, list_alike, list_of_bands, list_texts,
    list_without_text, of_alike, of_letters,
};
pub(super) use attachments::{AttachmentHead, count_attachments, find_attachment, insert_attachment, list_attachments};
pub(super) use descriptors::{
    VersionHead, describe, insert_descriptors, list_described, list_descriptors, list_version_heads,
};
pub(super) use events::{insert_events, list_events};
pub(super) use frozen::{freeze, list_frozen_among, list_frozen_of, list_open_versions, seal_open_version, thaw};
pub(super) use narrowing::{Said, with_traits};
pub(super) use remarks::{
    insert_comment, list_comments, list_open_comments, list_open_reasons, seal_open_comment, seal_open_reason,
};
pub(super) use statistics::{insert_statistics, list_statistics};
pub(super) use trials::{insert_trial, list_trials};
pub(super) use unread::{find_unread, keep_unread, list_unread};
pub(super) use uses::{count_uses, insert_uses, list_uses};

use super::entity::{item, item_review, item_version};
use crate::platform::error::AppResult;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use shared::{
    ids::{AccountId, CourseId, ItemId},
    item_bank::{ItemState, MeasuredItem},
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

/// Says where the newest version of a locked item stands.
pub(super) async fn set_state(conn: &impl ConnectionTrait, id: ItemId, state: ItemState) -> AppResult<()> {
    let row = item::ActiveModel { state: Set(state.as_str().to_owned()), ..Default::default() };
    item::Entity::update_many().set(row).filter(item::Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Says how the newest version of a locked item did in all tests; nothing if it stood in none.
pub(super) async fn set_measured(
    conn: &impl ConnectionTrait,
    id: ItemId,
    measured: Option<MeasuredItem>,
) -> AppResult<()> {
    let candidates = measured.map_or(0, |measured| i32::try_from(measured.candidates).unwrap_or(i32::MAX));
    let row = item::ActiveModel {
        measured_candidates: Set(candidates),
        measured_difficulty: Set(measured.map_or(0, |measured| i32::from(measured.difficulty))),
        measured_discrimination: Set(measured.and_then(|measured| measured.discrimination).map(i32::from)),
        ..Default::default()
    };
    item::Entity::update_many().set(row).filter(item::Column::Id.eq(id)).exec(conn).await?;
    Ok(())
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

/// Which items a list shows.
pub(super) struct ItemFilter {
    pub(super) within: Condition,
    pub(super) waits: Option<Condition>,
    pub(super) course_id: Option<CourseId>,
    /// Of those in use alone.
    pub(super) state: Option<ItemState>,
    /// What is said of them, and how they are.
    pub(super) traits: Condition,
    /// What stands in them, and what they are like.
    pub(super) found: Condition,
    /// The last item of the page before.
    pub(super) after: Option<ItemId>,
    pub(super) rows: u64,
}

/// Items, the newest first.
pub(super) async fn list_items(conn: &impl ConnectionTrait, wanted: ItemFilter) -> AppResult<Vec<item::Model>> {
    use item::Column;
    let mut query = item::Entity::find().filter(wanted.within).filter(wanted.found).filter(wanted.traits);
    if let Some(waits) = wanted.waits {
        query = query.filter(waits);
    }
    if let Some(course_id) = wanted.course_id {
        query = query.filter(Column::CourseId.eq(course_id));
    }
    if let Some(state) = wanted.state {
        query = query.filter(Column::State.eq(state.as_str())).filter(Column::RetiredAt.is_null());
    }
    if let Some(after) = wanted.after {
        query = query.filter(Column::Id.lt(after));
    }
    Ok(query.order_by_desc(Column::Id).limit(wanted.rows).all(conn).await?)
}

/// The items of a course that somebody wrote.
pub(super) async fn list_written_by(
    conn: &impl ConnectionTrait,
    account: AccountId,
    course_id: CourseId,
) -> AppResult<Vec<ItemId>> {
    use item::Column;
    let query = item::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::CourseId.eq(course_id))
        .filter(Column::CreatedBy.eq(account));
    Ok(query.into_tuple().all(conn).await?)
}

/// How many items fulfil a condition.
pub(super) async fn count_items(conn: &impl ConnectionTrait, within: Condition) -> AppResult<u64> {
    Ok(item::Entity::find().filter(within).count(conn).await?)
}

pub(super) async fn insert_review(conn: &impl ConnectionTrait, row: item_review::Model) -> AppResult<()> {
    item_review::Entity::insert(item_review::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// Every review of these items.
pub(super) async fn list_reviews(conn: &impl ConnectionTrait, ids: &[ItemId]) -> AppResult<Vec<item_review::Model>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(ROWS) {
        let query = item_review::Entity::find().filter(item_review::Column::ItemId.is_in(chunk.iter().copied()));
        found.extend(query.all(conn).await?);
    }
    Ok(found)
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

/// Items that nobody changes until the write ends. They are locked in one order, whoever asks.
pub(super) async fn lock_all(conn: &impl ConnectionTrait, ids: &[ItemId]) -> AppResult<Vec<item::Model>> {
    let query = item::Entity::find().filter(item::Column::Id.is_in(ids.iter().copied()));
    Ok(query.order_by_asc(item::Column::Id).lock_exclusive().all(conn).await?)
}

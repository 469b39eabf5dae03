//! Items as authors and other features see them.

use super::{
    alike::{self, Words},
    content, describing,
    entity::{item, item_version},
    store,
};
use crate::platform::{
    Services,
    db::Tx,
    error::{AppError, AppResult},
};
use shared::{
    ids::{AccountId, CourseId, ItemId},
    item_bank::{Descriptor, Item, ItemRefusal, ItemState, validate_item, why_no_paper},
    problem::FieldError,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// One version of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinnedItem {
    /// The item.
    pub item_id: ItemId,
    /// Number of the version, from 1.
    pub version: i32,
    /// The content, with its key.
    pub item: Item,
}

fn pinned_item(cx: &Services, row: &item_version::Model) -> AppResult<PinnedItem> {
    Ok(PinnedItem { item_id: row.item_id, version: row.number, item: content::open(cx, row)? })
}

/// The newest versions of these items, in their order; those that do not exist are missing.
///
/// # Errors
/// If the store fails.
pub async fn newest(cx: &Services, ids: &[ItemId]) -> AppResult<Vec<PinnedItem>> {
    let rows = store::list_versions(cx.db.read(), ids).await?;
    let newest: HashMap<_, _> = rows.iter().map(|row| (row.item_id, row)).collect();
    ids.iter().filter_map(|id| newest.get(id)).map(|row| pinned_item(cx, row)).collect()
}

/// These versions, in their order.
///
/// # Errors
/// If one does not exist.
pub async fn pinned(cx: &Services, pins: &[(ItemId, i32)]) -> AppResult<Vec<PinnedItem>> {
    let rows = store::list_pinned(cx.db.read(), pins).await?;
    let found: HashMap<_, _> = rows.iter().map(|row| ((row.item_id, row.number), row)).collect();
    let gone = || AppError::internal("a pinned version of an item is not there");
    pins.iter().map(|pin| found.get(pin).ok_or_else(gone).and_then(|row| pinned_item(cx, row))).collect()
}

/// An item, as who composes a paper knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemHead {
    /// The course that it belongs to.
    pub course_id: CourseId,
    /// Who wrote it, and sees no paper that it stands on.
    pub written_by: AccountId,
    /// Whether it stands in a sealed paper that candidates have not sat yet.
    pub is_frozen: bool,
    /// Where its newest version stands.
    state: ItemState,
    /// Whether it was retired.
    is_retired: bool,
}

impl ItemHead {
    /// Why no paper takes it at a place that counts, or at one that is tried, as the code of a field; `None` if papers may.
    #[must_use]
    pub const fn why_no_paper(&self, is_trial: bool) -> Option<&'static str> {
        why_no_paper(self.state, self.is_retired, is_trial)
    }
}

/// These items; those that do not exist are missing.
///
/// # Errors
/// If the store fails.
pub async fn heads_of(cx: &Services, ids: &[ItemId]) -> AppResult<HashMap<ItemId, ItemHead>> {
    let rows = store::list(cx.db.read(), ids).await?;
    rows.iter().map(|row| Ok((row.id, head(row)?))).collect()
}

/// The items of a course that somebody wrote.
///
/// # Errors
/// If the store fails.
pub async fn written_by(cx: &Services, account: AccountId, course_id: CourseId) -> AppResult<HashSet<ItemId>> {
    Ok(store::list_written_by(cx.db.read(), account, course_id).await?.into_iter().collect())
}

/// [`heads_of`] within a write: nobody writes one anew, reviews or retires it until the write ends.
///
/// # Errors
/// If the store fails.
pub async fn hold_heads_of(tx: &Tx, ids: &[ItemId]) -> AppResult<HashMap<ItemId, ItemHead>> {
    let rows = store::lock_all(tx.conn(), ids).await?;
    rows.iter().map(|row| Ok((row.id, head(row)?))).collect()
}

fn head(row: &item::Model) -> AppResult<ItemHead> {
    let (is_frozen, is_retired) = (row.frozen_version.is_some(), row.retired_at.is_some());
    let (course_id, written_by, state) = (row.course_id, row.created_by, state_of(row)?);
    Ok(ItemHead { course_id, written_by, is_frozen, state, is_retired })
}

pub(super) fn state_of(row: &item::Model) -> AppResult<ItemState> {
    ItemState::parse(&row.state).ok_or_else(|| AppError::internal(format!("item in {}", row.state)))
}

/// An item that nobody else changes until the write ends, and its newest version.
pub(super) async fn locked(tx: &Tx, id: ItemId) -> AppResult<(item::Model, item_version::Model)> {
    let item = store::lock(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
    let newest = store::list_versions(tx.conn(), &[id]).await?.pop().ok_or_else(AppError::not_found)?;
    Ok((item, newest))
}

/// Refuses what was retired.
pub(super) fn in_use(item: &item::Model) -> AppResult<()> {
    if item.retired_at.is_some() {
        return Err(AppError::refused(ItemRefusal::Retired));
    }
    Ok(())
}

/// Stores new items of a course as drafts, within a write.
///
/// # Errors
/// The fields that are wrong, below the index of their item.
pub async fn store_items(
    cx: &Services,
    tx: &Tx,
    by: AccountId,
    course_id: CourseId,
    items: &[Item],
) -> AppResult<Vec<ItemId>> {
    store_described(cx, tx, (by, course_id), items, &BTreeMap::new()).await
}

/// [`store_items`], with what their author says of them, by their places.
pub(super) async fn store_described(
    cx: &Services,
    tx: &Tx,
    (by, course_id): (AccountId, CourseId),
    items: &[Item],
    said: &BTreeMap<usize, Descriptor>,
) -> AppResult<Vec<ItemId>> {
    let wrong: Vec<_> = items.iter().enumerate().flat_map(|(at, item)| errors_of(at, item)).collect();
    if !wrong.is_empty() {
        return Err(AppError::Invalid(wrong));
    }
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = Vec::with_capacity(items.len());
    let mut versions = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        let id: ItemId = cx.ids.new_id();
        let row = item::Model {
            id,
            course_id,
            created_by: by,
            created_at: tx.now(),
            state: ItemState::Draft.as_str().to_owned(),
            described: i32::from(said.contains_key(&at)),
            frozen_version: None,
            measured_candidates: 0,
            measured_difficulty: 0,
            measured_discrimination: None,
            retired_by: None,
            retired_at: None,
            retired_because: None,
        };
        rows.push(row);
        versions.push(version(cx, tx, (id, 1), (item, by))?);
    }
    store::insert(tx.conn(), &rows, &versions).await?;
    let of_row = |(at, new): (&usize, &Descriptor)| Some(describing::row(tx, (rows.get(*at)?.id, 1), by, new));
    store::insert_descriptors(tx.conn(), &said.iter().filter_map(of_row).collect::<Vec<_>>()).await?;
    let stored: Vec<_> = rows.iter().zip(items).map(|(row, item)| (row.id, item)).collect();
    alike::keep_texts(cx, tx, (course_id, Words::Kept), &stored).await?;
    tx.note("items", rows.len());
    if !said.is_empty() {
        tx.note("described", said.len());
    }
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// A version of an item, which begins with this write.
pub(super) fn version(
    cx: &Services,
    tx: &Tx,
    (item_id, number): (ItemId, i32),
    (item, created_by): (&Item, AccountId),
) -> AppResult<item_version::Model> {
    Ok(item_version::Model {
        item_id,
        number,
        kind: item.body.kind().as_str().to_owned(),
        title: String::new(),
        content: String::new(),
        sealed: Some(content::seal(cx, (item_id, number), item)?),
        created_by,
        created_at: tx.now(),
    })
}

fn errors_of(at: usize, item: &Item) -> Vec<FieldError> {
    let inside = |error: FieldError| FieldError { pointer: format!("/items/{at}{}", error.pointer), ..error };
    validate_item(item).into_iter().map(inside).collect()
}

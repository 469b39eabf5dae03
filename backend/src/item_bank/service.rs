//! Items as authors and other features see them.

use super::{
    entity::{item, item_version},
    store,
};
use crate::{
    access::{Actor, Permit, actions},
    organisation,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
};
use shared::{
    ids::{AccountId, CourseId, ItemId},
    item_bank::{Item, ItemDetail, ItemKind, ItemRow, validate_item},
    page::{Page, PageQuery},
    problem::{FieldError, ProblemCode},
    rights::Right,
};
use std::collections::{HashMap, HashSet};

/// Characters of the title of an item.
const TITLE_CHARS: usize = 80;

actions! {
    /// See an item with its key; every look is in the audit log.
    SeeItem(ItemId) = ReadItem;
}

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

pub(super) fn pinned_item(row: &item_version::Model) -> AppResult<PinnedItem> {
    let item = serde_json::from_str(&row.content).map_err(AppError::internal)?;
    Ok(PinnedItem { item_id: row.item_id, version: row.number, item })
}

/// The newest versions of these items, in their order; those that do not exist are missing.
///
/// # Errors
/// If the store fails.
pub async fn newest(cx: &Services, ids: &[ItemId]) -> AppResult<Vec<PinnedItem>> {
    let rows = store::list_versions(cx.db.read(), ids).await?;
    let newest: HashMap<_, _> = rows.iter().map(|row| (row.item_id, row)).collect();
    ids.iter().filter_map(|id| newest.get(id)).map(|row| pinned_item(row)).collect()
}

/// These versions, in their order.
///
/// # Errors
/// If one does not exist.
pub async fn pinned(cx: &Services, pins: &[(ItemId, i32)]) -> AppResult<Vec<PinnedItem>> {
    let rows = store::list_pinned(cx.db.read(), pins).await?;
    let found: HashMap<_, _> = rows.iter().map(|row| ((row.item_id, row.number), row)).collect();
    let gone = || AppError::internal("a pinned version of an item is not there");
    pins.iter().map(|pin| found.get(pin).ok_or_else(gone).and_then(|row| pinned_item(row))).collect()
}

/// The courses of these items.
///
/// # Errors
/// If the store fails.
pub async fn courses_of(cx: &Services, ids: &[ItemId]) -> AppResult<HashMap<ItemId, CourseId>> {
    let rows = store::list(cx.db.read(), ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.course_id)).collect())
}

/// Those of these items that were retired.
///
/// # Errors
/// If the store fails.
pub async fn retired(cx: &Services, ids: &[ItemId]) -> AppResult<HashSet<ItemId>> {
    let rows = store::list(cx.db.read(), ids).await?;
    Ok(rows.into_iter().filter(|row| row.retired_at.is_some()).map(|row| row.id).collect())
}

/// Stores new items of a course, within a write.
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
    let wrong: Vec<_> = items.iter().enumerate().flat_map(|(at, item)| errors_of(at, item)).collect();
    if !wrong.is_empty() {
        return Err(AppError::Invalid(wrong));
    }
    let mut rows = Vec::with_capacity(items.len());
    let mut versions = Vec::with_capacity(items.len());
    for item in items {
        let id: ItemId = cx.ids.new_id();
        let (created_by, created_at) = (by, tx.now());
        let row = item::Model {
            id,
            course_id,
            created_by,
            created_at,
            retired_by: None,
            retired_at: None,
            retired_because: None,
        };
        rows.push(row);
        versions.push(version(tx, (id, 1), item, by)?);
    }
    store::insert(tx.conn(), &rows, &versions).await?;
    tx.note("items", rows.len());
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// One version of an item as it is stored.
pub(super) fn version(
    tx: &Tx,
    (item_id, number): (ItemId, i32),
    item: &Item,
    by: AccountId,
) -> AppResult<item_version::Model> {
    Ok(item_version::Model {
        item_id,
        number,
        kind: item.body.kind().as_str().to_owned(),
        title: title(&item.stem),
        content: serde_json::to_string(item).map_err(AppError::internal)?,
        created_by: by,
        created_at: tx.now(),
    })
}

fn errors_of(at: usize, item: &Item) -> Vec<FieldError> {
    let inside = |error: FieldError| FieldError { pointer: format!("/items/{at}{}", error.pointer), ..error };
    validate_item(item).into_iter().map(inside).collect()
}

/// The first characters of a stem, on one line.
fn title(stem: &str) -> String {
    let line = stem.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(TITLE_CHARS).collect()
}

/// The items of a course, the newest first, without keys.
pub(super) async fn list(
    cx: &Services,
    actor: &Actor,
    course_id: CourseId,
    query: &PageQuery,
) -> AppResult<Page<ItemRow>> {
    if !actor.has_any(&[Right::ReadItem], &organisation::catalogue()) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let after: Option<ItemId> = decode_cursor(query)?;
    let rows = store::list_of_course(cx.db.read(), course_id, after, query.rows() + 1).await?;
    let rows = page(rows, query, |row| row.id);
    let ids: Vec<_> = rows.items.iter().map(|row| row.id).collect();
    let versions = store::list_versions(cx.db.read(), &ids).await?;
    let newest: HashMap<_, _> = versions.into_iter().map(|row| (row.item_id, row)).collect();
    let newest_of = |item: &item::Model| newest.get(&item.id).map(|version| row(item, version));
    let items = rows.items.iter().filter_map(newest_of).collect::<AppResult<_>>()?;
    Ok(Page { items, next_cursor: rows.next_cursor })
}

/// An item without its key, as its newest version shows it.
pub(super) fn row(item: &item::Model, version: &item_version::Model) -> AppResult<ItemRow> {
    Ok(ItemRow {
        id: version.item_id,
        version: version.number,
        kind: ItemKind::parse(&version.kind).ok_or_else(|| AppError::internal("unknown kind of an item"))?,
        title: version.title.clone(),
        created_at: version.created_at,
        retired_because: item.retired_because.clone(),
    })
}

/// An item with its key. The look itself is what is written.
pub(super) async fn look(cx: &Services, permit: &Permit<SeeItem>) -> AppResult<ItemDetail> {
    cx.db
        .write(permit, async |tx| {
            let id = *permit.target();
            let item = store::find(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let versions = store::list_versions(tx.conn(), &[id]).await?;
            let newest = versions.last().ok_or_else(AppError::not_found)?;
            tx.note("version", newest.number);
            Ok(ItemDetail { row: row(&item, newest)?, item: pinned_item(newest)?.item })
        })
        .await
}

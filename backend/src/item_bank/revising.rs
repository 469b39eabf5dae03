//! What becomes of an item that is in the bank: it gets a new version, or is retired.
//!
//! Versions never change, and a sealed paper keeps those that it pinned.

use super::{
    service::{pinned_item, row, version},
    store,
};
use crate::{
    access::{Permit, actions},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::ItemId,
    item_bank::{Item, ItemRefusal, ItemRow, RetireItem, validate_revision},
    people::check_reason,
    problem::ProblemCode,
};

actions! {
    /// Give an item a new version.
    ReviseItem(ItemId) = AuthorItem;
    /// Have no new paper take an item.
    Retire(ItemId) = AuthorItem;
}

/// Gives an item a new version over the one that its author has seen. The same content again is no new version.
///
/// # Errors
/// `stale` if somebody else has given it one since, `wrong-state` if it was retired; the fields that are wrong.
pub(super) async fn revise(cx: &Services, permit: &Permit<ReviseItem>, seen: i32, new: &Item) -> AppResult<ItemRow> {
    let (id, person) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            let item = store::lock(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let versions = store::list_versions(tx.conn(), &[id]).await?;
            let newest = versions.last().ok_or_else(AppError::not_found)?;
            if newest.number != seen {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            if item.retired_at.is_some() {
                return Err(AppError::refused(ItemRefusal::Retired));
            }
            let old = pinned_item(newest)?.item;
            let wrong = validate_revision(&old, new);
            if !wrong.is_empty() {
                return Err(AppError::Invalid(wrong));
            }
            if old == *new {
                return row(&item, newest);
            }
            let version = version(tx, (id, seen + 1), new, person)?;
            tx.note("version", version.number);
            let shown = row(&item, &version)?;
            store::insert(tx.conn(), &[], &[version]).await?;
            Ok(shown)
        })
        .await
}

/// Retires an item: no new paper takes it. One that was retired stays so for its first reason.
///
/// # Errors
/// The reason if it is none.
pub(super) async fn retire(cx: &Services, permit: &Permit<Retire>, request: &RetireItem) -> AppResult<ItemRow> {
    let reason = check_reason(&request.reason, "/reason").map_err(|wrong| AppError::Invalid(vec![wrong]))?;
    let (id, person) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            let mut item = store::lock(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            if item.retired_at.is_none() {
                tx.note("reason", reason.clone());
                store::retire(tx.conn(), id, (person, tx.now()), &reason).await?;
                item.retired_because = Some(reason.clone());
            }
            let versions = store::list_versions(tx.conn(), &[id]).await?;
            row(&item, versions.last().ok_or_else(AppError::not_found)?)
        })
        .await
}

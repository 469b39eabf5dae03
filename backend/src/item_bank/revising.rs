//! What becomes of an item that is in the bank: its author writes it anew, or it is retired.
//!
//! Versions never change, and a sealed paper keeps those that it pinned. A new version begins as a draft: until
//! somebody else has approved it the item waits, also where its version before was approved. While a sealed paper holds
//! one of them, the new one is as closed as that.

use super::{
    alike::{self, Words},
    content,
    service::{in_use, locked, version},
    store,
};
use crate::{
    access::{Action, Permit, actions},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::ItemId,
    item_bank::{Item, ItemState, RetireItem, validate_revision},
    people::check_reason,
    problem::ProblemCode,
};

actions! {
    /// Give an item of one's own a new version.
    ReviseItem(ItemId) = AuthorItem;
    /// Have no new paper take an item.
    Retire(ItemId) = ReviewItem;
    /// Have no new paper take an item of one's own.
    RetireOwn(ItemId) = AuthorItem;
}

/// Gives an item a new version over the one that its author has seen; it waits for a review. The same content again
/// is no new version.
///
/// # Errors
/// `stale` if it got one since, `wrong-state` if it was retired; the fields that are wrong.
pub(super) async fn revise(cx: &Services, permit: &Permit<ReviseItem>, seen: i32, new: &Item) -> AppResult<()> {
    let (id, person) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            let (item, newest) = locked(tx, id).await?;
            if newest.number != seen {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            in_use(&item)?;
            let old = content::open(cx, &newest)?;
            let wrong = validate_revision(&old, new);
            if !wrong.is_empty() {
                return Err(AppError::Invalid(wrong));
            }
            if old == *new {
                return Ok(());
            }
            let version = version(cx, tx, (id, seen + 1), (new, person))?;
            tx.note("version", version.number);
            store::insert(tx.conn(), &[], &[version]).await?;
            store::set_measured(tx.conn(), id, None).await?;
            let words = if item.frozen_version.is_some() { Words::Withheld } else { Words::Kept };
            alike::keep_texts(cx, tx, (item.course_id, words), &[(id, new)]).await?;
            store::set_state(tx.conn(), id, ItemState::Draft).await
        })
        .await
}

/// Retires an item: no new paper takes it, and nobody reviews it or writes it anew. One that was retired stays so for
/// its first reason.
///
/// # Errors
/// The reason if it is none.
pub(super) async fn retire<A: Action<Target = ItemId>>(
    cx: &Services,
    permit: &Permit<A>,
    request: &RetireItem,
) -> AppResult<()> {
    let reason = check_reason(&request.reason, "/reason").map_err(|wrong| AppError::Invalid(vec![wrong]))?;
    let (id, person) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            let item = store::lock(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            if item.retired_at.is_some() {
                return Ok(());
            }
            tx.note("reason", reason.clone());
            store::forget_alike(tx.conn(), &[id]).await?;
            store::retire(tx.conn(), id, (person, tx.now()), &reason).await
        })
        .await
}

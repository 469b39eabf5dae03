//! Reviews: each version is approved or sent back by somebody who did not write it.

use super::{
    content,
    entity::{item, item_review, item_trial, item_version},
    remarks,
    service::{in_use, locked, state_of},
    statistics, store,
};
use crate::{
    access::{Permit, actions},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, ItemId},
    item_bank::{ItemState, ReviewCase, ReviewDecision, judge_item_review, may_be_tried},
    problem::ProblemCode,
};

/// Longest reason, in characters.
const REASON_CHARS: usize = 500;

actions! {
    /// Approve or return what somebody else wrote.
    ReviewItem(ItemId) = ReviewItem;
}

/// Approves the version `seen` of an item, has it tried first, or sends it back with the reason.
///
/// # Errors
/// `second-person-needed` for its author, `wrong-state` unless it is a draft in use, or was tried by enough candidates, of
/// which no sealed paper holds a version, `stale` if it was written anew since, and a field error for a return without reason.
pub async fn review(cx: &Services, permit: &Permit<ReviewItem>, seen: i32, decision: &ReviewDecision) -> AppResult<()> {
    let (id, by) = (*permit.target(), permit.person()?);
    let reason = reason_of(decision)?;
    let sealed = reason.map(|reason| remarks::seal_reason(cx, (id, seen), reason)).transpose()?;
    cx.db
        .write(permit, async |tx| {
            let (item, newest) = locked(tx, id).await?;
            if newest.number != seen {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            decide((cx, tx), (&item, &newest), by, (decision, sealed.clone())).await
        })
        .await
}

/// Approves drafts within a write: what `by` has read before it came in.
///
/// # Errors
/// As [`review`], and `not-found`.
pub async fn approve(cx: &Services, tx: &Tx, by: AccountId, ids: &[ItemId]) -> AppResult<()> {
    for id in ids {
        let (item, newest) = locked(tx, *id).await?;
        decide((cx, tx), (&item, &newest), by, (&ReviewDecision::Approve {}, None)).await?;
    }
    Ok(())
}

async fn decide(
    (cx, tx): (&Services, &Tx),
    (item, newest): (&item::Model, &item_version::Model),
    by: AccountId,
    (decision, sealed): (&ReviewDecision, Option<Vec<u8>>),
) -> AppResult<()> {
    in_use(item)?;
    let next = judge_item_review(&case((cx, tx), item, newest)?, by, decision).map_err(AppError::refused)?;
    tx.note("state", next.as_str());
    tx.note("version", newest.number);
    if next == ItemState::Trial {
        let (item_id, number) = (item.id, newest.number);
        let row = item_trial::Model { item_id, number, begun_by: by, begun_at: tx.now() };
        store::insert_trial(tx.conn(), row).await?;
        return store::set_state(tx.conn(), item.id, next).await;
    }
    let row = item_review::Model {
        item_id: item.id,
        number: newest.number,
        state: next.as_str().to_owned(),
        reason: String::new(),
        sealed,
        reviewed_by: by,
        reviewed_at: tx.now(),
    };
    store::insert_review(tx.conn(), row).await?;
    store::set_state(tx.conn(), item.id, next).await
}

/// A version, as far as its review goes.
fn case((cx, tx): (&Services, &Tx), item: &item::Model, newest: &item_version::Model) -> AppResult<ReviewCase> {
    Ok(ReviewCase {
        state: state_of(item)?,
        may_be_tried: may_be_tried(&content::open(cx, newest)?.body),
        is_frozen: item.frozen_version.is_some(),
        is_tried: statistics::measured(item, tx.now())?.is_some_and(|measured| measured.is_in_force),
        author: newest.created_by,
    })
}

/// Why a version is sent back, if it is.
fn reason_of(decision: &ReviewDecision) -> AppResult<Option<&str>> {
    let ReviewDecision::Return { reason } = decision else { return Ok(None) };
    match reason.trim() {
        "" => Err(AppError::field("/reason", "required")),
        long if long.chars().count() > REASON_CHARS => Err(AppError::field("/reason", "too-long")),
        reason => Ok(Some(reason)),
    }
}

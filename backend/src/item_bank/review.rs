//! Reviews: each version is approved or sent back by somebody who did not write it.

use super::{
    entity::{item, item_review, item_version},
    remarks,
    service::{in_use, locked, state_of},
    store,
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
    item_bank::{ReviewDecision, judge_item_review},
    problem::ProblemCode,
};

/// Longest reason, in characters.
const REASON_CHARS: usize = 500;

actions! {
    /// Approve or return what somebody else wrote.
    ReviewItem(ItemId) = ReviewItem;
}

/// Approves the version `seen` of an item, or sends it back with the reason.
///
/// # Errors
/// `second-person-needed` for its author, `wrong-state` unless it is a draft in use of which no sealed paper holds a
/// version, `stale` if it was written anew since, and a field error for a return without reason.
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
            decide(tx, (&item, &newest), by, (decision, sealed.clone())).await
        })
        .await
}

/// Approves drafts within a write: what `by` has read before it came in.
///
/// # Errors
/// As [`review`], and `not-found`.
pub async fn approve(tx: &Tx, by: AccountId, ids: &[ItemId]) -> AppResult<()> {
    for id in ids {
        let (item, newest) = locked(tx, *id).await?;
        decide(tx, (&item, &newest), by, (&ReviewDecision::Approve {}, None)).await?;
    }
    Ok(())
}

async fn decide(
    tx: &Tx,
    (item, newest): (&item::Model, &item_version::Model),
    by: AccountId,
    (decision, sealed): (&ReviewDecision, Option<Vec<u8>>),
) -> AppResult<()> {
    in_use(item)?;
    let stands = (state_of(item)?, item.frozen_version.is_some());
    let next = judge_item_review(stands, newest.created_by, by, decision).map_err(AppError::refused)?;
    let row = item_review::Model {
        item_id: item.id,
        number: newest.number,
        state: next.as_str().to_owned(),
        reason: String::new(),
        sealed,
        reviewed_by: by,
        reviewed_at: tx.now(),
    };
    tx.note("state", next.as_str());
    tx.note("version", newest.number);
    store::insert_review(tx.conn(), row).await?;
    store::set_state(tx.conn(), item.id, next).await
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

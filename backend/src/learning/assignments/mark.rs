//! Who keeps or teaches the class marks a hand-in, or returns it for correction.

use crate::{
    access::{Action, Actor, Permit, actions, authorize},
    learning::{
        assignments::{sheet, state_of},
        classes::{is_in_class, lock_class, place_of, state},
        entity::{assignment_hand_in, assignment_mark},
        store::{self, HandIn},
    },
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::HandInId,
    learning::{HandInDecision, HandInMark, HandInState, may_change, may_mark, may_return},
    points::Points,
    rights::Right,
};

actions! {
    /// Mark or return what a learner of a class handed in.
    MarkHandIn(HandInId) = MarkAssignment;
    /// Look at a photo of it.
    LookAtHandIn(HandInId) = MarkAssignment;
}

/// Lets the actor do something to a hand-in of a class at a place of theirs.
///
/// # Errors
/// `not-found` for everybody else.
pub(super) async fn permit<A: Action<Target = HandInId>>(
    cx: &Services,
    actor: &Actor,
    id: HandInId,
) -> AppResult<Permit<A>> {
    let (row, _) = store::find_hand_in(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let class = store::find_class(cx.db.read(), row.class_id).await?.ok_or_else(AppError::not_found)?;
    let place = place_of(&class);
    if !actor.has_any(&[Right::MarkAssignment], &place) {
        return Err(AppError::not_found());
    }
    authorize(actor, id, &place)
}

/// Marks or returns a hand-in, once.
///
/// # Errors
/// The fields that are wrong; `wrong-state` if somebody has decided, or if it is returned where the learner cannot hand
/// in again; `second-person-needed` if it is one's own.
pub(super) async fn mark(
    cx: &Services,
    permit: &Permit<MarkHandIn>,
    key: &IdempotencyKey,
    decided: &HandInMark,
) -> AppResult<()> {
    let (id, by) = (*permit.target(), permit.person()?);
    let most: Vec<Points> = sheet::rubric(cx, id).await?.iter().map(|criterion| criterion.points).collect();
    let remark = decided.check(&most).map_err(AppError::Invalid)?;
    let state = HandInState::of(Some(decided.decision == HandInDecision::Return));
    let points = serde_json::to_string(&decided.points).map_err(AppError::internal)?;
    cx.db
        .write(permit, async |tx| {
            once(tx, by, key, &(id, decided), async || {
                let (row, mark) = hold(tx, id, decided.decision).await?;
                may_mark(row.account_id, state_of(mark.as_ref()), by).map_err(AppError::refused)?;
                let mark = assignment_mark::Model {
                    hand_in_id: id,
                    is_returned: state == HandInState::Returned,
                    points: points.clone(),
                    remark: remark.clone(),
                    marked_by: by,
                    marked_at: tx.now(),
                };
                store::insert_mark(tx.conn(), mark).await?;
                tx.note("state", state.as_str());
                tx.note("class", row.class_id.to_string());
                Ok(id)
            })
            .await
        })
        .await
        .map(drop)
}

/// The hand-in, of which nobody else decides until the write ends, nor anything that rests on what its learner studied.
///
/// # Errors
/// `wrong-state` if it is to be returned and the class is over, or the learner has left it.
async fn hold(tx: &Tx, id: HandInId, decision: HandInDecision) -> AppResult<HandIn> {
    let (row, _) = store::find_hand_in(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
    let is_return = decision == HandInDecision::Return;
    if is_return {
        may_change(lock_class(tx, row.class_id).await?.state).map_err(AppError::refused)?;
    }
    store::lock_learner(tx.conn(), row.account_id).await?;
    if is_return {
        let is_in_class = is_in_class(tx.conn(), row.class_id, row.account_id).await?;
        may_return(is_in_class).map_err(AppError::refused)?;
    }
    store::lock_hand_in(tx.conn(), id).await?.ok_or_else(AppError::not_found)
}

/// Whether a hand-in may be returned as things stand.
pub(super) async fn is_returnable(cx: &Services, row: &assignment_hand_in::Model) -> AppResult<bool> {
    let class = store::find_class(cx.db.read(), row.class_id).await?.ok_or_else(AppError::not_found)?;
    let is_open = may_change(state(&class)?).is_ok();
    Ok(is_open && may_return(is_in_class(cx.db.read(), row.class_id, row.account_id).await?).is_ok())
}

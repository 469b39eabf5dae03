//! Who keeps or teaches the class marks a hand-in, or returns it for correction.

use crate::{
    access::{Action, Actor, Permit, actions, authorize},
    learning::{
        assignments::{sheet, state_of},
        classes::place_of,
        entity::assignment_mark,
        store,
    },
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::HandInId,
    learning::{HandInDecision, HandInMark, HandInState, may_mark},
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
/// The fields that are wrong; `wrong-state` if somebody has decided, `second-person-needed` if it is one's own.
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
                let (row, mark) = store::lock_hand_in(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
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

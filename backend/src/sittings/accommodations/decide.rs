//! The two offices decide, one after the other.

use super::{CheckAccommodation, ConfirmAccommodation, answer_bound_to, checked_by, facts_of, grant, permit};
use crate::{
    access::{Action, Actor, Permit},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
    sittings::{
        entity::{accommodation, accommodation_answer},
        store,
    },
};
use shared::{
    ids::{AccommodationId, AccountId},
    people::check_reason,
    sittings::{AccommodationDecision, AccommodationOffice, AccommodationState, judge_accommodation},
    time::write_date,
};

/// Decides for the county.
///
/// # Errors
/// `not-found`, `forbidden`, the fields that are wrong, `second-person-needed` or `wrong-state`.
pub(super) async fn check(
    cx: &Services,
    actor: &Actor,
    id: AccommodationId,
    key: &IdempotencyKey,
    decision: &AccommodationDecision,
) -> AppResult<()> {
    let permit = permit::<CheckAccommodation>(cx, actor, id).await?;
    decide(cx, &permit, AccommodationOffice::County, key, decision).await
}

/// Decides for the city.
///
/// # Errors
/// `not-found`, `forbidden`, the fields that are wrong, `second-person-needed` or `wrong-state`.
pub(super) async fn confirm(
    cx: &Services,
    actor: &Actor,
    id: AccommodationId,
    key: &IdempotencyKey,
    decision: &AccommodationDecision,
) -> AppResult<()> {
    let permit = permit::<ConfirmAccommodation>(cx, actor, id).await?;
    decide(cx, &permit, AccommodationOffice::City, key, decision).await
}

/// Decides, if it is the office's turn. A repeat with the same key decides once.
async fn decide<A: Action<Target = AccommodationId>>(
    cx: &Services,
    permit: &Permit<A>,
    office: AccommodationOffice,
    key: &IdempotencyKey,
    decision: &AccommodationDecision,
) -> AppResult<()> {
    let decision = checked(cx, decision)?;
    let (id, person) = (*permit.target(), permit.person()?);
    let bound_to = answer_bound_to(id, i32::from(office.turn()));
    let reason = cx.keys.fields.seal_bytes(&bound_to, decision.reason.as_bytes(), &*cx.ids)?;
    let decided = cx.db.write(permit, async |tx| {
        once(tx, person, key, &(id, office, &decision), async || {
            let row = store::lock_accommodation(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let facts = facts_of(&row, checked_by(tx.conn(), id).await?)?;
            let next = judge_accommodation(&facts, office, decision.is_granted, person).map_err(AppError::refused)?;
            tx.note("office", office.as_str());
            tx.note("state", next.as_str());
            answer(tx, (id, office), person, (decision.is_granted, reason.clone())).await?;
            move_on(tx, row, next, &decision).await?;
            Ok(id)
        })
        .await
    });
    decided.await?;
    Ok(())
}

/// The decision in the form in which it is kept.
fn checked(cx: &Services, decision: &AccommodationDecision) -> AppResult<AccommodationDecision> {
    let reason = check_reason(&decision.reason, "/reason").map_err(|error| AppError::Invalid(vec![error]))?;
    let until = decision.until.filter(|_| decision.is_granted);
    if until.is_some_and(|until| until < cx.clock.now().date_in_china()) {
        return Err(AppError::field("/until", "in-the-past"));
    }
    Ok(AccommodationDecision { is_granted: decision.is_granted, reason, until })
}

async fn answer(
    tx: &Tx,
    (accommodation_id, office): (AccommodationId, AccommodationOffice),
    decided_by: AccountId,
    (is_granted, reason): (bool, Vec<u8>),
) -> AppResult<()> {
    let row = accommodation_answer::Model {
        accommodation_id,
        turn: i32::from(office.turn()),
        office: office.as_str().to_owned(),
        is_granted,
        reason: Some(reason),
        decided_by,
        decided_at: tx.now(),
    };
    store::insert_accommodation_answer(tx.conn(), row).await
}

/// Writes where it stands now. The earlier of two last days holds. What is granted reaches the sittings that are there.
async fn move_on(
    tx: &Tx,
    row: accommodation::Model,
    next: AccommodationState,
    decision: &AccommodationDecision,
) -> AppResult<()> {
    let until = [row.until.clone(), decision.until.map(write_date)].into_iter().flatten().min();
    store::move_accommodation(tx.conn(), row.id, next, until).await?;
    if next == AccommodationState::Granted {
        grant::reach_sittings(tx, row.account_id).await?;
    }
    Ok(())
}

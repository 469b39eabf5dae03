//! What a learner applies for, and takes back.

use super::{ApplyForAccommodation, ReadOwnAccommodations, bound_to, permit_own, state_of, views::views};
use crate::{
    access::{Actor, Permit, authorize},
    enrolment,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
    sittings::{entity::accommodation, store},
};
use shared::{
    ids::{AccommodationId, AccountId},
    rights::Place,
    sittings::{AccommodationRefusal, AccommodationState, AccommodationView, NewAccommodation, may_take_back},
};

/// What the actor applied for, the newest first.
///
/// # Errors
/// `forbidden` for who is no learner.
pub(super) async fn list(cx: &Services, actor: &Actor) -> AppResult<Vec<AccommodationView>> {
    let account = actor.account_id;
    let _: Permit<ReadOwnAccommodations> = authorize(actor, account, &Place::Own { account })?;
    accommodations_of(cx, account).await
}

/// What a learner applied for, the newest first, as they are told of it.
///
/// # Errors
/// If the store fails.
pub async fn accommodations_of(cx: &Services, account: AccountId) -> AppResult<Vec<AccommodationView>> {
    let rows = store::list_accommodations_of(cx.db.read(), &[account]).await?;
    views(cx, None, rows).await
}

/// Applies for the actor. A repeat with the same key applies once.
///
/// # Errors
/// `forbidden` for who is no learner; the fields that are wrong; `wrong-state` for who has no record at a school, or
/// while another application of theirs waits.
pub(super) async fn apply(
    cx: &Services,
    actor: &Actor,
    key: &IdempotencyKey,
    new: &NewAccommodation,
) -> AppResult<Vec<AccommodationView>> {
    let account = actor.account_id;
    let permit: Permit<ApplyForAccommodation> = authorize(actor, cx.ids.new_id(), &Place::Own { account })?;
    let stated = new.checked().map_err(AppError::Invalid)?;
    let record = enrolment::record_of(cx, account).await?;
    let record = record.ok_or_else(|| AppError::refused(AccommodationRefusal::NoRecord))?;
    let id = *permit.target();
    let reason = cx.keys.fields.seal_bytes(&bound_to(id), stated.reason.as_bytes(), &*cx.ids)?;
    cx.db
        .write(&permit, async |tx| {
            once(tx, account, key, new, async || {
                // Of two that come at one moment the second finds the first.
                enrolment::hold_record(tx, record.record_id).await?;
                for earlier in store::list_accommodations_of(tx.conn(), &[account]).await? {
                    if state_of(&earlier)?.turn().is_some() {
                        return Err(AppError::refused(AccommodationRefusal::AnotherWaits));
                    }
                }
                let row = accommodation::Model {
                    id,
                    account_id: account,
                    provider_id: record.provider_id,
                    division: record.division.clone(),
                    level: record.level.as_str().to_owned(),
                    extra_pct: i32::from(stated.needs.extra_pct),
                    needs_separate_room: stated.needs.needs_separate_room,
                    needs_large_print: stated.needs.needs_large_print,
                    needs_accessible: stated.needs.needs_accessible,
                    reason: reason.clone(),
                    state: AccommodationState::Applied.as_str().to_owned(),
                    photo_id: None,
                    until: None,
                    applied_at: tx.now(),
                };
                store::insert_accommodation(tx.conn(), row).await?;
                Ok(id)
            })
            .await
        })
        .await?;
    accommodations_of(cx, account).await
}

/// Takes back what the actor applied for; what is taken back stays so.
///
/// # Errors
/// `not-found` for another's, `wrong-state` if it was refused.
pub(super) async fn withdraw(cx: &Services, actor: &Actor, id: AccommodationId) -> AppResult<Vec<AccommodationView>> {
    let permit = permit_own(cx, actor, id).await?;
    cx.db
        .write(&permit, async |tx| {
            let row = store::lock_accommodation(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let state = state_of(&row)?;
            if state == AccommodationState::Withdrawn {
                return Ok(());
            }
            may_take_back(state).map_err(AppError::refused)?;
            tx.note("state", AccommodationState::Withdrawn.as_str());
            store::move_accommodation(tx.conn(), id, AccommodationState::Withdrawn, row.until).await
        })
        .await?;
    accommodations_of(cx, actor.account_id).await
}

//! An entry of a roster is closed by hand, and opened again.

use super::{
    entity::{roster_entry, roster_step},
    list::known_state,
    place::{place_of_entry, seen},
    seal::{Cell, open, seal},
    store,
    visits::restate,
};
use crate::{
    access::{Actor, Permit, actions, authorize},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::{AccountId, RosterEntryId},
    people::check_reason,
    person::mask_numbers,
    problem::ProblemCode,
    roster::{RosterStep, RosterStepView, TakeRosterStep, is_closed_after, judge_roster_step},
};
use std::collections::HashMap;

actions! {
    /// Close an entry of a roster, or open it again.
    CloseEntry(RosterEntryId) = AssignRoster;
}

/// Takes a step of an entry that is as the actor has seen it. A repeat with the same key changes nothing.
///
/// # Errors
/// `not-found`, `forbidden`, `stale`, the field that is wrong, or
/// [`RosterStepRefusal`](shared::roster::RosterStepRefusal).
pub(super) async fn take(
    cx: &Services,
    actor: &Actor,
    id: RosterEntryId,
    version: i32,
    key: &IdempotencyKey,
    wanted: &TakeRosterStep,
) -> AppResult<()> {
    let entry = seen(actor, store::find_entry(cx.db.read(), id).await?, place_of_entry)?;
    let permit: Permit<CloseEntry> = authorize(actor, id, &place_of_entry(&entry))?;
    let reason = check_reason(&wanted.reason, "/reason").map_err(|error| AppError::Invalid(vec![error]))?;
    let step = Step { step: wanted.step, reason: &reason, by: permit.person()? };
    cx.db
        .write(&permit, async |tx| {
            once(tx, step.by, key, &(id, wanted), async || {
                let entry = store::lock_entries(tx.conn(), &[id]).await?.pop();
                // One that another entry stands for now is not to be found any more.
                let entry = entry.filter(|entry| entry.set_aside_at.is_none()).ok_or_else(AppError::not_found)?;
                if entry.version != version {
                    return Err(AppError::Problem(ProblemCode::Stale));
                }
                apply(cx, tx, entry, &step).await
            })
            .await
        })
        .await
}

/// A step that may be taken.
struct Step<'a> {
    step: RosterStep,
    reason: &'a str,
    by: AccountId,
}

async fn apply(cx: &Services, tx: &Tx, entry: roster_entry::Model, taken: &Step<'_>) -> AppResult<()> {
    let (id, seq, step) = (entry.id, entry.version, taken.step);
    let last = last_steps(tx, &[id]).await?.remove(&id);
    judge_roster_step(known_state(&entry.state)?, is_closed_after(last), step).map_err(AppError::refused)?;
    let row = roster_step::Model {
        entry_id: id,
        seq,
        step: step.as_str().to_owned(),
        reason: seal(cx, &cell(id, seq), &taken.reason)?,
        taken_by: taken.by,
        taken_at: tx.now(),
    };
    store::insert_step(tx.conn(), row).await?;
    tx.note("step", step.as_str());
    restate(cx, tx, vec![entry]).await
}

/// The last step of each of these entries that took one.
pub(super) async fn last_steps(tx: &Tx, ids: &[RosterEntryId]) -> AppResult<HashMap<RosterEntryId, RosterStep>> {
    let steps = store::list_steps(tx.conn(), ids).await?;
    steps.iter().map(|row| Ok((row.entry_id, step_of(row)?))).collect()
}

/// A step as it is shown; numbers are masked.
pub(super) fn shown_step(cx: &Services, row: &roster_step::Model) -> AppResult<RosterStepView> {
    let reason: String = open(cx, &cell(row.entry_id, row.seq), &row.reason)?;
    Ok(RosterStepView {
        step: step_of(row)?,
        reason: mask_numbers(&reason),
        taken_by: row.taken_by,
        taken_at: row.taken_at,
    })
}

fn cell(id: RosterEntryId, seq: i32) -> Cell<String> {
    Cell("roster_step", format!("{id} {seq}"))
}

fn step_of(row: &roster_step::Model) -> AppResult<RosterStep> {
    RosterStep::parse(&row.step).ok_or_else(|| AppError::internal("an unknown step of an entry"))
}

//! A town says that its roster is right; the county looks at a sample of it, and accepts the roster or sends it back.

mod export;
pub(super) mod routes;
mod views;

use super::{
    entity::{roster_check, roster_check_entry},
    place::{columns, place_of_check, seen, stated, within},
    store,
};
use crate::{
    access::{Actor, Permit, Scope, actions, authorize, lies_in},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, decode_cursor, once, page},
    },
};
use routes::CheckQuery;
use sea_orm::{ColumnTrait, Condition};
use shared::{
    ids::RosterCheckId,
    page::{Page, PageQuery},
    people::check_reason,
    rights::Right,
    roster::{
        ConfirmRoster, RecordFinding, RosterCheckCase, RosterCheckRefusal, RosterCheckState, RosterCheckView,
        RosterDecision, RosterFinding, SampledEntry, check_finding, draw_sample, judge_finding, judge_roster_decision,
    },
    work::CheckWait,
};

actions! {
    /// Say that a roster is right.
    ConfirmList(RosterCheckId) = ConfirmRoster;
    /// Look at a sample of a roster, accept the roster, or send it back.
    CheckList(RosterCheckId) = CheckRoster;
}

/// Confirms a roster, and draws whom the county looks at. A repeat with the same key gives the first answer.
///
/// # Errors
/// `forbidden`, the field that names no place, or [`RosterCheckRefusal`].
async fn confirm(
    cx: &Services,
    actor: &Actor,
    key: &IdempotencyKey,
    wanted: &ConfirmRoster,
) -> AppResult<RosterCheckId> {
    Scope::of(actor, Right::ConfirmRoster)?;
    let place = stated(cx, wanted.division.as_deref(), wanted.provider_id).await?;
    let permit: Permit<ConfirmList> = authorize(actor, cx.ids.new_id(), &place)?;
    let (division, provider_id) = columns(&place)?;
    let (id, by, seed) = (*permit.target(), permit.person()?, cx.ids.seed());
    cx.db
        .write(&permit, async |tx| {
            once(tx, by, key, wanted, async || {
                let roster = store::list_entry_ids(tx.conn(), division.as_str(), provider_id).await?;
                let drawn = draw_sample(&roster, seed);
                if drawn.is_empty() {
                    return Err(AppError::refused(RosterCheckRefusal::NobodyOnRoster));
                }
                let count = |number: usize| i32::try_from(number).map_err(AppError::internal);
                let row = roster_check::Model {
                    id,
                    division: division.to_string(),
                    provider_id,
                    persons: count(roster.len())?,
                    sample_size: count(drawn.len())?,
                    seed: i64::try_from(seed).map_err(AppError::internal)?,
                    state: RosterCheckState::Confirmed.as_str().to_owned(),
                    confirmed_by: by,
                    confirmed_at: tx.now(),
                    decided_by: None,
                    decided_at: None,
                    reason: String::new(),
                };
                tx.note("division", row.division.clone());
                tx.note("persons", row.persons);
                tx.note("sample", row.sample_size);
                if store::insert_check(tx.conn(), row).await? == 0 {
                    return Err(AppError::refused(RosterCheckRefusal::AlreadyConfirmed));
                }
                let sampled = (1..).zip(&drawn).map(|(position, entry_id)| roster_check_entry::Model {
                    check_id: id,
                    position,
                    entry_id: *entry_id,
                    finding: None,
                    note: String::new(),
                    found_by: None,
                    found_at: None,
                });
                store::insert_sample(tx.conn(), sampled.collect()).await?;
                Ok(id)
            })
            .await
        })
        .await
}

/// Checks where the actor reads rosters, the newest first, as far as they are asked for.
///
/// # Errors
/// `forbidden`.
async fn list(
    cx: &Services,
    actor: &Actor,
    (wanted, query): (&CheckQuery, &PageQuery),
) -> AppResult<Page<RosterCheckView>> {
    use roster_check::Column::{Division, ProviderId, State};
    let mut shown = within(actor, Right::ReadRoster, Division, ProviderId)?
        .add_option(wanted.division.map(|code| lies_in(Division, code)))
        .add_option(wanted.provider_id.map(|id| ProviderId.eq(id)))
        .add_option(wanted.state.map(|state| State.eq(state.as_str())));
    if let Some(wait) = wanted.waits {
        shown = shown.add(waiting_checks(actor, wait)?);
    }
    let rows = store::list_checks(cx.db.read(), shown, decode_cursor(query)?, query.rows() + 1).await?;
    let found = page(rows, query, |row| row.id);
    Ok(Page { items: views::views(cx, actor, found.items).await?, next_cursor: found.next_cursor })
}

/// The checks that wait for the actor.
///
/// # Errors
/// `forbidden` if none can.
pub(super) fn waiting_checks(actor: &Actor, wait: CheckWait) -> AppResult<Condition> {
    use roster_check::Column::{ConfirmedBy, Division, ProviderId};
    let theirs = match wait {
        CheckWait::Check => {
            within(actor, Right::CheckRoster, Division, ProviderId)?.add(ConfirmedBy.ne(actor.account_id))
        }
        CheckWait::Correct => within(actor, Right::ConfirmRoster, Division, ProviderId)?,
    };
    Ok(theirs.add(store::checks_that_wait(wait)))
}

/// One check.
///
/// # Errors
/// `not-found`.
async fn visible(cx: &Services, actor: &Actor, id: RosterCheckId) -> AppResult<roster_check::Model> {
    seen(actor, store::find_check(cx.db.read(), id).await?, place_of_check)
}

/// The persons who were drawn, for who looks at them. To everybody else it is told of whom something was wrong, once
/// that is decided: nobody who answers for a roster learns beforehand who will be asked.
///
/// # Errors
/// `not-found`.
async fn sample(cx: &Services, actor: &Actor, id: RosterCheckId, query: &PageQuery) -> AppResult<Page<SampledEntry>> {
    let row = visible(cx, actor, id).await?;
    let finding = match actor.has_any(&[Right::CheckRoster], &place_of_check(&row)) {
        true => None,
        false if state_of(&row)? == RosterCheckState::Confirmed => {
            return Ok(Page { items: vec![], next_cursor: None });
        }
        false => Some(RosterFinding::Wrong),
    };
    let after = decode_cursor(query)?.unwrap_or_default();
    let rows = store::list_sample(cx.db.read(), id, finding, (after, query.rows() + 1)).await?;
    let found = page(rows, query, |row| row.position);
    Ok(Page { items: views::sampled(cx, found.items).await?, next_cursor: found.next_cursor })
}

/// Lets the actor check a roster.
///
/// # Errors
/// `not-found` if they may not see it, `forbidden` if they may only do that.
async fn permit(cx: &Services, actor: &Actor, id: RosterCheckId) -> AppResult<Permit<CheckList>> {
    let row = visible(cx, actor, id).await?;
    authorize(actor, id, &place_of_check(&row))
}

/// Keeps what was found of a person of the sample; until the check is decided it can be put right.
///
/// # Errors
/// `not-found`, `forbidden`, the field that is wrong, or [`RosterCheckRefusal`].
async fn find(cx: &Services, actor: &Actor, id: RosterCheckId, said: &RecordFinding) -> AppResult<SampledEntry> {
    let permit = permit(cx, actor, id).await?;
    let by = permit.person()?;
    let note = check_finding(said.finding, &said.note).map_err(|error| AppError::Invalid(vec![error]))?;
    let row = cx
        .db
        .write(&permit, async |tx| {
            let case = case(tx, &store::lock_check(tx.conn(), id).await?).await?;
            judge_finding(&case, by).map_err(AppError::refused)?;
            let row = store::find_sampled(tx.conn(), id, said.entry_id).await?;
            let row = row.ok_or_else(|| AppError::field("/entry_id", "not-in-sample"))?;
            store::save_finding(tx.conn(), &row, (said.finding, &note), (by, tx.now())).await?;
            tx.note("entry", said.entry_id.to_string());
            tx.note("finding", said.finding.as_str());
            let finding = Some(said.finding.as_str().to_owned());
            Ok(roster_check_entry::Model {
                finding,
                note: note.clone(),
                found_by: Some(by),
                found_at: Some(tx.now()),
                ..row
            })
        })
        .await?;
    views::sampled(cx, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

/// Accepts a roster, or sends it back for a reason.
///
/// # Errors
/// `not-found`, `forbidden`, the field `/reason`, or [`RosterCheckRefusal`].
async fn decide(
    cx: &Services,
    actor: &Actor,
    id: RosterCheckId,
    (decision, reason): (RosterDecision, Option<&str>),
) -> AppResult<()> {
    let permit = permit(cx, actor, id).await?;
    let reason = reason.map(|reason| check_reason(reason, "/reason")).transpose();
    let reason = reason.map_err(|error| AppError::Invalid(vec![error]))?.unwrap_or_default();
    let by = permit.person()?;
    cx.db
        .write(&permit, async |tx| {
            let case = case(tx, &store::lock_check(tx.conn(), id).await?).await?;
            let next = judge_roster_decision(&case, by, decision).map_err(AppError::refused)?;
            tx.note("state", next.as_str());
            tx.note("wrong", case.wrong);
            store::decide_check(tx.conn(), id, next, (by, tx.now()), &reason).await
        })
        .await
}

async fn case(tx: &Tx, row: &roster_check::Model) -> AppResult<RosterCheckCase> {
    let (mut found, mut wrong) = (0, 0);
    for (_, finding, persons) in store::count_findings(tx.conn(), &[row.id]).await? {
        let persons = u32::try_from(persons).map_err(AppError::internal)?;
        found += persons;
        wrong += if finding == RosterFinding::Wrong.as_str() { persons } else { 0 };
    }
    let sample = u32::try_from(row.sample_size).map_err(AppError::internal)?;
    Ok(RosterCheckCase { state: state_of(row)?, confirmed_by: row.confirmed_by, sample, found, wrong })
}

fn state_of(row: &roster_check::Model) -> AppResult<RosterCheckState> {
    RosterCheckState::parse(&row.state).ok_or_else(|| AppError::internal("a check in an unknown state"))
}

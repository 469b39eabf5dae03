//! After registration has ended, who plans a test adds candidates and takes them out, each for a reason.

use super::{
    accommodations::reach_sitting,
    entity::{registration, registration_withdrawal, sitting, sitting_change},
    facts::ExamSessionFacts,
    incidents::bans,
    plan_check,
    registering::{self, By, Home},
    reviews::review_of,
    service::{PlanExamSession, create_sittings},
    store,
};
use crate::{
    access::Permit,
    enrolment, identity, learning,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::{AccountId, SittingId},
    rights::Place,
    sittings::{
        ExamSessionState, LateAddition, LateChange, LateChangeKind, LateWithdrawal, QualificationReview, is_banned_at,
        may_add_late, may_register, may_withdraw_late,
    },
};
use std::collections::HashMap;

/// What was changed since registration ended, the last first.
///
/// # Errors
/// If the store fails.
pub(super) async fn list(cx: &Services, permit: &Permit<PlanExamSession>) -> AppResult<Vec<LateChange>> {
    let conn = cx.db.read();
    let rows = store::list_changes_in(conn, *permit.target()).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.sitting_id).collect();
    let sittings = store::list_sittings(conn, &ids, false).await?;
    let sittings: HashMap<SittingId, sitting::Model> = sittings.into_iter().map(|row| (row.id, row)).collect();
    let candidates = rows.iter().filter_map(|row| sittings.get(&row.sitting_id)).map(|sitting| sitting.account_id);
    let persons: Vec<AccountId> = candidates.chain(rows.iter().map(|row| row.decided_by)).collect();
    let names = identity::names_of(cx, &persons).await?;
    let name = |id: AccountId| names.get(&id).cloned().unwrap_or_default();
    let view = |row: sitting_change::Model| {
        let sitting = sittings.get(&row.sitting_id).ok_or_else(|| AppError::internal("a change of no sitting"))?;
        let kind = LateChangeKind::parse(&row.kind);
        Ok(LateChange {
            kind: kind.ok_or_else(|| AppError::internal(format!("a change of kind {}", row.kind)))?,
            ticket_number: sitting.ticket_number.clone(),
            candidate_name: name(sitting.account_id),
            by_name: name(row.decided_by),
            reason: row.reason,
            decided_at: row.decided_at,
        })
    };
    rows.into_iter().map(view).collect()
}

/// Adds a candidate who has completed the course. A repeat with the same key adds them once.
///
/// # Errors
/// The fields that are wrong; `gate-not-met`; `wrong-state` unless candidates are arranged and the key is not armed.
pub(super) async fn add(
    cx: &Services,
    permit: &Permit<PlanExamSession>,
    key: &IdempotencyKey,
    addition: &LateAddition,
) -> AppResult<()> {
    let (id, person) = (*permit.target(), permit.person()?);
    let addition = addition.checked().map_err(AppError::Invalid)?;
    let planned = super::exam_session_facts(cx, id).await?;
    let account_id = learner(cx, &planned, &addition.learner_number).await?;
    let standing = learning::standings(cx, &[account_id], planned.course_id).await?.remove(&account_id);
    let standing = planned.kind.standing(standing);
    // A quota keeps nobody back whom the exam office adds.
    let home = registering::home_of(cx, planned.course_id, account_id).await?;
    let added = cx.db.write(permit, async |tx| {
        once(tx, person, key, &(id, &addition), async || {
            let exam_session = super::lock_exam_session(tx, id).await?;
            may_add_late(exam_session.state, exam_session.starts_at, tx.now()).map_err(AppError::refused)?;
            // The gate is the same as for those who came in time.
            may_register(ExamSessionState::Registering, standing.as_ref()).map_err(AppError::refused)?;
            let banned_until = bans(tx.conn(), &[account_id]).await?.remove(&account_id);
            if is_banned_at(banned_until, exam_session.starts_at) {
                return Err(AppError::field("/learner_number", "banned"));
            }
            register(cx, tx, &exam_session, (account_id, home)).await?;
            let sitting = store::list_sittings_of_accounts(tx.conn(), id, &[account_id]).await?.pop();
            let sitting = sitting.ok_or_else(|| AppError::internal("a candidate without a sitting"))?;
            if plan_check::sits_another(tx, id, (account_id, sitting.extra_min)).await? {
                return Err(AppError::field("/learner_number", "sits-another"));
            }
            note(cx, tx, (sitting.id, LateChangeKind::Added), (person, &addition.reason)).await
        })
        .await
    });
    added.await
}

/// The account of the learner with this number: one of a school where the test is held, or who was registered for it
/// before. Of anybody else nothing is told, not even that there is such a number.
async fn learner(cx: &Services, planned: &ExamSessionFacts, learner_number: &str) -> AppResult<AccountId> {
    let unknown = || AppError::field("/learner_number", "not-found");
    let learner = enrolment::learner_by_number(cx, learner_number).await?.ok_or_else(unknown)?;
    let is_here = planned.place.contains(&Place::division(&learner.division));
    let was_in = store::find_registration(cx.db.read(), planned.id, learner.account_id).await?.is_some();
    if is_here || was_in { Ok(learner.account_id) } else { Err(unknown()) }
}

/// Registers somebody, and gives them their sitting: the one that they were taken out of, or a new one.
async fn register(
    cx: &Services,
    tx: &Tx,
    exam_session: &ExamSessionFacts,
    (account_id, home): (AccountId, Option<Home>),
) -> AppResult<()> {
    let id = exam_session.id;
    let known = store::find_registration(tx.conn(), id, account_id).await?;
    if known.map(|known| counts(&known)).transpose()?.unwrap_or_default() {
        return Err(AppError::field("/learner_number", "duplicate"));
    }
    let row = registering::row(exam_session, account_id, (home, By::ExamOffice), tx.now());
    store::insert_registration(tx.conn(), row).await?;
    let own = store::list_all_own_sittings(tx.conn(), account_id).await?;
    match own.into_iter().find(|sitting| sitting.exam_session_id == id) {
        Some(sitting) => {
            store::set_withdrawn(tx.conn(), sitting.id, None).await?;
            // Something may have been granted to them in between.
            reach_sitting(tx, account_id, id).await.map(drop)
        }
        None => create_sittings(cx, tx, id).await,
    }
}

/// Whether somebody is registered. Whom an office refused by mistake is not: the exam office looks at it once more.
fn counts(known: &registration::Model) -> AppResult<bool> {
    Ok(known.withdrawn_at.is_none() && review_of(known)? != Some(QualificationReview::Refused))
}

/// Takes a candidate out. A repeat with the same key takes them out once.
///
/// # Errors
/// The fields that are wrong; `wrong-state` unless candidates are arranged and the test has not begun.
pub(super) async fn withdraw(
    cx: &Services,
    permit: &Permit<PlanExamSession>,
    key: &IdempotencyKey,
    withdrawal: &LateWithdrawal,
) -> AppResult<()> {
    let (id, person) = (*permit.target(), permit.person()?);
    let withdrawal = withdrawal.checked().map_err(AppError::Invalid)?;
    let withdrawn = cx.db.write(permit, async |tx| {
        once(tx, person, key, &(id, &withdrawal), async || {
            let exam_session = super::lock_exam_session(tx, id).await?;
            may_withdraw_late(exam_session.state, exam_session.starts_at, tx.now()).map_err(AppError::refused)?;
            let sitting = store::find_by_ticket(tx.conn(), id, &withdrawal.ticket_number).await?;
            let sitting = sitting.ok_or_else(|| AppError::field("/ticket_number", "not-found"))?;
            take_out(cx, tx, &sitting).await?;
            note(cx, tx, (sitting.id, LateChangeKind::Withdrawn), (person, &withdrawal.reason)).await
        })
        .await
    });
    withdrawn.await
}

async fn take_out(cx: &Services, tx: &Tx, sitting: &sitting::Model) -> AppResult<()> {
    let (exam_session_id, account_id) = (sitting.exam_session_id, sitting.account_id);
    let known = store::find_registration(tx.conn(), exam_session_id, account_id).await?;
    let registered_at = known.ok_or_else(|| AppError::internal("a candidate who never registered"))?.registered_at;
    let (id, withdrawn_at) = (cx.ids.uuid(), tx.now());
    let row = registration_withdrawal::Model { id, exam_session_id, account_id, registered_at, withdrawn_at };
    store::withdraw(tx.conn(), row).await?;
    store::set_withdrawn(tx.conn(), sitting.id, Some(withdrawn_at)).await
}

async fn note(
    cx: &Services,
    tx: &Tx,
    (sitting_id, kind): (SittingId, LateChangeKind),
    (decided_by, reason): (AccountId, &str),
) -> AppResult<()> {
    tx.note("sitting", sitting_id.to_string());
    tx.note("change", kind.as_str());
    let row = sitting_change::Model {
        id: cx.ids.uuid(),
        sitting_id,
        kind: kind.as_str().to_owned(),
        reason: reason.to_owned(),
        decided_by,
        decided_at: tx.now(),
    };
    store::insert_sitting_change(tx.conn(), row).await
}

//! Submission to the city, and the city's decision.

use super::{
    entity::{certificate, certificate_event},
    issue::hold_eligibility,
    store,
    views::{may_see, state_of},
};
use crate::{
    access::{Action, Actor, Permit, actions, authorize},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use sea_orm::ConnectionTrait;
use shared::{
    credit_bank::{AuditDecision, CertificateState, CertificateStep, next_state},
    ids::{AccountId, CertificateId},
    problem::ProblemCode,
    rights::Place,
};

/// Longest reason, in characters.
const REASON_CHARS: usize = 500;

actions! {
    /// Submit a certificate to its city.
    Submit(CertificateId) = IssueCertificate;
    /// Decide on a certificate for its city.
    Audit(CertificateId) = AuditCertificate;
    /// Propose to make a certificate void, confirm that another proposed it, or take it back.
    Revoke(CertificateId) = IssueCertificate;
}

/// Lets the actor do `A` to a certificate.
///
/// # Errors
/// `not-found` if the actor may not know of it, `forbidden` if they may but lack the right.
pub async fn permit<A: Action<Target = CertificateId>>(
    cx: &Services,
    actor: &Actor,
    id: CertificateId,
) -> AppResult<Permit<A>> {
    let row = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let place = Place::division(&row.division);
    if !may_see(actor, &place) {
        return Err(AppError::not_found());
    }
    authorize(actor, id, &place)
}

/// Submits a certificate to its city, for the first time or again.
///
/// # Errors
/// `wrong-state` unless it was issued or returned.
pub async fn submit(cx: &Services, permit: &Permit<Submit>) -> AppResult<()> {
    let (id, officer) = (*permit.target(), permit.person()?);
    cx.db.write(permit, async |tx| move_on(cx, tx, id, CertificateStep::Submit, "", officer).await).await
}

/// Approves a certificate, which makes its grade count, or returns it.
///
/// # Errors
/// `wrong-state` unless it waits for the audit, `second-person-needed` if the auditor issued or
/// submitted it, a refusal if its holder does not qualify any more, and a field error for a return
/// without reason.
pub async fn audit(cx: &Services, permit: &Permit<Audit>, decision: &AuditDecision) -> AppResult<()> {
    match decision {
        AuditDecision::Return { reason } => {
            let (id, auditor, reason) = (*permit.target(), permit.person()?, checked_reason(reason)?);
            let write = cx.db.write(permit, async |tx| {
                assert_second_person(tx.conn(), id, auditor).await?;
                move_on(cx, tx, id, CertificateStep::Return, reason, auditor).await
            });
            write.await
        }
        AuditDecision::Approve {} => approve(cx, permit).await,
    }
}

async fn approve(cx: &Services, permit: &Permit<Audit>) -> AppResult<()> {
    let (id, auditor) = (*permit.target(), permit.person()?);
    cx.db.write(permit, async |tx| approve_within(cx, tx, id, auditor).await).await
}

/// Approves a certificate; an earlier edition that counted until now ends with that. What the approval rests on is
/// looked at within the write, and nobody changes it before the approval is there.
pub(super) async fn approve_within(cx: &Services, tx: &Tx, id: CertificateId, auditor: AccountId) -> AppResult<()> {
    assert_second_person(tx.conn(), id, auditor).await?;
    let row = store::find(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
    next_state(state_of(&row)?, CertificateStep::Approve).map_err(AppError::refused)?;
    assert_still_eligible(cx, tx, &row).await?;
    for old in store::list_editions_in(tx.conn(), row.sitting_id, CertificateState::Approved).await? {
        move_on(cx, tx, old.id, CertificateStep::Supersede, "", auditor).await?;
    }
    move_on(cx, tx, id, CertificateStep::Approve, "", auditor).await
}

/// Nobody audits what they issued or submitted.
async fn assert_second_person(conn: &impl ConnectionTrait, id: CertificateId, auditor: AccountId) -> AppResult<()> {
    let has_acted = store::has_acted(conn, id, auditor).await?;
    if has_acted { Err(AppError::Problem(ProblemCode::SecondPersonNeeded)) } else { Ok(()) }
}

/// From facts as they are now: studied, passed with the score on the certificate, identified.
async fn assert_still_eligible(cx: &Services, tx: &Tx, row: &certificate::Model) -> AppResult<()> {
    let result = hold_eligibility(cx, tx, row.sitting_id).await?.map_err(AppError::refused)?;
    let is_same = result.score == row.score && result.grade.as_str() == row.grade;
    if is_same { Ok(()) } else { Err(AppError::Problem(ProblemCode::WrongState)) }
}

/// A reason that can be kept.
pub(super) fn checked_reason(reason: &str) -> AppResult<&str> {
    let reason = reason.trim();
    match reason.chars().count() {
        0 => Err(AppError::field("/reason", "required")),
        length if length > REASON_CHARS => Err(AppError::field("/reason", "too-long")),
        _ => Ok(reason),
    }
}

/// Takes a step within a running write. A step that leaves the state as it is leaves no trace here.
pub(super) async fn move_on(
    cx: &Services,
    tx: &Tx,
    id: CertificateId,
    step: CertificateStep,
    reason: &str,
    actor_id: AccountId,
) -> AppResult<()> {
    let row = store::find(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
    let state: CertificateState = next_state(state_of(&row)?, step).map_err(AppError::refused)?;
    if state.as_str() == row.state {
        return Ok(());
    }
    if !store::set_state(tx.conn(), &row, state, reason).await? {
        return Err(AppError::Problem(ProblemCode::Stale));
    }
    tx.note("from", row.state.clone());
    tx.note("to", state.as_str());
    let event = certificate_event::Model {
        id: cx.ids.uuid(),
        certificate_id: id,
        state: state.as_str().to_owned(),
        reason: reason.to_owned(),
        actor_id,
        at: tx.now(),
    };
    store::insert_events(tx.conn(), [event]).await
}

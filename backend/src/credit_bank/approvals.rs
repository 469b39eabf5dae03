//! Approving many certificates, as a job: after a test thousands wait for a city. Each is approved by itself, as one
//! alone is: with its own look at the facts, its own row in the audit log, and its own line in the report if it is not.

use super::{
    audit::{Audit, approve_within},
    store::{self, Narrowed},
    views::divisions_of,
};
use crate::{
    access::{Actor, Permit, actions, authorize_where_held},
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
        jobs::{self, Run, Step, Work},
    },
};
use serde::{Deserialize, Serialize};
use shared::{
    credit_bank::{ApproveCertificates, ApproveReport, MOST_APPROVED, RefusedApproval},
    ids::{AccountId, CertificateId, JobId},
    rights::Right,
};
use std::collections::BTreeSet;

/// Longest name that is looked for, in characters.
const NAME_CHARS: usize = 60;

actions! {
    /// Approve certificates of one's cities together.
    ApproveTogether(AccountId) = AuditCertificate;
}

/// Approves certificates, one after the other. What it brings is an [`ApproveReport`].
pub struct ApproveMany;

/// What [`ApproveMany`] is about: certificates of cities for which its asker decides.
#[derive(Serialize, Deserialize)]
pub struct ToApprove {
    ids: Vec<CertificateId>,
}

/// Asks for [`ApproveMany`]: of the certificates that are named, or of those that wait and fit, the oldest first.
///
/// # Errors
/// `forbidden` if the actor audits nowhere, `not-found` if one that is named lies elsewhere, and a field error if nothing
/// or too much is asked for.
pub(super) async fn ask_to_approve(
    cx: &Services,
    actor: &Actor,
    key: &IdempotencyKey,
    request: &ApproveCertificates,
) -> AppResult<JobId> {
    let permit = authorize_where_held::<ApproveTogether>(actor, actor.account_id)?;
    let (auditor, id) = (permit.person()?, cx.ids.new_id());
    let input = ToApprove { ids: wanted(cx, actor, request).await? };
    cx.db
        .write(&permit, async |tx| {
            let ask = async || jobs::ask::<ApproveMany>(tx, id, &permit, &input).await;
            once(tx, auditor, key, request, ask).await
        })
        .await
}

/// The certificates that are asked for, at the places where the actor audits.
async fn wanted(cx: &Services, actor: &Actor, request: &ApproveCertificates) -> AppResult<Vec<CertificateId>> {
    let name = request.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    if name.is_some_and(|name| name.chars().count() > NAME_CHARS) {
        return Err(AppError::field("/name", "too-long"));
    }
    let named = request.ids.as_ref().map(|ids| ids.iter().copied().collect::<BTreeSet<_>>());
    let narrowed = Narrowed { exam_session_id: request.exam_session_id, course_id: request.course_id, name };
    // Whoever forgets to say which does not mean all.
    if named.as_ref().map_or(narrowed.is_anything(), BTreeSet::is_empty) {
        return Err(AppError::field("/ids", "required"));
    }
    if named.as_ref().is_some_and(|ids| ids.len() > MOST_APPROVED) {
        return Err(AppError::field("/ids", "too-many"));
    }
    let cities = divisions_of(actor, &[Right::AuditCertificate]);
    let within = match &named {
        Some(ids) => store::among(ids),
        None => store::awaiting_audit(&narrowed),
    };
    let found = match cities.is_empty() {
        true => Vec::new(),
        false => store::list_ids_below(cx.db.read(), &cities, within, MOST_APPROVED as u64).await?,
    };
    match named {
        Some(ids) if ids.len() != found.len() => Err(AppError::not_found()),
        _ => Ok(found),
    }
}

impl Work for ApproveMany {
    type Input = ToApprove;
    const KIND: &'static str = "approve_certificates";

    async fn run(cx: Services, run: Run, ToApprove { ids }: ToApprove) -> AppResult<Step> {
        let nobody = || AppError::internal("nobody asked for this job");
        let (auditor, _) = run.asker().ok_or_else(nobody)?;
        let permit = Permit::<ApproveTogether>::of_asker(&run, auditor)?;
        let total = u32::try_from(ids.len()).map_err(AppError::internal)?;
        let (mut done, mut report): (u32, ApproveReport) = run.saved()?;
        cx.db.write(&permit, async |tx| run.save(tx, done, total, &report).await).await?;
        while let Some(id) = ids.get(done as usize) {
            report = approve_one(&cx, &run, *id, (done + 1, total), &report).await?;
            done += 1;
        }
        Ok(Step::Done)
    }
}

/// Approves a certificate, and notes that this is done in the same write; or why it is not. The report then.
async fn approve_one(
    cx: &Services,
    run: &Run,
    id: CertificateId,
    (done, total): (u32, u32),
    before: &ApproveReport,
) -> AppResult<ApproveReport> {
    let permit = Permit::<Audit>::of_asker(run, id)?;
    let auditor = permit.person()?;
    let outcome = cx
        .db
        .write(&permit, async |tx| {
            approve_within(cx, tx, id, auditor).await?;
            let report = ApproveReport { approved: before.approved + 1, refused: before.refused.clone() };
            run.save(tx, done, total, &report).await?;
            Ok(report)
        })
        .await;
    let code = match outcome {
        Err(error @ (AppError::Refused(_) | AppError::Problem(_))) => error.code(),
        outcome => return outcome,
    };
    let row = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let mut report = before.clone();
    report.refused.push(RefusedApproval { id, number: row.number, holder_name: row.holder_name, code });
    cx.db
        .write(&permit, async |tx| {
            tx.note("refused", code.as_str());
            run.save(tx, done, total, &report).await
        })
        .await?;
    Ok(report)
}

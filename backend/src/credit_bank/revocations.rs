//! Certificates are made void by two persons. What an incident makes void is proposed by who upheld it, as long as the
//! decision stands, and what states another result than a recheck found, by who confirmed that; an officer of the credit
//! bank confirms it, or issues it anew.

use super::{
    audit::{Revoke, checked_reason, move_on},
    entity::revocation_proposal,
    store,
    views::state_of,
};
use crate::{
    access::{JobName, Permit, actions},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        jobs::{Run, Step, Work},
    },
    results, sittings,
};
use serde::{Deserialize, Serialize};
use shared::{
    credit_bank::{CertificateState, CertificateStep, Revocation, judge_revocation},
    ids::{AccountId, CertificateId, IncidentId, SittingId},
    sittings::ResultBar,
};

/// States of certificates that can be made void.
const LIVING: [CertificateState; 4] =
    [CertificateState::Issued, CertificateState::Submitted, CertificateState::Approved, CertificateState::Returned];

actions! {
    /// Propose to make void what an incident voided, or take that back.
    FollowIncident(IncidentId) = IssueCertificate;
    /// Propose to make void what states another result than a recheck found.
    FollowCorrection(SittingId) = IssueCertificate;
}

/// Proposes to make a certificate void, or confirms what another person proposed.
///
/// # Errors
/// `wrong-state` if it is void, `second-person-needed` for who proposed it, and a field error without reason.
pub(super) async fn revoke(cx: &Services, permit: &Permit<Revoke>, reason: &str) -> AppResult<()> {
    let (id, person, reason) = (*permit.target(), permit.person()?, checked_reason(reason)?);
    cx.db
        .write(permit, async |tx| {
            let row = store::lock(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let proposed_by = store::find_proposal(tx.conn(), id).await?.map(|proposal| proposal.proposed_by);
            match judge_revocation(state_of(&row)?, proposed_by, person).map_err(AppError::refused)? {
                Revocation::Proposed => propose(tx, id, (person, reason), None).await,
                Revocation::Confirmed => {
                    move_on(cx, tx, id, CertificateStep::Revoke, reason, person).await?;
                    store::delete_proposal(tx.conn(), id).await
                }
            }
        })
        .await
}

/// Takes back what was proposed: the certificate stays as it is. Repeating it changes nothing.
///
/// # Errors
/// If the store fails.
pub(super) async fn keep(cx: &Services, permit: &Permit<Revoke>) -> AppResult<()> {
    let id = *permit.target();
    cx.db
        .write(permit, async |tx| {
            store::lock(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            if let Some(proposal) = store::find_proposal(tx.conn(), id).await? {
                tx.note("proposed_by", proposal.proposed_by.to_string());
                tx.note("kept", id.to_string());
                store::delete_proposal(tx.conn(), id).await?;
            }
            Ok(())
        })
        .await
}

async fn propose(
    tx: &Tx,
    certificate_id: CertificateId,
    (proposed_by, reason): (AccountId, &str),
    incident_id: Option<IncidentId>,
) -> AppResult<()> {
    tx.note("proposed", certificate_id.to_string());
    let (proposed_at, reason) = (tx.now(), reason.to_owned());
    let row = revocation_proposal::Model { certificate_id, proposed_by, proposed_at, reason, incident_id };
    store::insert_proposal(tx.conn(), row).await
}

/// Proposes to make void the certificates whose results an incident voided.
pub struct ProposeRevocations;

/// What [`ProposeRevocations`] is about: the payload of [`sittings::INCIDENT_UPHELD`].
#[derive(Serialize, Deserialize)]
pub struct UpheldIncident {
    incident_id: IncidentId,
    decided_by: AccountId,
    reason: String,
    sittings: Vec<SittingId>,
}

impl Work for ProposeRevocations {
    type Input = UpheldIncident;
    const KIND: &'static str = "propose_revocations";

    async fn run(cx: Services, _: Run, input: UpheldIncident) -> AppResult<Step> {
        let permit = Permit::<FollowIncident>::for_job(JobName::FollowIncidents, input.incident_id);
        for sitting_id in &input.sittings {
            cx.db.write(&permit, async |tx| propose_of(tx, *sitting_id, &input).await).await?;
        }
        Ok(Step::Done)
    }
}

async fn propose_of(tx: &Tx, sitting_id: SittingId, incident: &UpheldIncident) -> AppResult<()> {
    // The decision may have been taken back since.
    if sittings::hold_bar(tx, sitting_id).await? != Some(ResultBar::Void) {
        return Ok(());
    }
    for state in LIVING {
        for row in store::list_editions_in(tx.conn(), sitting_id, state).await? {
            let by = (incident.decided_by, incident.reason.as_str());
            propose(tx, row.id, by, Some(incident.incident_id)).await?;
        }
    }
    Ok(())
}

/// Takes back what an incident proposed, once its decision was taken back. What another decision makes void as well is
/// proposed by that from then on.
pub struct KeepCertificates;

/// What [`KeepCertificates`] is about: the payload of [`sittings::INCIDENT_LIFTED`].
#[derive(Serialize, Deserialize)]
pub struct LiftedIncident {
    incident_id: IncidentId,
}

impl Work for KeepCertificates {
    type Input = LiftedIncident;
    const KIND: &'static str = "keep_certificates";

    async fn run(cx: Services, _: Run, input: LiftedIncident) -> AppResult<Step> {
        let permit = Permit::<FollowIncident>::for_job(JobName::FollowIncidents, input.incident_id);
        cx.db.write(&permit, async |tx| let_be(tx, input.incident_id).await).await?;
        Ok(Step::Done)
    }
}

async fn let_be(tx: &Tx, id: IncidentId) -> AppResult<()> {
    let proposed = store::list_proposed_by(tx.conn(), id).await?;
    let taken_back = store::delete_proposals_of(tx.conn(), id).await?;
    tx.note("kept", taken_back);
    for certificate in proposed {
        if let Some(other) = sittings::hold_voiding(tx, certificate.sitting_id).await? {
            let by = (other.decided_by, other.reason.as_str());
            propose(tx, certificate.id, by, Some(other.incident_id)).await?;
        }
    }
    Ok(())
}

/// Proposes to make void the certificates that state another result than a recheck found.
pub struct ProposeAfterRecheck;

/// What [`ProposeAfterRecheck`] is about: the payload of [`results::RESULT_CORRECTED`].
#[derive(Serialize, Deserialize)]
pub struct CorrectedResult {
    sitting_id: SittingId,
    corrected_by: AccountId,
    reason: String,
}

impl Work for ProposeAfterRecheck {
    type Input = CorrectedResult;
    const KIND: &'static str = "propose_after_recheck";

    async fn run(cx: Services, _: Run, input: CorrectedResult) -> AppResult<Step> {
        let permit = Permit::<FollowCorrection>::for_job(JobName::FollowCorrections, input.sitting_id);
        cx.db.write(&permit, async |tx| propose_outdated(tx, &input).await).await?;
        Ok(Step::Done)
    }
}

async fn propose_outdated(tx: &Tx, corrected: &CorrectedResult) -> AppResult<()> {
    let result = results::hold_released_for(tx, corrected.sitting_id).await?.ok_or_else(AppError::not_found)?;
    for state in LIVING {
        for row in store::list_editions_in(tx.conn(), corrected.sitting_id, state).await? {
            let is_as_stated = row.score == result.score && row.grade == result.grade.as_str() && result.has_passed;
            if !is_as_stated {
                propose(tx, row.id, (corrected.corrected_by, corrected.reason.as_str()), None).await?;
            }
        }
    }
    Ok(())
}

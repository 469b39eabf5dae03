//! What waits for those who issue certificates, and for those who audit them.

use super::{graduation, store, views::divisions_of};
use crate::{
    access::Actor,
    platform::{Services, error::AppResult},
};
use shared::{
    credit_bank::CertificateState,
    rights::Right,
    work::{WorkKind, WorkLine},
};

/// Whose turn it is in each state.
const STEPS: [(Right, CertificateState, WorkKind); 3] = [
    (Right::AuditCertificate, CertificateState::Submitted, WorkKind::CertificatesToAudit),
    (Right::IssueCertificate, CertificateState::Returned, WorkKind::CertificatesReturned),
    (Right::IssueCertificate, CertificateState::Issued, WorkKind::CertificatesToSubmit),
];

/// The certificates that wait for the actor.
///
/// # Errors
/// If the store fails.
pub async fn work(cx: &Services, actor: &Actor) -> AppResult<Vec<WorkLine>> {
    let mut lines = Vec::new();
    for (right, state, kind) in STEPS {
        let divisions = divisions_of(actor, &[right]);
        // No division at all is nowhere; a condition without any would be everywhere.
        if !divisions.is_empty() {
            lines.extend(WorkLine::some(kind, store::count_below(cx.db.read(), &divisions, state).await?));
        }
    }
    let divisions = divisions_of(actor, &[Right::IssueCertificate]);
    if !divisions.is_empty() {
        let waiting = store::count_awaiting_revocation(cx.db.read(), &divisions, actor.account_id).await?;
        lines.extend(WorkLine::some(WorkKind::CertificatesToRevoke, waiting));
    }
    lines.extend(graduation::work(cx, actor).await?);
    Ok(lines)
}

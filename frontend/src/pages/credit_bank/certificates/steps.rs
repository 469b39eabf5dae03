//! The steps of a certificate: who is offered which, and how they are taken.

use crate::{
    i18n::{Locale, td_string},
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::Look,
};
use shared::{
    credit_bank::{
        AuditDecision, CertificateState, CertificateStep, CertificateView, ReissueCertificate, RevokeCertificate,
        next_state,
    },
    ids::CertificateId,
    rights::{self, Right, Role},
};

/// Every step, the welcome ones first.
const STEPS: [CertificateStep; 5] = [
    CertificateStep::Approve,
    CertificateStep::Submit,
    CertificateStep::Return,
    CertificateStep::Reissue,
    CertificateStep::Revoke,
];

/// Whether one of the roles carries the right.
pub(super) fn may(roles: &[Role], right: Right) -> bool {
    roles.iter().any(|role| rights::carries(*role, right))
}

const fn right_for(step: CertificateStep) -> Right {
    match step {
        CertificateStep::Submit | CertificateStep::Revoke | CertificateStep::Reissue => Right::IssueCertificate,
        // What an approval brings with it is the auditor's too.
        CertificateStep::Approve | CertificateStep::Return | CertificateStep::Supersede => Right::AuditCertificate,
    }
}

/// The steps that the roles allow and the state admits.
pub(super) fn offered(roles: &[Role], state: CertificateState) -> Vec<CertificateStep> {
    let is_offered = |step: &CertificateStep| may(roles, right_for(*step)) && next_state(state, *step).is_ok();
    STEPS.into_iter().filter(is_offered).collect()
}

/// Whether the step must say why.
pub(super) const fn needs_reason(step: CertificateStep) -> bool {
    matches!(step, CertificateStep::Return | CertificateStep::Revoke | CertificateStep::Reissue)
}

/// The step on a button.
pub(super) fn step_name(locale: Locale, step: CertificateStep) -> &'static str {
    match step {
        CertificateStep::Submit => td_string!(locale, credit_bank.submit),
        CertificateStep::Approve => td_string!(locale, credit_bank.approve),
        CertificateStep::Return => td_string!(locale, credit_bank.send_back),
        CertificateStep::Revoke => td_string!(locale, credit_bank.revoke),
        CertificateStep::Reissue | CertificateStep::Supersede => td_string!(locale, credit_bank.reissue),
    }
}

/// The question before the step.
pub(super) fn step_question(locale: Locale, step: CertificateStep) -> &'static str {
    match step {
        CertificateStep::Submit => td_string!(locale, credit_bank.submit_title),
        CertificateStep::Approve => td_string!(locale, credit_bank.approve_title),
        CertificateStep::Return => td_string!(locale, credit_bank.return_title),
        CertificateStep::Revoke => td_string!(locale, credit_bank.revoke_title),
        CertificateStep::Reissue | CertificateStep::Supersede => td_string!(locale, credit_bank.reissue_title),
    }
}

/// What the step will do.
pub(super) fn step_effect(locale: Locale, step: CertificateStep) -> &'static str {
    match step {
        CertificateStep::Submit => td_string!(locale, credit_bank.submit_about),
        CertificateStep::Approve => td_string!(locale, credit_bank.approve_about),
        CertificateStep::Return => td_string!(locale, credit_bank.return_about),
        CertificateStep::Revoke => td_string!(locale, credit_bank.revoke_about),
        CertificateStep::Reissue | CertificateStep::Supersede => td_string!(locale, credit_bank.reissue_about),
    }
}

/// The news after the step, which brought the certificate to this state.
pub(super) fn step_news(locale: Locale, step: CertificateStep, certificate: &CertificateView) -> String {
    let name = certificate.holder_name.clone();
    match step {
        CertificateStep::Revoke if certificate.state != CertificateState::Revoked => {
            td_string!(locale, credit_bank.revocation_proposed_toast, name = name)
        }
        CertificateStep::Submit => td_string!(locale, credit_bank.submitted_toast, name = name),
        CertificateStep::Approve => td_string!(locale, credit_bank.approved_toast, name = name),
        CertificateStep::Return => td_string!(locale, credit_bank.returned_toast, name = name),
        CertificateStep::Revoke => td_string!(locale, credit_bank.revoked_toast, name = name),
        CertificateStep::Reissue | CertificateStep::Supersede => {
            td_string!(locale, credit_bank.reissued_toast, name = name)
        }
    }
}

/// How the step's button looks in a row.
pub(super) const fn step_look(step: CertificateStep) -> Look {
    match step {
        CertificateStep::Return | CertificateStep::Revoke => Look::Danger,
        _ => Look::Plain,
    }
}

/// Takes back that somebody proposed to make a certificate void.
pub(super) async fn keep(actor: Actor, id: CertificateId) -> Outcome<CertificateView> {
    client::post(actor, &format!("/certificates/{id}/keep"), &()).await
}

/// Takes the step, and brings the certificate as it is then.
pub(super) async fn take(
    actor: Actor,
    id: CertificateId,
    step: CertificateStep,
    reason: String,
) -> Outcome<CertificateView> {
    let path = |end: &str| format!("/certificates/{id}/{end}");
    match step {
        CertificateStep::Submit => client::post(actor, &path("submit"), &()).await,
        CertificateStep::Approve => client::post(actor, &path("audit"), &AuditDecision::Approve {}).await,
        CertificateStep::Return => client::post(actor, &path("audit"), &AuditDecision::Return { reason }).await,
        CertificateStep::Revoke => client::post(actor, &path("revoke"), &RevokeCertificate { reason }).await,
        CertificateStep::Reissue | CertificateStep::Supersede => {
            client::post(actor, &path("reissue"), &ReissueCertificate { reason }).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use CertificateState::{Approved, Issued, Returned, Revoked, Submitted, Superseded};

    #[test]
    fn officers_and_auditors_are_offered_their_own_steps() {
        let officer = |state| offered(&[Role::CreditBankOfficer], state);
        let auditor = |state| offered(&[Role::CityAuditor], state);
        for state in [Issued, Returned] {
            assert_eq!(officer(state), [CertificateStep::Submit, CertificateStep::Reissue, CertificateStep::Revoke]);
            assert!(auditor(state).is_empty());
        }
        assert_eq!(officer(Submitted), [CertificateStep::Revoke]);
        assert_eq!(auditor(Submitted), [CertificateStep::Approve, CertificateStep::Return]);
        assert_eq!(officer(Approved), [CertificateStep::Reissue, CertificateStep::Revoke]);
        assert_eq!(officer(Revoked), [CertificateStep::Reissue]);
        assert!(officer(Superseded).is_empty());
    }

    #[test]
    fn nobody_else_is_offered_anything() {
        assert!(CertificateState::ALL.iter().all(|state| offered(&[Role::Learner, Role::Marker], *state).is_empty()));
    }
}

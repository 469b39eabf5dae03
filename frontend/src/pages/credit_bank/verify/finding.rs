//! What a verifier finds: the verdict in large words, what it means, and the signed content.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{credit_bank::state::StateTag, enrolment::words::level_name, results::grade_name},
    platform::when,
    ui::{Icon, Symbol},
};
use leptos::{html::H2, prelude::*};
use shared::credit_bank::{CertificateState, PublicCertificate, Verdict, Verification, number_grouped};

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finding {
    /// What the server says of a credential.
    Verdict(Verdict),
    /// The signature of what the credit bank itself keeps is wrong.
    SignatureWrong,
    /// The number is well formed, but nobody has it.
    NoSuchNumber,
}

impl Finding {
    /// Of a certificate that was looked up by its number.
    pub(super) const fn of_stored(certificate: &PublicCertificate) -> Self {
        match certificate.state {
            _ if !certificate.signature_is_valid => Self::SignatureWrong,
            CertificateState::Approved => Self::Verdict(Verdict::Valid),
            CertificateState::Revoked => Self::Verdict(Verdict::Revoked),
            CertificateState::Superseded => Self::Verdict(Verdict::Superseded),
            CertificateState::Issued | CertificateState::Submitted | CertificateState::Returned => {
                Self::Verdict(Verdict::NotYetApproved)
            }
        }
    }

    /// Of a credential that was handed over: what the register shows beside it must be what was signed.
    pub(super) fn of_presented(verification: &Verification) -> Self {
        match &verification.certificate {
            Some(certificate) if !certificate.signature_is_valid => Self::SignatureWrong,
            _ => Self::Verdict(verification.verdict),
        }
    }

    /// Its class in the style sheet, and its picture.
    const fn look(self) -> (&'static str, Symbol) {
        match self {
            Self::Verdict(Verdict::Valid) => ("ok", Symbol::Check),
            Self::Verdict(Verdict::NotYetApproved) => ("wait", Symbol::Clock),
            Self::Verdict(Verdict::Revoked | Verdict::Superseded) => ("stop", Symbol::Close),
            Self::Verdict(Verdict::Tampered) | Self::SignatureWrong => ("stop", Symbol::Warning),
            Self::Verdict(Verdict::Unknown) | Self::NoSuchNumber => ("plain", Symbol::Search),
        }
    }

    fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Verdict(Verdict::Valid) => td_string!(locale, credit_bank.verdict_valid),
            Self::Verdict(Verdict::NotYetApproved) => td_string!(locale, credit_bank.verdict_not_yet_approved),
            Self::Verdict(Verdict::Revoked) => td_string!(locale, credit_bank.verdict_revoked),
            Self::Verdict(Verdict::Superseded) => td_string!(locale, credit_bank.verdict_superseded),
            Self::Verdict(Verdict::Tampered) => td_string!(locale, credit_bank.verdict_tampered),
            Self::Verdict(Verdict::Unknown) => td_string!(locale, credit_bank.verdict_unknown),
            Self::SignatureWrong => td_string!(locale, credit_bank.signature_wrong),
            Self::NoSuchNumber => td_string!(locale, credit_bank.not_found),
        }
    }

    fn meaning(self, locale: Locale) -> &'static str {
        match self {
            Self::Verdict(Verdict::Valid) => td_string!(locale, credit_bank.means_valid),
            Self::Verdict(Verdict::NotYetApproved) => td_string!(locale, credit_bank.means_not_yet_approved),
            Self::Verdict(Verdict::Revoked) => td_string!(locale, credit_bank.means_revoked),
            Self::Verdict(Verdict::Superseded) => td_string!(locale, credit_bank.means_superseded),
            Self::Verdict(Verdict::Tampered) => td_string!(locale, credit_bank.means_tampered),
            Self::Verdict(Verdict::Unknown) => td_string!(locale, credit_bank.means_unknown),
            Self::SignatureWrong => td_string!(locale, credit_bank.means_signature_wrong),
            Self::NoSuchNumber => td_string!(locale, credit_bank.means_no_such_number),
        }
    }
}

/// The finding, which takes the focus when it appears.
#[component]
pub(super) fn FindingSheet(
    /// What was found.
    finding: Finding,
    /// The certificate, where there is one to show.
    certificate: Option<PublicCertificate>,
) -> impl IntoView {
    let i18n = use_i18n();
    let heading = NodeRef::<H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            drop(heading.focus());
        }
    });
    let (class, symbol) = finding.look();
    view! {
        <section class=format!("card finding {class}")>
            <div class="finding-head">
                <Icon symbol />
                <h2 node_ref=heading tabindex="-1">{move || finding.words(i18n.get_locale())}</h2>
                <p>{move || finding.meaning(i18n.get_locale())}</p>
            </div>
            {certificate.map(|certificate| view! { <SignedContent certificate /> })}
        </section>
    }
}

/// What the certificate says, the name partly masked.
#[component]
fn SignedContent(certificate: PublicCertificate) -> impl IntoView {
    let i18n = use_i18n();
    let issued_at = certificate.issued_at;
    view! {
        <div class="stack finding-content">
            <p class="muted small">{t!(i18n, credit_bank.signed_content)}</p>
            {certificate.description.clone().map(|description| view! { <p lang="zh-CN">{description}</p> })}
            <dl class="facts">
                <div><dt>{t!(i18n, credit_bank.holder)}</dt><dd>{certificate.holder_name_masked.clone()}</dd></div>
                <TestSat certificate=certificate.clone() />
                <div>
                    <dt>{t!(i18n, credit_bank.issued_at)}</dt>
                    <dd class="num">{move || when::date(i18n.get_locale(), issued_at)}</dd>
                </div>
                <div><dt>{t!(i18n, credit_bank.state)}</dt><dd><StateTag state=certificate.state /></dd></div>
                <div class="whole">
                    <dt>{t!(i18n, credit_bank.number)}</dt>
                    <dd class="num">{number_grouped(&certificate.number)}</dd>
                </div>
                {certificate.superseded_by.map(|number| view! { <Successor number /> })}
                <div class="whole"><dt>{t!(i18n, credit_bank.issuer)}</dt><dd>{certificate.issuer_name}</dd></div>
                <div class="whole">
                    <dt>{t!(i18n, credit_bank.issuer_key)}</dt>
                    <dd class="issuer-key">{certificate.issuer_key}</dd>
                </div>
            </dl>
        </div>
    }
}

/// The course, the test that was sat, and what came of it.
#[component]
fn TestSat(certificate: PublicCertificate) -> impl IntoView {
    let i18n = use_i18n();
    let grade = certificate.grade;
    let (score, max_score) = (certificate.score.to_string(), certificate.max_score.map(|max| max.to_string()));
    let scored = move || match max_score.clone() {
        Some(max) => t_string!(i18n, credit_bank.score_of, score = score.clone(), max = max),
        None => score.clone(),
    };
    let level = move |level| view! { <dd>{move || level_name(i18n.get_locale(), level)}</dd> };
    view! {
        <div><dt>{t!(i18n, credit_bank.course)}</dt><dd>{certificate.course_title}</dd></div>
        {certificate.level.map(|at| view! { <div><dt>{t!(i18n, credit_bank.level)}</dt>{level(at)}</div> })}
        <div class="whole"><dt>{t!(i18n, credit_bank.exam)}</dt><dd>{certificate.exam_session_title}</dd></div>
        <div><dt>{t!(i18n, credit_bank.score)}</dt><dd class="num">{scored}</dd></div>
        <div><dt>{t!(i18n, credit_bank.grade)}</dt><dd>{move || grade_name(i18n.get_locale(), grade)}</dd></div>
    }
}

/// The certificate that has taken its place.
#[component]
fn Successor(number: String) -> impl IntoView {
    let i18n = use_i18n();
    let address = format!("/verify/{number}");
    view! {
        <div class="whole">
            <dt>{t!(i18n, credit_bank.superseded_by)}</dt>
            <dd class="num"><a href=address>{number_grouped(&number)}</a></dd>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{points::Points, results::Grade, time::Timestamp};

    fn certificate(state: CertificateState, signature_is_valid: bool) -> PublicCertificate {
        PublicCertificate {
            number: String::new(),
            holder_name_masked: String::new(),
            course_title: String::new(),
            level: None,
            exam_session_title: String::new(),
            score: Points::whole(80),
            max_score: None,
            grade: Grade::A,
            description: None,
            issued_at: Timestamp(0),
            issuer_name: String::new(),
            issuer_key: String::new(),
            state,
            superseded_by: None,
            signature_is_valid,
        }
    }

    fn found(state: CertificateState, signature_is_valid: bool) -> Finding {
        Finding::of_stored(&certificate(state, signature_is_valid))
    }

    #[test]
    fn only_an_approved_certificate_is_valid() {
        for state in CertificateState::ALL {
            let is_valid = found(*state, true) == Finding::Verdict(Verdict::Valid);
            assert_eq!(is_valid, *state == CertificateState::Approved);
        }
    }

    #[test]
    fn a_wrong_signature_outweighs_every_state() {
        for state in CertificateState::ALL {
            assert_eq!(found(*state, false), Finding::SignatureWrong);
        }
    }

    #[test]
    fn a_genuine_credential_does_not_vouch_for_a_changed_register() {
        let presented = |certificate| Finding::of_presented(&Verification { verdict: Verdict::Valid, certificate });
        assert_eq!(presented(Some(certificate(CertificateState::Approved, false))), Finding::SignatureWrong);
        assert_eq!(presented(Some(certificate(CertificateState::Approved, true))), Finding::Verdict(Verdict::Valid));
        let tampered = Verification { verdict: Verdict::Tampered, certificate: None };
        assert_eq!(Finding::of_presented(&tampered), Finding::Verdict(Verdict::Tampered));
    }
}

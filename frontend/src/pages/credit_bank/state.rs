//! The states of a certificate in words.

use crate::{
    i18n::{Locale, td_string, use_i18n},
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use shared::credit_bank::CertificateState;

/// A state in a word or two.
pub(super) fn state_name(locale: Locale, state: CertificateState) -> &'static str {
    match state {
        CertificateState::Issued => td_string!(locale, credit_bank.state_issued),
        CertificateState::Submitted => td_string!(locale, credit_bank.state_submitted),
        CertificateState::Approved => td_string!(locale, credit_bank.state_approved),
        CertificateState::Returned => td_string!(locale, credit_bank.state_returned),
        CertificateState::Revoked => td_string!(locale, credit_bank.state_revoked),
        CertificateState::Superseded => td_string!(locale, credit_bank.state_superseded),
    }
}

/// A state as a label.
#[component]
pub(super) fn StateTag(
    /// Where the certificate stands.
    state: CertificateState,
) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state {
        CertificateState::Approved => Tone::Ok,
        CertificateState::Revoked | CertificateState::Returned | CertificateState::Superseded => Tone::Stop,
        CertificateState::Issued => Tone::Credit,
        CertificateState::Submitted => Tone::Wait,
    };
    view! { <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag> }
}

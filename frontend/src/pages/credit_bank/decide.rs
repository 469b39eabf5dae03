//! What an officer or an auditor can do with one certificate.

use super::certificates::Reload;
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    platform::{actor::Actor, client, deed::Deed},
    ui::{Button, ConfirmDialog, DeedFailure, Dialog, Field, Look, TextArea, Toasts},
};
use leptos::prelude::*;
use shared::{
    credit_bank::{AuditDecision, CertificateState, CertificateView, RevokeCertificate},
    ids::CertificateId,
    rights::Role,
};

/// One deed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    Submit,
    Approve,
    Return,
    Revoke,
}

impl Verb {
    fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Submit => td_string!(locale, credit_bank.submit),
            Self::Approve => td_string!(locale, credit_bank.approve),
            Self::Return => td_string!(locale, credit_bank.send_back),
            Self::Revoke => td_string!(locale, credit_bank.revoke),
        }
    }

    fn done(self, locale: Locale) -> &'static str {
        match self {
            Self::Submit => td_string!(locale, credit_bank.submitted_toast),
            Self::Approve => td_string!(locale, credit_bank.approved_toast),
            Self::Return => td_string!(locale, credit_bank.returned_toast),
            Self::Revoke => td_string!(locale, credit_bank.revoked_toast),
        }
    }

    const fn look(self) -> Look {
        match self {
            Self::Submit | Self::Approve => Look::Plain,
            Self::Return | Self::Revoke => Look::Danger,
        }
    }
}

/// The deeds that these roles may do with a certificate in this state.
fn deeds(roles: &[Role], state: CertificateState) -> Vec<Verb> {
    let mut deeds = Vec::new();
    if roles.contains(&Role::CityAuditor) && state == CertificateState::Submitted {
        deeds.extend([Verb::Approve, Verb::Return]);
    }
    if roles.contains(&Role::CreditBankOfficer) {
        if matches!(state, CertificateState::Issued | CertificateState::Returned) {
            deeds.push(Verb::Submit);
        }
        if state != CertificateState::Revoked {
            deeds.push(Verb::Revoke);
        }
    }
    deeds
}

/// The buttons of one row.
#[component]
pub(super) fn Deeds(
    /// The certificate.
    id: CertificateId,
    /// Where it stands.
    state: CertificateState,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let button = move |verb| view! { <DeedButton id verb /> };
    view! { <div class="row tight">{deeds(&actor.roles(), state).into_iter().map(button).collect_view()}</div> }
}

#[component]
fn DeedButton(id: CertificateId, verb: Verb) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, Reload(reload)) =
        (expect_context::<Actor>(), expect_context::<Toasts>(), expect_context::<Reload>());
    let (deed, is_asking) = (Deed::new(), RwSignal::new(false));
    let act = Callback::new(move |reason: String| {
        deed.run(async move { perform(actor, id, verb, reason).await }, move |_| {
            is_asking.set(false);
            toasts.done(verb.done(i18n.get_locale_untracked()));
            reload.run(());
        });
    });
    let press = move |()| if verb == Verb::Submit { act.run(String::new()) } else { is_asking.set(true) };
    view! {
        <Button look=verb.look() is_busy=deed.is_busy() on_press=press>{move || verb.name(i18n.get_locale())}</Button>
        {match verb {
            Verb::Submit => view! { <DeedFailure deed /> }.into_any(),
            Verb::Approve => view! {
                <DeedFailure deed />
                <ConfirmDialog
                    is_open=is_asking
                    title=Signal::derive(move || t_string!(i18n, credit_bank.approve_title).to_owned())
                    text=Signal::derive(move || t_string!(i18n, credit_bank.approve_about).to_owned())
                    confirm=Signal::derive(move || t_string!(i18n, credit_bank.approve).to_owned())
                    on_confirm=move |()| act.run(String::new())
                />
            }
            .into_any(),
            Verb::Return | Verb::Revoke => view! { <AskReason verb is_open=is_asking deed act /> }.into_any(),
        }}
    }
}

async fn perform(actor: Actor, id: CertificateId, verb: Verb, reason: String) -> client::Outcome<CertificateView> {
    match verb {
        Verb::Submit => client::post(actor, &format!("/certificates/{id}/submit"), &serde_json::json!({})).await,
        Verb::Approve => client::post(actor, &format!("/certificates/{id}/audit"), &AuditDecision::Approve).await,
        Verb::Return => {
            client::post(actor, &format!("/certificates/{id}/audit"), &AuditDecision::Return { reason }).await
        }
        Verb::Revoke => client::post(actor, &format!("/certificates/{id}/revoke"), &RevokeCertificate { reason }).await,
    }
}

/// Asks why before a certificate is returned or revoked.
#[component]
fn AskReason(verb: Verb, is_open: RwSignal<bool>, deed: Deed, act: Callback<String>) -> impl IntoView {
    let i18n = use_i18n();
    let (reason, was_sent) = (RwSignal::new(String::new()), RwSignal::new(false));
    let title = move || match verb {
        Verb::Return => t_string!(i18n, credit_bank.return_title).to_owned(),
        _ => t_string!(i18n, credit_bank.revoke_title).to_owned(),
    };
    let error = Signal::derive(move || {
        let is_missing = was_sent.get() && reason.with(|reason| reason.trim().is_empty());
        if is_missing { t_string!(i18n, common.required).to_owned() } else { deed.field("/reason").get() }
    });
    let go = move |()| {
        was_sent.set(true);
        let reason = reason.get_untracked();
        if !reason.trim().is_empty() {
            act.run(reason);
        }
    };
    view! {
        <Dialog is_open title=Signal::derive(title)>
            <Show when=move || verb == Verb::Revoke><p>{t!(i18n, credit_bank.revoke_about)}</p></Show>
            <Field id="reason" label=Signal::derive(move || t_string!(i18n, credit_bank.reason).to_owned()) error>
                <TextArea value=reason rows=3 />
            </Field>
            <DeedFailure deed />
            <div class="row">
                <Button look=Look::Danger is_busy=deed.is_busy() on_press=go>
                    {move || verb.name(i18n.get_locale())}
                </Button>
                <Button on_press=move |()| is_open.set(false)>{t!(i18n, common.cancel)}</Button>
            </div>
        </Dialog>
    }
}

//! One's own certificate, as it is shown, printed and kept.

mod sheet;

use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    platform::{actor::Actor, client, deed::Deed, file},
    ui::{AsyncView, Button, ButtonLink, DeedFailure, EmptyState, Icon, Look, Notice, PageHeading, Symbol, Tone},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::credit_bank::{CertificateState, CertificateView};
use sheet::Sheet;

lazy_page! {
    /// The page.
    CertificatePage = OwnCertificate in study;
}

#[component]
fn OwnCertificate() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let certificates = LocalResource::new(move || client::get::<Vec<CertificateView>>(actor, "/me/certificates"));
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    view! {
        <main class="page wide stack certificate-page">
            <p class="way-back no-print"><A href="/progress">{t!(i18n, credit_bank.back)}</A></p>
            <AsyncView resource=certificates let:certificates>
                {match certificates.into_iter().find(|certificate| certificate.id.to_string() == id()) {
                    Some(certificate) => view! { <Shown certificate /> }.into_any(),
                    None => view! { <NotThere /> }.into_any(),
                }}
            </AsyncView>
        </main>
    }
}

#[component]
fn NotThere() -> impl IntoView {
    let i18n = use_i18n();
    let none = Signal::derive(move || t_string!(i18n, credit_bank.not_yours).to_owned());
    view! {
        <PageHeading text=Signal::derive(move || t_string!(i18n, credit_bank.certificate_title).to_owned()) />
        <EmptyState text=none symbol=Symbol::Medal>
            <ButtonLink href="/progress">{t!(i18n, credit_bank.back)}</ButtonLink>
        </EmptyState>
    }
}

#[component]
fn Shown(certificate: CertificateView) -> impl IntoView {
    let (state, reason) = (certificate.state, certificate.reason.clone());
    let verification = format!("/verify/{}", certificate.number);
    view! {
        <Standing state reason />
        <Sheet certificate=certificate.clone() />
        <Ways certificate />
        <Showing verification />
    }
}

/// What the state means for the learner, where it is not simply good.
#[component]
fn Standing(state: CertificateState, reason: String) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || match state {
        CertificateState::Approved => t_string!(i18n, credit_bank.approved).to_owned(),
        CertificateState::Issued => t_string!(i18n, credit_bank.issued).to_owned(),
        CertificateState::Submitted => t_string!(i18n, credit_bank.submitted).to_owned(),
        CertificateState::Returned => t_string!(i18n, credit_bank.returned, reason = reason.clone()),
        CertificateState::Revoked => t_string!(i18n, credit_bank.revoked, reason = reason.clone()),
        CertificateState::Superseded => t_string!(i18n, credit_bank.superseded).to_owned(),
    };
    let tone = match state {
        CertificateState::Approved => Tone::Ok,
        CertificateState::Issued | CertificateState::Submitted | CertificateState::Returned => Tone::Wait,
        CertificateState::Revoked | CertificateState::Superseded => Tone::Stop,
    };
    view! { <div class="no-print"><Notice tone><p>{words}</p></Notice></div> }
}

/// Keep it: as PDF, on paper, as credential.
#[component]
fn Ways(certificate: CertificateView) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, pdf, document) = (expect_context::<Actor>(), Deed::new(), Deed::new());
    let path = |end: &str| format!("/me/certificates/{}/{end}", certificate.id);
    let named = |ending: &str| format!("{}.{ending}", certificate.number);
    let (pdf_path, pdf_name) = (path("pdf"), named("pdf"));
    let (document_path, document_name) = (path("document"), named("json"));
    let save_pdf = move |()| {
        let (path, name) = (pdf_path.clone(), pdf_name.clone());
        pdf.run(async move { client::get_bytes(actor, &path).await }, move |bytes| {
            file::save_bytes(&name, "application/pdf", &bytes);
        });
    };
    let save_document = move |()| {
        let (path, name) = (document_path.clone(), document_name.clone());
        document.run(async move { client::get_text(actor, &path).await }, move |text| {
            file::save(&name, "application/json", &text);
        });
    };
    view! {
        <div class="no-print stack">
            <DeedFailure deed=pdf />
            <DeedFailure deed=document />
            <div class="row certificate-ways">
                <Button look=Look::Primary is_busy=pdf.is_busy() on_press=save_pdf>
                    <Icon symbol=Symbol::Download />
                    {t!(i18n, credit_bank.download_pdf)}
                </Button>
                <Button on_press=move |()| drop(window().print())>
                    <Icon symbol=Symbol::Print />
                    {t!(i18n, credit_bank.print)}
                </Button>
                <Button is_busy=document.is_busy() on_press=save_document>
                    <Icon symbol=Symbol::Download />
                    {t!(i18n, credit_bank.download)}
                </Button>
            </div>
        </div>
    }
}

/// How to show it to others.
#[component]
fn Showing(verification: String) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="card stack no-print" aria-labelledby="showing">
            <h2 id="showing">{t!(i18n, credit_bank.showing_title)}</h2>
            <p>{t!(i18n, credit_bank.showing_text)}</p>
            <p class="muted small">{t!(i18n, credit_bank.showing_document)}</p>
            <ButtonLink href=verification>{t!(i18n, credit_bank.showing_look)}</ButtonLink>
        </section>
    }
}

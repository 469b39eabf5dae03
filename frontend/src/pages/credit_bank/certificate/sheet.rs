//! The certificate as a sheet of paper.

use crate::{
    i18n::{t, t_string, use_i18n},
    pages::{credit_bank::state::state_name, results::grade_name},
    platform::when,
    ui::PageHeading,
};
use leptos::prelude::*;
use shared::{
    credit_bank::{CertificateState, CertificateView, number_grouped},
    time::Timestamp,
};

/// The sheet.
#[component]
pub(super) fn Sheet(
    /// What it certifies.
    certificate: CertificateView,
) -> impl IntoView {
    let i18n = use_i18n();
    let number = certificate.number.clone();
    let state = certificate.state;
    let is_void = matches!(state, CertificateState::Revoked | CertificateState::Superseded);
    let issued_at = certificate.issued_at;
    view! {
        <article class="certificate" class:is-void=is_void>
            <Blossom class="certificate-watermark" />
            <header class="certificate-head">
                <Blossom class="certificate-emblem" />
                <PageHeading text=Signal::derive(move || t_string!(i18n, credit_bank.certificate_title).to_owned()) />
                <p class="certificate-number">
                    {t!(i18n, credit_bank.number)} " " <span class="num">{number_grouped(&certificate.number)}</span>
                </p>
            </header>
            <Statement certificate=certificate.clone() />
            <Particulars certificate />
            <Foot number issued_at />
            <Show when=move || is_void>
                <p class="certificate-void">{move || state_name(i18n.get_locale(), state)}</p>
            </Show>
        </article>
    }
}

/// The sentence that certifies.
#[component]
fn Statement(certificate: CertificateView) -> impl IntoView {
    let i18n = use_i18n();
    let CertificateView { holder_name: name, course_title: course, score, grade, .. } = certificate;
    let words = move || {
        let (name, course, score) = (name.clone(), course.clone(), score.to_string());
        let grade = grade_name(i18n.get_locale(), grade);
        t_string!(i18n, credit_bank.certificate_text, name = name, course = course, score = score, grade = grade)
    };
    view! { <p class="certificate-text">{words}</p> }
}

/// The same in a table, and what the city says.
#[component]
fn Particulars(certificate: CertificateView) -> impl IntoView {
    let i18n = use_i18n();
    let (grade, state) = (certificate.grade, certificate.state);
    view! {
        <dl class="certificate-facts">
            <div><dt>{t!(i18n, credit_bank.holder)}</dt><dd>{certificate.holder_name}</dd></div>
            <div><dt>{t!(i18n, credit_bank.course)}</dt><dd>{certificate.course_title}</dd></div>
            <div class="whole"><dt>{t!(i18n, credit_bank.exam)}</dt><dd>{certificate.exam_session_title}</dd></div>
            <div><dt>{t!(i18n, credit_bank.score)}</dt><dd class="num">{certificate.score.to_string()}</dd></div>
            <div><dt>{t!(i18n, credit_bank.grade)}</dt><dd>{move || grade_name(i18n.get_locale(), grade)}</dd></div>
            <div class="whole">
                <dt>{t!(i18n, credit_bank.city_audit)}</dt>
                <dd>{move || state_name(i18n.get_locale(), state)}</dd>
            </div>
        </dl>
    }
}

/// How to verify it, and who issued it when.
#[component]
fn Foot(number: String, issued_at: Timestamp) -> impl IntoView {
    let i18n = use_i18n();
    let picture = format!("/api/v1/public/certificates/{number}/qr.svg");
    let address = window().location().host().map(|host| format!("{host}/verify")).unwrap_or_default();
    view! {
        <footer class="certificate-foot">
            <figure>
                <img src=picture alt=move || t_string!(i18n, credit_bank.qr) width="160" height="160" />
                <figcaption>
                    <b>{t!(i18n, credit_bank.scan)}</b>
                    <span>{t!(i18n, credit_bank.or_at)}</span>
                    <span class="num">{address}</span>
                </figcaption>
            </figure>
            <div class="certificate-issuer">
                <p>{t!(i18n, credit_bank.issuer_name)}</p>
                <p class="num">{move || when::date(i18n.get_locale(), issued_at)}</p>
                <p class="certificate-note">{t!(i18n, credit_bank.signed_note)}</p>
            </div>
        </footer>
    }
}

/// A peach blossom, the mark of the house. Decoration only.
#[component]
fn Blossom(
    /// Its class in the style sheet.
    class: &'static str,
) -> impl IntoView {
    let petal = |turn: u16| {
        let transform = format!("rotate({turn} 24 24)");
        view! { <path d="M24 23C16 19 16 9 21 5l3 3 3-3c5 4 5 14-3 18z" transform=transform /> }
    };
    view! {
        <svg class=class viewBox="0 0 48 48" aria-hidden="true" focusable="false">
            {[0, 72, 144, 216, 288].map(petal).collect_view()}
            <circle cx="24" cy="24" r="3" />
        </svg>
    }
}

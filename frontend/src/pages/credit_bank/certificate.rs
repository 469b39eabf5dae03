//! One's own certificate, as it is printed.

use super::state::StateTag;
use crate::{
    i18n::{t, t_string, use_i18n},
    pages::results::grade_name,
    platform::{actor::Actor, client, deed::Deed, file, when},
    ui::{AsyncView, Button, DeedFailure, EmptyState, Icon, PageHeading, Symbol},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, components::A, hooks::use_params_map, lazy_route};
use shared::credit_bank::CertificateView;

/// The page.
pub(crate) struct CertificatePage;

#[lazy_route]
impl LazyRoute for CertificatePage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <OwnCertificate /> }.into_any()
    }
}

#[component]
fn OwnCertificate() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let certificates = LocalResource::new(move || client::get::<Vec<CertificateView>>(actor, "/me/certificates"));
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    view! {
        <main class="page wide stack">
            <p class="way-back no-print"><A href="/progress">{t!(i18n, credit_bank.back)}</A></p>
            <AsyncView resource=certificates let:certificates>
                {match certificates.into_iter().find(|certificate| certificate.id.to_string() == id()) {
                    Some(certificate) => view! { <Sheet certificate=certificate.clone() /> <Ways certificate /> }.into_any(),
                    None => {
                        let none = Signal::derive(move || t_string!(i18n, credit_bank.none).to_owned());
                        view! { <EmptyState text=none symbol=Symbol::Medal /> }.into_any()
                    }
                }}
            </AsyncView>
        </main>
    }
}

/// The certificate as a sheet of paper.
#[component]
fn Sheet(certificate: CertificateView) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let name = actor.me().map(|me| me.display_name).unwrap_or_default();
    let (course, score, grade) = (certificate.course_title.clone(), certificate.score.to_string(), certificate.grade);
    let words = move || {
        let grade = grade_name(i18n.get_locale(), grade);
        let (name, course, score) = (name.clone(), course.clone(), score.clone());
        t_string!(i18n, credit_bank.certificate_text, name = name, course = course, score = score, grade = grade)
    };
    let (issued_at, qr) = (certificate.issued_at, format!("/api/v1/public/certificates/{}/qr.svg", certificate.number));
    view! {
        <article class="certificate">
            <PageHeading text=Signal::derive(move || t_string!(i18n, credit_bank.certificate_title).to_owned()) />
            <p class="certificate-text">{words}</p>
            <div class="certificate-foot">
                <figure>
                    <img src=qr alt="" width="120" height="120" />
                    <figcaption class="small">{t!(i18n, credit_bank.scan)}</figcaption>
                </figure>
                <dl class="facts">
                    <div><dt>{t!(i18n, credit_bank.number)}</dt><dd class="num">{certificate.number}</dd></div>
                    <div><dt>{t!(i18n, credit_bank.exam)}</dt><dd>{certificate.exam_session_title}</dd></div>
                    <div>
                        <dt>{t!(i18n, credit_bank.issued_at)}</dt>
                        <dd class="num">{move || when::date(i18n.get_locale(), issued_at)}</dd>
                    </div>
                    <div><dt>{t!(i18n, credit_bank.issuer)}</dt><dd>{t!(i18n, credit_bank.issuer_name)}</dd></div>
                </dl>
            </div>
            <p class="no-print"><StateTag state=certificate.state /></p>
        </article>
    }
}

/// Print and download.
#[component]
fn Ways(certificate: CertificateView) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let (path, name) =
        (format!("/me/certificates/{}/document", certificate.id), format!("{}.json", certificate.number));
    let download = move |()| {
        let (path, name) = (path.clone(), name.clone());
        deed.run(async move { client::get_text(actor, &path).await }, move |text| {
            file::save(&name, "application/json", &text);
        });
    };
    view! {
        <DeedFailure deed />
        <div class="row no-print">
            <Button on_press=move |()| drop(window().print())>
                <Icon symbol=Symbol::Print />
                {t!(i18n, credit_bank.print)}
            </Button>
            <Button is_busy=deed.is_busy() on_press=download>
                <Icon symbol=Symbol::Download />
                {t!(i18n, credit_bank.download)}
            </Button>
        </div>
    }
}

//! Verification by anybody: by number, or by the credential itself.

use super::state::StateTag;
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::results::grade_name,
    platform::{
        client::{self, ApiError},
        deed::Deed,
        file, when,
    },
    ui::{AsyncView, Button, Card, DeedFailure, Field, Icon, Look, Notice, PageHeading, Symbol, TextInput, Tone},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    LazyRoute,
    hooks::{use_navigate, use_params_map},
    lazy_route,
};
use shared::credit_bank::{CertificateNumber, CertificateState, PublicCertificate, Verdict, Verification};

/// The page.
pub(crate) struct VerifyPage;

#[lazy_route]
impl LazyRoute for VerifyPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <Verify /> }.into_any()
    }
}

#[component]
fn Verify() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let number = Memo::new(move |_| params.with(|params| params.get("number").unwrap_or_default()));
    view! {
        <main class="page stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, credit_bank.verify_title).to_owned()) />
            <p>{t!(i18n, credit_bank.verify_lead)}</p>
            {move || Some(number.get()).filter(|number| !number.is_empty()).map(|number| view! { <Found number /> })}
            {move || view! { <ByNumber number=number.get() /> }}
            <ByFile />
        </main>
    }
}

#[component]
fn ByNumber(number: String) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let (typed, is_wrong) = (RwSignal::new(number), RwSignal::new(false));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let number = CertificateNumber::parse(&typed.get_untracked());
        is_wrong.set(number.is_none());
        if let Some(number) = number {
            navigate(&format!("/verify/{}", number.as_str()), Default::default());
        }
    };
    let error = move || if is_wrong.get() { t_string!(i18n, credit_bank.bad_number).to_owned() } else { String::new() };
    view! {
        <form class="card stack" novalidate on:submit=submit>
            <Field
                id="number"
                label=Signal::derive(move || t_string!(i18n, credit_bank.verify_number).to_owned())
                error=Signal::derive(error)
            >
                <TextInput value=typed keyboard="numeric" />
            </Field>
            <Button look=Look::Primary is_submit=true>{t!(i18n, credit_bank.verify)}</Button>
        </form>
    }
}

/// What the credit bank has under a number.
#[component]
fn Found(number: String) -> impl IntoView {
    let i18n = use_i18n();
    let path = format!("/public/certificates/{number}");
    let found = LocalResource::new(move || {
        let path = path.clone();
        async move { client::get_open::<PublicCertificate>(&path).await }
    });
    view! {
        <AsyncView resource=found let:found>
            {match found {
                Some(certificate) => {
                    let verdict = verdict_of(&certificate);
                    view! { <Shown verdict certificate=Some(certificate) /> }.into_any()
                }
                None => view! { <Notice tone=Tone::Stop>{t!(i18n, credit_bank.not_found)}</Notice> }.into_any(),
            }}
        </AsyncView>
    }
}

const fn verdict_of(certificate: &PublicCertificate) -> Verdict {
    match certificate.state {
        _ if !certificate.signature_is_valid => Verdict::Tampered,
        CertificateState::Approved => Verdict::Valid,
        CertificateState::Revoked => Verdict::Revoked,
        CertificateState::Issued | CertificateState::Submitted | CertificateState::Returned => Verdict::NotYetApproved,
    }
}

fn verdict_name(locale: Locale, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Valid => td_string!(locale, credit_bank.verdict_valid),
        Verdict::NotYetApproved => td_string!(locale, credit_bank.verdict_not_yet_approved),
        Verdict::Revoked => td_string!(locale, credit_bank.verdict_revoked),
        Verdict::Tampered => td_string!(locale, credit_bank.verdict_tampered),
        Verdict::Unknown => td_string!(locale, credit_bank.verdict_unknown),
    }
}

/// The verdict in large words, and the signed content.
#[component]
fn Shown(verdict: Verdict, certificate: Option<PublicCertificate>) -> impl IntoView {
    let i18n = use_i18n();
    let (tone, symbol) = match verdict {
        Verdict::Valid => (Tone::Ok, Symbol::Check),
        Verdict::NotYetApproved => (Tone::Wait, Symbol::Clock),
        Verdict::Revoked | Verdict::Tampered | Verdict::Unknown => (Tone::Stop, Symbol::Warning),
    };
    view! {
        <section class="card stack" role="status">
            <Notice tone>
                <b class="verdict"><Icon symbol />{move || verdict_name(i18n.get_locale(), verdict)}</b>
            </Notice>
            {certificate.map(|certificate| view! { <Content certificate /> })}
        </section>
    }
}

#[component]
fn Content(certificate: PublicCertificate) -> impl IntoView {
    let i18n = use_i18n();
    let (grade, issued_at) = (certificate.grade, certificate.issued_at);
    view! {
        <dl class="facts">
            <div><dt>{t!(i18n, credit_bank.holder)}</dt><dd>{certificate.holder_name_masked}</dd></div>
            <div><dt>{t!(i18n, credit_bank.course)}</dt><dd>{certificate.course_title}</dd></div>
            <div>
                <dt>{t!(i18n, credit_bank.score)}</dt>
                <dd class="num">{certificate.score.to_string()} " " {move || grade_name(i18n.get_locale(), grade)}</dd>
            </div>
            <div><dt>{t!(i18n, credit_bank.number)}</dt><dd class="num">{certificate.number}</dd></div>
            <div>
                <dt>{t!(i18n, credit_bank.issued_at)}</dt>
                <dd class="num">{move || when::date(i18n.get_locale(), issued_at)}</dd>
            </div>
            <div><dt>{t!(i18n, credit_bank.issuer)}</dt><dd>{certificate.issuer_name}</dd></div>
            <div><dt>{t!(i18n, credit_bank.state)}</dt><dd><StateTag state=certificate.state /></dd></div>
        </dl>
    }
}

/// Verifies the credential that a learner handed over.
#[component]
fn ByFile() -> impl IntoView {
    let i18n = use_i18n();
    let deed = Deed::new();
    let (found, is_unreadable) = (RwSignal::new(None::<Verification>), RwSignal::new(false));
    let choose = move |event: leptos::ev::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        found.set(None);
        is_unreadable.set(false);
        spawn_local(async move {
            let Some(text) = file::chosen_text(&input).await else { return };
            if serde_json::from_str::<serde_json::Value>(&text).is_err() {
                is_unreadable.set(true);
                return;
            }
            deed.run(async move { verify(text).await }, move |verification| found.set(Some(verification)));
        });
    };
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, credit_bank.verify_file).to_owned())>
            <div class="field">
                <label for="credential">{t!(i18n, credit_bank.verify_file_hint)}</label>
                <input id="credential" type="file" accept=".json,application/json" on:change=choose />
            </div>
            <Show when=move || is_unreadable.get()>
                <Notice tone=Tone::Stop>{t!(i18n, credit_bank.file_unreadable)}</Notice>
            </Show>
            <DeedFailure deed />
            {move || found.get().map(|Verification { verdict, certificate }| view! { <Shown verdict certificate /> })}
        </Card>
    }
}

async fn verify(text: String) -> Result<Verification, ApiError> {
    client::post_open_text("/public/verifications", text).await
}

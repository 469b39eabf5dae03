//! The privacy notice, separate consents, and one's own data as a file.

use super::{corrections::Corrections, notice::CurrentNotice};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{actor::Actor, client, deed::Deed, file, when},
    ui::{AsyncView, Button, Card, DeedFailure, Icon, Look, PageHeading, Symbol, Tag, Tone},
};
use leptos::prelude::*;
use shared::{
    identity::{ConsentPurpose, ConsentView, NOTICE_VERSION, PrivacyView, StateConsent},
    rights::{Right, places},
};

lazy_page! {
    /// The page.
    PrivacyPage = Privacy in study;
}

#[component]
fn Privacy() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let consents = LocalResource::new(move || client::get::<PrivacyView>(actor, "/me/consents"));
    let may = |right| actor.me().is_some_and(|me| places(&me.roles, right).next().is_some());
    let (is_learner, studies) = (may(Right::AskCorrection), may(Right::StudyOwnCourse));
    view! {
        <main class="page stack">
            <PageHeading text=words(|locale| td_string!(locale, privacy.title)) />
            <CurrentNotice />
            <AsyncView resource=consents let:view>
                <Consents view reload=Callback::new(move |()| consents.refetch()) />
            </AsyncView>
            <OwnData />
            {studies.then(|| view! { <OwnStatements /> })}
            {is_learner.then(|| view! { <Corrections /> })}
        </main>
    }
}

#[component]
fn Consents(view: PrivacyView, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let row = move |consent: ConsentView| view! { <Consent consent reload /> };
    view! {
        <Card title=words(|locale| td_string!(locale, privacy.consents))>
            <p class="muted small">{t!(i18n, privacy.consents_text)}</p>
            <ul class="rows">{view.consents.into_iter().map(row).collect_view()}</ul>
        </Card>
    }
}

/// What a purpose is called, and what it means.
pub(super) fn purpose_words(locale: Locale, purpose: ConsentPurpose) -> (&'static str, &'static str) {
    match purpose {
        ConsentPurpose::General => (td_string!(locale, privacy.general), td_string!(locale, privacy.general_text)),
        ConsentPurpose::Sensitive => {
            (td_string!(locale, privacy.sensitive), td_string!(locale, privacy.sensitive_text))
        }
        ConsentPurpose::CreditBank => {
            (td_string!(locale, privacy.credit_bank), td_string!(locale, privacy.credit_bank_text))
        }
    }
}

/// One purpose, and the button that says the other thing.
#[component]
fn Consent(consent: ConsentView, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let deed = Deed::new();
    let ConsentView { purpose, is_given, notice_version, at } = consent;
    let is_current = is_given && notice_version == Some(NOTICE_VERSION);
    let say = move |()| {
        let stated = StateConsent { purpose, is_given: !is_current, notice_version: NOTICE_VERSION };
        let stating = async move {
            client::post::<_, PrivacyView>(actor, "/me/consents", &stated).await?;
            // Who takes back what is needed is asked for it again on every other page.
            actor.ask_again().await
        };
        deed.run(stating, move |()| reload.run(()));
    };
    let name = move || purpose_words(i18n.get_locale(), purpose).0;
    let standing = move || match (is_given, is_current) {
        (true, true) => t_string!(i18n, privacy.given),
        (true, false) => t_string!(i18n, privacy.older),
        (false, _) => t_string!(i18n, privacy.not_given),
    };
    view! {
        <li>
            <div>
                <p><b>{name}</b> " " <Tag tone=if is_current { Tone::Ok } else { Tone::Plain }>{standing}</Tag></p>
                <p class="muted small">{move || purpose_words(i18n.get_locale(), purpose).1}</p>
                {at.map(|at| view! { <p class="muted small num">{move || when::date_time(i18n.get_locale(), at)}</p> })}
                <DeedFailure deed />
            </div>
            <Button is_busy=deed.is_busy() on_press=say>
                {move || if is_current { t_string!(i18n, privacy.withdraw) } else { t_string!(i18n, privacy.agree) }}
                <span class="visually-hidden">" " {name}</span>
            </Button>
        </li>
    }
}

/// What a learner did in courses, for another system.
#[component]
fn OwnStatements() -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let download = move |()| {
        let fetching = async move { client::get_text(actor, "/me/statements").await };
        deed.run(fetching, |text: String| file::save("chengxi-own-statements.json", "application/json", &text));
    };
    view! {
        <Card title=words(|locale| td_string!(locale, privacy.statements_title))>
            <p>{t!(i18n, privacy.statements_text)}</p>
            <div class="row">
                <Button look=Look::Plain is_busy=deed.is_busy() on_press=download>
                    <Icon symbol=Symbol::Download />
                    {t!(i18n, privacy.download_statements)}
                </Button>
            </div>
            <DeedFailure deed />
        </Card>
    }
}

#[component]
fn OwnData() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let (deed, printing) = (Deed::new(), Deed::new());
    let download = move |()| {
        let fetching = async move { client::get_text(actor, "/me/data").await };
        deed.run(fetching, |text: String| file::save("chengxi-own-data.json", "application/json", &text));
    };
    let print = move |()| {
        let name = format!("{}.pdf", t_string!(i18n, privacy.pdf_name));
        let fetching = async move { client::get_bytes(actor, "/me/data/pdf").await };
        printing.run(fetching, move |bytes| file::save_bytes(&name, "application/pdf", &bytes));
    };
    view! {
        <Card title=words(|locale| td_string!(locale, privacy.data_title))>
            <p>{t!(i18n, privacy.data_text)}</p>
            <div class="row">
                <Button look=Look::Plain is_busy=printing.is_busy() on_press=print>
                    <Icon symbol=Symbol::Download />
                    {t!(i18n, privacy.download_pdf)}
                </Button>
                <Button look=Look::Plain is_busy=deed.is_busy() on_press=download>
                    <Icon symbol=Symbol::Download />
                    {t!(i18n, privacy.download)}
                </Button>
            </div>
            <DeedFailure deed=printing />
            <DeedFailure deed />
        </Card>
    }
}

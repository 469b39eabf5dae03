//! The page that shows the privacy notice to who has not agreed to the one in force, and asks for each consent by itself.

use super::{login::wanted_address, notice::CurrentNotice, privacy::purpose_words};
use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
    },
    shell::{SignedIn, places},
    ui::{Button, Card, DeedFailure, Look, PageHeading},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::{A, Redirect},
    hooks::use_navigate,
};
use shared::identity::{ConsentPurpose, NOTICE_VERSION, PrivacyView, StateConsent};

lazy_page! {
    /// The page.
    AskedPage = Asked in study;
}

#[component]
fn Asked() -> impl IntoView {
    view! { <SignedIn><OnceOnly /></SignedIn> }
}

/// Asks, or leads on who has agreed already.
#[component]
fn OnceOnly() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let next = wanted_address().get_untracked();
    if untrack(|| actor.me()).is_some_and(|me| me.is_notice_due) {
        view! { <Ask next /> }.into_any()
    } else {
        view! { <Redirect path=next options=replacing() /> }.into_any()
    }
}

/// One who goes back does not come here again.
fn replacing() -> NavigateOptions {
    NavigateOptions { replace: true, ..Default::default() }
}

/// A purpose that may be declined, and whether it is ticked. Nothing is ticked before somebody does it.
type Choice = (ConsentPurpose, RwSignal<bool>);

fn choices() -> Vec<Choice> {
    let optional = ConsentPurpose::ALL.iter().copied().filter(|purpose| !purpose.is_needed());
    optional.map(|purpose| (purpose, RwSignal::new(false))).collect()
}

/// What is said of each purpose. What is needed comes last: if something fails on the way, it is asked again.
fn said(choices: &[Choice]) -> Vec<StateConsent> {
    let needed = ConsentPurpose::ALL.iter().copied().filter(|purpose| purpose.is_needed());
    let optional = choices.iter().map(|(purpose, is_ticked)| (*purpose, is_ticked.get_untracked()));
    let all = optional.chain(needed.map(|purpose| (purpose, true)));
    all.map(|(purpose, is_given)| StateConsent { purpose, is_given, notice_version: NOTICE_VERSION }).collect()
}

async fn say(actor: Actor, said: Vec<StateConsent>) -> Outcome<()> {
    for stated in said {
        client::post::<_, PrivacyView>(actor, "/me/consents", &stated).await?;
    }
    actor.ask_again().await
}

#[component]
fn Ask(next: String) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, navigate) = (expect_context::<Actor>(), use_navigate());
    let (deed, leaving) = (Deed::new(), Deed::new());
    let choices = StoredValue::new(choices());
    let leave = navigate.clone();
    let agree = move |()| {
        let (navigate, next) = (navigate.clone(), next.clone());
        deed.run(say(actor, choices.with_value(|choices| said(choices))), move |()| navigate(&next, replacing()));
    };
    let log_out = move |()| {
        let leave = leave.clone();
        leaving.run(actor.log_out(), move |()| leave("/login", replacing()));
    };
    view! {
        <main class="page stack">
            <PageHeading text=words(|locale| td_string!(locale, privacy.ask_title)) />
            <p class="muted">{t!(i18n, privacy.ask_lead)}</p>
            <CurrentNotice />
            <Needed />
            <Optional choices=choices.get_value() />
            <DeedFailure deed />
            <DeedFailure deed=leaving />
            <div class="row">
                <Button look=Look::Primary is_busy=deed.is_busy() on_press=agree>
                    {t!(i18n, privacy.agree_and_go_on)}
                </Button>
                <Button look=Look::Danger is_busy=leaving.is_busy() on_press=log_out>{t!(i18n, privacy.not_now)}</Button>
            </div>
            <p class="lone"><A href=places::OWN_PRIVACY>{t!(i18n, privacy.manage)}</A></p>
        </main>
    }
}

/// What nobody can be served without, in plain words.
#[component]
fn Needed() -> impl IntoView {
    let i18n = use_i18n();
    let needed = ConsentPurpose::ALL.iter().copied().filter(|purpose| purpose.is_needed());
    let row = move |purpose| {
        view! {
            <p>
                <b>{move || purpose_words(i18n.get_locale(), purpose).0}</b>
                " "
                <span class="muted">{move || purpose_words(i18n.get_locale(), purpose).1}</span>
            </p>
        }
    };
    view! {
        <Card title=words(|locale| td_string!(locale, privacy.needed))>
            {needed.map(row).collect_view()}
            <p>{t!(i18n, privacy.needed_text)}</p>
        </Card>
    }
}

/// What may be declined, each for itself.
#[component]
fn Optional(choices: Vec<Choice>) -> impl IntoView {
    let i18n = use_i18n();
    let row = move |(purpose, is_ticked): Choice| {
        view! {
            <li>
                <label class="pick">
                    <input
                        type="checkbox"
                        prop:checked=is_ticked
                        on:change:target=move |event| is_ticked.set(event.target().checked())
                    />
                    <span>
                        <b>{move || purpose_words(i18n.get_locale(), purpose).0}</b>
                        " "
                        <span class="muted small">{move || purpose_words(i18n.get_locale(), purpose).1}</span>
                    </span>
                </label>
            </li>
        }
    };
    view! {
        <Card title=words(|locale| td_string!(locale, privacy.optional))>
            <p class="muted small">{t!(i18n, privacy.optional_text)}</p>
            <ul class="rows">{choices.into_iter().map(row).collect_view()}</ul>
        </Card>
    }
}

//! The page of somebody who has logged in with a first password: they choose their own.

use super::password::PasswordForm;
use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{actor::Actor, deed::Deed},
    shell::SignedIn,
    ui::{DeedFailure, PageHeading},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use shared::identity::LoginNeed;

lazy_page! {
    /// The page.
    FirstPasswordPage = FirstPassword in study;
}

#[component]
fn FirstPassword() -> impl IntoView {
    view! { <SignedIn serves=LoginNeed::NewPassword><Choose /></SignedIn> }
}

#[component]
fn Choose() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let navigate = use_navigate();
    let deed = Deed::new();
    let done = Callback::new(move |()| {
        let navigate = navigate.clone();
        deed.run(actor.ask_again(), move |()| {
            navigate("/", NavigateOptions { replace: true, ..Default::default() });
        });
    });
    view! {
        <main class="page narrow stack">
            <PageHeading text=words(|locale| td_string!(locale, identity.first_password_title)) />
            <p class="muted">{t!(i18n, identity.first_password_lead)}</p>
            <section class="card stack">
                <PasswordForm done />
                <DeedFailure deed />
            </section>
        </main>
    }
}

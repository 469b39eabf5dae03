//! Verification by anybody: by number, or by the credential itself.

mod credential;
mod diploma;
mod finding;
mod study_proof;

use super::number::{NumberFault, read_number};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    platform::client::{self, Outcome},
    ui::{AsyncView, Button, Field, Look, PageHeading, TextInput, focus_on},
};
use credential::ByCredential;
use diploma::ByDiploma;
use finding::{Finding, FindingSheet};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};
use shared::credit_bank::{CertificateNumber, PublicCertificate, is_study_proof};
use study_proof::FoundProof;

lazy_page! {
    /// The page.
    VerifyPage = Verify in public;
}

#[component]
fn Verify() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let number = Memo::new(move |_| params.with(|params| params.get("number").unwrap_or_default()));
    // Counts the wishes to ask again for the same number.
    let round = RwSignal::new(0_u32);
    let found = move || {
        round.track();
        let number = read_number(&number.get()).ok()?;
        Some(match is_study_proof(&number) {
            true => view! { <FoundProof number /> }.into_any(),
            false => view! { <Found number /> }.into_any(),
        })
    };
    view! {
        <main class="page stack verify">
            <PageHeading text=Signal::derive(move || t_string!(i18n, credit_bank.verify_title).to_owned()) />
            <p class="muted">{t!(i18n, credit_bank.verify_lead)}</p>
            {found}
            {move || view! { <ByNumber given=number.get() round /> }}
            <ByDiploma />
            <ByCredential />
        </main>
    }
}

/// What the credit bank has under a number.
#[component]
fn Found(number: CertificateNumber) -> impl IntoView {
    let found = LocalResource::new(move || look_up(number.to_string()));
    view! {
        <AsyncView resource=found let:found>
            {match found {
                Some(certificate) => {
                    view! { <FindingSheet finding=Finding::of_stored(&certificate) certificate=Some(certificate) /> }
                }
                None => view! { <FindingSheet finding=Finding::NoSuchNumber certificate=None /> },
            }}
        </AsyncView>
    }
}

async fn look_up(number: String) -> Outcome<Option<PublicCertificate>> {
    client::get_open(&format!("/public/certificates/{number}")).await
}

fn fault_words(locale: Locale, fault: NumberFault) -> String {
    match fault {
        NumberFault::Missing => td_string!(locale, credit_bank.number_missing).to_owned(),
        NumberFault::NotDigits => td_string!(locale, credit_bank.number_not_digits).to_owned(),
        NumberFault::Length { typed } => td_string!(locale, credit_bank.number_length, typed = typed),
        NumberFault::CheckDigit => td_string!(locale, credit_bank.bad_number).to_owned(),
    }
}

/// Takes a number, and goes to its address only if its check digit is right.
#[component]
fn ByNumber(given: String, round: RwSignal<u32>) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let (typed, is_judged) = (RwSignal::new(given.clone()), RwSignal::new(!given.is_empty()));
    let fault = Memo::new(move |_| typed.with(|typed| read_number(typed)).err().filter(|_| is_judged.get()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match typed.with_untracked(|typed| read_number(typed)) {
            Err(_) => {
                is_judged.set(true);
                focus_on("#number");
            }
            Ok(number) if number.as_str() == given => round.update(|round| *round += 1),
            Ok(number) => navigate(&format!("/verify/{number}"), NavigateOptions::default()),
        }
    };
    let judge = move |()| is_judged.set(typed.with_untracked(|typed| !typed.trim().is_empty()));
    let error = move || fault.get().map(|fault| fault_words(i18n.get_locale(), fault)).unwrap_or_default();
    view! {
        <form class="card stack" novalidate on:submit=submit>
            <Field
                id="number"
                label=Signal::derive(move || t_string!(i18n, credit_bank.verify_number).to_owned())
                hint=Signal::derive(move || t_string!(i18n, credit_bank.verify_number_hint).to_owned())
                error=Signal::derive(error)
            >
                <TextInput value=typed keyboard="numeric" on_leave=judge />
            </Field>
            <Button look=Look::Primary is_submit=true is_wide=true>{t!(i18n, credit_bank.verify)}</Button>
        </form>
    }
}

//! The first log-in: the code from the slip, a proof of who it is, and a password of one's own.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{Field, PageHeading, TextInput, Toasts},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use shared::{
    enrolment::{ActivateAccount, ActivationCode},
    identity::LoginRequest,
    problem::FieldError,
};

lazy_page! {
    /// The page.
    ActivatePage = Activate in public;
}

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    code: RwSignal<String>,
    proof: RwSignal<String>,
    login_name: RwSignal<String>,
    password: RwSignal<String>,
    again: RwSignal<String>,
}

impl Draft {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self { code: empty(), proof: empty(), login_name: empty(), password: empty(), again: empty() }
    }

    fn stated(self) -> ActivateAccount {
        ActivateAccount {
            code: self.code.get(),
            proof: self.proof.get(),
            login_name: Some(self.login_name.get()).filter(|name| !name.trim().is_empty()),
            password: self.password.get(),
        }
    }

    fn wrong(self) -> Vec<FieldError> {
        let stated = self.stated();
        let code = ActivationCode::parse(&stated.code).err().map(|_| FieldError::new("/code", "code-malformed"));
        let again = self.again.with(|again| *again != stated.password);
        let again = again.then(|| FieldError::new("/again", "passwords-differ"));
        code.into_iter().chain(stated.check().err().unwrap_or_default()).chain(again).collect()
    }
}

/// Sets the password, and logs in where the name is known; whether it did.
async fn activate(actor: Actor, account: ActivateAccount) -> Outcome<bool> {
    client::send_open("/activations", &account).await?;
    let Some(name) = account.login_name else { return Ok(false) };
    // The account is open either way; who cannot be logged in now does it on the next page.
    Ok(actor
        .log_in(&LoginRequest {
            code: None,
            name: name.trim().to_owned(),
            password: account.password,
            is_own_device: false,
        })
        .await
        .is_ok())
}

#[component]
fn Activate() -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, navigate) = (expect_context::<Actor>(), expect_context::<Toasts>(), use_navigate());
    let draft = Draft::new();
    let checked = Checked::new(move || draft.wrong());
    let send = Callback::new(move |()| {
        let (account, navigate) = (untrack(|| draft.stated()), navigate.clone());
        checked.deed.run(activate(actor, account), move |is_in: bool| {
            toasts.done(t_string!(i18n, enrolment.account_open));
            let next = if is_in { "/" } else { "/login" };
            navigate(next, NavigateOptions { replace: true, ..Default::default() });
        });
    });
    view! {
        <main class="page narrow stack">
            <PageHeading text=words(|locale| td_string!(locale, enrolment.activate)) />
            <p class="muted">{t!(i18n, enrolment.activate_lead)}</p>
            <CheckedForm class="card stack" checked verb=words(|locale| td_string!(locale, enrolment.activate_do)) send>
                <Proof draft checked />
                <Chosen draft checked />
            </CheckedForm>
            <p class="lone"><A href="/login">{t!(i18n, enrolment.to_login)}</A></p>
        </main>
    }
}

/// What the slip and the document say.
#[component]
fn Proof(draft: Draft, checked: Checked) -> impl IntoView {
    view! {
        <div class="code-input">
            <Field
                id="code"
                label=words(|locale| td_string!(locale, enrolment.code))
                hint=words(|locale: Locale| td_string!(locale, enrolment.code_hint))
                error=checked.error("/code")
            >
                <TextInput value=draft.code keyboard="numeric" autocomplete="one-time-code" />
            </Field>
        </div>
        <Field
            id="proof"
            label=words(|locale| td_string!(locale, enrolment.proof))
            hint=words(|locale: Locale| td_string!(locale, enrolment.proof_hint))
            error=checked.error("/proof")
        >
            <TextInput value=draft.proof />
        </Field>
    }
}

/// What the learner chooses.
#[component]
fn Chosen(draft: Draft, checked: Checked) -> impl IntoView {
    view! {
        <Field
            id="login_name"
            label=words(|locale| td_string!(locale, enrolment.login_name))
            hint=words(|locale: Locale| td_string!(locale, enrolment.login_name_hint))
            error=checked.error("/login_name")
        >
            <TextInput value=draft.login_name autocomplete="username" />
        </Field>
        <Field
            id="password"
            label=words(|locale| td_string!(locale, enrolment.password))
            hint=words(|locale: Locale| td_string!(locale, enrolment.password_hint))
            error=checked.error("/password")
        >
            <TextInput value=draft.password kind="password" autocomplete="new-password" />
        </Field>
        <Field
            id="again"
            label=words(|locale| td_string!(locale, enrolment.password_again))
            error=checked.error("/again")
        >
            <TextInput value=draft.again kind="password" autocomplete="new-password" />
        </Field>
    }
}

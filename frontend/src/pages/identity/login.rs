//! The log-in page.

use super::role_name;
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{
        actor::Actor,
        client::{self, Failure},
    },
    ui::{FailureNotice, Field, PageHeading},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use shared::identity::{DemoAccount, LoginRequest};

/// Logs in by name and password; in demo mode also by one tap on a role.
#[component]
pub(crate) fn LoginPage() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let navigate = use_navigate();
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (was_sent, is_busy) = (RwSignal::new(false), RwSignal::new(false));
    let failure = RwSignal::new(None::<Failure>);
    let log_in = Callback::new(move |(name, password): (String, String)| {
        let navigate = navigate.clone();
        is_busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let outcome = actor.log_in(&LoginRequest { name, password }).await;
            is_busy.set(false);
            match outcome {
                Ok(()) => navigate("/", NavigateOptions { replace: true, ..Default::default() }),
                Err(reason) => failure.set(Some(reason)),
            }
        });
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        was_sent.set(true);
        if !name.get().trim().is_empty() && !password.get().is_empty() && !is_busy.get() {
            log_in.run((name.get(), password.get()));
        }
    };
    let name_error = move || {
        let is_missing = was_sent.get() && name.get().trim().is_empty();
        if is_missing { t_string!(i18n, identity.name_required).to_owned() } else { String::new() }
    };
    let password_error = move || {
        let is_missing = was_sent.get() && password.get().is_empty();
        if is_missing { t_string!(i18n, identity.password_required).to_owned() } else { String::new() }
    };
    view! {
        <main class="page narrow stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, identity.login_title).to_owned()) />
            <p class="muted">{t!(i18n, identity.login_lead)}</p>
            <form class="card stack" novalidate on:submit=submit>
                <Field id="name" value=name autocomplete="username"
                    label=Signal::derive(move || t_string!(i18n, identity.name).to_owned())
                    error=Signal::derive(name_error) />
                <Field id="password" value=password autocomplete="current-password" kind="password"
                    label=Signal::derive(move || t_string!(i18n, identity.password).to_owned())
                    error=Signal::derive(password_error) />
                {move || failure.get().map(|failure| view! { <FailureNotice failure /> })}
                <button class="button primary wide" type="submit" disabled=is_busy>
                    {move || if is_busy.get() {
                        t_string!(i18n, identity.logging_in)
                    } else {
                        t_string!(i18n, identity.log_in)
                    }}
                </button>
            </form>
            <DemoAccounts choose=log_in />
        </main>
    }
}

/// The accounts to try, if this server offers any.
#[component]
fn DemoAccounts(choose: Callback<(String, String)>) -> impl IntoView {
    let i18n = use_i18n();
    let accounts = LocalResource::new(|| client::get_open::<Vec<DemoAccount>>("/demo_accounts"));
    let row = move |account: DemoAccount| {
        let (name, password) = (account.login_name.clone(), account.password.clone());
        let role = account.role;
        view! {
            <li>
                <span>
                    <b>{account.display_name}</b>
                    " "
                    <span class="tag">{move || role_name(i18n.get_locale(), role)}</span>
                </span>
                <button class="button" on:click=move |_| choose.run((name.clone(), password.clone()))>
                    {t!(i18n, identity.log_in)}
                    <span class="visually-hidden">" " {account.login_name}</span>
                </button>
            </li>
        }
    };
    move || {
        let accounts = accounts.get()?.ok()??;
        Some(view! {
            <section class="card stack" aria-labelledby="demo-title">
                <h2 id="demo-title">{t!(i18n, identity.demo_title)}</h2>
                <p class="muted small">{t!(i18n, identity.demo_text)}</p>
                <ul class="rows">{accounts.into_iter().map(row).collect_view()}</ul>
            </section>
        })
    }
}

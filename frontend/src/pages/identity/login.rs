//! The log-in page.

use super::role_name;
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{
        actor::Actor,
        client::{self, ApiError},
    },
    ui::{Button, Card, FailureNotice, Field, Look, PageHeading, Tag, TextInput, focus_first_wrong, focus_on},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_location, use_navigate, use_query_map},
};
use shared::{
    identity::{DemoAccount, LoginRequest},
    problem::ProblemCode,
};

/// Logs in by name and password; in demo mode also by one tap on a role.
#[component]
pub(crate) fn LoginPage() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let navigate = use_navigate();
    let next = wanted_address();
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (code, asks_for_code) = (RwSignal::new(String::new()), RwSignal::new(false));
    let is_own_device = RwSignal::new(false);
    let (was_sent, is_busy) = (RwSignal::new(false), RwSignal::new(false));
    let failure = RwSignal::new(None::<ApiError>);
    let log_in = Callback::new(move |(name, password): (String, String)| {
        if is_busy.get_untracked() {
            return;
        }
        let navigate = navigate.clone();
        let wanted = next.get_untracked();
        is_busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let code = Some(code.get_untracked()).filter(|code| !code.is_empty());
            let is_own_device = is_own_device.get_untracked();
            let outcome = actor.log_in(&LoginRequest { name, password, code, is_own_device }).await;
            is_busy.set(false);
            match outcome {
                Ok(()) => navigate(&wanted, NavigateOptions { replace: true, ..Default::default() }),
                Err(reason) if reason.code() == Some(ProblemCode::SecondFactorNeeded) => {
                    asks_for_code.set(true);
                    focus_on("#code");
                }
                Err(reason) => failure.set(Some(reason)),
            }
        });
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        was_sent.set(true);
        let (name, password) = (name.get_untracked(), password.get_untracked());
        if name.trim().is_empty() || password.is_empty() {
            focus_first_wrong();
        } else {
            log_in.run((name, password));
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
                <Field
                    id="name"
                    label=Signal::derive(move || t_string!(i18n, identity.name).to_owned())
                    error=Signal::derive(name_error)
                >
                    <TextInput value=name autocomplete="username" />
                </Field>
                <Field
                    id="password"
                    label=Signal::derive(move || t_string!(i18n, identity.password).to_owned())
                    error=Signal::derive(password_error)
                >
                    <TextInput value=password kind="password" autocomplete="current-password" />
                </Field>
                <Show when=move || asks_for_code.get()>
                    <CodeField code />
                </Show>
                <OwnDevice is_own_device />
                {move || failure.get().map(|failure| view! { <FailureNotice failure /> })}
                <Button look=Look::Primary is_submit=true is_wide=true is_busy>
                    {move || if is_busy.get() {
                        t_string!(i18n, identity.logging_in)
                    } else {
                        t_string!(i18n, identity.log_in)
                    }}
                </Button>
            </form>
            <p class="lone">
                <A href="/activate">{t!(i18n, enrolment.first_time)}</A>
                <A href="/sit">{t!(i18n, identity.by_ticket)}</A>
                <A href="/catalogue">{t!(i18n, identity.see_catalogue)}</A>
            </p>
            <DemoAccounts choose=log_in />
        </main>
    }
}

/// The code of the second factor, for whose account takes one.
#[component]
fn CodeField(code: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Field
            id="code"
            label=Signal::derive(move || t_string!(i18n, identity.code).to_owned())
            hint=Signal::derive(move || t_string!(i18n, identity.code_hint).to_owned())
        >
            <TextInput value=code autocomplete="one-time-code" />
        </Field>
    }
}

/// Whether the learner stays logged in on this device.
#[component]
fn OwnDevice(is_own_device: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <label class="pick">
            <input
                type="checkbox"
                prop:checked=is_own_device
                on:change:target=move |event| is_own_device.set(event.target().checked())
            />
            <span>
                {t!(i18n, identity.own_device)}
                " "
                <span class="muted small">{t!(i18n, identity.own_device_hint)}</span>
            </span>
        </label>
    }
}

/// The address to go to after this page: its path is a parameter of this page's address, its fragment, which no
/// server is to see, is this one's own.
pub(super) fn wanted_address() -> Signal<String> {
    let (query, fragment) = (use_query_map(), use_location().hash);
    Signal::derive(move || format!("{}{}", own_path(query.with(|query| query.get("next"))), fragment.get()))
}

/// The path to go to after log-in: the one that was wanted if it is ours, else home.
fn own_path(wanted: Option<String>) -> String {
    wanted
        .filter(|path| path.starts_with('/') && !path.starts_with("//") && !path.contains('\\'))
        .unwrap_or_else(|| "/".to_owned())
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
                    <Tag>{move || role_name(i18n.get_locale(), role)}</Tag>
                </span>
                <Button on_press=move |()| choose.run((name.clone(), password.clone()))>
                    {t!(i18n, identity.log_in)}
                    <span class="visually-hidden">" " {account.login_name}</span>
                </Button>
            </li>
        }
    };
    move || {
        let accounts = accounts.get()?.ok()??;
        Some(view! {
            <Card title=Signal::derive(move || t_string!(i18n, identity.demo_title).to_owned())>
                <p class="muted small">{t!(i18n, identity.demo_text)}</p>
                <ul class="rows">{accounts.into_iter().map(row).collect_view()}</ul>
            </Card>
        })
    }
}

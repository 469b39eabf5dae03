//! One's own account: roles, display, devices, log-out.

use super::{everywhere::LogOutEverywhere, password::PasswordCard, role_name, second_factor::SecondFactorCard};
use crate::{
    i18n::{Locale, t, t_string, use_i18n},
    lazy::lazy_page,
    pages::learning::offline,
    platform::{
        actor::Actor,
        client::{self, ApiError},
        locale::{self, LANGUAGES},
        theme::{self, Theme},
        when,
    },
    ui::{
        AsyncView, Button, Card, Choices, ConfirmDialog, FailureNotice, Icon, Look, PageHeading, Symbol, Tag, Toasts,
        Tone,
    },
};
use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::Locale as _;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use shared::identity::LoginView;

lazy_page! {
    /// Shows the account; loaded when somebody goes there.
    AccountPage = Account in study;
}

#[component]
fn Account() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <main class="page stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, identity.account_title).to_owned()) />
            <Person />
            <Display />
            <PasswordCard />
            <SecondFactorCard />
            <Logins />
            <p class="lone"><A href="/me/privacy">{t!(i18n, privacy.link)}</A></p>
        </main>
    }
}

/// Name and roles, and the way out.
#[component]
fn Person() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let navigate = use_navigate();
    let failure = RwSignal::new(None::<ApiError>);
    let me = move || actor.me();
    let leave = Callback::new(move |()| {
        let navigate = navigate.clone();
        spawn_local(async move {
            match actor.log_out().await {
                Ok(()) => navigate("/login", NavigateOptions { replace: true, ..Default::default() }),
                Err(reason) => failure.set(Some(reason)),
            }
        });
    });
    let (unsent, is_asking) = (RwSignal::new(0_usize), RwSignal::new(false));
    let is_looking = RwSignal::new(false);
    let log_out = move |()| {
        is_looking.set(true);
        spawn_local(async move {
            let count = offline::unsent(actor).await;
            // The page may be gone.
            unsent.try_set(count);
            match count {
                0 => _ = leave.try_run(()),
                _ => _ = is_asking.try_set(true),
            }
            is_looking.try_set(false);
        });
    };
    let roles = move || {
        let tag = |role| view! { <Tag>{move || role_name(i18n.get_locale(), role)}</Tag> };
        actor.roles().into_iter().map(tag).collect_view()
    };
    view! {
        <section class="card row spread">
            <div>
                <b>{move || me().map(|me| me.display_name)}</b>
                <p class="muted small">
                    {t!(i18n, identity.login_name)} " " <span class="num">{move || me().map(|me| me.login_name)}</span>
                </p>
                <p class="row tight">{roles}</p>
            </div>
            <Button look=Look::Danger is_busy=is_looking on_press=log_out>
                <Icon symbol=Symbol::Leave />
                {t!(i18n, identity.log_out)}
            </Button>
            {move || failure.get().map(|failure| view! { <FailureNotice failure /> })}
            <ConfirmDialog
                is_open=is_asking
                title=Signal::derive(move || t_string!(i18n, learning.offline_log_out_title).to_owned())
                text=Signal::derive(move || t_string!(i18n, learning.offline_log_out_text, count = unsent.get()))
                confirm=Signal::derive(move || t_string!(i18n, identity.log_out).to_owned())
                on_confirm=leave
            />
        </section>
    }
}

/// Language, colours, elder mode.
#[component]
fn Display() -> impl IntoView {
    let i18n = use_i18n();
    let (theme, is_elder) = (RwSignal::new(Theme::kept()), RwSignal::new(theme::is_elder()));
    let pair = |value: &str, words: &str| (value.to_owned(), words.to_owned());
    let languages = move || LANGUAGES.iter().map(|(locale, words)| pair(locale.as_str(), words)).collect::<Vec<_>>();
    let themes = move || {
        vec![
            pair(Theme::Device.as_str(), t_string!(i18n, identity.theme_device)),
            pair(Theme::Light.as_str(), t_string!(i18n, identity.light)),
            pair(Theme::Dark.as_str(), t_string!(i18n, identity.dark)),
        ]
    };
    let modes = move || {
        vec![
            pair("standard", t_string!(i18n, identity.standard_mode)),
            pair("elder", t_string!(i18n, identity.elder_mode)),
        ]
    };
    let choose_language = move |value: String| {
        locale::choose(i18n, value.parse::<Locale>().unwrap_or_default());
    };
    let choose_theme = move |value: String| {
        let chosen = Theme::ALL.into_iter().find(|theme| theme.as_str() == value).unwrap_or_default();
        chosen.choose();
        theme.set(chosen);
    };
    let choose_mode = move |value: String| {
        theme::choose_elder(value == "elder");
        is_elder.set(value == "elder");
    };
    let mode = move || if is_elder.get() { "elder" } else { "standard" }.to_owned();
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, identity.display_title).to_owned())>
            <Choices
                legend=Signal::derive(move || t_string!(i18n, identity.text_size).to_owned())
                value=Signal::derive(mode)
                options=Signal::derive(modes)
                on_choose=choose_mode
            />
            <Choices
                legend=Signal::derive(move || t_string!(i18n, identity.colours).to_owned())
                value=Signal::derive(move || theme.get().as_str().to_owned())
                options=Signal::derive(themes)
                on_choose=choose_theme
            />
            <Choices
                legend=Signal::derive(move || t_string!(i18n, identity.language).to_owned())
                value=Signal::derive(move || i18n.get_locale().as_str().to_owned())
                options=Signal::derive(languages)
                on_choose=choose_language
            />
        </Card>
    }
}

/// Every device that is logged in, with remote log-out.
#[component]
fn Logins() -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let logins = LocalResource::new(move || client::get::<Vec<LoginView>>(actor, "/logins"));
    let failure = RwSignal::new(None::<ApiError>);
    let asked = RwSignal::new(None::<LoginView>);
    let is_asking = RwSignal::new(false);
    let ask = Callback::new(move |login| {
        asked.set(Some(login));
        is_asking.set(true);
    });
    let end = move |()| {
        let Some(login) = asked.get_untracked() else { return };
        let done = t_string!(i18n, identity.login_ended).to_owned();
        spawn_local(async move {
            let outcome = client::delete(actor, &format!("/logins/{}", login.id)).await;
            failure.set(outcome.as_ref().err().cloned());
            if outcome.is_ok() {
                toasts.done(done);
                logins.refetch();
            }
        });
    };
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, identity.logins_title).to_owned())>
            <p class="muted small">{t!(i18n, identity.logins_text)}</p>
            {move || failure.get().map(|failure| view! { <FailureNotice failure /> })}
            <AsyncView resource=logins is_empty=Vec::is_empty let:shown>
                <ul class="rows">
                    {shown.into_iter().map(|login| view! { <LoginRow login ask /> }).collect_view()}
                </ul>
            </AsyncView>
            <ConfirmDialog
                is_open=is_asking
                title=Signal::derive(move || t_string!(i18n, identity.end_login_title).to_owned())
                text=Signal::derive(move || t_string!(i18n, identity.end_login_text).to_owned())
                confirm=Signal::derive(move || t_string!(i18n, identity.end_login).to_owned())
                on_confirm=end
            />
            <LogOutEverywhere />
        </Card>
    }
}

/// One device.
#[component]
fn LoginRow(login: LoginView, ask: Callback<LoginView>) -> impl IntoView {
    let i18n = use_i18n();
    let used_at = move || when::date_time(i18n.get_locale(), login.last_used_at);
    let (device, is_current) = (login.device.clone(), login.is_current);
    view! {
        <li>
            <div>
                <p class="small">{device}</p>
                <p class="muted small">{t!(i18n, identity.last_used)} " " <span class="num">{used_at}</span></p>
            </div>
            {if is_current {
                view! { <Tag tone=Tone::Ok>{t!(i18n, identity.this_device)}</Tag> }.into_any()
            } else {
                view! { <Button on_press=move |()| ask.run(login.clone())>{t!(i18n, identity.end_login)}</Button> }
                    .into_any()
            }}
        </li>
    }
}

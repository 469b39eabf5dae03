//! One's own account: devices, display, log-out.

use super::SignedIn;
use crate::{
    i18n::{Locale, t, t_string, use_i18n},
    platform::{
        actor::Actor,
        client,
        theme::{DARK, ELDER, Mode},
    },
    ui::{AsyncView, PageHeading},
};
use leptos::{prelude::*, task::spawn_local};
use shared::identity::LoginView;

/// Shows the account.
#[component]
pub(crate) fn AccountPage() -> impl IntoView {
    view! { <SignedIn><Account /></SignedIn> }
}

#[component]
fn Account() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let me = move || actor.me();
    let log_out = move |_| spawn_local(async move { actor.log_out().await });
    view! {
        <main class="page stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, identity.account_title).to_owned()) />
            <section class="card row spread">
                <div>
                    <b>{move || me().map(|me| me.display_name)}</b>
                    <p class="muted small">
                        {t!(i18n, identity.login_name)} " " <span class="num">{move || me().map(|me| me.login_name)}</span>
                    </p>
                </div>
                <button class="button danger" on:click=log_out>{t!(i18n, identity.log_out)}</button>
            </section>
            <Display />
            <Logins />
        </main>
    }
}

/// Elder mode, dark mode, language.
#[component]
fn Display() -> impl IntoView {
    let i18n = use_i18n();
    let (is_elder, is_dark) = (RwSignal::new(ELDER.is_on()), RwSignal::new(DARK.is_on()));
    let toggle = |mode: Mode, shown: RwSignal<bool>| {
        mode.toggle();
        shown.set(mode.is_on());
    };
    let other = move || if i18n.get_locale() == Locale::en { Locale::zh_CN } else { Locale::en };
    view! {
        <section class="card stack">
            <h2>{t!(i18n, identity.display_title)}</h2>
            <div class="row">
                <button class="button" on:click=move |_| toggle(ELDER, is_elder)>
                    {move || if is_elder.get() {
                        t_string!(i18n, identity.standard_mode)
                    } else {
                        t_string!(i18n, identity.elder_mode)
                    }}
                </button>
                <button class="button" on:click=move |_| toggle(DARK, is_dark)>
                    {move || if is_dark.get() { t_string!(i18n, identity.light) } else { t_string!(i18n, identity.dark) }}
                </button>
                <button class="button" on:click=move |_| i18n.set_locale(other())>{t!(i18n, identity.language)}</button>
            </div>
        </section>
    }
}

/// Every device that is logged in, with remote log-out.
#[component]
fn Logins() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let logins = LocalResource::new(move || client::get::<Vec<LoginView>>(actor, "/logins"));
    provide_context(Callback::new(move |login: LoginView| {
        spawn_local(async move {
            drop(client::delete(actor, &format!("/logins/{}", login.id)).await);
            logins.refetch();
        });
    }));
    view! {
        <section class="card stack">
            <h2>{t!(i18n, identity.logins_title)}</h2>
            <p class="muted small">{t!(i18n, identity.logins_text)}</p>
            <AsyncView resource=logins children=login_list />
        </section>
    }
}

fn login_list(logins: Vec<LoginView>) -> impl IntoView {
    view! { <ul class="rows">{logins.into_iter().map(login_row).collect_view()}</ul> }
}

fn login_row(login: LoginView) -> impl IntoView {
    let i18n = use_i18n();
    let end = expect_context::<Callback<LoginView>>();
    let used_at = login.last_used_at.in_china().strftime("%Y-%m-%d %H:%M").to_string();
    let (device, is_current) = (login.device.clone(), login.is_current);
    view! {
        <li>
            <div>
                <p class="small">{device}</p>
                <p class="muted small">{t!(i18n, identity.last_used)} " " <span class="num">{used_at}</span></p>
            </div>
            {if is_current {
                view! { <span class="tag ok">{t!(i18n, identity.this_device)}</span> }.into_any()
            } else {
                view! {
                    <button class="button" on:click=move |_| end.run(login.clone())>{t!(i18n, identity.end_login)}</button>
                }
                .into_any()
            }}
        </li>
    }
}

//! A new start for somebody's account: a first password, or no second factor.

use super::{accounts::Around, reason::ReasonForm};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, deed::Deed, when},
    ui::{Button, Dialog, Look, Toasts},
};
use leptos::prelude::*;
use shared::{
    identity::{FirstPassword, ResetAccount},
    ids::AccountId,
};

/// Gives a new first password.
#[component]
pub(super) fn ResetPassword(id: AccountId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let Around { accounts, given, .. } = expect_context::<Around>();
    let (deed, is_open) = (Deed::new(), RwSignal::new(false));
    let send = Callback::new(move |reason: String| {
        let path = format!("/accounts/{id}/password");
        let resetting = async move { client::post(actor, &path, &ResetAccount { reason }).await };
        deed.run(resetting, move |first: FirstPassword| {
            is_open.set(false);
            given.set(Some(first));
            accounts.reload();
        });
    });
    view! {
        <Button on_press=move |()| is_open.set(true)>{t!(i18n, rights.reset_password)}</Button>
        <Dialog is_open title=words(|locale| td_string!(locale, rights.reset_password_title))>
            <p>{t!(i18n, rights.reset_password_text)}</p>
            <ReasonForm deed verb=words(|locale| td_string!(locale, rights.reset_password)) send />
        </Dialog>
    }
}

/// Turns the second factor off.
#[component]
pub(super) fn ResetFactor(id: AccountId) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let Around { accounts, .. } = expect_context::<Around>();
    let (deed, is_open) = (Deed::new(), RwSignal::new(false));
    let send = Callback::new(move |reason: String| {
        let path = format!("/accounts/{id}/second_factor/reset");
        let resetting = async move { client::send(actor, &path, &ResetAccount { reason }).await };
        deed.run(resetting, move |()| {
            is_open.set(false);
            toasts.done(t_string!(i18n, rights.reset_factor_done));
            accounts.reload();
        });
    });
    view! {
        <Button look=Look::Danger on_press=move |()| is_open.set(true)>{t!(i18n, rights.reset_factor)}</Button>
        <Dialog is_open title=words(|locale| td_string!(locale, rights.reset_factor_title))>
            <p>{t!(i18n, rights.reset_factor_text)}</p>
            <ReasonForm deed verb=words(|locale| td_string!(locale, rights.reset_factor)) send />
        </Dialog>
    }
}

/// Shows a first password, this once.
#[component]
pub(super) fn ShowPassword(given: RwSignal<Option<FirstPassword>>) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let is_there = Memo::new(move |_| given.with(Option::is_some));
    Effect::watch(move || is_there.get(), move |is_there, _, _| is_open.set(*is_there), false);
    Effect::watch(
        move || is_open.get(),
        move |is_open, _, _| {
            if !is_open {
                given.set(None)
            }
        },
        false,
    );
    view! {
        <Dialog is_open title=words(|locale| td_string!(locale, rights.first_password))>
            {move || given.get().map(|first| view! { <Given first /> })}
        </Dialog>
    }
}

#[component]
fn Given(first: FirstPassword) -> impl IntoView {
    let i18n = use_i18n();
    let until = first.usable_until;
    view! {
        <p>{t!(i18n, rights.login_name)} " " <b class="num">{first.login_name}</b></p>
        {match first.password {
            Some(password) => view! {
                <p><code class="secret">{password}</code></p>
                <p>{t!(i18n, rights.first_password_text)}</p>
            }
            .into_any(),
            None => view! { <p>{t!(i18n, rights.first_password_again)}</p> }.into_any(),
        }}
        <p class="muted small">
            {t!(i18n, rights.usable_until)} " " <span class="num">{move || when::date_time(i18n.get_locale(), until)}</span>
        </p>
    }
}

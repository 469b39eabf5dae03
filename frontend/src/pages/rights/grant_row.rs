//! One grant: confirmed by a second person, or taken back.

use super::{list::Around, reason::ReasonForm, words::StateTag};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{identity::role_name, organisation::words::words},
    platform::{actor::Actor, client, deed::Deed, when},
    ui::{Button, ConfirmDialog, DeedFailure, Dialog, Look, Toasts},
};
use leptos::prelude::*;
use shared::{
    identity::{EndRoleGrant, RoleGrantView},
    ids::RoleGrantId,
};

/// The cells.
pub(super) fn row(grant: RoleGrantView) -> impl IntoView {
    let i18n = use_i18n();
    let (id, role, at) = (grant.id, grant.role, grant.granted_at);
    let (granted_by, confirmed_by) = (grant.granted_by, grant.confirmed_by);
    let by = move || {
        let grantor = granted_by.clone().unwrap_or_else(|| t_string!(i18n, rights.with_system).to_owned());
        let both = std::iter::once(grantor).chain(confirmed_by.clone());
        both.collect::<Vec<_>>().join(" / ")
    };
    let deeds = match grant.ended_because {
        Some(because) => because.into_any(),
        None => view! {
            <div class="row">
                {grant.may_confirm.then(|| view! { <Confirm id /> })}
                {grant.may_end.then(|| view! { <End id /> })}
            </div>
        }
        .into_any(),
    };
    view! {
        <th scope="row">{grant.display_name} " " <span class="muted small">{grant.login_name}</span></th>
        <td>{move || role_name(i18n.get_locale(), role)}</td>
        <td>{grant.place_name}</td>
        <td><StateTag state=grant.state /></td>
        <td class="num">{move || when::date(i18n.get_locale(), at)}</td>
        <td>{by}</td>
        <td>{deeds}</td>
    }
}

#[component]
fn Confirm(id: RoleGrantId) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let Around { grants } = expect_context::<Around>();
    let (deed, is_asking) = (Deed::new(), RwSignal::new(false));
    let confirm = Callback::new(move |()| {
        let path = format!("/role_grants/{id}/confirm");
        let confirming = async move { client::ask(actor, &path).await };
        deed.run(confirming, move |_: RoleGrantView| {
            toasts.done(t_string!(i18n, rights.confirmed));
            grants.reload();
        });
    });
    view! {
        <Button is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>{t!(i18n, rights.confirm)}</Button>
        <DeedFailure deed />
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, rights.confirm_title))
            text=words(|locale| td_string!(locale, rights.confirm_text))
            confirm=words(|locale| td_string!(locale, rights.confirm))
            on_confirm=confirm
        />
    }
}

#[component]
fn End(id: RoleGrantId) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let Around { grants } = expect_context::<Around>();
    let (deed, is_open) = (Deed::new(), RwSignal::new(false));
    let send = Callback::new(move |reason: String| {
        let path = format!("/role_grants/{id}/end");
        let ending = async move { client::post(actor, &path, &EndRoleGrant { reason }).await };
        deed.run(ending, move |_: RoleGrantView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, rights.end_done));
            grants.reload();
        });
    });
    view! {
        <Button look=Look::Danger on_press=move |()| is_open.set(true)>{t!(i18n, rights.end)}</Button>
        <Dialog is_open title=words(|locale| td_string!(locale, rights.end_title))>
            <p>{t!(i18n, rights.end_text)}</p>
            <ReasonForm deed verb=words(|locale| td_string!(locale, rights.end)) send />
        </Dialog>
    }
}

//! One account of a member of staff.

use super::{
    accounts::Around,
    reset::{ResetFactor, ResetPassword},
    words::StateTag,
};
use crate::{
    i18n::{t, use_i18n},
    pages::identity::role_name,
    platform::actor::Actor,
    ui::{ButtonLink, Tag, Tone},
};
use leptos::prelude::*;
use shared::{
    identity::{AccountRole, AccountView},
    rights::{GrantState, Right, carries},
};

/// The cells.
pub(super) fn row(account: AccountView) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let Around { may_keep, .. } = expect_context::<Around>();
    let is_own = actor.me().is_some_and(|me| me.account_id == account.id);
    let (id, has_factor) = (account.id, account.has_second_factor);
    // Who could be somebody's second person is reset by the operators alone.
    let may_reset = !account.roles.iter().any(|held| carries(held.role, Right::GrantRole));
    let to = account.login_name.clone();
    let deeds = (may_keep && !is_own).then(|| {
        view! {
            <div class="row">
                <ButtonLink href=format!("/rights/new?to={to}")>{t!(i18n, rights.grant)}</ButtonLink>
                {may_reset.then(|| view! { <ResetPassword id /> })}
                {has_factor.then(|| view! { <ResetFactor id /> })}
            </div>
        }
    });
    view! {
        <th scope="row">{account.display_name}</th>
        <td class="num">{account.login_name}</td>
        <td><ul class="plain">{account.roles.into_iter().map(role).collect_view()}</ul></td>
        <td>
            {account.has_first_password.then(|| view! {
                <Tag tone=Tone::Wait>{t!(i18n, rights.first_password_waits)}</Tag>
            })}
            {if has_factor {
                view! { <Tag tone=Tone::Ok>{t!(i18n, rights.factor_on)}</Tag> }.into_any()
            } else {
                view! { <Tag>{t!(i18n, rights.factor_off)}</Tag> }.into_any()
            }}
        </td>
        <td>{deeds}</td>
    }
}

fn role(held: AccountRole) -> impl IntoView {
    let i18n = use_i18n();
    let role = held.role;
    let state = (held.state != GrantState::InForce).then_some(held.state);
    view! {
        <li>
            {move || role_name(i18n.get_locale(), role)} " "
            <span class="muted small">{held.place_name}</span>
            {state.map(|state| view! { " " <StateTag state /> })}
        </li>
    }
}

//! The first page after log-in.

use super::{SignedIn, role_name};
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::actor::Actor,
    ui::PageHeading,
};
use leptos::prelude::*;
use leptos_router::components::A;

/// Greets the person and names their roles.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    view! { <SignedIn><Home /></SignedIn> }
}

#[component]
fn Home() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let name = move || actor.me().map(|me| me.display_name).unwrap_or_default();
    let roles = move || actor.me().map(|me| me.roles).unwrap_or_default();
    view! {
        <main class="page stack">
            <PageHeading text=Signal::derive(move || format!("{}{}", t_string!(i18n, identity.greeting), name())) />
            <section class="card hero stack">
                <h2>{t!(i18n, identity.my_roles)}</h2>
                <p>{move || {
                    let names: Vec<_> = roles().iter().map(|held| role_name(i18n.get_locale(), held.role)).collect();
                    names.join(" · ")
                }}</p>
                <A href="/me" attr:class="button">{t!(i18n, identity.account_title)}</A>
            </section>
        </main>
    }
}

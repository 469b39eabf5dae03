//! Where one begins after log-in.

use super::role_name;
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::actor::Actor,
    ui::{ButtonLink, PageHeading},
};
use leptos::prelude::*;

/// Greets the person and names their roles.
#[component]
pub(crate) fn StartPage() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let name = move || actor.me().map(|me| me.display_name).unwrap_or_default();
    let roles = move || {
        let names: Vec<_> = actor.roles().into_iter().map(|role| role_name(i18n.get_locale(), role)).collect();
        names.join(" · ")
    };
    view! {
        <main class="page stack">
            <PageHeading text=Signal::derive(move || format!("{}{}", t_string!(i18n, identity.greeting), name())) />
            <section class="card hero stack">
                <h2>{t!(i18n, identity.my_roles)}</h2>
                <p>{roles}</p>
                <ButtonLink href="/me">{t!(i18n, identity.account_title)}</ButtonLink>
            </section>
        </main>
    }
}

//! A path that no page has.

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{ButtonLink, Look, PageHeading},
};
use leptos::prelude::*;

/// Says so, and shows the way back.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <main class="page narrow stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, common.not_found_title).to_owned()) />
            <p>{t!(i18n, common.not_found_text)}</p>
            <ButtonLink href="/" look=Look::Primary>{t!(i18n, common.to_home)}</ButtonLink>
        </main>
    }
}

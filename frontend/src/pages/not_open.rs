//! An entry of a bar whose page this version of the app does not have.

use crate::{
    i18n::{t_string, use_i18n},
    shell::places,
    ui::{Card, EmptyState, PageHeading},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Says so, under the entry's name.
#[component]
pub(crate) fn NotOpenPage() -> impl IntoView {
    let i18n = use_i18n();
    let path = use_location().pathname;
    let title = Signal::derive(move || match places::name_at(&path.get()) {
        Some(name) => name(i18n.get_locale()).to_owned(),
        None => t_string!(i18n, common.not_open_title).to_owned(),
    });
    view! {
        <main class="page stack">
            <PageHeading text=title />
            <Card>
                <EmptyState text=Signal::derive(move || t_string!(i18n, common.not_open_text).to_owned()) />
            </Card>
        </main>
    }
}

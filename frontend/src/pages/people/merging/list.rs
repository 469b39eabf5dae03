//! Merges at the reader's places, those that wait first in sight.

use super::entry::Entry;
use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::{organisation::words::words, people::names::Names},
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{PageHeading, Paged, PagedView},
};
use leptos::{context::Provider, prelude::*};
use shared::{page::Page, people::MergeView};

lazy_page! {
    /// The page.
    MergesPage = Merges in school;
}

/// What the entries need.
#[derive(Clone, Copy)]
pub(super) struct Around {
    pub(super) names: Names,
    pub(super) merges: Paged<MergeView>,
}

#[component]
fn Merges() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let merges = Paged::new(move |cursor: Option<String>| async move {
        let cursor = cursor.map(|cursor| format!("?cursor={cursor}")).unwrap_or_default();
        let page: Outcome<Page<MergeView>> = client::get(actor, &format!("/person_merges{cursor}")).await;
        page
    });
    view! {
        <main class="page wide stack">
            <PageHeading text=words(|locale| td_string!(locale, merges.title)) />
            <p class="muted">{t!(i18n, merges.lead)}</p>
            <Provider value=Around { names: Names::new(actor), merges }>
                <PagedView paged=merges empty=words(|locale| td_string!(locale, merges.none))>
                    <For each=move || merges.rows().get() key=|merge| (merge.id, merge.version) let:merge>
                        <Entry merge />
                    </For>
                </PagedView>
            </Provider>
        </main>
    }
}

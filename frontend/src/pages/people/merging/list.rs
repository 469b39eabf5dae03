//! Merges at the reader's places, those that wait first in sight.

use super::{entry::Entry, words::state_name};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        exports::Export,
        organisation::{steps::place_query, within::Within, words::words},
        people::names::Names,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
    },
    ui::{ButtonLink, Choices, PageHeading, Paged, PagedView},
};
use leptos::{context::Provider, prelude::*};
use shared::{
    page::Page,
    people::{MergeState, MergeView},
};

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
    let (within, state) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let asked = move |cursor: Option<String>| {
        let [division, school] = within.with(|within| place_query(within));
        query(&[division, school, ("state", Some(state.get())), ("cursor", cursor)])
    };
    let merges = Paged::new(move |cursor: Option<String>| {
        let path = format!("/person_merges?{}", untrack(|| asked(cursor)));
        async move {
            let page: Outcome<Page<MergeView>> = client::get(actor, &path).await;
            page
        }
    });
    Effect::watch(move || asked(None), move |_, _, _| merges.reload(), false);
    let states = move || {
        let locale = i18n.get_locale();
        let option = |state: &MergeState| (state.as_str().to_owned(), state_name(locale, *state).to_owned());
        let all = (String::new(), t_string!(i18n, common.all).to_owned());
        std::iter::once(all).chain(MergeState::ALL.iter().map(option)).collect::<Vec<_>>()
    };
    view! {
        <main class="page wide stack">
            <div class="row spread">
                <PageHeading text=words(|locale| td_string!(locale, merges.title)) />
                <ButtonLink href="/namesakes">{t!(i18n, merges.namesakes)}</ButtonLink>
            </div>
            <p class="muted">{t!(i18n, merges.lead)}</p>
            <Choices
                legend=words(|locale| td_string!(locale, people.state))
                value=state
                options=Signal::derive(states)
                on_choose=move |chosen| state.set(chosen)
            />
            <div class="row search"><Within value=within has_schools=true /></div>
            <Export
                name=words(|locale| td_string!(locale, exports.list_person_merges))
                path=move |()| format!("/person_merges/exports?{}", asked(None))
            />
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

//! Who holds which role at the reader's places, and what a role may do.

use super::{grant_row::row, may_anywhere, meaning::Meaning, words::role_options};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        exports::Export,
        organisation::{steps::place_query, within::Within, words::words},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
    },
    ui::{ButtonLink, Column, Field, Look, PageHeading, Paged, PagedView, Select, Table},
};
use leptos::{context::Provider, prelude::*};
use leptos_router::hooks::use_query_map;
use shared::{
    identity::RoleGrantView,
    page::Page,
    rights::{GrantState, Right, Role},
};

lazy_page! {
    /// The page; `?state=…` shows one state at first.
    RightsPage = Rights in rights;
}

/// What the rows need.
#[derive(Clone, Copy)]
pub(super) struct Around {
    pub(super) grants: Paged<RoleGrantView>,
}

/// What is shown.
#[derive(Clone, Copy)]
struct Filter {
    state: RwSignal<String>,
    role: RwSignal<String>,
    within: RwSignal<String>,
}

impl Filter {
    fn new(state: &str) -> Self {
        let empty = || RwSignal::new(String::new());
        Self { state: RwSignal::new(state.to_owned()), role: empty(), within: empty() }
    }

    /// The query of a page of it.
    fn asked(self, cursor: Option<String>) -> String {
        let [division, school] = self.within.with(|within| place_query(within));
        let (state, role) = (Some(self.state.get()), Some(self.role.get()));
        query(&[division, school, ("state", state), ("role", role), ("cursor", cursor)])
    }
}

#[component]
fn Rights() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let may_grant = may_anywhere(actor, Right::GrantRole);
    let asked = use_query_map().with_untracked(|query| query.get("state"));
    let state = asked.as_deref().and_then(GrantState::parse).map(GrantState::as_str).unwrap_or_default();
    let filter = Filter::new(state);
    let grants = Paged::new(move |cursor: Option<String>| fetch(actor, untrack(|| filter.asked(cursor))));
    Effect::watch(move || filter.asked(None), move |_, _, _| grants.reload(), false);
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, rights.who))),
        Column::text(words(|locale| td_string!(locale, rights.role))),
        Column::text(words(|locale| td_string!(locale, rights.place))),
        Column::text(words(|locale| td_string!(locale, rights.state))),
        Column::text(words(|locale| td_string!(locale, rights.since))),
        Column::text(words(|locale| td_string!(locale, rights.by))),
        Column::text(words(|locale| td_string!(locale, rights.act))),
    ]);
    view! {
        <main class="page wide stack">
            <div class="row spread">
                <PageHeading text=words(|locale| td_string!(locale, rights.title)) />
                {may_grant.then(|| view! {
                    <ButtonLink href="/accounts" look=Look::Primary>{t!(i18n, rights.grant)}</ButtonLink>
                })}
            </div>
            <p class="muted">{t!(i18n, rights.lead)}</p>
            <Filters filter />
            <Export
                name=words(|locale| td_string!(locale, exports.list_role_grants))
                path=move |()| format!("/role_grants/exports?{}", filter.asked(None))
            />
            <Provider value=Around { grants }>
                <PagedView paged=grants empty=words(|locale| td_string!(locale, rights.none))>
                    <Table
                        caption=words(|locale| td_string!(locale, rights.grants))
                        columns=columns.get_value()
                        rows=grants.rows()
                        key=|grant| (grant.id, grant.state)
                        row
                    />
                </PagedView>
            </Provider>
            <Meaning />
        </main>
    }
}

#[component]
fn Filters(filter: Filter) -> impl IntoView {
    let i18n = use_i18n();
    let states = move || {
        let pair = |value: &str, words: &str| (value.to_owned(), words.to_owned());
        vec![
            pair(GrantState::Proposed.as_str(), t_string!(i18n, rights.show_proposed)),
            pair(GrantState::Ended.as_str(), t_string!(i18n, rights.show_ended)),
        ]
    };
    let roles = move || {
        let staff = Role::ALL.iter().copied().filter(|role| *role != Role::Learner);
        role_options(i18n.get_locale(), staff)
    };
    view! {
        <div class="row search">
            <Within value=filter.within has_schools=true />
            <Field id="state" label=words(|locale| td_string!(locale, rights.state))>
                <Select value=filter.state options=Signal::derive(states) empty=words(|locale| td_string!(locale, rights.show_open)) />
            </Field>
            <Field id="role" label=words(|locale| td_string!(locale, rights.role))>
                <Select value=filter.role options=Signal::derive(roles) empty=words(|locale| td_string!(locale, common.all)) />
            </Field>
        </div>
    }
}

async fn fetch(actor: Actor, asked: String) -> Outcome<Page<RoleGrantView>> {
    client::get(actor, &format!("/role_grants?{asked}")).await
}

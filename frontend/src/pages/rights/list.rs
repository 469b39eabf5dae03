//! Who holds which role at the reader's places, and what a role may do.

use super::{grant_row::row, may_anywhere, meaning::Meaning, words::role_options};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{exports::Export, organisation::words::words},
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

#[component]
fn Rights() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let may_grant = may_anywhere(actor, Right::GrantRole);
    let asked = use_query_map().with_untracked(|query| query.get("state"));
    let state = asked.as_deref().and_then(GrantState::parse).map(GrantState::as_str).unwrap_or_default();
    let (state, role) = (RwSignal::new(state.to_owned()), RwSignal::new(String::new()));
    let grants =
        Paged::new(move |cursor: Option<String>| fetch(actor, state.get_untracked(), role.get_untracked(), cursor));
    Effect::watch(move || (state.get(), role.get()), move |_, _, _| grants.reload(), false);
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
            <Filters state role />
            <Export
                name=words(|locale| td_string!(locale, exports.list_role_grants))
                path=move |()| {
                    let asked = query(&[("state", Some(state.get())), ("role", Some(role.get()))]);
                    format!("/role_grants/exports?{asked}")
                }
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
fn Filters(state: RwSignal<String>, role: RwSignal<String>) -> impl IntoView {
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
            <Field id="state" label=words(|locale| td_string!(locale, rights.show))>
                <Select value=state options=Signal::derive(states) empty=words(|locale| td_string!(locale, rights.show_open)) />
            </Field>
            <Field id="role" label=words(|locale| td_string!(locale, rights.role))>
                <Select value=role options=Signal::derive(roles) empty=words(|locale| td_string!(locale, common.all)) />
            </Field>
        </div>
    }
}

async fn fetch(actor: Actor, state: String, role: String, cursor: Option<String>) -> Outcome<Page<RoleGrantView>> {
    let query = query(&[("state", Some(state)), ("role", Some(role)), ("cursor", cursor)]);
    client::get(actor, &format!("/role_grants?{query}")).await
}

//! The accounts of staff at the reader's places.

use super::{account_row::row, may_anywhere, new_account::NewAccountButton, reset::ShowPassword};
use crate::{
    i18n::{Locale, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        exports::Export,
        organisation::{steps::place_query, within::Within, words::words},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        deed::Deed,
    },
    ui::{Column, DeedForm, Field, Look, PageHeading, Paged, PagedView, Select, Table, TextInput},
};
use leptos::{context::Provider, prelude::*};
use shared::{
    identity::{AccountState, AccountView, FirstPassword},
    page::Page,
    rights::Right,
};

lazy_page! {
    /// The page.
    AccountsPage = Accounts in rights;
}

/// What the rows need.
#[derive(Clone, Copy)]
pub(super) struct Around {
    pub(super) accounts: Paged<AccountView>,
    /// A first password that was just given.
    pub(super) given: RwSignal<Option<FirstPassword>>,
    /// Whether the reader keeps accounts.
    pub(super) may_keep: bool,
}

#[component]
fn Accounts() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let may_keep = may_anywhere(actor, Right::KeepAccounts);
    let empty = || RwSignal::new(String::new());
    let (text, within, state) = (empty(), empty(), empty());
    let asked = move |cursor: Option<String>| {
        query_of(&text.get_untracked(), &within.get_untracked(), state.get_untracked(), cursor)
    };
    // What is typed and not looked for yet is no part of the list.
    let shown = StoredValue::new(String::new());
    let accounts = Paged::new(move |cursor: Option<String>| {
        if cursor.is_none() {
            shown.set_value(asked(None));
        }
        fetch(actor, asked(cursor))
    });
    Effect::watch(move || (within.get(), state.get()), move |_, _, _| accounts.reload(), false);
    let given = RwSignal::new(None::<FirstPassword>);
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, rights.display_name))),
        Column::text(words(|locale| td_string!(locale, rights.login_name))),
        Column::text(words(|locale| td_string!(locale, rights.roles))),
        Column::text(words(|locale| td_string!(locale, rights.safety))),
        Column::text(words(|locale| td_string!(locale, rights.act))),
    ]);
    view! {
        <main class="page wide stack">
            <Provider value=Around { accounts, given, may_keep }>
                <div class="row spread">
                    <PageHeading text=words(|locale| td_string!(locale, rights.accounts)) />
                    {may_keep.then(|| view! { <NewAccountButton /> })}
                </div>
                <div class="row search">
                    <Within value=within has_schools=true />
                    <ByState state />
                </div>
                <Search text accounts />
                <Export
                    name=words(|locale| td_string!(locale, exports.list_accounts))
                    path=move |()| format!("/accounts/exports?{}", shown.get_value())
                />
                <PagedView paged=accounts empty=words(|locale| td_string!(locale, rights.account_none))>
                    <Table
                        caption=words(|locale| td_string!(locale, rights.account_list))
                        columns=columns.get_value()
                        rows=accounts.rows()
                        key=|account| (account.id, account.has_first_password, account.has_second_factor)
                        row
                    />
                </PagedView>
                <ShowPassword given />
            </Provider>
        </main>
    }
}

#[component]
fn Search(text: RwSignal<String>, accounts: Paged<AccountView>) -> impl IntoView {
    view! {
        <DeedForm
            deed=Deed::new()
            look=Look::Plain
            verb=words(|locale| td_string!(locale, rights.search_do))
            send=move |()| accounts.reload()
        >
            <Field id="text" label=words(|locale| td_string!(locale, rights.search))>
                <TextInput value=text />
            </Field>
        </DeedForm>
    }
}

/// What of an account is to be looked at.
fn state_name(locale: Locale, state: AccountState) -> &'static str {
    match state {
        AccountState::FirstPassword => td_string!(locale, rights.account_first_password),
        AccountState::PasswordAlone => td_string!(locale, rights.account_password_alone),
        AccountState::WithoutRole => td_string!(locale, rights.account_without_role),
    }
}

/// Chooses those of which something is to be looked at.
#[component]
fn ByState(state: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let states = move || {
        let option =
            |state: &AccountState| (state.as_str().to_owned(), state_name(i18n.get_locale(), *state).to_owned());
        AccountState::ALL.iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <Field id="state" label=words(|locale| td_string!(locale, rights.state))>
            <Select value=state options=Signal::derive(states) empty=words(|locale| td_string!(locale, common.all)) />
        </Field>
    }
}

/// The query of a page of the list.
fn query_of(text: &str, within: &str, state: String, cursor: Option<String>) -> String {
    let [division, school] = place_query(within);
    let text = Some(text.trim().to_owned());
    query(&[("text", text), division, school, ("state", Some(state)), ("cursor", cursor)])
}

async fn fetch(actor: Actor, asked: String) -> Outcome<Page<AccountView>> {
    client::get(actor, &format!("/accounts?{asked}")).await
}

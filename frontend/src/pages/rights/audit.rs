//! The audit log: who did what to what, and whether the log is whole.

use super::{audit_check::CheckCard, audit_row::row, right_name::right_name};
use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::{exports::Export, organisation::words::words},
    platform::{
        actor::Actor,
        client::{self, ApiError, Outcome},
        deed::Deed,
    },
    ui::{Column, DeedForm, Field, Look, PageHeading, Paged, PagedView, Select, Table, TextInput},
};
use leptos::prelude::*;
use shared::{identity::AuditEntryView, page::Page, rights::Right};

lazy_page! {
    /// The page.
    AuditPage = AuditLog in rights;
}

/// What somebody looks for.
#[derive(Clone, Copy)]
struct Wanted {
    from: RwSignal<String>,
    to: RwSignal<String>,
    right: RwSignal<String>,
    actor: RwSignal<String>,
    target: RwSignal<String>,
}

impl Wanted {
    fn everything() -> Self {
        let blank = || RwSignal::new(String::new());
        Self { from: blank(), to: blank(), right: blank(), actor: blank(), target: blank() }
    }

    fn asked(self, cursor: Option<String>) -> String {
        let typed = |text: RwSignal<String>| Some(text.get_untracked().trim().to_owned());
        let parts = [
            ("from", typed(self.from)),
            ("to", typed(self.to)),
            ("right", typed(self.right)),
            ("actor", typed(self.actor)),
            ("target", typed(self.target)),
            ("cursor", cursor),
        ];
        client::query(&parts)
    }
}

#[component]
fn AuditLog() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let wanted = Wanted::everything();
    let refused = RwSignal::new(None::<ApiError>);
    // What is typed and not looked for yet is no part of the list.
    let shown = StoredValue::new(String::new());
    let entries = Paged::new(move |cursor: Option<String>| {
        if cursor.is_none() {
            shown.set_value(wanted.asked(None));
        }
        fetch(actor, wanted.asked(cursor), refused)
    });
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, rights.audit_at))),
        Column::text(words(|locale| td_string!(locale, rights.audit_actor))),
        Column::text(words(|locale| td_string!(locale, rights.audit_right))),
        Column::text(words(|locale| td_string!(locale, rights.audit_target))),
        Column::text(words(|locale| td_string!(locale, rights.audit_notes))),
    ]);
    view! {
        <main class="page wide stack">
            <PageHeading text=words(|locale| td_string!(locale, rights.audit_title)) />
            <p class="muted">{t!(i18n, rights.audit_lead)}</p>
            <CheckCard />
            <Filters wanted refused entries />
            <Export
                name=words(|locale| td_string!(locale, exports.list_audit_entries))
                path=move |()| format!("/audit_entries/exports?{}", shown.get_value())
            />
            <PagedView paged=entries empty=words(|locale| td_string!(locale, rights.audit_none))>
                <Table
                    caption=words(|locale| td_string!(locale, rights.audit_list))
                    columns=columns.get_value()
                    rows=entries.rows()
                    key=|entry| entry.seq
                    row
                />
            </PagedView>
        </main>
    }
}

#[component]
fn Filters(wanted: Wanted, refused: RwSignal<Option<ApiError>>, entries: Paged<AuditEntryView>) -> impl IntoView {
    let i18n = use_i18n();
    let said = move |pointer: &'static str| {
        Signal::derive(move || refused.with(|refused| refused.as_ref()?.field(pointer)).unwrap_or_default())
    };
    let rights = move || {
        let name = |right: &Right| (right.as_str().to_owned(), right_name(i18n.get_locale(), *right).to_owned());
        Right::ALL.iter().map(name).collect::<Vec<_>>()
    };
    view! {
        <DeedForm
            deed=Deed::new()
            look=Look::Plain
            verb=words(|locale| td_string!(locale, rights.search_do))
            send=move |()| entries.reload()
        >
            <div class="row search">
                <Field id="from" label=words(|locale| td_string!(locale, rights.audit_from)) error=said("/from")>
                    <TextInput value=wanted.from kind="date" />
                </Field>
                <Field id="to" label=words(|locale| td_string!(locale, rights.audit_to)) error=said("/to")>
                    <TextInput value=wanted.to kind="date" />
                </Field>
                <Field id="right" label=words(|locale| td_string!(locale, rights.audit_right))>
                    <Select
                        value=wanted.right
                        options=Signal::derive(rights)
                        empty=words(|locale| td_string!(locale, common.all))
                    />
                </Field>
            </div>
            <div class="row search">
                <Field
                    id="actor"
                    label=words(|locale| td_string!(locale, rights.audit_by))
                    error=said("/actor")
                >
                    <TextInput value=wanted.actor />
                </Field>
                <Field id="target" label=words(|locale| td_string!(locale, rights.audit_on))>
                    <TextInput value=wanted.target />
                </Field>
            </div>
        </DeedForm>
    }
}

async fn fetch(actor: Actor, asked: String, refused: RwSignal<Option<ApiError>>) -> Outcome<Page<AuditEntryView>> {
    let outcome = client::get::<Page<AuditEntryView>>(actor, &format!("/audit_entries?{asked}")).await;
    // The page may be gone.
    refused.try_set(outcome.as_ref().err().cloned());
    outcome
}

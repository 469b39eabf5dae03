//! The persons at the reader's places, and the way to one by the number of a document.

use super::{
    checked::{Checked, CheckedForm},
    document::{DocumentDraft, DocumentFields, Pointers},
    names::Names,
    words::{kind_name, sex_name},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{exports::Export, organisation::words::words},
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
    },
    ui::{ButtonLink, Card, Column, Field, Look, PageHeading, Paged, PagedView, Select, Table},
};
use leptos::{context::Provider, prelude::*};
use leptos_router::{components::A, hooks::use_navigate};
use shared::{
    organisation::DivisionRow,
    page::Page,
    people::PersonView,
    rights::{Right, places},
};

lazy_page! {
    /// The page.
    PeoplePage = People in school;
}

#[component]
fn People() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let may_add = actor.me().is_some_and(|me| places(&me.roles, Right::KeepPeople).next().is_some());
    let within = RwSignal::new(String::new());
    let people = Paged::new(move |cursor: Option<String>| fetch(actor, within.get_untracked(), cursor));
    Effect::watch(move || within.get(), move |_, _, _| people.reload(), false);
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, people.name))),
        Column::text(words(|locale| td_string!(locale, people.document))),
        Column::text(words(|locale| td_string!(locale, people.sex))),
        Column::text(words(|locale| td_string!(locale, people.birth_year))),
        Column::text(words(|locale| td_string!(locale, people.phone))),
        Column::text(words(|locale| td_string!(locale, people.kept_at))),
    ]);
    view! {
        <main class="page wide stack">
            <div class="row spread">
                <PageHeading text=words(|locale| td_string!(locale, people.title)) />
                {may_add.then(|| view! {
                    <ButtonLink href="/people/new" look=Look::Primary>{t!(i18n, people.add)}</ButtonLink>
                })}
            </div>
            <Find />
            <Within value=within />
            <Export
                name=words(|locale| td_string!(locale, exports.list_people))
                path=move |()| format!("/people/exports?{}", query_of(within.get(), None))
            />
            <Provider value=Names::new(actor)>
                <PagedView paged=people empty=words(|locale| td_string!(locale, people.none))>
                    <Table
                        caption=words(|locale| td_string!(locale, people.list))
                        columns=columns.get_value()
                        rows=people.rows()
                        key=|person| (person.id, person.version)
                        row
                    />
                </PagedView>
            </Provider>
        </main>
    }
}

async fn fetch(actor: Actor, within: String, cursor: Option<String>) -> Outcome<Page<PersonView>> {
    client::get(actor, &format!("/people?{}", query_of(within, cursor))).await
}

fn query_of(within: String, cursor: Option<String>) -> String {
    query(&[("division", Some(within)), ("cursor", cursor)])
}

fn row(person: PersonView) -> impl IntoView {
    let i18n = use_i18n();
    let names = expect_context::<Names>();
    let (sex, born, phone) = (person.sex, person.birth_year, person.phone_masked);
    let document = person.documents.into_iter().next().map(|document| (document.kind, document.number_masked));
    let document = move || {
        let (kind, number) = document.clone()?;
        Some(format!("{} {number}", kind_name(i18n.get_locale(), kind)))
    };
    let place = names.of(&person.division);
    view! {
        <th scope="row"><A href=format!("/people/{}", person.id)>{person.name}</A></th>
        <td class="num">{document}</td>
        <td>{move || sex.map(|sex| sex_name(i18n.get_locale(), sex))}</td>
        <td class="num">{born}</td>
        <td class="num">{move || phone.clone().unwrap_or_else(|| t_string!(i18n, people.unknown).to_owned())}</td>
        <td>{move || place.get()}</td>
    }
}

/// Leads to the person with a document. Its number goes into no address.
#[component]
fn Find() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let navigate = use_navigate();
    let draft = DocumentDraft::new();
    let checked = Checked::new(move || draft.wrong(""));
    let send = Callback::new(move |()| {
        let Some(document) = untrack(|| draft.stated()) else { return };
        let navigate = navigate.clone();
        let finding = async move { client::post(actor, "/people/find", &document).await };
        checked.deed.run(finding, move |found: PersonView| {
            navigate(&format!("/people/{}", found.id), Default::default());
        });
    });
    view! {
        <Card title=words(|locale| td_string!(locale, people.find_title))>
            <CheckedForm checked look=Look::Plain verb=words(|locale| td_string!(locale, people.find)) send>
                <div class="row search">
                    <DocumentFields draft checked pointers=Pointers::WHOLE />
                </div>
            </CheckedForm>
        </Card>
    }
}

/// Chooses a part of the reader's place, if it has parts.
#[component]
pub(in crate::pages) fn Within(value: RwSignal<String>) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let parts = LocalResource::new(move || async move {
        let mut parts = Vec::new();
        for root in client::get::<Vec<DivisionRow>>(actor, "/divisions").await? {
            let path = format!("/divisions?parent={}", root.division.code);
            parts.extend(client::get::<Vec<DivisionRow>>(actor, &path).await?);
        }
        Outcome::Ok(parts)
    });
    move || {
        // Without the parts the list still shows everybody.
        let parts = parts.get()?.ok().filter(|parts| !parts.is_empty())?;
        let options = move || {
            let part = |row: &DivisionRow| (row.division.code.clone(), row.division.name.clone());
            parts.iter().map(part).collect::<Vec<_>>()
        };
        Some(view! {
            <Field id="within" label=words(|locale| td_string!(locale, people.within))>
                <Select value options=Signal::derive(options) empty=words(|locale| td_string!(locale, common.all)) />
            </Field>
        })
    }
}

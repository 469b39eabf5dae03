//! The persons at the reader's places, and the way to one by the number of a document.

use super::{
    checked::{Checked, CheckedForm},
    document::{DocumentDraft, DocumentFields, Pointers},
    names::Names,
    sought_name::{SoughtName, SoughtNameField},
    words::{kind_name, person_state_name, sex_name},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        exports::Export,
        of_class::OfClass,
        organisation::{steps::place_query, within::Within, words::words},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
    },
    ui::{ButtonLink, Card, Column, Field, Look, PageHeading, Paged, PagedView, Select, Table},
};
use leptos::{context::Provider, prelude::*};
use leptos_router::{components::A, hooks::use_navigate};
use shared::{
    page::Page,
    people::{PersonState, PersonView},
    rights::{Right, places},
};

lazy_page! {
    /// The page.
    PeoplePage = People in school;
}

/// What is shown.
#[derive(Clone, Copy)]
struct Filter {
    name: RwSignal<String>,
    within: RwSignal<String>,
    state: RwSignal<String>,
    class: RwSignal<String>,
}

impl Filter {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self { name: empty(), within: empty(), state: empty(), class: empty() }
    }

    fn query(self, cursor: Option<String>) -> String {
        let name = self.name.get().trim().to_owned();
        let [division, school] = self.within.with(|within| place_query(within));
        let (state, class) = (Some(self.state.get()), Some(self.class.get()));
        query(&[division, school, ("state", state), ("class_id", class), ("name", Some(name)), ("cursor", cursor)])
    }
}

#[component]
fn People() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let may_add = actor.me().is_some_and(|me| places(&me.roles, Right::KeepPeople).next().is_some());
    let filter = Filter::new();
    let people = Paged::new(move |cursor: Option<String>| fetch(actor, untrack(|| filter.query(cursor))));
    // Leaving the name as it was asks for nothing.
    let asked = Memo::new(move |_| filter.query(None));
    Effect::watch(move || asked.get(), move |_, _, _| people.reload(), false);
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, people.name))),
        Column::text(words(|locale| td_string!(locale, people.document))),
        Column::text(words(|locale| td_string!(locale, people.sex))),
        Column::text(words(|locale| td_string!(locale, people.birth_year))),
        Column::text(words(|locale| td_string!(locale, people.phone))),
        Column::text(words(|locale| td_string!(locale, people.kept_at))),
        Column::text(words(|locale| td_string!(locale, people.state))),
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
            <Narrow filter />
            <Export
                name=words(|locale| td_string!(locale, exports.list_people))
                path=move |()| format!("/people/exports?{}", filter.query(None))
            />
            <Provider value=Names::new(actor)>
                <PagedView paged=people empty=words(|locale| td_string!(locale, people.none))>
                    <Table
                        caption=words(|locale| td_string!(locale, people.list))
                        columns=columns.get_value()
                        rows=people.rows()
                        key=|person| (person.id, person.version, person.state)
                        row
                    />
                </PagedView>
            </Provider>
        </main>
    }
}

async fn fetch(actor: Actor, query: String) -> Outcome<Page<PersonView>> {
    client::get(actor, &format!("/people?{query}")).await
}

/// Name, place, state and class.
#[component]
fn Narrow(filter: Filter) -> impl IntoView {
    let i18n = use_i18n();
    let sought = SoughtName::of(filter.name);
    let states = move || {
        let option =
            |state: &PersonState| (state.as_str().to_owned(), person_state_name(i18n.get_locale(), *state).to_owned());
        PersonState::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        sought.search();
    };
    view! {
        <form class="row search" role="search" on:submit=submit>
            <SoughtNameField id="name" label=words(|locale| td_string!(locale, people.name_begins)) sought />
            <Within value=filter.within has_schools=true />
            <Field id="state" label=words(|locale| td_string!(locale, people.state))>
                <Select value=filter.state options=Signal::derive(states) empty=words(|locale| td_string!(locale, common.all)) />
            </Field>
            <OfClass value=filter.class within=filter.within />
        </form>
    }
}

fn row(person: PersonView) -> impl IntoView {
    let i18n = use_i18n();
    let names = expect_context::<Names>();
    let (sex, born, phone, state) = (person.sex, person.birth_year, person.phone_masked, person.state);
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
        <td>{move || person_state_name(i18n.get_locale(), state)}</td>
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

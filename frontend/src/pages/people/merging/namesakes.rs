//! Persons of one name and birth date, who may have been entered twice.

use super::words::StateTag;
use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::{steps::place_query, within::Within, words::words},
        people::{names::Names, words::kind_name},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
    },
    ui::{ButtonLink, Card, PageHeading, Paged, PagedView},
};
use leptos::{context::Provider, prelude::*};
use leptos_router::components::A;
use shared::{
    ids::PersonId,
    page::Page,
    people::{MergeState, NamesakeGroup, PersonView},
};

lazy_page! {
    /// The page.
    NamesakesPage = Namesakes in school;
}

#[component]
fn Namesakes() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let within = RwSignal::new(String::new());
    let asked = move |cursor: Option<String>| {
        let [division, school] = within.with(|within| place_query(within));
        query(&[division, school, ("cursor", cursor)])
    };
    let groups = Paged::new(move |cursor: Option<String>| {
        let path = format!("/namesakes?{}", untrack(|| asked(cursor)));
        async move {
            let page: Outcome<Page<NamesakeGroup>> = client::get(actor, &path).await;
            page
        }
    });
    Effect::watch(move || asked(None), move |_, _, _| groups.reload(), false);
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/merges">{t!(i18n, merges.title)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, merges.namesakes)) />
            <p class="muted">{t!(i18n, merges.namesakes_lead)}</p>
            <div class="row search"><Within value=within has_schools=true /></div>
            <Provider value=Names::new(actor)>
                <PagedView paged=groups empty=words(|locale| td_string!(locale, merges.namesakes_none))>
                    <For each=move || groups.rows().get() key=key let:group>
                        <Group group />
                    </For>
                </PagedView>
            </Provider>
        </main>
    }
}

/// What a group is told from others by.
fn key(group: &NamesakeGroup) -> (Vec<(PersonId, i32)>, Option<MergeState>) {
    (group.people.iter().map(|person| (person.id, person.version)).collect(), group.last_merge)
}

#[component]
fn Group(group: NamesakeGroup) -> impl IntoView {
    let i18n = use_i18n();
    let NamesakeGroup { people, last_merge } = group;
    let first = people.first().map(|person| person.id);
    let name = people.first().map(|person| person.name.clone()).unwrap_or_default();
    let born = people.first().and_then(|person| person.birth_year);
    let title = Signal::derive(move || match born {
        Some(year) => format!("{name} {}", td_string!(i18n.get_locale(), merges.birth_year, year = year)),
        None => name.clone(),
    });
    let row = move |person: PersonView| {
        let other = first.filter(|first| *first != person.id);
        view! { <Namesake person other /> }
    };
    view! {
        <Card title=title>
            {last_merge.map(|state| view! {
                <p>{t!(i18n, merges.last_merge)} " " <StateTag state /></p>
            })}
            <ul class="rows">{people.into_iter().map(row).collect_view()}</ul>
        </Card>
    }
}

/// One of them, with the way to be compared with the one who was entered first.
#[component]
fn Namesake(person: PersonView, other: Option<PersonId>) -> impl IntoView {
    let i18n = use_i18n();
    let id = person.id;
    let place = expect_context::<Names>().of(&person.division);
    let document = person.documents.into_iter().next().map(|document| (document.kind, document.number_masked));
    let document = move || {
        let (kind, number) = document.clone()?;
        Some(format!("{} {number}", kind_name(i18n.get_locale(), kind)))
    };
    let phone = person.phone_masked.map(|phone| view! { <p class="small num">{phone}</p> });
    view! {
        <li>
            <div>
                <p><A href=format!("/people/{id}")>{person.name}</A></p>
                <p class="small num">{document}</p>
                {phone}
                <p class="muted small">{move || place.get()}</p>
            </div>
            {other.map(|other| view! {
                <ButtonLink href=format!("/people/{other}/merge/{id}")>{t!(i18n, merges.compare)}</ButtonLink>
            })}
        </li>
    }
}

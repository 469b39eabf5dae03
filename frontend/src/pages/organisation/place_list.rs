//! Lists of providers, points and sites.

use super::words::{StateTag, kind_name, state_name, words};
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    pages::exports::Export,
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{Button, Choices, Column, Field, Paged, PagedView, Table, TextInput},
};
use leptos::prelude::*;
use leptos_router::components::A;
use serde::de::DeserializeOwned;
use shared::{
    organisation::{
        ExamSiteView, OpenState, PlaceCounts, ProviderKind, ProviderView, ServicePointView, TeachingPointView,
    },
    page::Page,
};

/// What a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listed {
    Providers,
    TeachingPoints,
    ServicePoints,
    ExamSites,
}

impl Listed {
    pub(super) const ALL: [Self; 4] = [Self::Providers, Self::TeachingPoints, Self::ServicePoints, Self::ExamSites];

    /// Its name in the paths of the API and of the app.
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Providers => "providers",
            Self::TeachingPoints => "teaching_points",
            Self::ServicePoints => "service_points",
            Self::ExamSites => "exam_sites",
        }
    }

    /// In words.
    pub(super) fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Providers => td_string!(locale, organisation.providers),
            Self::TeachingPoints => td_string!(locale, organisation.teaching_points),
            Self::ServicePoints => td_string!(locale, organisation.service_points),
            Self::ExamSites => td_string!(locale, organisation.exam_sites),
        }
    }

    /// What a file of them is called.
    fn file_name(self, locale: Locale) -> &'static str {
        match self {
            Self::Providers => td_string!(locale, exports.list_providers),
            Self::TeachingPoints => td_string!(locale, exports.list_teaching_points),
            Self::ServicePoints => td_string!(locale, exports.list_service_points),
            Self::ExamSites => td_string!(locale, exports.list_exam_sites),
        }
    }

    /// How many of them are open.
    pub(super) const fn open(self, counts: PlaceCounts) -> u32 {
        match self {
            Self::Providers => counts.providers,
            Self::TeachingPoints => counts.teaching_points,
            Self::ServicePoints => counts.service_points,
            Self::ExamSites => counts.exam_sites,
        }
    }

    async fn fetch(self, actor: Actor, query: String) -> Outcome<Page<Row>> {
        let path = format!("/{}?{query}", self.noun());
        match self {
            Self::Providers => rows::<ProviderView>(actor, &path).await,
            Self::TeachingPoints => rows::<TeachingPointView>(actor, &path).await,
            Self::ServicePoints => rows::<ServicePointView>(actor, &path).await,
            Self::ExamSites => rows::<ExamSiteView>(actor, &path).await,
        }
    }
}

async fn rows<V: DeserializeOwned + Into<Row>>(actor: Actor, path: &str) -> Outcome<Page<Row>> {
    let page: Page<V> = client::get(actor, path).await?;
    Ok(Page { items: page.items.into_iter().map(Into::into).collect(), next_cursor: page.next_cursor })
}

/// What else a row says.
#[derive(Clone, Debug)]
enum Note {
    Kind(ProviderKind),
    Words(String),
    Seats(u32),
}

/// One row, whatever the list.
#[derive(Clone, Debug)]
struct Row {
    path: String,
    name: String,
    note: Note,
    division_name: String,
    state: OpenState,
}

impl From<ProviderView> for Row {
    fn from(view: ProviderView) -> Self {
        let ProviderView { id, name, kind, division_name, state, .. } = view;
        Self { path: format!("/providers/{id}"), name, note: Note::Kind(kind), division_name, state }
    }
}

impl From<TeachingPointView> for Row {
    fn from(view: TeachingPointView) -> Self {
        let TeachingPointView { id, name, provider_name, division_name, state, .. } = view;
        Self { path: format!("/teaching_points/{id}"), name, note: Note::Words(provider_name), division_name, state }
    }
}

impl From<ServicePointView> for Row {
    fn from(view: ServicePointView) -> Self {
        let ServicePointView { id, name, opening_hours, division_name, state, .. } = view;
        Self { path: format!("/service_points/{id}"), name, note: Note::Words(opening_hours), division_name, state }
    }
}

impl From<ExamSiteView> for Row {
    fn from(view: ExamSiteView) -> Self {
        let ExamSiteView { id, name, capacity, division_name, state, .. } = view;
        Self { path: format!("/exam_sites/{id}"), name, note: Note::Seats(capacity), division_name, state }
    }
}

/// A list with a search by name and a choice of states.
#[component]
pub(super) fn PlaceList(
    /// What it shows.
    listed: Listed,
    /// What it is limited to: `division=330502`.
    limit: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let (name, state) = (RwSignal::new(String::new()), RwSignal::new(OpenState::Open.as_str().to_owned()));
    let asked = move || {
        let mut query = limit.clone();
        for (field, value) in [("name", name.get_untracked()), ("state", state.get_untracked())] {
            if !value.trim().is_empty() {
                query.push_str(&format!("&{field}={}", String::from(js_sys::encode_uri_component(value.trim()))));
            }
        }
        query
    };
    let of_page = asked.clone();
    let places = Paged::new(move |cursor: Option<String>| {
        let mut query = of_page();
        query.extend(cursor.map(|cursor| format!("&cursor={cursor}")));
        listed.fetch(actor, query)
    });
    let search = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        places.reload();
    };
    let choose = move |chosen| {
        state.set(chosen);
        places.reload();
    };
    let states = move || {
        let locale = i18n.get_locale();
        let option = |state: &OpenState| (state.as_str().to_owned(), state_name(locale, *state).to_owned());
        let all = (String::new(), td_string!(locale, common.all).to_owned());
        OpenState::ALL.iter().map(option).chain([all]).collect::<Vec<_>>()
    };
    view! {
        <form class="row search" role="search" on:submit=search>
            <Field id="name" label=words(|locale| td_string!(locale, organisation.search))>
                <TextInput value=name />
            </Field>
            <Button is_submit=true>{t!(i18n, organisation.find)}</Button>
        </form>
        <Choices
            legend=words(|locale| td_string!(locale, organisation.state))
            value=state
            options=Signal::derive(states)
            on_choose=choose
        />
        <Export
            name=Signal::derive(move || listed.file_name(i18n.get_locale()).to_owned())
            path=move |()| format!("/{}/exports?{}", listed.noun(), asked())
        />
        <Rows listed places />
    }
}

/// The rows alone.
#[component]
fn Rows(listed: Listed, places: Paged<Row>) -> impl IntoView {
    let i18n = use_i18n();
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, organisation.name))),
        Column::text(words(|locale| td_string!(locale, organisation.about))),
        Column::text(words(|locale| td_string!(locale, organisation.division))),
        Column::text(words(|locale| td_string!(locale, organisation.state))),
    ];
    let columns = StoredValue::new(columns);
    view! {
        <PagedView paged=places empty=words(|locale| td_string!(locale, organisation.none))>
            <Table
                caption=Signal::derive(move || {
                    let locale = i18n.get_locale();
                    td_string!(locale, organisation.list_of, what = listed.name(locale))
                })
                columns=columns.get_value()
                rows=places.rows()
                key=|row| (row.path.clone(), row.state)
                row
            />
        </PagedView>
    }
}

fn row(place: Row) -> impl IntoView {
    let i18n = use_i18n();
    let note = move || match &place.note {
        Note::Kind(kind) => kind_name(i18n.get_locale(), *kind).to_owned(),
        Note::Words(words) => words.clone(),
        Note::Seats(seats) => td_string!(i18n.get_locale(), organisation.seats, seats = *seats),
    };
    view! {
        <th scope="row"><A href=place.path>{place.name}</A></th>
        <td>{note}</td>
        <td>{place.division_name}</td>
        <td><StateTag state=place.state /></td>
    }
}

/// The points of one provider, without a search.
#[component]
pub(super) fn PointsOf(
    /// What they are.
    listed: Listed,
    /// `provider_id=…`.
    limit: String,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let places = Paged::new(move |cursor: Option<String>| {
        let cursor = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        listed.fetch(actor, format!("{limit}{cursor}"))
    });
    view! { <Rows listed places /> }
}

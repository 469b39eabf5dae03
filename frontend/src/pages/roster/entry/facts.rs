//! Where a person on the roster stands, and what the list says of them.

use super::super::{
    education::education_name,
    words::{StateTag, employment_name, group_name, intent_name, mode_name, route_name},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::{Formerly, words},
        people::{names::Names, words::sex_name},
    },
    platform::{actor::Actor, when},
    ui::Card,
};
use leptos::prelude::*;
use shared::{
    people::PersonView,
    roster::{EntryDetails, EntryView},
};

/// One fact; nothing where it is not known.
#[component]
fn Fact(
    /// What it is.
    name: Signal<String>,
    /// What is known; empty if nothing is.
    value: Signal<String>,
) -> impl IntoView {
    view! {
        <Show when=move || value.with(|value| !value.is_empty())>
            <div><dt>{move || name.get()}</dt><dd>{move || value.get()}</dd></div>
        </Show>
    }
}

/// Where the person stands, and what they want, as said last.
#[component]
pub(super) fn Facts(entry: EntryView, person: Option<PersonView>) -> impl IntoView {
    let i18n = use_i18n();
    let residence = Names::new(expect_context::<Actor>()).of(&entry.entry.residence_division);
    let surveyor = entry.hands.iter().find(|hand| Some(hand.account_id) == entry.entry.surveyor_id);
    let surveyor = surveyor.map(|hand| hand.name.clone()).unwrap_or_default();
    let EntryView { entry, details, formerly, .. } = entry;
    let is_proof_seen = details.is_proof_seen;
    let (state, sex, birth_year) = (entry.state, entry.sex, entry.birth_year);
    let (intent, route, mode) = (entry.intent, entry.study_route, details.study_mode);
    let (document, phone) = numbers(person);
    let who = Signal::derive(move || {
        let sex = sex.map(|sex| sex_name(i18n.get_locale(), sex).to_owned());
        sex.into_iter().chain(birth_year.map(|year| year.to_string())).collect::<Vec<_>>().join(" ")
    });
    let education = Signal::derive(move || {
        let code = entry.education_level.as_deref().unwrap_or_default();
        let name = education_name(i18n.get_locale(), code);
        match is_proof_seen && !name.is_empty() {
            true => format!("{name} · {}", t_string!(i18n, roster.proof_seen)),
            false => name.to_owned(),
        }
    });
    let wants = Signal::derive(move || {
        let intent = intent.map(|intent| intent_name(i18n.get_locale(), intent));
        let route = route.map(|route| route_name(i18n.get_locale(), route));
        intent.into_iter().chain(route).collect::<Vec<_>>().join(" · ")
    });
    let mode =
        Signal::derive(move || mode.map(|mode| mode_name(i18n.get_locale(), mode).to_owned()).unwrap_or_default());
    view! {
        <dl class="facts">
            <div><dt>{t!(i18n, roster.standing)}</dt><dd><StateTag state /></dd></div>
            {formerly.map(|former| view! { <Formerly former /> })}
            <Fact name=words(|locale| td_string!(locale, roster.wants)) value=wants />
            <Fact
                name=words(|locale| td_string!(locale, roster.field_preferred_time))
                value=Signal::stored(details.preferred_time)
            />
            <Fact
                name=words(|locale| td_string!(locale, roster.field_preferred_place))
                value=Signal::stored(details.preferred_place)
            />
            <Fact name=words(|locale| td_string!(locale, roster.field_study_mode)) value=mode />
            <Fact name=words(|locale| td_string!(locale, roster.surveyor)) value=Signal::stored(surveyor) />
            <Fact name=words(|locale| td_string!(locale, roster.who)) value=who />
            <Fact name=words(|locale| td_string!(locale, roster.education)) value=education />
            <Fact name=words(|locale| td_string!(locale, people.residence)) value=residence />
            <Fact name=words(|locale| td_string!(locale, people.document)) value=Signal::stored(document) />
            <Fact name=words(|locale| td_string!(locale, people.phone)) value=Signal::stored(phone) />
        </dl>
    }
}

/// The numbers of the document and the phone, masked; empty where none is known.
fn numbers(person: Option<PersonView>) -> (String, String) {
    let Some(person) = person else { return Default::default() };
    let in_force = person.documents.into_iter().find(|document| document.ended_at.is_none() && !document.is_further);
    let document = in_force.map(|document| document.number_masked);
    (document.unwrap_or_default(), person.phone_masked.unwrap_or_default())
}

/// What the list says beside that.
#[component]
pub(super) fn Listed(details: EntryDetails) -> impl IntoView {
    let i18n = use_i18n();
    let is_nothing = says_nothing(&details);
    let (employment, groups) = (details.employment_state, details.group_tags);
    let (year, asked_on) = (details.graduation_year, details.survey_date);
    let registered = details.is_residence_registered;
    let registered = Signal::derive(move || match registered {
        Some(true) => t_string!(i18n, people.household_same).to_owned(),
        Some(false) => t_string!(i18n, people.household_elsewhere).to_owned(),
        None => String::new(),
    });
    let address = [details.village, details.residence_address].join(" ").trim().to_owned();
    let employment = Signal::derive(move || {
        employment.map(|state| employment_name(i18n.get_locale(), state).to_owned()).unwrap_or_default()
    });
    let groups = Signal::derive(move || {
        let names = groups.iter().map(|tag| group_name(i18n.get_locale(), *tag));
        names.collect::<Vec<_>>().join(" · ")
    });
    let asked_on = Signal::derive(move || asked_on.map(|date| when::day(i18n.get_locale(), date)).unwrap_or_default());
    let year = year.map(|year| year.to_string()).unwrap_or_default();
    let told = [
        (words(|locale| td_string!(locale, roster.field_residence_address)), Signal::stored(address)),
        (words(|locale| td_string!(locale, people.household)), registered),
        (words(|locale| td_string!(locale, roster.field_household_address)), Signal::stored(details.household_address)),
        (words(|locale| td_string!(locale, roster.field_employment_state)), employment),
        (words(|locale| td_string!(locale, roster.field_employer)), Signal::stored(details.employer)),
        (
            words(|locale| td_string!(locale, roster.field_employer_code)),
            Signal::stored(details.employer_code.unwrap_or_default()),
        ),
        (words(|locale| td_string!(locale, roster.field_industry)), Signal::stored(details.industry)),
        (words(|locale| td_string!(locale, roster.field_job_post)), Signal::stored(details.job_post)),
        (words(|locale| td_string!(locale, roster.field_group_tags)), groups),
        (words(|locale| td_string!(locale, roster.field_graduation_school)), Signal::stored(details.graduation_school)),
        (words(|locale| td_string!(locale, roster.field_graduation_year)), Signal::stored(year)),
        (words(|locale| td_string!(locale, roster.field_intent_reason)), Signal::stored(details.intent_reason)),
        (words(|locale| td_string!(locale, roster.field_surveyor)), Signal::stored(details.surveyor)),
        (words(|locale| td_string!(locale, roster.field_survey_date)), asked_on),
        (words(|locale| td_string!(locale, roster.field_note)), Signal::stored(details.note)),
    ];
    view! {
        <Card title=words(|locale| td_string!(locale, roster.listed))>
            {if is_nothing {
                view! { <p class="muted">{t!(i18n, roster.listed_none)}</p> }.into_any()
            } else {
                let facts = told.into_iter().map(|(name, value)| view! { <Fact name value /> });
                view! { <dl class="facts">{facts.collect_view()}</dl> }.into_any()
            }}
        </Card>
    }
}

/// Whether there is nothing that this card shows.
fn says_nothing(details: &EntryDetails) -> bool {
    let shown = EntryDetails {
        ethnic_group: None,
        is_proof_seen: false,
        study_mode: None,
        preferred_time: String::new(),
        preferred_place: String::new(),
        ..details.clone()
    };
    shown == EntryDetails::default()
}

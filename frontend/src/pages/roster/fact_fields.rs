//! What the office knows of somebody on its roster: the fields in which it is written.

use super::{
    education::education_options,
    words::{employment_name, group_name},
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{organisation::words::words, people::checked::Checked},
    platform::clock,
    ui::{Choices, Field, Select, TextArea, TextInput},
};
use leptos::prelude::*;
use shared::{
    problem::FieldError,
    roster::{EmploymentState, EntryFacts, GroupTag},
};
use std::collections::BTreeSet;

/// The person lives where they are registered.
const SAME: &str = "same";
/// Registered elsewhere.
const ELSEWHERE: &str = "elsewhere";

/// What has been written.
#[derive(Clone, Copy)]
pub(super) struct FactsDraft {
    education: RwSignal<String>,
    is_proof_seen: RwSignal<bool>,
    school: RwSignal<String>,
    year: RwSignal<String>,
    employment: RwSignal<String>,
    employer: RwSignal<String>,
    employer_code: RwSignal<String>,
    industry: RwSignal<String>,
    post: RwSignal<String>,
    groups: RwSignal<BTreeSet<GroupTag>>,
    village: RwSignal<String>,
    address: RwSignal<String>,
    registered: RwSignal<String>,
    note: RwSignal<String>,
}

impl FactsDraft {
    /// What is known so far.
    pub(super) fn of(facts: EntryFacts) -> Self {
        let registered = match facts.is_residence_registered {
            Some(true) => SAME,
            Some(false) => ELSEWHERE,
            None => "",
        };
        Self {
            education: RwSignal::new(facts.education_level.unwrap_or_default()),
            is_proof_seen: RwSignal::new(facts.is_proof_seen),
            school: RwSignal::new(facts.graduation_school),
            year: RwSignal::new(facts.graduation_year.map(|year| year.to_string()).unwrap_or_default()),
            employment: RwSignal::new(facts.employment_state.map(|state| state.to_string()).unwrap_or_default()),
            employer: RwSignal::new(facts.employer),
            employer_code: RwSignal::new(facts.employer_code.unwrap_or_default()),
            industry: RwSignal::new(facts.industry),
            post: RwSignal::new(facts.job_post),
            groups: RwSignal::new(facts.group_tags.into_iter().collect()),
            village: RwSignal::new(facts.village),
            address: RwSignal::new(facts.residence_address),
            registered: RwSignal::new(registered.to_owned()),
            note: RwSignal::new(facts.note),
        }
    }

    /// The facts; the field of the year if it is none.
    pub(super) fn facts(self) -> Result<EntryFacts, FieldError> {
        let written = |text: RwSignal<String>| text.get().trim().to_owned();
        let given = |text: RwSignal<String>| Some(written(text)).filter(|text| !text.is_empty());
        let year = given(self.year).map(|year| year.parse::<i16>()).transpose();
        Ok(EntryFacts {
            education_level: given(self.education),
            is_proof_seen: self.is_proof_seen.get(),
            graduation_school: written(self.school),
            graduation_year: year.map_err(|_| FieldError::new("/graduation_year", "year-malformed"))?,
            employment_state: self.employment.with(|state| EmploymentState::parse(state)),
            employer: written(self.employer),
            employer_code: given(self.employer_code),
            industry: written(self.industry),
            job_post: written(self.post),
            group_tags: self.groups.get().into_iter().collect(),
            village: written(self.village),
            residence_address: written(self.address),
            is_residence_registered: match self.registered.get().as_str() {
                SAME => Some(true),
                ELSEWHERE => Some(false),
                _ => None,
            },
            note: written(self.note),
        })
    }

    /// Everything that is wrong.
    pub(super) fn wrong(self) -> Vec<FieldError> {
        match self.facts() {
            Ok(facts) => facts.check(clock::now().date_in_china().year()),
            Err(error) => vec![error],
        }
    }
}

/// The fields.
#[component]
pub(super) fn FactFields(draft: FactsDraft, checked: Checked) -> impl IntoView {
    view! {
        <Schooling draft checked />
        <Work draft checked />
        <Groups chosen=draft.groups />
        <Residence draft checked />
        <Field id="note" label=words(|locale| td_string!(locale, roster.field_note)) error=checked.error("/note")>
            <TextArea value=draft.note rows=3 />
        </Field>
    }
}

#[component]
fn Schooling(draft: FactsDraft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let levels = move || education_options(i18n.get_locale());
    view! {
        <Field
            id="education"
            label=words(|locale| td_string!(locale, roster.education))
            error=checked.error("/education_level")
        >
            <Select
                value=draft.education
                options=Signal::derive(levels)
                empty=words(|locale| td_string!(locale, people.unknown))
            />
        </Field>
        <label class="pick">
            <input
                type="checkbox"
                prop:checked=draft.is_proof_seen
                on:change:target=move |event| draft.is_proof_seen.set(event.target().checked())
            />
            <span>{t!(i18n, roster.proof_seen)}</span>
        </label>
        <Field
            id="graduation_school"
            label=words(|locale| td_string!(locale, roster.field_graduation_school))
            error=checked.error("/graduation_school")
        >
            <TextInput value=draft.school />
        </Field>
        <Field
            id="graduation_year"
            label=words(|locale| td_string!(locale, roster.field_graduation_year))
            error=checked.error("/graduation_year")
        >
            <TextInput value=draft.year keyboard="numeric" />
        </Field>
    }
}

#[component]
fn Work(draft: FactsDraft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let states = move || {
        let option = |state: &EmploymentState| {
            (state.as_str().to_owned(), employment_name(i18n.get_locale(), *state).to_owned())
        };
        EmploymentState::ALL.iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <Field id="employment" label=words(|locale| td_string!(locale, roster.field_employment_state))>
            <Select
                value=draft.employment
                options=Signal::derive(states)
                empty=words(|locale| td_string!(locale, people.unknown))
            />
        </Field>
        <Field
            id="employer"
            label=words(|locale| td_string!(locale, roster.field_employer))
            error=checked.error("/employer")
        >
            <TextInput value=draft.employer />
        </Field>
        <Field
            id="employer_code"
            label=words(|locale| td_string!(locale, roster.field_employer_code))
            error=checked.error("/employer_code")
        >
            <TextInput value=draft.employer_code />
        </Field>
        <Field
            id="industry"
            label=words(|locale| td_string!(locale, roster.field_industry))
            error=checked.error("/industry")
        >
            <TextInput value=draft.industry />
        </Field>
        <Field
            id="job_post"
            label=words(|locale| td_string!(locale, roster.field_job_post))
            error=checked.error("/job_post")
        >
            <TextInput value=draft.post />
        </Field>
    }
}

/// Groups that the plan counts apart; somebody may be of several.
#[component]
fn Groups(chosen: RwSignal<BTreeSet<GroupTag>>) -> impl IntoView {
    let i18n = use_i18n();
    let pick = move |tag: GroupTag| {
        let choose = move |is_chosen: bool| {
            chosen.update(|chosen| {
                if is_chosen {
                    chosen.insert(tag);
                } else {
                    chosen.remove(&tag);
                }
            });
        };
        view! {
            <label class="pick">
                <input
                    type="checkbox"
                    prop:checked=move || chosen.with(|chosen| chosen.contains(&tag))
                    on:change:target=move |event| choose(event.target().checked())
                />
                <span>{move || group_name(i18n.get_locale(), tag)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="stack">
            <legend>{t!(i18n, roster.field_group_tags)}</legend>
            {GroupTag::ALL.iter().copied().map(pick).collect_view()}
        </fieldset>
    }
}

#[component]
fn Residence(draft: FactsDraft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let choices = move || {
        vec![
            (SAME.to_owned(), t_string!(i18n, people.household_same).to_owned()),
            (ELSEWHERE.to_owned(), t_string!(i18n, people.household_elsewhere).to_owned()),
            (String::new(), t_string!(i18n, people.unknown).to_owned()),
        ]
    };
    view! {
        <Field
            id="village"
            label=words(|locale| td_string!(locale, roster.field_village))
            error=checked.error("/village")
        >
            <TextInput value=draft.village />
        </Field>
        <Field
            id="residence_address"
            label=words(|locale| td_string!(locale, roster.field_residence_address))
            hint=words(|locale: Locale| td_string!(locale, roster.facts_hint))
            error=checked.error("/residence_address")
        >
            <TextInput value=draft.address />
        </Field>
        <Choices
            legend=words(|locale| td_string!(locale, people.household))
            value=draft.registered
            options=Signal::derive(choices)
            on_choose=move |chosen| draft.registered.set(chosen)
        />
    }
}

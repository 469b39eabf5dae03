//! The fields of an enrolment.

use super::{
    draft::{AS_LISTED, Draft, LITERATE, OTHER, USUAL},
    words::level_name,
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::{
            division_field::{DivisionSelect, Lies},
            words::words,
        },
        people::{
            birth::{BirthPointers, Untold},
            checked::{Checked, GroupError},
            document::{DocumentFields, Pointers, Told},
        },
        roster::education::{education_name, education_options},
    },
    ui::{Choices, Field, Select, TextInput},
};
use leptos::prelude::*;
use shared::learning::CourseLevel;

/// Name, document and phone of who comes from the street.
#[component]
pub(super) fn PersonFields(draft: Draft, checked: Checked) -> impl IntoView {
    view! {
        <Field id="name" label=words(|locale| td_string!(locale, people.name)) error=checked.error("/applicant/name")>
            <TextInput value=draft.name />
        </Field>
        <DocumentFields draft=draft.document checked pointers=Pointers::APPLICANT />
        <Told draft=draft.document />
        <Untold birth=draft.birth checked pointers=BirthPointers::APPLICANT />
        <Field
            id="phone"
            label=words(|locale| td_string!(locale, people.phone))
            hint=words(|locale: Locale| td_string!(locale, people.phone_hint))
            error=checked.error("/applicant/phone")
        >
            <TextInput value=draft.phone keyboard="tel" />
        </Field>
        <Residence draft checked />
    }
}

/// Where they live, where the school does not tell.
#[component]
fn Residence(draft: Draft, checked: Checked) -> impl IntoView {
    let asked = Memo::new(move |_| draft.school().filter(|_| draft.needs_residence()));
    move || {
        asked.get().map(|school| {
            view! {
                <Field
                    id="residence"
                    label=words(|locale| td_string!(locale, people.residence))
                    error=checked.error("/applicant/residence_division")
                >
                    <DivisionSelect
                        here=Lies { code: school.division, name: school.division_name }
                        value=draft.residence
                    />
                </Field>
            }
        })
    }
}

/// The level, and what has been learnt before.
#[component]
pub(super) fn StudyFields(draft: Draft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let levels = move || {
        let option =
            |level: &CourseLevel| (level.as_str().to_owned(), level_name(i18n.get_locale(), *level).to_owned());
        CourseLevel::ALL.iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <div>
            <Choices
                legend=words(|locale| td_string!(locale, enrolment.wanted_level))
                value=draft.level
                options=Signal::derive(levels)
                on_choose=move |chosen| draft.level.set(chosen)
            />
            <GroupError text=checked.error("/level") />
        </div>
        <Schooling draft checked />
    }
}

/// Whether they go to school.
#[component]
pub(super) fn InSchool(draft: Draft) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <label class="pick">
            <input
                type="checkbox"
                prop:checked=draft.is_in_school
                on:change:target=move |event| draft.is_in_school.set(event.target().checked())
            />
            <span>{t!(i18n, enrolment.in_school)}</span>
        </label>
    }
}

#[component]
fn Schooling(draft: Draft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let usual = move || {
        let locale = i18n.get_locale();
        let pair = |value: &str, words: &str| (value.to_owned(), words.to_owned());
        let listed = draft.is_listed().then(|| pair(AS_LISTED, t_string!(i18n, enrolment.as_listed)));
        let levels = USUAL.iter().map(|code| pair(code, education_name(locale, code)));
        let rest = [pair(LITERATE, t_string!(i18n, enrolment.literate)), pair(OTHER, t_string!(i18n, enrolment.other))];
        listed.into_iter().chain(levels).chain(rest).collect::<Vec<_>>()
    };
    let all = move || education_options(i18n.get_locale());
    let is_other = Memo::new(move |_| draft.schooling.with(|schooling| schooling == OTHER));
    let error = checked.error("/education_level");
    view! {
        <div>
            <Choices
                legend=words(|locale| td_string!(locale, enrolment.schooling))
                value=draft.schooling
                options=Signal::derive(usual)
                on_choose=move |chosen| draft.schooling.set(chosen)
            />
            <Show when=move || !is_other.get()><GroupError text=error /></Show>
        </div>
        <Show when=move || is_other.get()>
            <Field id="education" label=words(|locale| td_string!(locale, enrolment.schooling_other)) error>
                <Select value=draft.other_schooling options=Signal::derive(all) />
            </Field>
        </Show>
    }
}

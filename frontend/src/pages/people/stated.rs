//! Stating what is right of a person: which field was wrong, and what belongs there.

use super::{
    checked::Checked,
    corrections::field_name,
    document::{DocumentDraft, DocumentFields, Pointers, Told},
    words::sex_name,
};
use crate::{
    i18n::{Locale, td_string, use_i18n},
    pages::{organisation::words::words, roster::education::education_options},
    ui::{Field, Select, TextInput},
};
use leptos::prelude::*;
use shared::{
    people::{CorrectionField, StatedCorrection},
    person::{EducationLevel, Sex},
    problem::FieldError,
    time::read_date,
};

/// What is being stated.
#[derive(Clone, Copy)]
pub(in crate::pages) struct StatedDraft {
    field: RwSignal<String>,
    name: RwSignal<String>,
    phone: RwSignal<String>,
    document: DocumentDraft,
    sex: RwSignal<String>,
    birth_date: RwSignal<String>,
    household: RwSignal<String>,
    education: RwSignal<String>,
}

impl StatedDraft {
    /// Another name, which is not there yet.
    pub(in crate::pages) fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        let field = RwSignal::new(CorrectionField::Name.as_str().to_owned());
        Self {
            field,
            name: empty(),
            phone: empty(),
            document: DocumentDraft::new(),
            sex: empty(),
            birth_date: empty(),
            household: empty(),
            education: empty(),
        }
    }

    fn chosen(self) -> CorrectionField {
        CorrectionField::parse(&self.field.get()).unwrap_or(CorrectionField::Name)
    }

    /// What is stated; absent while nothing is chosen that can be sent.
    pub(in crate::pages) fn stated(self) -> Option<StatedCorrection> {
        Some(match self.chosen() {
            CorrectionField::Name => StatedCorrection::Name { name: self.name.get() },
            CorrectionField::Document => StatedCorrection::Document { document: self.document.stated()? },
            CorrectionField::Phone => StatedCorrection::Phone { phone: self.phone.get() },
            CorrectionField::Sex => StatedCorrection::Sex { sex: Sex::parse(&self.sex.get())? },
            CorrectionField::BirthDate => {
                StatedCorrection::BirthDate { birth_date: read_date(&self.birth_date.get())? }
            }
            CorrectionField::Household => StatedCorrection::Household { household_division: self.household.get() },
            CorrectionField::Education => {
                StatedCorrection::Education { education_level: EducationLevel::parse(&self.education.get())? }
            }
        })
    }

    /// What is wrong while nothing can be sent, because nothing is chosen.
    pub(in crate::pages) fn unchosen(self) -> Vec<FieldError> {
        let pointer = match self.chosen() {
            CorrectionField::Document => return self.document.wrong("/stated/document"),
            CorrectionField::Name => "/stated/name",
            CorrectionField::Phone => "/stated/phone",
            CorrectionField::Sex => "/stated/sex",
            CorrectionField::BirthDate => "/stated/birth_date",
            CorrectionField::Household => "/stated/household_division",
            CorrectionField::Education => "/stated/education_level",
        };
        vec![FieldError::new(pointer, "required")]
    }
}

/// The choice of what was wrong, and what is right of it.
#[component]
pub(in crate::pages) fn StatedFields(
    draft: StatedDraft,
    checked: Checked,
    /// What can be chosen.
    offered: &'static [CorrectionField],
) -> impl IntoView {
    let i18n = use_i18n();
    let fields = move || {
        let option =
            |field: &CorrectionField| (field.as_str().to_owned(), field_name(i18n.get_locale(), *field).to_owned());
        offered.iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <Field id="field" label=words(|locale| td_string!(locale, privacy.wrong_field))>
            <Select value=draft.field options=Signal::derive(fields) />
        </Field>
        {move || match draft.chosen() {
            CorrectionField::Name => view! { <RightName draft checked /> }.into_any(),
            CorrectionField::Document => view! {
                <DocumentFields draft=draft.document checked pointers=Pointers::STATED />
                <Told draft=draft.document />
            }
            .into_any(),
            CorrectionField::Phone => view! { <RightPhone draft checked /> }.into_any(),
            CorrectionField::Sex => view! { <RightSex draft checked /> }.into_any(),
            CorrectionField::BirthDate => view! { <RightBirthDate draft checked /> }.into_any(),
            CorrectionField::Household => view! { <RightHousehold draft checked /> }.into_any(),
            CorrectionField::Education => view! { <RightEducation draft checked /> }.into_any(),
        }}
    }
}

#[component]
fn RightName(draft: StatedDraft, checked: Checked) -> impl IntoView {
    view! {
        <Field
            id="right_name"
            label=words(|locale: Locale| td_string!(locale, privacy.right_name))
            error=checked.error("/stated/name")
        >
            <TextInput value=draft.name />
        </Field>
    }
}

#[component]
fn RightPhone(draft: StatedDraft, checked: Checked) -> impl IntoView {
    view! {
        <Field
            id="right_phone"
            label=words(|locale: Locale| td_string!(locale, privacy.right_phone))
            error=checked.error("/stated/phone")
        >
            <TextInput value=draft.phone />
        </Field>
    }
}

#[component]
fn RightSex(draft: StatedDraft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let sexes = move || {
        let option = |sex: &Sex| (sex.as_str().to_owned(), sex_name(i18n.get_locale(), *sex).to_owned());
        Sex::ALL.iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <Field
            id="right_sex"
            label=words(|locale: Locale| td_string!(locale, privacy.right_sex))
            error=checked.error("/stated/sex")
        >
            <Select value=draft.sex options=Signal::derive(sexes) />
        </Field>
    }
}

#[component]
fn RightBirthDate(draft: StatedDraft, checked: Checked) -> impl IntoView {
    view! {
        <Field
            id="right_birth_date"
            label=words(|locale: Locale| td_string!(locale, privacy.right_birth_date))
            error=checked.error("/stated/birth_date")
        >
            <TextInput value=draft.birth_date kind="date" />
        </Field>
    }
}

#[component]
fn RightHousehold(draft: StatedDraft, checked: Checked) -> impl IntoView {
    view! {
        <Field
            id="right_household"
            label=words(|locale: Locale| td_string!(locale, people.household_code))
            hint=words(|locale: Locale| td_string!(locale, people.household_code_hint))
            error=checked.error("/stated/household_division")
        >
            <TextInput value=draft.household keyboard="numeric" />
        </Field>
    }
}

#[component]
fn RightEducation(draft: StatedDraft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let levels = move || education_options(i18n.get_locale());
    view! {
        <Field
            id="right_education"
            label=words(|locale: Locale| td_string!(locale, privacy.right_education))
            error=checked.error("/stated/education_level")
        >
            <Select value=draft.education options=Signal::derive(levels) />
        </Field>
    }
}

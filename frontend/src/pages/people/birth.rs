//! Birth date and sex, asked for where the number of a document does not tell them.

use super::{checked::Checked, document::DocumentDraft, words::sex_name};
use crate::{
    i18n::{td_string, use_i18n},
    pages::organisation::words::words,
    ui::{Field, Select, TextInput},
};
use jiff::civil::Date;
use leptos::prelude::*;
use shared::{
    person::{DocumentType, Sex},
    time::read_date,
};

/// What is written beside a document.
#[derive(Clone, Copy)]
pub(in crate::pages) struct BirthDraft {
    document: DocumentDraft,
    date: RwSignal<String>,
    sex: RwSignal<String>,
}

impl BirthDraft {
    /// Nothing yet, beside this document.
    pub(in crate::pages) fn new(document: DocumentDraft) -> Self {
        Self { document, date: RwSignal::new(String::new()), sex: RwSignal::new(String::new()) }
    }

    /// The birth date as it is stated; absent where the number tells it.
    pub(in crate::pages) fn date(self) -> Option<Date> {
        if self.tells_date() { None } else { read_date(&self.date.get()) }
    }

    /// The sex as it is stated; absent where numbers of the kind tell it.
    pub(in crate::pages) fn sex(self) -> Option<Sex> {
        if self.is_telling() { None } else { Sex::parse(&self.sex.get()) }
    }

    /// Whether numbers of the chosen kind tell birth date and sex, so that nobody is asked for them.
    fn is_telling(self) -> bool {
        matches!(self.document.kind(), Some(DocumentType::ResidentIdentityCard | DocumentType::ResidencePermit))
    }

    /// Whether the number that is there tells the birth date, whatever its kind.
    fn tells_date(self) -> bool {
        self.is_telling() || self.document.read().is_some_and(|document| document.birth_date().is_some())
    }
}

/// Where the two stand in what is sent.
#[derive(Clone, Copy)]
pub(in crate::pages) struct BirthPointers {
    date: &'static str,
    sex: &'static str,
}

impl BirthPointers {
    /// What is sent is the person.
    pub(in crate::pages) const WHOLE: Self = Self { date: "/birth_date", sex: "/sex" };
    /// The person is an applicant.
    pub(in crate::pages) const APPLICANT: Self = Self { date: "/applicant/birth_date", sex: "/applicant/sex" };
}

/// The fields that are needed.
#[component]
pub(in crate::pages) fn Untold(birth: BirthDraft, checked: Checked, pointers: BirthPointers) -> impl IntoView {
    let i18n = use_i18n();
    let (is_telling, tells_date) = (Memo::new(move |_| birth.is_telling()), Memo::new(move |_| birth.tells_date()));
    let sexes = move || {
        let option = |sex: &Sex| (sex.as_str().to_owned(), sex_name(i18n.get_locale(), *sex).to_owned());
        Sex::ALL.iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <Show when=move || !tells_date.get()>
            <Field
                id="birth_date"
                label=words(|locale| td_string!(locale, people.birth_date))
                error=checked.error(pointers.date)
            >
                <TextInput value=birth.date kind="date" />
            </Field>
        </Show>
        <Show when=move || !is_telling.get()>
            <Field id="sex" label=words(|locale| td_string!(locale, people.sex)) error=checked.error(pointers.sex)>
                <Select value=birth.sex options=Signal::derive(sexes) />
            </Field>
        </Show>
    }
}

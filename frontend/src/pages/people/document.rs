//! Stating a document: its kind and number, and at once what the number tells.

use super::{
    checked::Checked,
    words::{kind_name, sex_name},
};
use crate::{
    i18n::{td_string, use_i18n},
    pages::organisation::words::words,
    platform::{clock, when},
    ui::{Field, Select, TextInput},
};
use leptos::prelude::*;
use shared::{
    people::{StatedDocument, check_document},
    person::{DocumentType, IdentityDocument},
    problem::FieldError,
};

/// A document that is being written.
#[derive(Clone, Copy)]
pub(in crate::pages) struct DocumentDraft {
    kind: RwSignal<String>,
    number: RwSignal<String>,
}

impl DocumentDraft {
    /// An identity card without a number.
    pub(in crate::pages) fn new() -> Self {
        let kind = DocumentType::ResidentIdentityCard.as_str().to_owned();
        Self { kind: RwSignal::new(kind), number: RwSignal::new(String::new()) }
    }

    /// The chosen kind.
    pub(in crate::pages) fn kind(self) -> Option<DocumentType> {
        DocumentType::parse(&self.kind.get())
    }

    /// The document as it is stated; absent while no kind is chosen.
    pub(in crate::pages) fn stated(self) -> Option<StatedDocument> {
        Some(StatedDocument { kind: self.kind()?, number: self.number.get() })
    }

    /// The document, once it is right.
    pub(in crate::pages) fn read(self) -> Option<IdentityDocument> {
        check_document(&self.stated()?, "", clock::now().date_in_china()).ok()
    }

    /// What is wrong with it. Its fields stand below `pointer`.
    pub(in crate::pages) fn wrong(self, pointer: &str) -> Vec<FieldError> {
        match self.stated() {
            None => vec![FieldError::new(format!("{pointer}/kind"), "required")],
            Some(stated) => check_document(&stated, pointer, clock::now().date_in_china()).err().into_iter().collect(),
        }
    }
}

/// Where the fields of a document stand in what is sent.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Pointers {
    kind: &'static str,
    number: &'static str,
}

impl Pointers {
    /// What is sent is the document.
    pub(in crate::pages) const WHOLE: Self = Self { kind: "/kind", number: "/number" };
    /// The document is a part of what is sent.
    pub(in crate::pages) const PART: Self = Self { kind: "/document/kind", number: "/document/number" };
    /// The document is what a request states.
    pub(in crate::pages) const STATED: Self = Self { kind: "/stated/document/kind", number: "/stated/document/number" };
    /// The document is an applicant's.
    pub(in crate::pages) const APPLICANT: Self =
        Self { kind: "/applicant/document/kind", number: "/applicant/document/number" };
}

/// The two fields.
#[component]
pub(in crate::pages) fn DocumentFields(draft: DocumentDraft, checked: Checked, pointers: Pointers) -> impl IntoView {
    let i18n = use_i18n();
    let kinds = move || {
        let option = |kind: &DocumentType| (kind.as_str().to_owned(), kind_name(i18n.get_locale(), *kind).to_owned());
        DocumentType::ALL.iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <Field
            id="document_kind"
            label=words(|locale| td_string!(locale, people.document_kind))
            error=checked.error(pointers.kind)
        >
            <Select value=draft.kind options=Signal::derive(kinds) />
        </Field>
        <Field
            id="document_number"
            label=words(|locale| td_string!(locale, people.document_number))
            error=checked.error(pointers.number)
        >
            <TextInput value=draft.number />
        </Field>
    }
}

/// What the number tells of birth date and sex.
#[component]
pub(in crate::pages) fn Told(draft: DocumentDraft) -> impl IntoView {
    let i18n = use_i18n();
    let told = move || {
        let locale = i18n.get_locale();
        let document = draft.read()?;
        let born = when::day(locale, document.birth_date()?);
        Some(match document.sex() {
            Some(sex) => td_string!(locale, people.told, born = born, sex = sex_name(locale, sex)),
            None => td_string!(locale, people.told_birth, born = born),
        })
    };
    view! { <p class="muted" role="status">{told}</p> }
}

//! Dialogs that change what is known of a person.

use super::{
    checked::{Checked, CheckedForm},
    document::{DocumentDraft, DocumentFields, Pointers, Told},
    reason::ReasonField,
    stated::{StatedDraft, StatedFields},
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, clock},
    ui::{Dialog, Field, TextInput, Toasts},
};
use leptos::prelude::*;
use shared::{
    ids::PersonId,
    people::{ChangePhone, CorrectDocument, CorrectionField, PersonView, PutRight, check_phone, check_reason},
};

/// What is put right by one form; document and phone have forms of their own.
const BESIDE_NUMBERS: &[CorrectionField] = &[
    CorrectionField::Name,
    CorrectionField::Sex,
    CorrectionField::BirthDate,
    CorrectionField::Household,
    CorrectionField::Education,
];

/// What is changed, and what follows.
#[derive(Clone, Copy)]
pub(crate) struct Change {
    /// Who is changed.
    pub(super) id: PersonId,
    /// As they were seen.
    pub(super) version: i32,
    /// Opens and closes the dialog.
    pub(super) is_open: RwSignal<bool>,
    /// Shows the person anew.
    pub(super) reload: Callback<()>,
}

impl Change {
    fn seen(self) -> String {
        format!("\"{}\"", self.version)
    }
}

/// Puts the right document in the place of a wrong one.
#[component]
pub(super) fn CorrectDialog(change: Change) -> impl IntoView {
    view! {
        <Dialog is_open=change.is_open title=words(|locale| td_string!(locale, people.correct))>
            <Correct change />
        </Dialog>
    }
}

#[component]
fn Correct(change: Change) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (draft, reason) = (DocumentDraft::new(), RwSignal::new(String::new()));
    let checked = Checked::new(move || {
        draft.wrong("/document").into_iter().chain(check_reason(&reason.get(), "/reason").err()).collect()
    });
    let send = Callback::new(move |()| {
        let Some(document) = untrack(|| draft.stated()) else { return };
        let correction = CorrectDocument { document, reason: reason.get_untracked() };
        let path = format!("/people/{}/documents", change.id);
        let sending = async move { client::post_over(actor, &path, &change.seen(), &correction).await };
        checked.deed.run(sending, move |_: PersonView| {
            change.is_open.set(false);
            toasts.done(t_string!(i18n, common.done));
            change.reload.run(());
        });
    });
    view! {
        <p>{t!(i18n, people.correct_text)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, people.correct_do)) send>
            <DocumentFields draft checked pointers=Pointers::PART />
            <Told draft />
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}

/// Gives another phone, or none.
#[component]
pub(super) fn PhoneDialog(change: Change) -> impl IntoView {
    view! {
        <Dialog is_open=change.is_open title=words(|locale| td_string!(locale, people.change_phone))>
            <Phone change />
        </Dialog>
    }
}

#[component]
fn Phone(change: Change) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let phone = RwSignal::new(String::new());
    let checked = Checked::new(move || check_phone(Some(&phone.get())).err().into_iter().collect());
    let send = Callback::new(move |()| {
        let given = Some(phone.get_untracked()).filter(|phone| !phone.trim().is_empty());
        let path = format!("/people/{}/phone", change.id);
        let sending = async move { client::replace(actor, &path, &change.seen(), &ChangePhone { phone: given }).await };
        checked.deed.run(sending, move |_: PersonView| {
            change.is_open.set(false);
            toasts.done(t_string!(i18n, common.done));
            change.reload.run(());
        });
    });
    view! {
        <CheckedForm checked verb=words(|locale| td_string!(locale, people.change_phone_do)) send>
            <Field
                id="phone"
                label=words(|locale| td_string!(locale, people.phone))
                hint=words(|locale: Locale| td_string!(locale, people.change_phone_hint))
                error=checked.error("/phone")
            >
                <TextInput value=phone keyboard="tel" />
            </Field>
        </CheckedForm>
    }
}

/// Puts right what else the office found wrong.
#[component]
pub(super) fn PutRightDialog(change: Change) -> impl IntoView {
    view! {
        <Dialog is_open=change.is_open title=words(|locale| td_string!(locale, people.put_right))>
            <PutRightForm change />
        </Dialog>
    }
}

#[component]
fn PutRightForm(change: Change) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (draft, reason) = (StatedDraft::new(), RwSignal::new(String::new()));
    let body = move || Some(PutRight { stated: draft.stated()?, reason: reason.get() });
    let checked = Checked::new(move || match body() {
        Some(body) => body.check(clock::now().date_in_china()).err().unwrap_or_default(),
        None => draft.unchosen(),
    });
    let send = Callback::new(move |()| {
        let Some(body) = untrack(body) else { return };
        let path = format!("/people/{}/corrections", change.id);
        let sending = async move { client::post_over(actor, &path, &change.seen(), &body).await };
        checked.deed.run(sending, move |_: PersonView| {
            change.is_open.set(false);
            toasts.done(t_string!(i18n, common.done));
            change.reload.run(());
        });
    });
    view! {
        <p>{t!(i18n, people.put_right_text)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, people.put_right_do)) send>
            <StatedFields draft checked offered=BESIDE_NUMBERS />
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}

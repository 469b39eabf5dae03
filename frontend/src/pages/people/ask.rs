//! Asking for a person whom another place keeps, by the document that they have shown.

use super::{
    checked::{Checked, CheckedForm, GroupError},
    document::{DocumentDraft, DocumentFields, Pointers},
    reason::ReasonField,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
    },
    ui::{DialogButton, Toasts},
};
use leptos::prelude::*;
use shared::{
    ids::ProviderId,
    people::{RequestTransfer, TransferView, check_reason},
};

/// The place that asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pages) struct AskingPlace {
    /// The township that the person moves to.
    pub(in crate::pages) division: String,
    /// The school that is to keep them, if it is one.
    pub(in crate::pages) provider_id: Option<ProviderId>,
}

/// The button, and its dialog.
#[component]
pub(in crate::pages) fn AskFor(
    /// Which person it is, for who does not see where the button stands.
    named: String,
    /// Their document, as far as it was written.
    document: DocumentDraft,
    /// Whether the document is written in the dialog.
    #[prop(optional)]
    asks_document: bool,
    /// Who asks.
    #[prop(into)]
    to: Signal<Option<AskingPlace>>,
) -> impl IntoView {
    view! {
        <DialogButton verb=words(|locale| td_string!(locale, people.ask_for)) named let:is_open>
            <AskForm document asks_document to is_open />
        </DialogButton>
    }
}

#[component]
fn AskForm(
    document: DocumentDraft,
    asks_document: bool,
    to: Signal<Option<AskingPlace>>,
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let reason = RwSignal::new(String::new());
    let checked = Checked::new(move || {
        let reason = reason.with(|reason| check_reason(reason, "/reason").err());
        document.wrong("/document").into_iter().chain(reason).collect()
    });
    let key = StoredValue::new(idempotency_key());
    let send = Callback::new(move |()| {
        let asked = untrack(|| document.stated().zip(to.get()));
        let Some((document, AskingPlace { division, provider_id })) = asked else { return };
        let request = RequestTransfer { document, division, provider_id, reason: reason.get_untracked() };
        let key = key.get_value();
        let sending = async move { client::create(actor, "/transfer_requests", &key, &request).await };
        checked.deed.run(sending, move |_: TransferView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, people.asked_for));
        });
    });
    let wrong_number = checked.error("/document/number");
    view! {
        <p>{t!(i18n, people.ask_text)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, people.ask_do)) send>
            {if asks_document {
                view! { <DocumentFields draft=document checked pointers=Pointers::PART /> }.into_any()
            } else {
                view! { <GroupError text=wrong_number /> }.into_any()
            }}
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}

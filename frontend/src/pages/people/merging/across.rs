//! Asking that somebody and whoever another place keeps by a document become one.

use super::words::ground_name;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm, GroupError},
            document::DocumentDraft,
            reason::ReasonField,
        },
    },
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
    },
    ui::{DialogButton, Field, Select, Toasts},
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use shared::{
    people::{MergeGround, MergeView, RequestMerge, check_reason},
    problem::FieldError,
};

/// The button, and its dialog.
#[component]
pub(super) fn AskAcross(
    /// The person who is kept here.
    of: Memo<String>,
    /// The document that they are kept by elsewhere.
    document: DocumentDraft,
) -> impl IntoView {
    view! {
        <DialogButton verb=words(|locale| td_string!(locale, merges.ask_across)) named=String::new() let:is_open>
            <AskForm of document is_open />
        </DialogButton>
    }
}

#[component]
fn AskForm(of: Memo<String>, document: DocumentDraft, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, navigate) = (expect_context::<Actor>(), expect_context::<Toasts>(), use_navigate());
    let (ground, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let options = move || {
        let option =
            |ground: &MergeGround| (ground.as_str().to_owned(), ground_name(i18n.get_locale(), *ground).to_owned());
        MergeGround::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let checked = Checked::new(move || {
        let missing = ground.with(String::is_empty).then(|| FieldError::new("/ground", "required"));
        let reason = reason.with(|reason| check_reason(reason, "/reason").err());
        document.wrong("/document").into_iter().chain(missing).chain(reason).collect()
    });
    let key = StoredValue::new(idempotency_key());
    let send = Callback::new(move |()| {
        let asked = untrack(|| document.stated()).zip(MergeGround::parse(&ground.get_untracked()));
        let Some((document, ground)) = asked else { return };
        let request = RequestMerge { document, ground, reason: reason.get_untracked() };
        let path = format!("/people/{}/merge_requests", of.get_untracked());
        let (key, navigate) = (key.get_value(), navigate.clone());
        let sending = async move { client::create(actor, &path, &key, &request).await };
        checked.deed.run(sending, move |_: MergeView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, merges.asked_across));
            navigate("/merges", Default::default());
        });
    });
    let wrong_number = checked.error("/document/number");
    view! {
        <p>{t!(i18n, merges.ask_across_text)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, merges.ask_across_do)) send>
            <GroupError text=wrong_number />
            <Field
                id="ground"
                label=words(|locale| td_string!(locale, merges.ground))
                error=checked.error("/ground")
            >
                <Select value=ground options=Signal::derive(options) />
            </Field>
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}

//! Proposing that two records become one.

use super::words::ground_name;
use crate::{
    i18n::{Locale, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
    },
    ui::{Card, Field, Select, TextInput, Toasts},
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use shared::{
    ids::PersonId,
    people::{MergeGround, MergeView, ProposeMerge, check_reason},
    problem::FieldError,
};

/// Why there are two, how one knows, and the button.
#[component]
pub(super) fn ProposeCard(survivor: PersonId, merged: PersonId, grounds: Vec<MergeGround>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, navigate) = (expect_context::<Actor>(), expect_context::<Toasts>(), use_navigate());
    let (ground, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let options = move || {
        let option =
            |ground: &MergeGround| (ground.as_str().to_owned(), ground_name(i18n.get_locale(), *ground).to_owned());
        grounds.iter().map(option).collect::<Vec<_>>()
    };
    let checked = Checked::new(move || {
        let missing = ground.with(String::is_empty).then(|| FieldError::new("/ground", "required"));
        missing.into_iter().chain(check_reason(&reason.get(), "/reason").err()).collect()
    });
    let key = StoredValue::new(idempotency_key());
    let send = Callback::new(move |()| {
        let Some(ground) = MergeGround::parse(&ground.get_untracked()) else { return };
        let proposal = ProposeMerge { merged_id: merged, ground, reason: reason.get_untracked() };
        let (path, key, navigate) = (format!("/people/{survivor}/merges"), key.get_value(), navigate.clone());
        let sending = async move { client::create(actor, &path, &key, &proposal).await };
        checked.deed.run(sending, move |_: MergeView| {
            toasts.done(t_string!(i18n, merges.proposed));
            navigate("/merges", Default::default());
        });
    });
    view! {
        <Card title=words(|locale| td_string!(locale, merges.propose_title))>
            <CheckedForm checked verb=words(|locale| td_string!(locale, merges.propose)) send>
                <Field
                    id="ground"
                    label=words(|locale| td_string!(locale, merges.ground))
                    error=checked.error("/ground")
                >
                    <Select value=ground options=Signal::derive(options) />
                </Field>
                <Field
                    id="reason"
                    label=words(|locale| td_string!(locale, merges.reason))
                    hint=words(|locale: Locale| td_string!(locale, merges.reason_hint))
                    error=checked.error("/reason")
                >
                    <TextInput value=reason />
                </Field>
            </CheckedForm>
        </Card>
    }
}

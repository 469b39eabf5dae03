//! Proposing a person to another township of the county.

use super::{
    changes::Change,
    checked::{Checked, CheckedForm},
    reason::ReasonField,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::{
        division_field::{Lies, choices},
        words::words,
    },
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
    },
    ui::{Dialog, Field, Select, Toasts},
};
use leptos::prelude::*;
use shared::{
    organisation::{DivisionCode, DivisionLevel},
    people::{ProposeTransfer, TransferView, check_reason},
    problem::FieldError,
};

/// The dialog, for a person who is kept at `from`.
#[component]
pub(super) fn ProposeDialog(change: Change, from: DivisionCode) -> impl IntoView {
    view! {
        <Dialog is_open=change.is_open title=words(|locale| td_string!(locale, people.propose))>
            <Propose change from />
        </Dialog>
    }
}

/// The townships of the county but the one at hand.
async fn townships(actor: Actor, from: DivisionCode) -> Vec<(String, String)> {
    let all = choices(actor, Lies { code: from, name: from.to_string() }).await;
    let is_elsewhere = |code: DivisionCode| code != from && code.level() == DivisionLevel::Township;
    all.into_iter().filter(|(code, _)| DivisionCode::parse(code).is_some_and(is_elsewhere)).collect()
}

#[component]
fn Propose(change: Change, from: DivisionCode) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (division, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let fetched = LocalResource::new(move || townships(actor, from));
    let options = Signal::derive(move || fetched.get().unwrap_or_default());
    let checked = Checked::new(move || {
        let missing = division.with(String::is_empty).then(|| FieldError::new("/division", "required"));
        missing.into_iter().chain(check_reason(&reason.get(), "/reason").err()).collect()
    });
    let key = StoredValue::new(idempotency_key());
    let send = Callback::new(move |()| {
        let proposal =
            ProposeTransfer { division: division.get_untracked(), provider_id: None, reason: reason.get_untracked() };
        let (path, key) = (format!("/people/{}/transfers", change.id), key.get_value());
        let sending = async move { client::create(actor, &path, &key, &proposal).await };
        checked.deed.run(sending, move |_: TransferView| {
            change.is_open.set(false);
            toasts.done(t_string!(i18n, people.proposed));
        });
    });
    view! {
        <p>{t!(i18n, people.propose_text)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, people.propose_do)) send>
            <Field id="to" label=words(|locale| td_string!(locale, people.to)) error=checked.error("/division")>
                <Select value=division options />
            </Field>
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}

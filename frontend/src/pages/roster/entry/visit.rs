//! What came of a visit or call, written at the desk.

use super::super::visit_fields::{VisitDraft, VisitFields};
use crate::{
    i18n::{t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{Dialog, Toasts, focus_on},
};
use leptos::prelude::*;
use shared::{
    ids::RosterEntryId,
    problem::FieldError,
    roster::{SendVisits, SentVisit, Visit, VisitAck},
};

/// The dialog.
#[component]
pub(super) fn VisitDialog(
    id: RosterEntryId,
    name: String,
    is_open: RwSignal<bool>,
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let title = Signal::derive(move || t_string!(i18n, roster.visit_of, name = name.clone()));
    view! {
        <Dialog is_open title>
            <VisitForm id is_open reload />
        </Dialog>
    }
}

#[component]
fn VisitForm(id: RosterEntryId, is_open: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let draft = VisitDraft::new();
    let checked = Checked::new(move || draft.wrong());
    // Sent again after a lost reply it is the same visit still.
    let first = StoredValue::new(None::<Visit>);
    let send = Callback::new(move |()| {
        let written = untrack(|| draft.visit(actor.kept_account()?));
        let Some(written) = written else { return };
        let visit = match first.get_value() {
            Some(first) => Visit { id: first.id, visited_at: first.visited_at, ..written },
            None => written,
        };
        first.set_value(Some(visit.clone()));
        let body = SendVisits { visits: vec![SentVisit { entry_id: id, visit }] };
        checked.deed.run(record(actor, body), move |wrong| {
            if wrong.is_empty() {
                is_open.set(false);
                toasts.done(t_string!(i18n, roster.visit_recorded));
                focus_on("h1");
                reload.run(());
            } else {
                toasts.warn(wrong.into_iter().map(|error| error.detail).collect::<Vec<_>>().join(" "));
            }
        });
    });
    view! {
        <CheckedForm checked verb=words(|locale| td_string!(locale, roster.visit_save)) send>
            <VisitFields draft checked />
        </CheckedForm>
    }
}

/// Sends the visit; why it was not taken.
async fn record(actor: Actor, body: SendVisits) -> Outcome<Vec<FieldError>> {
    let acks: Vec<VisitAck> = client::post(actor, "/roster/visits", &body).await?;
    Ok(acks.into_iter().flat_map(|ack| ack.errors).collect())
}

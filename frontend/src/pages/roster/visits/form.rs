//! What came of a visit, written at the door.

use super::{
    super::visit_fields::{VisitDraft, VisitFields},
    Around,
    vault::{KeptPerson, KeptVisit},
};
use crate::{
    i18n::{t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{actor::Actor, client::Outcome},
    ui::Toasts,
};
use leptos::prelude::*;
use shared::roster::SentVisit;

/// The form.
#[component]
pub(super) fn VisitForm(person: KeptPerson) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let Around { round, is_writing, .. } = expect_context::<Around>();
    let draft = VisitDraft::new();
    let checked = Checked::new(move || draft.wrong());
    let (entry_id, name) = (person.id, StoredValue::new(person.name));
    let send = Callback::new(move |()| {
        let visit = untrack(|| draft.visit(actor.kept_account()?));
        let Some(visit) = visit else { return };
        let kept = KeptVisit { sent: SentVisit { entry_id, visit }, name: name.get_value(), errors: Vec::new() };
        let round = round.get_value();
        let keeping = async move { Outcome::Ok(round.add(kept).await) };
        checked.deed.run(keeping, move |is_kept| match is_kept {
            true => {
                is_writing.set(false);
                toasts.done(t_string!(i18n, roster.visit_kept));
            }
            false => toasts.warn(t_string!(i18n, roster.sync_no_store)),
        });
    });
    view! {
        <CheckedForm checked verb=words(|locale| td_string!(locale, roster.visit_save)) send>
            <VisitFields draft checked />
        </CheckedForm>
    }
}

//! Facts of an entry that are put right.

use super::super::fact_fields::{FactFields, FactsDraft};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{actor::Actor, client},
    ui::{Button, Dialog, Toasts, focus_on},
};
use leptos::prelude::*;
use shared::roster::{EntryFacts, EntryView};

/// The dialog.
#[component]
pub(super) fn CorrectDialog(entry: EntryView, is_open: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let entry = StoredValue::new(entry);
    view! {
        <Dialog is_open title=words(|locale| td_string!(locale, roster.correct_do))>
            <CorrectForm entry=entry.get_value() is_open reload />
        </Dialog>
    }
}

#[component]
fn CorrectForm(entry: EntryView, is_open: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let draft = FactsDraft::of(EntryFacts::of(&entry));
    let checked = Checked::new(move || draft.wrong());
    let (path, version) = (format!("/roster/{}/facts", entry.entry.id), format!("\"{}\"", entry.entry.version));
    let send = Callback::new(move |()| {
        let Ok(facts) = untrack(|| draft.facts()) else { return };
        let (path, version) = (path.clone(), version.clone());
        let correcting = async move { client::replace(actor, &path, &version, &facts).await };
        checked.deed.run(correcting, move |_: EntryView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, common.done));
            focus_on("h1");
            reload.run(());
        });
    });
    view! {
        <p>{t!(i18n, roster.correct_about)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, roster.correct_save)) send>
            <FactFields draft checked />
        </CheckedForm>
        <Button on_press=move |()| is_open.set(false)>{t!(i18n, common.cancel)}</Button>
    }
}

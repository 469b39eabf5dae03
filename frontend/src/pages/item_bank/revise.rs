//! The form that gives an item a new version.

use super::{draft::Draft, fields::ItemFields};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{actor::Actor, client},
    ui::Toasts,
};
use leptos::prelude::*;
use shared::item_bank::{ItemDetail, ItemRow};

/// The form, over the version that was looked at.
#[component]
pub(super) fn Revise(
    /// The item as it was looked at.
    seen: ItemDetail,
    /// Closes the dialog.
    is_open: RwSignal<bool>,
    /// Fetches the list again.
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let draft = Draft::of(&seen.item);
    let checked = Checked::new(move || draft.wrong());
    let ItemRow { id, version: newest, returned_because, .. } = seen.row;
    let (path, version) = (format!("/items/{id}"), format!("\"{newest}\""));
    let send = Callback::new(move |()| {
        let Some(item) = untrack(|| draft.item()) else { return };
        let (path, version) = (path.clone(), version.clone());
        let revising = async move { client::replace(actor, &path, &version, &item).await };
        checked.deed.run(revising, move |row: ItemRow| {
            is_open.set(false);
            if row.version == newest {
                toasts.done(t_string!(i18n, item_bank.unchanged, version = row.version));
            } else if row.alike > 0 {
                toasts.warn(t_string!(i18n, item_bank.revised_alike, version = row.version, count = row.alike));
            } else {
                toasts.done(t_string!(i18n, item_bank.revised, version = row.version));
            }
            reload.run(());
        });
    });
    view! {
        {(!returned_because.is_empty()).then(|| view! {
            <p>{t!(i18n, item_bank.returned_because, reason = returned_because)}</p>
        })}
        <p class="muted small">{t!(i18n, item_bank.revise_about)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, item_bank.save_version)) send>
            <ItemFields draft checked />
        </CheckedForm>
    }
}

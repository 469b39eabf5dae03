//! Closing an entry that leads nowhere, and opening it again.

use super::super::words::{step_effect, step_name};
use crate::{
    i18n::{t, t_string, use_i18n},
    pages::people::{
        checked::{Checked, CheckedForm},
        reason::ReasonField,
    },
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
    },
    ui::{Button, Dialog, Toasts, focus_on},
};
use leptos::prelude::*;
use shared::{
    people::check_reason,
    roster::{EntryRow, EntryView, RosterStep, TakeRosterStep},
};

/// Says what the step does, asks why, and takes it.
#[component]
pub(super) fn StepDialog(
    entry: EntryRow,
    step: RosterStep,
    is_open: RwSignal<bool>,
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let title = Signal::derive(move || step_name(i18n.get_locale(), step).to_owned());
    let (path, version) = (format!("/roster/{}/steps", entry.id), format!("\"{}\"", entry.version));
    view! {
        <Dialog is_open title>
            <Take path=path.clone() version=version.clone() step is_open reload />
        </Dialog>
    }
}

#[component]
fn Take(
    path: String,
    version: String,
    step: RosterStep,
    is_open: RwSignal<bool>,
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let reason = RwSignal::new(String::new());
    let checked = Checked::new(move || check_reason(&reason.get(), "/reason").err().into_iter().collect());
    let key = idempotency_key();
    let send = Callback::new(move |()| {
        let taken = TakeRosterStep { step, reason: reason.get_untracked() };
        let (path, version, key) = (path.clone(), version.clone(), key.clone());
        let taking = async move { client::create_over(actor, &path, &key, &version, &taken).await };
        checked.deed.run(taking, move |_: EntryView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, common.done));
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            reload.run(());
        });
    });
    let verb = Signal::derive(move || step_name(i18n.get_locale(), step).to_owned());
    view! {
        <p>{move || step_effect(i18n.get_locale(), step)}</p>
        <CheckedForm checked verb send>
            <ReasonField value=reason checked />
        </CheckedForm>
        <Button on_press=move |()| is_open.set(false)>{t!(i18n, common.cancel)}</Button>
    }
}

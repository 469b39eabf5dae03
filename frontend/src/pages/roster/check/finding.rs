//! What was found of one person of a sample.

use super::{super::words::finding_name, Around};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{actor::Actor, client},
    ui::{Button, Dialog, Field, Select, TextInput, Toasts},
};
use leptos::prelude::*;
use shared::{
    problem::FieldError,
    roster::{RecordFinding, RosterFinding, SampledEntry, check_finding},
};

/// The button, with the dialog that asks what was found.
#[component]
pub(super) fn Finding(entry: SampledEntry) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let name = Signal::stored(entry.name.clone());
    let entry = StoredValue::new(entry);
    view! {
        <Button on_press=move |()| is_open.set(true)>{t!(i18n, roster.check_record)}</Button>
        <Dialog is_open title=name>
            <FindingForm entry=entry.get_value() is_open />
        </Dialog>
    }
}

#[component]
fn FindingForm(entry: SampledEntry, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let Around { id, again, .. } = expect_context::<Around>();
    let entry_id = entry.entry_id;
    let found = RwSignal::new(entry.finding.map(|finding| finding.as_str().to_owned()).unwrap_or_default());
    let note = RwSignal::new(entry.note);
    let wrong = move || match RosterFinding::parse(&found.get()) {
        Some(finding) => check_finding(finding, &note.get()).err().into_iter().collect(),
        None => vec![FieldError::new("/finding", "required")],
    };
    let checked = Checked::new(wrong);
    let findings = move || {
        let option = |finding: &RosterFinding| {
            (finding.as_str().to_owned(), finding_name(i18n.get_locale(), *finding).to_owned())
        };
        RosterFinding::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let send = Callback::new(move |()| {
        let Some(finding) = RosterFinding::parse(&found.get_untracked()) else { return };
        let said = RecordFinding { entry_id, finding, note: note.get_untracked() };
        let path = format!("/roster/checks/{id}/findings");
        let sending = async move { client::post(actor, &path, &said).await };
        checked.deed.run(sending, move |_: SampledEntry| {
            is_open.set(false);
            toasts.done(t_string!(i18n, roster.check_recorded));
            again.run(());
        });
    });
    view! {
        <CheckedForm checked verb=words(|locale| td_string!(locale, roster.check_record)) send>
            <Field
                id="finding"
                label=words(|locale: Locale| td_string!(locale, roster.check_finding))
                error=checked.error("/finding")
            >
                <Select value=found options=Signal::derive(findings) />
            </Field>
            <Field
                id="note"
                label=words(|locale: Locale| td_string!(locale, roster.check_note))
                error=checked.error("/note")
            >
                <TextInput value=note />
            </Field>
        </CheckedForm>
    }
}

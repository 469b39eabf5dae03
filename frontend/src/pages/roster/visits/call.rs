//! The phone of whom the reader is to visit: shown once they have said what for.

use super::vault::KeptPerson;
use crate::{
    i18n::{t, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{actor::Actor, client},
    ui::{Field, TextInput, focus_on},
};
use leptos::prelude::*;
use shared::{
    ids::RosterEntryId,
    people::check_reason,
    roster::{EntryPhone, RevealEntryPhone},
};

/// Asks what for, then shows the phone; drawn anew whenever the dialog opens. The phone is kept nowhere.
#[component]
pub(super) fn Call(person: KeptPerson) -> impl IntoView {
    let i18n = use_i18n();
    let (id, revealed) = (person.id, RwSignal::new(None::<EntryPhone>));
    move || match revealed.get() {
        None => view! { <Ask id revealed /> }.into_any(),
        Some(EntryPhone { phone: None }) => view! {
            <p id="revealed" tabindex="-1">{t!(i18n, roster.call_none)}</p>
        }
        .into_any(),
        Some(EntryPhone { phone: Some(phone) }) => {
            let href = format!("tel:{phone}");
            view! {
                <div id="revealed" class="stack" tabindex="-1">
                    <p class="num"><a href=href>{phone}</a></p>
                    <p class="muted">{t!(i18n, roster.call_noted)}</p>
                </div>
            }
            .into_any()
        }
    }
}

#[component]
fn Ask(id: RosterEntryId, revealed: RwSignal<Option<EntryPhone>>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let note = RwSignal::new(String::new());
    let checked = Checked::new(move || check_reason(&note.get(), "/note").err().into_iter().collect());
    let send = Callback::new(move |()| {
        let (path, wanted) = (format!("/roster/{id}/phone_reveals"), RevealEntryPhone { note: note.get_untracked() });
        let asking = async move { client::post(actor, &path, &wanted).await };
        checked.deed.run(asking, move |whole: EntryPhone| {
            revealed.set(Some(whole));
            focus_on("#revealed");
        });
    });
    view! {
        <p>{t!(i18n, roster.call_about)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, roster.call_show)) send>
            <Field
                id="call-note"
                label=words(|locale| td_string!(locale, people.note))
                hint=words(|locale| td_string!(locale, roster.call_note_hint))
                error=checked.error("/note")
            >
                <TextInput value=note />
            </Field>
        </CheckedForm>
    }
}

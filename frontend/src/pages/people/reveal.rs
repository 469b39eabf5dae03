//! Whole numbers, for a purpose, while a dialog stands open.

use super::{
    checked::{Checked, CheckedForm},
    words::{kind_name, purpose_name},
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, when},
    ui::{Dialog, Field, Select, TextInput, focus_on},
};
use leptos::prelude::*;
use shared::{
    ids::PersonId,
    people::{RevealPerson, RevealPurpose, RevealedPerson, check_reason},
    problem::FieldError,
};

/// The dialog.
#[component]
pub(super) fn RevealDialog(id: PersonId, is_open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog is_open title=words(|locale| td_string!(locale, people.reveal))>
            <Reveal id />
        </Dialog>
    }
}

/// Drawn anew whenever the dialog opens; what it shows is dropped when the dialog closes.
#[component]
fn Reveal(id: PersonId) -> impl IntoView {
    let revealed = RwSignal::new(None::<RevealedPerson>);
    move || match revealed.get() {
        None => view! { <Ask id revealed /> }.into_any(),
        Some(revealed) => view! { <Whole revealed /> }.into_any(),
    }
}

/// Asks what for.
#[component]
fn Ask(id: PersonId, revealed: RwSignal<Option<RevealedPerson>>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let (purpose, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let chosen = move || RevealPurpose::parse(&purpose.get());
    let checked = Checked::new(move || {
        let missing = chosen().is_none().then(|| FieldError::new("/purpose", "required"));
        missing.into_iter().chain(check_reason(&note.get(), "/note").err()).collect()
    });
    let send = Callback::new(move |()| {
        let Some(purpose) = untrack(chosen) else { return };
        let wanted = RevealPerson { purpose, note: note.get_untracked() };
        let asking = async move { client::post(actor, &format!("/people/{id}/reveal"), &wanted).await };
        checked.deed.run(asking, move |whole: RevealedPerson| {
            revealed.set(Some(whole));
            focus_on("#revealed");
        });
    });
    let purposes = move || {
        let locale = i18n.get_locale();
        let option = |purpose: &RevealPurpose| (purpose.as_str().to_owned(), purpose_name(locale, *purpose).to_owned());
        RevealPurpose::ALL.iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <p>{t!(i18n, people.reveal_text)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, people.show)) send>
            <Field
                id="purpose"
                label=words(|locale| td_string!(locale, people.purpose))
                error=checked.error("/purpose")
            >
                <Select value=purpose options=Signal::derive(purposes) />
            </Field>
            <Field
                id="note"
                label=words(|locale| td_string!(locale, people.note))
                hint=words(|locale: Locale| td_string!(locale, people.note_hint))
                error=checked.error("/note")
            >
                <TextInput value=note />
            </Field>
        </CheckedForm>
    }
}

/// Shows the numbers.
#[component]
fn Whole(revealed: RevealedPerson) -> impl IntoView {
    let i18n = use_i18n();
    let RevealedPerson { document, phone, birth_date } = revealed;
    let kind = document.kind;
    let born = move || {
        let born = birth_date.map(|date| when::day(i18n.get_locale(), date));
        born.unwrap_or_else(|| t_string!(i18n, people.unknown).to_owned())
    };
    let phone = move || phone.clone().unwrap_or_else(|| t_string!(i18n, people.unknown).to_owned());
    view! {
        <div id="revealed" class="stack" tabindex="-1">
            <dl class="facts">
                <div class="whole">
                    <dt>{move || kind_name(i18n.get_locale(), kind)}</dt>
                    <dd class="num">{document.number}</dd>
                </div>
                <div class="whole"><dt>{t!(i18n, people.birth_date)}</dt><dd class="num">{born}</dd></div>
                <div class="whole"><dt>{t!(i18n, people.phone)}</dt><dd class="num">{phone}</dd></div>
            </dl>
            <p class="muted">{t!(i18n, people.revealed)}</p>
        </div>
    }
}

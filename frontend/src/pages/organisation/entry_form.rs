//! What the forms of providers, points and sites have in common.

use super::words::words;
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    platform::{actor::Actor, client, creation::CreationKey, deed::Deed},
    ui::{Button, ConfirmDialog, DeedFailure, Field, Look, TextInput, focus_first_wrong},
};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use shared::organisation::OpenState;

/// An entry that is being written.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Entering {
    actor: Actor,
    /// Sending it.
    pub(in crate::pages) deed: Deed,
    /// Whether it was sent before: from then on what is missing is marked.
    pub(in crate::pages) was_sent: RwSignal<bool>,
    key: CreationKey,
    /// Where it is sent to: the list, or what is changed.
    path: StoredValue<String>,
    /// The version that is changed, and whether it is in use; absent for something new.
    before: StoredValue<Option<(i32, OpenState)>>,
}

impl Entering {
    /// A new one of the list at `path`.
    pub(in crate::pages) fn new(actor: Actor, path: &str) -> Self {
        Self::over(actor, path.to_owned(), None)
    }

    /// A change of what is at `path`.
    pub(super) fn change(actor: Actor, path: String, version: i32, state: OpenState) -> Self {
        Self::over(actor, path, Some((version, state)))
    }

    fn over(actor: Actor, path: String, before: Option<(i32, OpenState)>) -> Self {
        Self {
            actor,
            deed: Deed::new(),
            was_sent: RwSignal::new(false),
            key: CreationKey::new(),
            path: StoredValue::new(path),
            before: StoredValue::new(before),
        }
    }

    /// Sends an entry that could be read; without one, shows what is missing.
    pub(in crate::pages) fn send<E, V>(self, entry: Option<E>, done: impl FnOnce(V) + 'static)
    where
        E: Serialize + 'static,
        V: DeserializeOwned + 'static,
    {
        self.was_sent.set(true);
        let Some(entry) = entry else { return focus_first_wrong() };
        let (path, before) = (self.path.get_value(), self.before.get_value());
        let sending = self.key.create(move |key| async move {
            match before {
                Some((version, _)) => client::replace(self.actor, &path, &format!("\"{version}\""), &entry).await,
                None => client::create(self.actor, &path, &key, &entry).await,
            }
        });
        self.deed.run(sending, done);
    }
}

/// A field of one line. It is wrong if the server says so, or if it is empty and was sent.
#[component]
pub(super) fn Line(
    /// Names the input on its page.
    id: &'static str,
    /// Where it stands in the entry.
    pointer: &'static str,
    /// Its label.
    label: fn(Locale) -> &'static str,
    /// How to fill it in.
    #[prop(optional)]
    hint: Option<fn(Locale) -> &'static str>,
    /// Whether it may stay empty.
    #[prop(optional)]
    is_optional: bool,
    /// The text.
    value: RwSignal<String>,
    /// The entry.
    entering: Entering,
) -> impl IntoView {
    let i18n = use_i18n();
    let hint = Signal::derive(move || hint.map(|hint| hint(i18n.get_locale()).to_owned()).unwrap_or_default());
    let said = entering.deed.field(pointer);
    let error = Signal::derive(move || {
        let is_missing = !is_optional && entering.was_sent.get() && value.with(|value| value.trim().is_empty());
        if is_missing { t_string!(i18n, common.required).to_owned() } else { said.get() }
    });
    view! {
        <Field id label=words(label) hint error>
            <TextInput value />
        </Field>
    }
}

/// The form around the fields: sends them, and closes or opens what there is.
#[component]
pub(super) fn EntryForm(
    /// The entry.
    entering: Entering,
    /// Sends it in this state.
    save: Callback<OpenState>,
    /// The button that closes it, where more than its words must be read before.
    #[prop(optional)]
    closing: Option<Children>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let deed = entering.deed;
    let before = entering.before.get_value().map(|(_, state)| state);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save.run(before.unwrap_or(OpenState::Open));
    };
    Effect::new(move |_| {
        if deed.failure().is_some() {
            focus_first_wrong();
        }
    });
    // What is wrong with no field that stands here.
    let said = [deed.field("/state"), deed.field("/provider_id")];
    let verb = move || match before {
        Some(_) => t_string!(i18n, organisation.save),
        None => t_string!(i18n, organisation.create),
    };
    view! {
        <form class="card stack" novalidate on:submit=submit>
            {children()}
            <DeedFailure deed />
            {said.map(|said| move || Some(said.get()).filter(|said| !said.is_empty()).map(|said| view! {
                <div class="field"><p class="error">{said}</p></div>
            }))}
            <div class="row">
                <Button look=Look::Primary is_submit=true is_busy=deed.is_busy()>{verb}</Button>
                {before.map(|state| match closing {
                    Some(closing) if state == OpenState::Open => closing(),
                    _ => view! { <OpenOrClose state save /> }.into_any(),
                })}
            </div>
        </form>
    }
}

/// Closes what is open, and opens what is closed.
#[component]
fn OpenOrClose(state: OpenState, save: Callback<OpenState>) -> impl IntoView {
    let i18n = use_i18n();
    match state {
        OpenState::Closed => view! {
            <Button on_press=move |()| save.run(OpenState::Open)>{t!(i18n, organisation.reopen)}</Button>
        }
        .into_any(),
        OpenState::Open => {
            view! { <CloseAfter text=|locale| td_string!(locale, organisation.close_text) save /> }.into_any()
        }
    }
}

/// The button that closes what is open, and the dialog that says what becomes of it.
#[component]
pub(super) fn CloseAfter(
    /// What becomes of it.
    text: fn(Locale) -> &'static str,
    /// Closes it.
    save: Callback<OpenState>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_asking = RwSignal::new(false);
    view! {
        <Button look=Look::Danger on_press=move |()| is_asking.set(true)>{t!(i18n, organisation.close)}</Button>
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, organisation.close_title))
            text=words(text)
            confirm=words(|locale| td_string!(locale, organisation.close))
            on_confirm=move |()| save.run(OpenState::Closed)
        />
    }
}

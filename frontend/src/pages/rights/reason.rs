//! Why something is done to somebody else.

use crate::{
    i18n::td_string,
    pages::organisation::words::words,
    platform::deed::Deed,
    ui::{DeedForm, Field, Look, TextInput},
};
use leptos::prelude::*;

/// One field, and the button that does it.
#[component]
pub(super) fn ReasonForm(
    /// Doing it.
    deed: Deed,
    /// The words on the button.
    #[prop(into)]
    verb: Signal<String>,
    /// Does it for this reason.
    send: Callback<String>,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    view! {
        <DeedForm deed look=Look::Danger verb send=move |()| send.run(reason.get_untracked())>
            <Field
                id="reason"
                label=words(|locale| td_string!(locale, rights.reason))
                hint=words(|locale| td_string!(locale, rights.reason_hint))
                error=deed.field("/reason")
            >
                <TextInput value=reason />
            </Field>
        </DeedForm>
    }
}

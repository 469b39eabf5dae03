//! Why something is done, in somebody's own words.

use super::checked::Checked;
use crate::{
    i18n::{Locale, td_string},
    pages::organisation::words::words,
    ui::{Field, TextInput},
};
use leptos::prelude::*;

/// The field; what it holds stands at `/reason`.
#[component]
pub(in crate::pages) fn ReasonField(value: RwSignal<String>, checked: Checked) -> impl IntoView {
    view! {
        <Field
            id="reason"
            label=words(|locale| td_string!(locale, people.reason))
            hint=words(|locale: Locale| td_string!(locale, people.reason_hint))
            error=checked.error("/reason")
        >
            <TextInput value />
        </Field>
    }
}

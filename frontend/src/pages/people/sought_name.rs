//! How a name begins to which a list is narrowed. It stands in the address that is asked for: a number that somebody
//! types there is refused at once, and sent nowhere.

use super::words::wrong_text;
use crate::{
    i18n::use_i18n,
    ui::{Field, TextInput},
};
use leptos::prelude::*;
use shared::people::check_sought_name;

/// What is typed, and what of it is asked for.
#[derive(Clone, Copy)]
pub(in crate::pages) struct SoughtName {
    typed: RwSignal<String>,
    asked: RwSignal<String>,
    wrong: RwSignal<Option<String>>,
}

impl SoughtName {
    /// Nothing is typed yet; what is asked for goes to `asked`.
    pub(in crate::pages) fn of(asked: RwSignal<String>) -> Self {
        Self { typed: RwSignal::new(String::new()), asked, wrong: RwSignal::new(None) }
    }

    /// Asks for the name as it stands. A letter is no reason to: the whole name is, when the field is left.
    pub(in crate::pages) fn search(self) {
        match self.typed.with_untracked(|typed| check_sought_name(typed)) {
            Ok(name) => {
                self.wrong.set(None);
                self.asked.set(name);
            }
            Err(error) => self.wrong.set(Some(error.code)),
        }
    }
}

/// The field, in a form that is sent by [`SoughtName::search`].
#[component]
pub(in crate::pages) fn SoughtNameField(
    /// Names the input on its page.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    sought: SoughtName,
) -> impl IntoView {
    let i18n = use_i18n();
    let error = Signal::derive(move || {
        let code = sought.wrong.get();
        code.map(|code| wrong_text(i18n.get_locale(), &code).to_owned()).unwrap_or_default()
    });
    view! {
        <Field id label error>
            <TextInput value=sought.typed on_leave=Callback::new(move |()| sought.search()) />
        </Field>
    }
}

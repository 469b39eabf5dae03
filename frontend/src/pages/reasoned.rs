//! A deed that ends something for good, and the reason that is kept of it.

use crate::{
    i18n::{Locale, use_i18n},
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            reason::ReasonField,
        },
    },
    platform::{actor::Actor, client},
    ui::{Button, Dialog, Look, Toasts, focus_on},
};
use leptos::prelude::*;
use shared::people::check_reason;

/// Words in the reader's language.
type Words = fn(Locale) -> &'static str;

/// What is said of such a deed.
#[derive(Clone, Copy)]
pub(in crate::pages) struct EndWords {
    /// The deed, as it stands on its button.
    pub(in crate::pages) name: Words,
    /// What it will do.
    pub(in crate::pages) about: Words,
    /// That it is done.
    pub(in crate::pages) done: Words,
}

/// The button of the deed, with the dialog that asks for the reason.
#[component]
pub(in crate::pages) fn EndWithReason(
    /// Where the reason is posted.
    path: String,
    /// What is said.
    says: EndWords,
    /// Happens afterwards.
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    view! {
        <Button look=Look::Danger on_press=move |()| is_open.set(true)>
            {move || (says.name)(i18n.get_locale())}
        </Button>
        <Dialog is_open title=words(says.name)>
            <EndForm path=path.clone() says is_open reload />
        </Dialog>
    }
}

/// The form within the dialog.
#[component]
pub(in crate::pages) fn EndForm(
    /// Where the reason is posted.
    path: String,
    /// What is said.
    says: EndWords,
    /// Closes the dialog.
    is_open: RwSignal<bool>,
    /// Happens afterwards.
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let reason = RwSignal::new(String::new());
    let checked = Checked::new(move || check_reason(&reason.get(), "/reason").err().into_iter().collect());
    let send = Callback::new(move |()| {
        let (path, body) = (path.clone(), serde_json::json!({ "reason": reason.get_untracked() }));
        let said = (says.done)(i18n.get_locale_untracked());
        let ending = async move { client::post(actor, &path, &body).await };
        checked.deed.run(ending, move |_: serde_json::Value| {
            is_open.set(false);
            toasts.done(said);
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            reload.run(());
        });
    });
    view! {
        <p>{move || (says.about)(i18n.get_locale())}</p>
        <CheckedForm checked look=Look::Danger verb=words(says.name) send>
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}

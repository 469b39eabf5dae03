//! A form whose fields are judged before it is sent, by the rules that the server has too.

use super::words::wrong_text;
use crate::{
    i18n::use_i18n,
    platform::deed::Deed,
    ui::{Button, DeedFailure, Look, focus_first_wrong},
};
use leptos::prelude::*;
use shared::problem::FieldError;

/// What is wrong with a form: by the rules at once, otherwise by the server's word.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Checked {
    /// Sending it.
    pub(in crate::pages) deed: Deed,
    was_sent: RwSignal<bool>,
    wrong: Memo<Vec<FieldError>>,
}

impl Checked {
    /// A form that `find` judges. Nothing is marked before it was sent once.
    pub(in crate::pages) fn new(find: impl Fn() -> Vec<FieldError> + Send + Sync + 'static) -> Self {
        Self::over(Deed::new(), RwSignal::new(false), find)
    }

    /// The same, of something that has its own way to be sent.
    pub(in crate::pages) fn over(
        deed: Deed,
        was_sent: RwSignal<bool>,
        find: impl Fn() -> Vec<FieldError> + Send + Sync + 'static,
    ) -> Self {
        Effect::new(move |_| {
            if deed.failure().is_some() {
                focus_first_wrong();
            }
        });
        // What was sent with success is over: whoever goes on writes something new.
        Effect::new(move |was_busy: Option<bool>| {
            let is_busy = deed.is_busy().get();
            if was_busy == Some(true) && !is_busy && deed.failure().is_none() {
                was_sent.set(false);
            }
            is_busy
        });
        Self { deed, was_sent, wrong: Memo::new(move |_| find()) }
    }

    /// What is wrong with the field at this pointer; empty if nothing is.
    pub(in crate::pages) fn error(self, pointer: &'static str) -> Signal<String> {
        let i18n = use_i18n();
        let said = self.deed.field(pointer);
        Signal::derive(move || {
            let code = self.wrong.with(|wrong| {
                let found = wrong.iter().find(|error| error.pointer == pointer);
                found.filter(|_| self.was_sent.get() && !self.deed.is_busy().get()).map(|error| error.code.clone())
            });
            code.map_or_else(|| said.get(), |code| wrong_text(i18n.get_locale(), &code).to_owned())
        })
    }

    /// Whether it may be sent; if not, what is wrong is marked from now on.
    pub(in crate::pages) fn passes(self) -> bool {
        self.was_sent.set(true);
        let is_right = self.wrong.with_untracked(Vec::is_empty);
        if !is_right {
            focus_first_wrong();
        }
        is_right
    }
}

/// The form around the fields, with the button that sends it.
#[component]
pub(in crate::pages) fn CheckedForm(
    /// What judges it.
    checked: Checked,
    /// How it looks.
    #[prop(default = "stack")]
    class: &'static str,
    /// How its button looks.
    #[prop(default = Look::Primary)]
    look: Look,
    /// The words on the button.
    #[prop(into)]
    verb: Signal<String>,
    /// Sends what has passed.
    send: Callback<()>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if checked.passes() {
            send.run(());
        }
    };
    view! {
        <form class=class novalidate on:submit=submit>
            {children()}
            <DeedFailure deed=checked.deed />
            <div class="row">
                <Button look is_submit=true is_busy=checked.deed.is_busy()>{move || verb.get()}</Button>
            </div>
        </form>
    }
}

/// What is wrong with a group of choices, below it.
#[component]
pub(in crate::pages) fn GroupError(
    /// The words; empty if nothing is.
    text: Signal<String>,
) -> impl IntoView {
    view! {
        <Show when=move || text.with(|text| !text.is_empty())>
            <div class="field"><p class="error">{move || text.get()}</p></div>
        </Show>
    }
}

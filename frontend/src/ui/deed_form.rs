//! A form that the server judges.

use super::{Button, DeedFailure, Look, focus_first_wrong};
use crate::platform::deed::Deed;
use leptos::prelude::*;

/// The form around the fields, with the button that sends it. What the server finds wrong is marked by
/// the fields (`deed.field("/name")`), and the first of them gets the focus.
#[component]
pub fn DeedForm(
    /// Sending it.
    deed: Deed,
    /// The words on the button.
    #[prop(into)]
    verb: Signal<String>,
    /// How the button looks.
    #[prop(default = Look::Primary)]
    look: Look,
    /// Sends it.
    #[prop(into)]
    send: Callback<()>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    Effect::new(move |_| {
        if deed.failure().is_some() {
            focus_first_wrong();
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        send.run(());
    };
    view! {
        <form class="stack" novalidate on:submit=submit>
            {children()}
            <DeedFailure deed />
            <div class="row">
                <Button look is_submit=true is_busy=deed.is_busy()>{move || verb.get()}</Button>
            </div>
        </form>
    }
}

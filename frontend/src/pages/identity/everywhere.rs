//! Log-out on every device.

use crate::{
    i18n::{t, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, deed::Deed},
    ui::{Button, ConfirmDialog, DeedFailure, Look},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// The button, and the question before it.
#[component]
pub(super) fn LogOutEverywhere() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let navigate = use_navigate();
    let (deed, is_asking) = (Deed::new(), RwSignal::new(false));
    let end = Callback::new(move |()| {
        let navigate = navigate.clone();
        deed.run(actor.log_out_everywhere(), move |()| {
            navigate("/login", NavigateOptions { replace: true, ..Default::default() });
        });
    });
    view! {
        <div class="row">
            <Button look=Look::Danger is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
                {t!(i18n, identity.log_out_everywhere)}
            </Button>
        </div>
        <DeedFailure deed />
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, identity.log_out_everywhere_title))
            text=words(|locale| td_string!(locale, identity.log_out_everywhere_text))
            confirm=words(|locale| td_string!(locale, identity.log_out_everywhere))
            on_confirm=end
        />
    }
}

//! Log-out on every device.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{learning::offline, organisation::words::words},
    platform::{actor::Actor, deed::Deed},
    ui::{Button, ConfirmDialog, DeedFailure, Look},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// The button, and the question before it.
#[component]
pub(super) fn LogOutEverywhere() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let navigate = use_navigate();
    let (deed, is_asking) = (Deed::new(), RwSignal::new(false));
    let unsent = RwSignal::new(0_usize);
    let ask = move |()| {
        spawn_local(async move {
            unsent.try_set(offline::unsent(actor).await);
            is_asking.try_set(true);
        });
    };
    let text = Signal::derive(move || match unsent.get() {
        0 => t_string!(i18n, identity.log_out_everywhere_text).to_owned(),
        count => t_string!(i18n, learning.offline_log_out_text, count = count),
    });
    let end = Callback::new(move |()| {
        let navigate = navigate.clone();
        deed.run(actor.log_out_everywhere(), move |()| {
            navigate("/login", NavigateOptions { replace: true, ..Default::default() });
        });
    });
    view! {
        <div class="row">
            <Button look=Look::Danger is_busy=deed.is_busy() on_press=ask>
                {t!(i18n, identity.log_out_everywhere)}
            </Button>
        </div>
        <DeedFailure deed />
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, identity.log_out_everywhere_title))
            text
            confirm=words(|locale| td_string!(locale, identity.log_out_everywhere))
            on_confirm=end
        />
    }
}

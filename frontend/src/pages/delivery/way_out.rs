//! Where the ways of a sitting end.

use crate::{
    i18n::{t, use_i18n},
    platform::{actor::Actor, deed::Deed},
    ui::{Button, ButtonLink, DeedFailure, Look},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// The way back to one's own tests. Whom a ticket let in has none here: they log out, for the device is another
/// candidate's next.
#[component]
pub(super) fn WayOut(
    /// How it looks.
    #[prop(optional)]
    look: Look,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, navigate) = (expect_context::<Actor>(), use_navigate());
    let deed = Deed::new();
    let leave = Callback::new(move |()| {
        let navigate = navigate.clone();
        let gone = move |()| navigate("/sit", NavigateOptions { replace: true, ..Default::default() });
        deed.run(actor.log_out(), gone);
    });
    // Once it was so it stays so: who has logged out is on the way already.
    let is_by_ticket =
        Memo::new(move |was: Option<&bool>| was == Some(&true) || actor.me().is_some_and(|me| me.sitting.is_some()));
    let back = move || view! { <ButtonLink href="/exams" look>{t!(i18n, delivery.to_exams)}</ButtonLink> };
    view! {
        <Show when=move || is_by_ticket.get() fallback=back>
            <Button look is_busy=deed.is_busy() on_press=leave>{t!(i18n, delivery.leave_device)}</Button>
        </Show>
        <DeedFailure deed />
    }
}

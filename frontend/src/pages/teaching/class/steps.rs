//! What brings a class on: the county approves it, the school does the rest.

use super::super::words::{step_effect, step_name};
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{actor::Actor, client, deed::Deed},
    ui::{Button, ConfirmDialog, DeedFailure, Look, Notice, Toasts, Tone, focus_on},
};
use leptos::prelude::*;
use shared::{
    ids::ClassId,
    learning::{ClassPlan, ClassState, ClassStep},
};

/// The button of each state that the reader may bring it to, or who is waited for.
#[component]
pub(super) fn Steps(plan: ClassPlan, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (id, state, is_school_closed) = (plan.class.id, plan.class.state, plan.is_school_closed);
    let waits_for_county = state == ClassState::Planned && plan.next.is_empty() && !is_school_closed;
    let outlook = move || match state {
        ClassState::Planned | ClassState::Approved => t_string!(i18n, classes.school_closed_waits),
        _ => t_string!(i18n, classes.school_closed_goes_on),
    };
    view! {
        {(is_school_closed && !state.is_over()).then(|| view! { <Notice tone=Tone::Wait>{outlook}</Notice> })}
        {waits_for_county.then(|| view! { <Notice tone=Tone::Wait>{t!(i18n, classes.waits_county)}</Notice> })}
        {plan.next.into_iter().map(|wanted| view! { <Step id wanted reload /> }).collect_view()}
    }
}

#[component]
fn Step(id: ClassId, wanted: ClassState, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let is_asking = RwSignal::new(false);
    let name = Signal::derive(move || step_name(i18n.get_locale(), wanted).to_owned());
    let take = move |()| {
        let path = format!("/classes/{id}/steps");
        deed.run(async move { client::post(actor, &path, &ClassStep { wanted }).await }, move |_: ClassPlan| {
            toasts.done(t_string!(i18n, common.done));
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            reload.run(());
        });
    };
    view! {
        <DeedFailure deed />
        <div class="row">
            <Button look=Look::Primary is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
                {move || name.get()}
            </Button>
        </div>
        <ConfirmDialog
            is_open=is_asking
            title=name
            text=Signal::derive(move || step_effect(i18n.get_locale(), wanted).to_owned())
            confirm=name
            on_confirm=take
        />
    }
}

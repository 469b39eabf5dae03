//! Asks before a step is taken: which certificate, what will happen, and why.

use super::steps::{needs_reason, step_effect, step_look, step_name, step_question};
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::deed::Deed,
    ui::{Button, DeedFailure, Dialog, Field, Look, TextArea, focus_on},
};
use leptos::prelude::*;
use shared::credit_bank::{CertificateStep, CertificateView, number_grouped};

/// A step that somebody wants to take with a certificate.
#[derive(Clone)]
pub(super) struct Wish {
    /// With which certificate.
    pub(super) certificate: CertificateView,
    /// Which step.
    pub(super) step: CertificateStep,
}

/// The dialog; the list has one.
#[component]
pub(super) fn StepDialog(
    /// Opens and closes it.
    is_open: RwSignal<bool>,
    /// What is asked about.
    wish: Signal<Option<Wish>>,
    /// The command under way.
    deed: Deed,
    /// Takes the step, for this reason.
    go: Callback<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let title = move || wish.with(|wish| wish.as_ref().map(|wish| step_question(i18n.get_locale(), wish.step)));
    view! {
        <Dialog is_open title=Signal::derive(move || title().unwrap_or_default().to_owned())>
            {move || wish.get().map(|wish| view! { <Question wish deed go is_open /> })}
        </Dialog>
    }
}

#[component]
fn Question(wish: Wish, deed: Deed, go: Callback<String>, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let Wish { certificate, step } = wish;
    let (reason, was_sent) = (RwSignal::new(String::new()), RwSignal::new(false));
    let press = move |()| {
        was_sent.set(true);
        let reason = reason.get_untracked();
        if needs_reason(step) && reason.trim().is_empty() {
            focus_on("#reason");
        } else {
            go.run(reason);
        }
    };
    let look = if step_look(step) == Look::Danger { Look::Danger } else { Look::Primary };
    view! {
        <dl class="facts">
            <div><dt>{t!(i18n, credit_bank.holder)}</dt><dd>{certificate.holder_name}</dd></div>
            <div><dt>{t!(i18n, credit_bank.course)}</dt><dd>{certificate.course_title}</dd></div>
            <div><dt>{t!(i18n, credit_bank.number)}</dt><dd class="num">{number_grouped(&certificate.number)}</dd></div>
        </dl>
        <p>{move || step_effect(i18n.get_locale(), step)}</p>
        <Show when=move || needs_reason(step)><Reason reason was_sent deed /></Show>
        <DeedFailure deed />
        <div class="row">
            <Button look is_busy=deed.is_busy() on_press=press>{move || step_name(i18n.get_locale(), step)}</Button>
            <Button on_press=move |()| is_open.set(false)>{t!(i18n, common.cancel)}</Button>
        </div>
    }
}

/// Why: people who read it later must understand it.
#[component]
fn Reason(reason: RwSignal<String>, was_sent: RwSignal<bool>, deed: Deed) -> impl IntoView {
    let i18n = use_i18n();
    let refused = deed.field("/reason");
    let error = Signal::derive(move || {
        let is_missing = was_sent.get() && reason.with(|reason| reason.trim().is_empty());
        if is_missing { t_string!(i18n, credit_bank.reason_required).to_owned() } else { refused.get() }
    });
    view! {
        <Field
            id="reason"
            label=Signal::derive(move || t_string!(i18n, credit_bank.reason).to_owned())
            hint=Signal::derive(move || t_string!(i18n, credit_bank.reason_hint).to_owned())
            error
        >
            <TextArea value=reason rows=3 />
        </Field>
    }
}

//! What is done with a proposal: another person approves or refuses it, who proposed it takes it back.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            reason::ReasonField,
        },
    },
    platform::{actor::Actor, client, deed::Deed},
    ui::{Button, ConfirmDialog, DeedFailure, Dialog, Look, Toasts},
};
use leptos::prelude::*;
use serde::de::IgnoredAny;
use shared::{dated_rules::RefuseRule, ids::AccountId, people::check_reason};

/// The buttons of a proposal that waits.
#[component]
pub(in crate::pages) fn Acts(
    /// The path of the proposal.
    path: String,
    /// Who proposed it.
    proposed_by: AccountId,
    /// What an approval brings about.
    approve_text: Signal<String>,
    /// Reads the page anew.
    again: Callback<()>,
) -> impl IntoView {
    let is_own = expect_context::<Actor>().me().is_some_and(|me| me.account_id == proposed_by);
    let approved = path.clone();
    view! {
        <div class="row">
            {(!is_own).then(|| view! { <Approve path=approved text=approve_text again /> })}
            <Refuse path is_back=is_own again />
        </div>
    }
}

#[component]
fn Approve(path: String, text: Signal<String>, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (deed, is_asking) = (Deed::new(), RwSignal::new(false));
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let path = StoredValue::new(path);
    let approve = move |()| {
        let path = format!("{}/approve", path.get_value());
        let approving = async move { client::ask(actor, &path).await };
        // The page reads what came of it.
        deed.run(approving, move |_: IgnoredAny| {
            toasts.done(t_string!(i18n, common.done));
            again.run(());
        });
    };
    view! {
        <Button is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>{t!(i18n, enrolment.rule_approve)}</Button>
        <DeedFailure deed />
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, enrolment.rule_approve))
            text
            confirm=words(|locale| td_string!(locale, enrolment.rule_approve))
            on_confirm=approve
        />
    }
}

/// What leaving the rules as they are is called: what is one's own, or was approved, is taken back.
fn refuse_name(locale: Locale, is_back: bool) -> &'static str {
    match is_back {
        true => td_string!(locale, enrolment.rule_withdraw),
        false => td_string!(locale, enrolment.rule_refuse),
    }
}

/// The button that leaves the rules as they are, and its dialog.
#[component]
pub(in crate::pages) fn Refuse(
    /// The path of the proposal.
    path: String,
    /// Whether it is called to take it back.
    is_back: bool,
    /// Reads the page anew.
    again: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let name = Signal::derive(move || refuse_name(i18n.get_locale(), is_back).to_owned());
    let path = StoredValue::new(path);
    view! {
        <Button look=Look::Danger on_press=move |()| is_open.set(true)>{move || name.get()}</Button>
        <Dialog is_open title=name>
            <RefuseForm path name is_open again />
        </Dialog>
    }
}

/// Says why.
#[component]
fn RefuseForm(
    path: StoredValue<String>,
    name: Signal<String>,
    is_open: RwSignal<bool>,
    again: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let reason = RwSignal::new(String::new());
    let checked = Checked::new(move || check_reason(&reason.get(), "/reason").err().into_iter().collect());
    let send = Callback::new(move |()| {
        let refusal = RefuseRule { reason: reason.get_untracked() };
        let path = format!("{}/refuse", path.get_value());
        let refusing = async move { client::post(actor, &path, &refusal).await };
        checked.deed.run(refusing, move |_: IgnoredAny| {
            is_open.set(false);
            toasts.done(t_string!(i18n, common.done));
            again.run(());
        });
    });
    view! {
        <CheckedForm checked verb=name send>
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}

//! What is done with a proposal: another person approves or refuses it, who proposed it takes it back.

use super::Around;
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
use shared::{
    enrolment::{RefuseRule, RuleProposal},
    ids::{AccountId, EnrolmentRuleProposalId},
    people::check_reason,
};

#[component]
pub(super) fn Acts(id: EnrolmentRuleProposalId, proposed_by: AccountId) -> impl IntoView {
    let is_own = expect_context::<Actor>().me().is_some_and(|me| me.account_id == proposed_by);
    view! {
        <div class="row">
            {(!is_own).then(|| view! { <Approve id /> })}
            <Refuse id is_own />
        </div>
    }
}

#[component]
fn Approve(id: EnrolmentRuleProposalId) -> impl IntoView {
    let i18n = use_i18n();
    let (deed, is_asking) = (Deed::new(), RwSignal::new(false));
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let Around { again, .. } = expect_context::<Around>();
    let approve = move |()| {
        let path = format!("/enrolment_rules/proposals/{id}/approve");
        let approving = async move { client::ask(actor, &path).await };
        deed.run(approving, move |_: RuleProposal| {
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
            text=words(|locale| td_string!(locale, enrolment.rule_approve_text))
            confirm=words(|locale| td_string!(locale, enrolment.rule_approve))
            on_confirm=approve
        />
    }
}

/// What leaving the rules as they are is called: who proposed the version takes it back.
fn refuse_name(locale: Locale, is_own: bool) -> &'static str {
    match is_own {
        true => td_string!(locale, enrolment.rule_withdraw),
        false => td_string!(locale, enrolment.rule_refuse),
    }
}

#[component]
fn Refuse(id: EnrolmentRuleProposalId, is_own: bool) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let name = Signal::derive(move || refuse_name(i18n.get_locale(), is_own).to_owned());
    view! {
        <Button look=Look::Danger on_press=move |()| is_open.set(true)>{move || name.get()}</Button>
        <Dialog is_open title=name>
            <RefuseForm id name is_open />
        </Dialog>
    }
}

/// Says why.
#[component]
fn RefuseForm(id: EnrolmentRuleProposalId, name: Signal<String>, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let Around { again, .. } = expect_context::<Around>();
    let reason = RwSignal::new(String::new());
    let checked = Checked::new(move || check_reason(&reason.get(), "/reason").err().into_iter().collect());
    let send = Callback::new(move |()| {
        let refusal = RefuseRule { reason: reason.get_untracked() };
        let path = format!("/enrolment_rules/proposals/{id}/refuse");
        let refusing = async move { client::post(actor, &path, &refusal).await };
        checked.deed.run(refusing, move |_: RuleProposal| {
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

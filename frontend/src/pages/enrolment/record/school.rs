//! A learner goes on at another school: proposed here, answered there.

use super::{
    super::school_changes::{ChangeTag, Withdraw},
    place_of,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        organisation::{may, words::words},
        people::{
            checked::{Checked, CheckedForm},
            propose::{Destination, WhereTo},
            reason::ReasonField,
        },
    },
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        when,
    },
    ui::{Button, Card, Dialog, Toasts, focus_on},
};
use leptos::prelude::*;
use shared::{
    enrolment::{EnrolmentView, ProposeSchoolChange, RecordStep, SchoolChangeView, state_after},
    ids::StudentRecordId,
    organisation::DivisionCode,
    people::{TransferState, check_reason},
    rights::Right,
};

/// The changes of school of a record, and the way to another one; nothing where there is neither.
#[component]
pub(super) fn SchoolCard(view: EnrolmentView, reload: Callback<()>) -> impl IntoView {
    let EnrolmentView { record, school_changes: changes, .. } = view;
    let may_keep = may(expect_context::<Actor>(), Right::KeepEnrolments, &place_of(&record));
    let is_waiting = changes.iter().any(|change| change.state == TransferState::Proposed);
    let may_leave = state_after(record.state, record.level, RecordStep::ChangeSchool).is_some();
    let from = DivisionCode::parse(&record.division).filter(|_| may_keep && may_leave && !is_waiting);
    (!changes.is_empty() || from.is_some()).then(|| {
        let id = record.id;
        let change = move |change: SchoolChangeView| view! { <Change change may_keep reload /> };
        view! {
            <Card title=words(|locale| td_string!(locale, enrolment.school_changes))>
                {(!changes.is_empty()).then(|| view! {
                    <ol class="history">{changes.into_iter().map(change).collect_view()}</ol>
                })}
                {from.map(|from| view! { <Propose id from reload /> })}
            </Card>
        }
    })
}

/// One change: from where to where, why, and what became of it.
#[component]
fn Change(change: SchoolChangeView, may_keep: bool, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (id, state, proposed_at) = (change.id, change.state, change.proposed_at);
    let moved = move || {
        t_string!(i18n, enrolment.school_change_moved, from = change.from_name.clone(), to = change.to_name.clone())
    };
    let (is_open, is_back) = (state == TransferState::Proposed, state == TransferState::Refused);
    view! {
        <li class:is-back=is_back>
            <div>
                <b>{moved}</b> " " <ChangeTag state />
                <p>{change.reason}</p>
                {change.answer.map(|answer| view! { <p>{answer}</p> })}
                <p class="muted small num">{move || when::date_time(i18n.get_locale(), proposed_at)}</p>
                {(is_open && may_keep).then(|| view! { <Withdraw id reload /> })}
            </div>
        </li>
    }
}

/// The button and its dialog.
#[component]
fn Propose(id: StudentRecordId, from: DivisionCode, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    view! {
        <div class="row">
            <Button on_press=move |()| is_open.set(true)>{t!(i18n, enrolment.school_change_propose)}</Button>
        </div>
        <Dialog is_open title=words(|locale| td_string!(locale, enrolment.school_change_propose))>
            <Form id from is_open reload />
        </Dialog>
    }
}

/// Which school, and why.
#[component]
fn Form(id: StudentRecordId, from: DivisionCode, is_open: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (to, reason) = (Destination::new(actor, from), RwSignal::new(String::new()));
    let checked = Checked::new(move || {
        let reason = reason.with(|reason| check_reason(reason, "/reason").err());
        to.wrong_school().into_iter().chain(reason).collect()
    });
    let key = StoredValue::new(idempotency_key());
    let send = Callback::new(move |()| {
        let Some(provider_id) = untrack(|| to.chosen_school()) else { return };
        let proposal = ProposeSchoolChange { provider_id, reason: reason.get_untracked() };
        let (path, key) = (format!("/enrolments/{id}/school_changes"), key.get_value());
        let sending = async move { client::create(actor, &path, &key, &proposal).await };
        checked.deed.run(sending, move |_: SchoolChangeView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, enrolment.school_change_proposed));
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            reload.run(());
        });
    });
    view! {
        <p>{t!(i18n, enrolment.school_change_text)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, enrolment.school_change_do)) send>
            <WhereTo to checked needs_school=true />
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}

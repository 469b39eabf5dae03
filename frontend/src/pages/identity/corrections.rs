//! 更正申请: what of one's own data is wrong, and what became of saying so.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            corrections::{field_name, state_name, tone_of, value_name},
            reason::ReasonField,
            stated::{StatedDraft, StatedFields},
        },
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key},
        clock,
        deed::Deed,
        when,
    },
    ui::{AsyncView, Button, Card, DeedFailure, Dialog, Tag, Toasts, Tone},
};
use leptos::prelude::*;
use shared::people::{AskCorrection, CorrectionField, CorrectionState, CorrectionView};

/// The part of the page of one's own data, for who is a learner.
#[component]
pub(super) fn Corrections() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let requests: LocalResource<Outcome<Vec<CorrectionView>>> =
        LocalResource::new(move || client::get(actor, "/me/corrections"));
    let is_asking = RwSignal::new(false);
    let again = Callback::new(move |()| requests.refetch());
    view! {
        <Card title=words(|locale| td_string!(locale, privacy.corrections))>
            <p>{t!(i18n, privacy.correction)}</p>
            <div class="row">
                <Button on_press=move |()| is_asking.set(true)>{t!(i18n, privacy.ask_correction)}</Button>
            </div>
            <Dialog is_open=is_asking title=words(|locale| td_string!(locale, privacy.ask_correction))>
                <Ask is_open=is_asking asked=again />
            </Dialog>
            <AsyncView
                resource=requests
                is_empty=Vec::is_empty
                empty=words(|locale| td_string!(locale, privacy.no_corrections))
                let:rows
            >
                <ul class="rows">
                    {rows.into_iter().map(|request| view! { <Request request again /> }).collect_view()}
                </ul>
            </AsyncView>
        </Card>
    }
}

/// One request, with the way to take it back.
#[component]
fn Request(request: CorrectionView, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (field, state, asked_at, decided_at) = (request.field, request.state, request.asked_at, request.decided_at);
    let (due_on, is_overdue) = (request.due_on, request.is_overdue);
    let is_open = state == CorrectionState::Open;
    let unknown = move || t_string!(i18n, people.unknown).to_owned();
    let value = move |text: &str| value_name(i18n.get_locale(), field, text);
    let (former, stated) = (request.former.clone(), request.stated.clone());
    let former = move || if former.is_empty() { unknown() } else { value(&former) };
    let (reason, is_by_office) = (request.reason.clone(), request.is_by_office);
    view! {
        <li>
            <div>
                <p>
                    <b>{move || field_name(i18n.get_locale(), field)}</b>
                    " "
                    <Tag tone=tone_of(state)>{move || state_name(i18n.get_locale(), state)}</Tag>
                </p>
                <p class="num">{former} " → " {move || value(&stated)}</p>
                {is_by_office.then(|| view! { <p class="small">{t!(i18n, privacy.corrected_by_office)}</p> })}
                {(!reason.is_empty()).then(|| view! { <p class="small">{reason}</p> })}
                <p class="muted small num">
                    {t!(i18n, privacy.asked_at)} " " {move || when::date_time(i18n.get_locale(), asked_at)}
                    {is_open.then(|| view! {
                        " · " {t!(i18n, people.correction_due)} " " {move || when::day(i18n.get_locale(), due_on)}
                        {is_overdue.then(|| view! {
                            " " <Tag tone=Tone::Stop>{t!(i18n, people.correction_overdue)}</Tag>
                        })}
                    })}
                    {decided_at.map(|at| view! {
                        " · " {t!(i18n, privacy.decided_at)} " " {move || when::date_time(i18n.get_locale(), at)}
                    })}
                </p>
                {request.answer.clone().map(|answer| view! { <p>{t!(i18n, privacy.answer, answer = answer)}</p> })}
            </div>
            {is_open.then(|| view! { <Withdraw request again /> })}
        </li>
    }
}

#[component]
fn Withdraw(request: CorrectionView, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed, toasts) = (expect_context::<Actor>(), Deed::new(), expect_context::<Toasts>());
    let (id, field) = (request.id, request.field);
    let withdraw = move |()| {
        let path = format!("/me/corrections/{id}/withdraw");
        let taking = async move { client::ask(actor, &path).await };
        deed.run(taking, move |_: CorrectionView| {
            toasts.done(t_string!(i18n, common.done));
            again.run(());
        });
    };
    view! {
        <div>
            <Button is_busy=deed.is_busy() on_press=withdraw>
                {t!(i18n, privacy.withdraw_correction)}
                <span class="visually-hidden">" " {move || field_name(i18n.get_locale(), field)}</span>
            </Button>
            <DeedFailure deed />
        </div>
    }
}

/// Says what is wrong, and what is right.
#[component]
fn Ask(is_open: RwSignal<bool>, asked: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (draft, reason) = (StatedDraft::new(), RwSignal::new(String::new()));
    let body = move || Some(AskCorrection { stated: draft.stated()?, reason: reason.get() });
    let checked = Checked::new(move || match body() {
        Some(body) => body.check(clock::now().date_in_china()).err().unwrap_or_default(),
        None => draft.unchosen(),
    });
    let key = StoredValue::new(idempotency_key());
    let send = Callback::new(move |()| {
        let Some(body) = untrack(body) else { return };
        let key = key.get_value();
        let sending = async move { client::create(actor, "/me/corrections", &key, &body).await };
        checked.deed.run(sending, move |_: CorrectionView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, privacy.correction_asked));
            asked.run(());
        });
    });
    // What was refused is another request once it is changed.
    Effect::watch(move || drop(body()), move |_, _, _| key.set_value(idempotency_key()), false);
    view! {
        <p>{t!(i18n, privacy.ask_correction_text)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, privacy.send_correction)) send>
            <StatedFields draft checked offered=CorrectionField::ALL />
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}

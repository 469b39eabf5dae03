//! 更正申请: what of one's own data is wrong, and what became of saying so.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            corrections::{field_name, state_name, tone_of},
            document::{DocumentDraft, DocumentFields, Pointers, Told},
            reason::ReasonField,
        },
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key},
        clock,
        deed::Deed,
        when,
    },
    ui::{AsyncView, Button, Card, DeedFailure, Dialog, Field, Select, Tag, TextInput, Toasts},
};
use leptos::prelude::*;
use shared::people::{AskCorrection, CorrectionField, CorrectionState, CorrectionView, StatedCorrection};

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
    let is_open = state == CorrectionState::Open;
    let unknown = move || t_string!(i18n, people.unknown).to_owned();
    let former = request.former.clone();
    let former = move || if former.is_empty() { unknown() } else { former.clone() };
    let reason = request.reason.clone();
    view! {
        <li>
            <div>
                <p>
                    <b>{move || field_name(i18n.get_locale(), field)}</b>
                    " "
                    <Tag tone=tone_of(state)>{move || state_name(i18n.get_locale(), state)}</Tag>
                </p>
                <p class="num">{former} " → " {request.stated.clone()}</p>
                {(!reason.is_empty()).then(|| view! { <p class="small">{reason}</p> })}
                <p class="muted small num">
                    {t!(i18n, privacy.asked_at)} " " {move || when::date_time(i18n.get_locale(), asked_at)}
                    {decided_at.map(|at| view! {
                        "　" {t!(i18n, privacy.decided_at)} " " {move || when::date_time(i18n.get_locale(), at)}
                    })}
                </p>
                {request.answer.clone().map(|answer| view! { <p>{t!(i18n, privacy.answer)} "：" {answer}</p> })}
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

/// What is being stated.
#[derive(Clone, Copy)]
struct Draft {
    field: RwSignal<String>,
    name: RwSignal<String>,
    phone: RwSignal<String>,
    document: DocumentDraft,
    reason: RwSignal<String>,
}

impl Draft {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        let field = RwSignal::new(CorrectionField::Name.as_str().to_owned());
        Self { field, name: empty(), phone: empty(), document: DocumentDraft::new(), reason: empty() }
    }

    fn chosen(self) -> CorrectionField {
        CorrectionField::parse(&self.field.get()).unwrap_or(CorrectionField::Name)
    }

    fn stated(self) -> Option<AskCorrection> {
        let stated = match self.chosen() {
            CorrectionField::Name => StatedCorrection::Name { name: self.name.get() },
            CorrectionField::Document => StatedCorrection::Document { document: self.document.stated()? },
            CorrectionField::Phone => StatedCorrection::Phone { phone: self.phone.get() },
        };
        Some(AskCorrection { stated, reason: self.reason.get() })
    }
}

/// Says what is wrong, and what is right.
#[component]
fn Ask(is_open: RwSignal<bool>, asked: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let draft = Draft::new();
    let checked = Checked::new(move || match draft.stated() {
        Some(stated) => stated.check(clock::now().date_in_china()).err().unwrap_or_default(),
        None => draft.document.wrong("/stated/document"),
    });
    let key = StoredValue::new(idempotency_key());
    let send = Callback::new(move |()| {
        let Some(stated) = untrack(|| draft.stated()) else { return };
        let key = key.get_value();
        let sending = async move { client::create(actor, "/me/corrections", &key, &stated).await };
        checked.deed.run(sending, move |_: CorrectionView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, privacy.correction_asked));
            asked.run(());
        });
    });
    // What was refused is another request once it is changed.
    Effect::watch(move || drop(draft.stated()), move |_, _, _| key.set_value(idempotency_key()), false);
    let fields = move || {
        let option =
            |field: &CorrectionField| (field.as_str().to_owned(), field_name(i18n.get_locale(), *field).to_owned());
        CorrectionField::ALL.iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <p>{t!(i18n, privacy.ask_correction_text)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, privacy.send_correction)) send>
            <Field id="field" label=words(|locale| td_string!(locale, privacy.wrong_field))>
                <Select value=draft.field options=Signal::derive(fields) />
            </Field>
            {move || match draft.chosen() {
                CorrectionField::Name => view! { <RightName draft checked /> }.into_any(),
                CorrectionField::Document => view! {
                    <DocumentFields draft=draft.document checked pointers=Pointers::STATED />
                    <Told draft=draft.document />
                }
                .into_any(),
                CorrectionField::Phone => view! { <RightPhone draft checked /> }.into_any(),
            }}
            <ReasonField value=draft.reason checked />
        </CheckedForm>
    }
}

#[component]
fn RightName(draft: Draft, checked: Checked) -> impl IntoView {
    view! {
        <Field
            id="right_name"
            label=words(|locale: Locale| td_string!(locale, privacy.right_name))
            error=checked.error("/stated/name")
        >
            <TextInput value=draft.name />
        </Field>
    }
}

#[component]
fn RightPhone(draft: Draft, checked: Checked) -> impl IntoView {
    view! {
        <Field
            id="right_phone"
            label=words(|locale: Locale| td_string!(locale, privacy.right_phone))
            error=checked.error("/stated/phone")
        >
            <TextInput value=draft.phone />
        </Field>
    }
}

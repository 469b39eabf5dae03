//! Transfers to and from the reader's townships, and their answers.

use super::{
    checked::{Checked, CheckedForm},
    is_incoming,
    reason::ReasonField,
    words::state_name,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        exports::Export,
        organisation::{steps::place_query, within::Within, words::words},
        waits::{OnlyWaiting, waits},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        deed::Deed,
        when,
    },
    ui::{
        Button, Choices, Column, ConfirmDialog, DeedFailure, Dialog, Look, PageHeading, Paged, PagedView, Table, Tag,
        Toasts, Tone,
    },
};
use leptos::{context::Provider, prelude::*};
use leptos_router::components::A;
use shared::{
    ids::PersonTransferId,
    page::Page,
    people::{RefuseTransfer, TransferState, TransferView, check_reason},
};

lazy_page! {
    /// The page; `?waits=true` shows only what waits for the reader's answer.
    TransfersPage = Transfers in school;
}

/// What the rows need.
#[derive(Clone, Copy)]
struct Around {
    transfers: Paged<TransferView>,
}

/// What is shown.
#[derive(Clone, Copy)]
struct Filter {
    waits: Memo<Option<String>>,
    within: RwSignal<String>,
    state: RwSignal<String>,
}

impl Filter {
    fn query(self, cursor: Option<String>) -> String {
        let [division, school] = self.within.with(|within| place_query(within));
        query(&[("waits", self.waits.get()), division, school, ("state", Some(self.state.get())), ("cursor", cursor)])
    }
}

#[component]
fn Transfers() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let waits = waits();
    let filter = Filter { waits, within: RwSignal::new(String::new()), state: RwSignal::new(String::new()) };
    let transfers = Paged::new(move |cursor: Option<String>| {
        let asked = untrack(|| filter.query(cursor));
        async move {
            let page: Outcome<Page<TransferView>> = client::get(actor, &format!("/person_transfers?{asked}")).await;
            page
        }
    });
    Effect::watch(move || filter.query(None), move |_, _, _| transfers.reload(), false);
    let states = move || {
        let locale = i18n.get_locale();
        let option = |state: &TransferState| (state.as_str().to_owned(), state_name(locale, *state).to_owned());
        let all = (String::new(), t_string!(i18n, common.all).to_owned());
        std::iter::once(all).chain(TransferState::ALL.iter().map(option)).collect::<Vec<_>>()
    };
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, people.name))),
        Column::text(words(|locale| td_string!(locale, people.direction))),
        Column::text(words(|locale| td_string!(locale, people.other_side))),
        Column::text(words(|locale| td_string!(locale, people.reason))),
        Column::text(words(|locale| td_string!(locale, people.proposed_at))),
        Column::text(words(|locale| td_string!(locale, people.state))),
        Column::text(words(|locale| td_string!(locale, people.act))),
    ]);
    view! {
        <main class="page wide stack">
            <PageHeading text=words(|locale| td_string!(locale, people.transfers)) />
            <Show when=move || waits.get().is_some()>
                <OnlyWaiting words=words(|locale| td_string!(locale, people.waits_answer)) everything="/transfers" />
            </Show>
            <Choices
                legend=words(|locale| td_string!(locale, people.state))
                value=filter.state
                options=Signal::derive(states)
                on_choose=move |chosen| filter.state.set(chosen)
            />
            <div class="row search"><Within value=filter.within has_schools=true /></div>
            <Export
                name=words(|locale| td_string!(locale, exports.list_person_transfers))
                path=move |()| format!("/person_transfers/exports?{}", filter.query(None))
            />
            <Provider value=Around { transfers }>
                <PagedView paged=transfers empty=words(|locale| td_string!(locale, people.transfer_none))>
                    <Table
                        caption=words(|locale| td_string!(locale, people.transfer_list))
                        columns=columns.get_value()
                        rows=transfers.rows()
                        key=|transfer| (transfer.id, transfer.state)
                        row
                    />
                </PagedView>
            </Provider>
        </main>
    }
}

const fn tone_of(state: TransferState) -> Tone {
    match state {
        TransferState::Proposed => Tone::Wait,
        TransferState::Accepted => Tone::Ok,
        TransferState::Refused => Tone::Stop,
        TransferState::Withdrawn => Tone::Plain,
    }
}

fn row(transfer: TransferView) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let (id, state, proposed_at) = (transfer.id, transfer.state, transfer.proposed_at);
    let (is_incoming, is_request) = (is_incoming(actor, &transfer), transfer.is_request);
    let is_ours = is_incoming == (state == TransferState::Accepted);
    // Of a request that is open, who keeps the person is told of whom it is, and answers.
    let is_answering = if is_request { transfer.person_id.is_some() } else { is_incoming };
    let (from, to) = (transfer.from_name, transfer.to_name);
    let other_side = match (is_incoming, from.is_empty()) {
        (true, true) => view! { <NotTold /> }.into_any(),
        (true, false) => from.into_any(),
        (false, _) => to.into_any(),
    };
    let direction = move || match (is_incoming, is_request) {
        (true, false) => t_string!(i18n, people.incoming),
        (false, false) => t_string!(i18n, people.outgoing),
        (true, true) => t_string!(i18n, people.asked_by_us),
        (false, true) => t_string!(i18n, people.asked_of_us),
    };
    let name = match (transfer.person_id, is_ours) {
        (Some(id), true) => view! { <A href=format!("/people/{id}")>{transfer.name_masked}</A> }.into_any(),
        (Some(_), false) => transfer.name_masked.into_any(),
        (None, _) => view! { <NotTold /> }.into_any(),
    };
    let steps = match (state, is_answering, is_request) {
        (TransferState::Proposed, true, false) => view! { <Accept id /><Refuse id /> }.into_any(),
        (TransferState::Proposed, true, true) => view! { <LetGo id /><Refuse id is_request /> }.into_any(),
        (TransferState::Proposed, false, _) => view! { <Withdraw id /> }.into_any(),
        _ => transfer.answer.into_any(),
    };
    view! {
        <th scope="row">{name}</th>
        <td>{direction}</td>
        <td>{other_side}</td>
        <td>{transfer.reason}</td>
        <td class="num">{move || when::date(i18n.get_locale(), proposed_at)}</td>
        <td><Tag tone=tone_of(state)>{move || state_name(i18n.get_locale(), state)}</Tag></td>
        <td><div class="row">{steps}</div></td>
    }
}

/// What a place that asks for a person is not told before they are let go.
#[component]
fn NotTold() -> impl IntoView {
    let i18n = use_i18n();
    view! { <span class="muted">{t!(i18n, people.not_told)}</span> }
}

/// Takes a step that needs no words, and shows the list anew.
fn step(deed: Deed, id: PersonTransferId, verb: &'static str) -> Callback<()> {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let Around { transfers } = expect_context::<Around>();
    Callback::new(move |()| {
        let path = format!("/person_transfers/{id}/{verb}");
        let taking = async move { client::post(actor, &path, &serde_json::json!({})).await };
        deed.run(taking, move |_: TransferView| {
            toasts.done(t_string!(i18n, common.done));
            transfers.reload();
        });
    })
}

#[component]
fn Accept(id: PersonTransferId) -> impl IntoView {
    let i18n = use_i18n();
    let (deed, is_asking) = (Deed::new(), RwSignal::new(false));
    let accept = step(deed, id, "accept");
    view! {
        <Button is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>{t!(i18n, people.accept)}</Button>
        <DeedFailure deed />
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, people.accept_title))
            text=words(|locale| td_string!(locale, people.accept_text))
            confirm=words(|locale| td_string!(locale, people.accept))
            on_confirm=accept
        />
    }
}

/// The keeper lets go whom another place asks for.
#[component]
fn LetGo(id: PersonTransferId) -> impl IntoView {
    let i18n = use_i18n();
    let (deed, is_asking) = (Deed::new(), RwSignal::new(false));
    let accept = step(deed, id, "accept");
    view! {
        <Button is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>{t!(i18n, people.let_go)}</Button>
        <DeedFailure deed />
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, people.let_go_title))
            text=words(|locale| td_string!(locale, people.let_go_text))
            confirm=words(|locale| td_string!(locale, people.let_go))
            on_confirm=accept
        />
    }
}

#[component]
fn Withdraw(id: PersonTransferId) -> impl IntoView {
    let i18n = use_i18n();
    let (deed, is_asking) = (Deed::new(), RwSignal::new(false));
    let withdraw = step(deed, id, "withdraw");
    view! {
        <Button is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>{t!(i18n, people.withdraw)}</Button>
        <DeedFailure deed />
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, people.withdraw_title))
            text=words(|locale| td_string!(locale, people.withdraw_text))
            confirm=words(|locale| td_string!(locale, people.withdraw))
            on_confirm=withdraw
        />
    }
}

#[component]
fn Refuse(
    id: PersonTransferId,
    /// Whether another place asks for the person.
    #[prop(optional)]
    is_request: bool,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let (verb, title) = match is_request {
        true => {
            (words(|locale| td_string!(locale, people.keep)), words(|locale| td_string!(locale, people.keep_title)))
        }
        false => {
            (words(|locale| td_string!(locale, people.refuse)), words(|locale| td_string!(locale, people.refuse_title)))
        }
    };
    view! {
        <Button look=Look::Danger on_press=move |()| is_open.set(true)>{move || verb.get()}</Button>
        <Dialog is_open title>
            <RefuseForm id is_open verb />
        </Dialog>
    }
}

/// Says why.
#[component]
fn RefuseForm(id: PersonTransferId, is_open: RwSignal<bool>, verb: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let Around { transfers } = expect_context::<Around>();
    let reason = RwSignal::new(String::new());
    let checked = Checked::new(move || check_reason(&reason.get(), "/reason").err().into_iter().collect());
    let send = Callback::new(move |()| {
        let refusal = RefuseTransfer { reason: reason.get_untracked() };
        let refusing = async move { client::post(actor, &format!("/person_transfers/{id}/refuse"), &refusal).await };
        checked.deed.run(refusing, move |_: TransferView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, common.done));
            transfers.reload();
        });
    });
    view! {
        <p>{t!(i18n, people.refuse_text)}</p>
        <CheckedForm checked verb send>
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}

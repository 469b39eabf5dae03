//! Changes of school from and to the reader's schools, and their answers.

use super::words::level_name;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        exports::Export,
        organisation::{may, steps::place_query, within::Within, words::words},
        people::words::state_name,
        reasoned::{EndWithReason, EndWords},
        waits::{OnlyWaiting, waits},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key, query},
        deed::Deed,
        when,
    },
    ui::{
        Button, Choices, Column, ConfirmDialog, DeedFailure, PageHeading, Paged, PagedView, Table, Tag, Toasts, Tone,
        focus_on,
    },
};
use leptos::{context::Provider, prelude::*};
use leptos_router::components::A;
use shared::{
    enrolment::SchoolChangeView,
    ids::{ProviderId, SchoolChangeId},
    page::Page,
    people::TransferState,
    rights::{Place, Right},
};

lazy_page! {
    /// The page; `?waits=true` shows only what waits for the reader's answer.
    SchoolChangesPage = SchoolChanges in school;
}

/// What the rows need.
#[derive(Clone, Copy)]
struct Around {
    changes: Paged<SchoolChangeView>,
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
fn SchoolChanges() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let waits = waits();
    let filter = Filter { waits, within: RwSignal::new(String::new()), state: RwSignal::new(String::new()) };
    let changes = Paged::new(move |cursor: Option<String>| {
        let asked = untrack(|| filter.query(cursor));
        async move {
            let page: Outcome<Page<SchoolChangeView>> = client::get(actor, &format!("/school_changes?{asked}")).await;
            page
        }
    });
    Effect::watch(move || filter.query(None), move |_, _, _| changes.reload(), false);
    let states = move || {
        let locale = i18n.get_locale();
        let option = |state: &TransferState| (state.as_str().to_owned(), state_name(locale, *state).to_owned());
        let all = (String::new(), t_string!(i18n, common.all).to_owned());
        std::iter::once(all).chain(TransferState::ALL.iter().map(option)).collect::<Vec<_>>()
    };
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, enrolment.school_change_learner))),
        Column::text(words(|locale| td_string!(locale, enrolment.level))),
        Column::text(words(|locale| td_string!(locale, enrolment.school_change_from))),
        Column::text(words(|locale| td_string!(locale, enrolment.school_change_to))),
        Column::text(words(|locale| td_string!(locale, people.reason))),
        Column::text(words(|locale| td_string!(locale, people.proposed_at))),
        Column::text(words(|locale| td_string!(locale, people.state))),
        Column::text(words(|locale| td_string!(locale, people.act))),
    ]);
    view! {
        <main class="page wide stack">
            <PageHeading text=words(|locale| td_string!(locale, enrolment.school_changes)) />
            <Show when=move || waits.get().is_some()>
                <OnlyWaiting
                    words=words(|locale| td_string!(locale, enrolment.waits_school_change))
                    everything="/school_changes"
                />
            </Show>
            <Choices
                legend=words(|locale| td_string!(locale, people.state))
                value=filter.state
                options=Signal::derive(states)
                on_choose=move |chosen| filter.state.set(chosen)
            />
            <div class="row search"><Within value=filter.within has_schools=true /></div>
            <Export
                name=words(|locale| td_string!(locale, exports.list_school_changes))
                path=move |()| format!("/school_changes/exports?{}", filter.query(None))
            />
            <Provider value=Around { changes }>
                <PagedView paged=changes empty=words(|locale| td_string!(locale, enrolment.school_change_none))>
                    <Table
                        caption=words(|locale| td_string!(locale, enrolment.school_change_list))
                        columns=columns.get_value()
                        rows=changes.rows()
                        key=|change| (change.id, change.state)
                        row
                    />
                </PagedView>
            </Provider>
        </main>
    }
}

/// Where a change of school stands, as a label.
#[component]
pub(super) fn ChangeTag(state: TransferState) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state {
        TransferState::Proposed => Tone::Wait,
        TransferState::Accepted => Tone::Ok,
        TransferState::Refused => Tone::Stop,
        TransferState::Withdrawn => Tone::Plain,
    };
    view! { <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag> }
}

/// Whether the reader acts for a school.
fn acts_for(actor: Actor, id: ProviderId, division: &str) -> bool {
    may(actor, Right::KeepEnrolments, &Place::Provider { id, division: division.to_owned() })
}

fn row(change: SchoolChangeView) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let Around { changes } = expect_context::<Around>();
    let (id, state, level, proposed_at) = (change.id, change.state, change.level, change.proposed_at);
    let sends = acts_for(actor, change.from_provider_id, &change.from_division);
    let receives = acts_for(actor, change.to_provider_id, &change.to_division);
    let is_ours = if state == TransferState::Accepted { receives } else { sends };
    let name = match is_ours {
        true => view! { <A href=format!("/enrolments/{}", change.record_id)>{change.name_masked}</A> }.into_any(),
        false => change.name_masked.into_any(),
    };
    let reload = Callback::new(move |()| changes.reload());
    let is_open = state == TransferState::Proposed;
    let steps = match is_open {
        true => view! {
            {receives.then(|| view! { <Answer id reload /> })}
            {sends.then(|| view! { <Withdraw id reload /> })}
        }
        .into_any(),
        false => change.answer.into_any(),
    };
    view! {
        <th scope="row">
            {name}
            {change.learner_number.map(|number| view! { <p class="muted small num unbroken">{number}</p> })}
        </th>
        <td>{move || level_name(i18n.get_locale(), level)}</td>
        <td>{change.from_name}</td>
        <td>{change.to_name}</td>
        <td>{change.reason}</td>
        <td class="num">{move || when::date(i18n.get_locale(), proposed_at)}</td>
        <td><ChangeTag state /></td>
        <td><div class="row">{steps}</div></td>
    }
}

/// Takes a step that needs no words.
fn step(deed: Deed, id: SchoolChangeId, verb: &'static str, reload: Callback<()>) -> Callback<()> {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let key = StoredValue::new(idempotency_key());
    Callback::new(move |()| {
        let (path, key) = (format!("/school_changes/{id}/{verb}"), key.get_value());
        let taking = async move { client::create(actor, &path, &key, &serde_json::json!({})).await };
        deed.run(taking, move |_: SchoolChangeView| {
            toasts.done(t_string!(i18n, common.done));
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            reload.run(());
        });
    })
}

/// The two answers of the school that is to take the learner in.
#[component]
fn Answer(id: SchoolChangeId, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (deed, is_asking) = (Deed::new(), RwSignal::new(false));
    let accept = step(deed, id, "accept", reload);
    let refusing = EndWords {
        name: |locale| td_string!(locale, enrolment.school_change_refuse),
        about: |locale| td_string!(locale, enrolment.school_change_refuse_text),
        done: |locale| td_string!(locale, common.done),
    };
    view! {
        <Button is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
            {t!(i18n, enrolment.school_change_accept)}
        </Button>
        <DeedFailure deed />
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, enrolment.school_change_accept_title))
            text=words(|locale| td_string!(locale, enrolment.school_change_accept_text))
            confirm=words(|locale| td_string!(locale, enrolment.school_change_accept))
            on_confirm=accept
        />
        <EndWithReason path=format!("/school_changes/{id}/refuse") says=refusing reload />
    }
}

/// Takes a proposal back.
#[component]
pub(super) fn Withdraw(id: SchoolChangeId, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (deed, is_asking) = (Deed::new(), RwSignal::new(false));
    let withdraw = step(deed, id, "withdraw", reload);
    view! {
        <Button is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
            {t!(i18n, enrolment.school_change_withdraw)}
        </Button>
        <DeedFailure deed />
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, enrolment.school_change_withdraw_title))
            text=words(|locale| td_string!(locale, enrolment.school_change_withdraw_text))
            confirm=words(|locale| td_string!(locale, enrolment.school_change_withdraw))
            on_confirm=withdraw
        />
    }
}

//! The persons on the rosters of the reader's places: where they stand, and who is sent to them.

mod assign;
mod enrol;
mod filter;
mod row;

use super::may_anywhere;
use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        enrolment::stayed::{Stayed, StayedNotice},
        exports::Export,
        organisation::words::words,
        people::names::Names,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{ButtonLink, Column, PageHeading, Paged, PagedView, Table},
};
use assign::Assign;
use enrol::EnrolMany;
use filter::{Filter, FilterFields, InRound, StateChoices};
use leptos::{context::Provider, prelude::*};
use leptos_router::hooks::use_query_map;
use row::row;
use shared::{
    ids::{AccountId, RosterEntryId},
    page::Page,
    rights::Right,
    roster::{EntryRow, RosterCount, RosterState, Surveyor},
};
use std::collections::HashSet;

lazy_page! {
    /// The page; `?state=…` shows one state at first, `?unassigned=true` those to whom nobody is sent, `?round_id=…` those
    /// of a survey round, narrowed by `&in_round=…`.
    RosterPage = Roster in school;
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Around {
    names: Names,
    /// The rows that came so far.
    rows: Signal<Vec<EntryRow>>,
    /// Who can be sent; empty for who sends nobody.
    surveyors: Signal<Vec<Surveyor>>,
    /// The persons that are chosen.
    chosen: RwSignal<HashSet<RosterEntryId>>,
    /// Whether the reader sends surveyors.
    may_assign: bool,
    /// Whether the reader chooses persons: to send surveyors to them, or to enrol them.
    may_choose: bool,
}

impl Around {
    /// The name of a surveyor, if it is known.
    fn name_of(self, surveyor: AccountId) -> Option<String> {
        self.surveyors.with(|known| {
            let found = known.iter().find(|known| known.account_id == surveyor);
            found.map(|known| known.name.clone())
        })
    }
}

#[component]
fn Roster() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let may_assign = may_anywhere(actor, Right::AssignRoster);
    let may_enrol = may_anywhere(actor, Right::KeepEnrolments);
    let may_add = may_anywhere(actor, Right::ImportRoster);
    let asked = |name: &str| use_query_map().with_untracked(|query| query.get(name));
    let is_unassigned = may_assign && asked("unassigned").as_deref() == Some("true");
    let filter = Filter::new(asked("state").as_deref().and_then(RosterState::parse), is_unassigned)
        .of_round(asked("round_id"), asked("in_round"));
    let entries = Paged::new(move |cursor: Option<String>| fetch(actor, filter.query(cursor)));
    let counts = LocalResource::new(move || count(actor, filter.of_counts()));
    let surveyors = LocalResource::new(move || surveyors(actor, may_assign));
    let around = Around {
        names: Names::new(actor),
        rows: entries.rows(),
        surveyors: Signal::derive(move || surveyors.get().unwrap_or_default()),
        chosen: RwSignal::new(HashSet::new()),
        may_assign,
        may_choose: may_assign || may_enrol,
    };
    // The rows go away while they are read anew; who was not enrolled is named all the same.
    let stayed = RwSignal::new(Vec::<Stayed>::new());
    let begin_anew = move || {
        around.chosen.set(HashSet::new());
        entries.reload();
    };
    Effect::watch(move || filter.track(), move |_, _, _| begin_anew(), false);
    let assigned = Callback::new(move |()| {
        begin_anew();
        counts.refetch();
    });
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, people.name))),
        Column::text(words(|locale| td_string!(locale, roster.who))),
        Column::text(words(|locale| td_string!(locale, people.residence))),
        Column::text(words(|locale| td_string!(locale, roster.education))),
        Column::text(words(|locale| td_string!(locale, roster.wants))),
        Column::text(words(|locale| td_string!(locale, roster.surveyor))),
        Column::text(words(|locale| td_string!(locale, roster.standing))),
    ]);
    view! {
        <main class="page wide stack">
            <div class="row spread">
                <PageHeading text=words(|locale| td_string!(locale, roster.title)) />
                <div class="row">
                    {may_add.then(|| view! {
                        <ButtonLink href="/people/new?to=roster">{t!(i18n, roster.add_title)}</ButtonLink>
                    })}
                    <ButtonLink href="/roster/sums">{t!(i18n, roster.sums_title)}</ButtonLink>
                    <ButtonLink href="/roster/rounds">{t!(i18n, roster.rounds)}</ButtonLink>
                    <ButtonLink href="/roster/checks">{t!(i18n, roster.checks)}</ButtonLink>
                    <ButtonLink href="/roster/lists">{t!(i18n, roster.lists_title)}</ButtonLink>
                </div>
            </div>
            <Provider value=around>
                <StateChoices filter counts=Signal::derive(move || counts.get().and_then(Result::ok)) />
                <InRound filter />
                <FilterFields filter />
                <Export
                    name=words(|locale| td_string!(locale, exports.list_roster))
                    path=move |()| format!("/roster/exports?{}", filter.query(None))
                />
                <StayedNotice stayed />
                <PagedView paged=entries empty=words(|locale| td_string!(locale, roster.none))>
                    <Show when=move || may_assign><Assign assigned /></Show>
                    <Show when=move || may_enrol><EnrolMany stayed again=assigned /></Show>
                    <Table
                        caption=words(|locale| td_string!(locale, roster.title))
                        columns=columns.get_value()
                        rows=entries.rows()
                        key=|entry| (entry.id, entry.version)
                        row
                    />
                </PagedView>
            </Provider>
        </main>
    }
}

async fn fetch(actor: Actor, query: String) -> Outcome<Page<EntryRow>> {
    client::get(actor, &format!("/roster?{query}")).await
}

async fn count(actor: Actor, query: String) -> Outcome<Vec<RosterCount>> {
    client::get(actor, &format!("/roster/counts?{query}")).await
}

/// Without them the list says only that somebody is sent.
async fn surveyors(actor: Actor, may_assign: bool) -> Vec<Surveyor> {
    match may_assign {
        true => client::get(actor, "/roster/surveyors").await.unwrap_or_default(),
        false => Vec::new(),
    }
}

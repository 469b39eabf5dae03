//! Whom the list shows: by where they stand, what they want, who is sent, their name and their place.

use super::{
    super::words::{intent_name, round_name, state_name},
    Around,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        of_class::OfClass,
        organisation::{steps::place_query, within::Within, words::words},
        people::sought_name::{SoughtName, SoughtNameField},
    },
    platform::client::query,
    ui::{Button, Choices, Field, Select, with_count},
};
use leptos::prelude::*;
use shared::roster::{RosterCount, RosterState, RoundStanding, UpgradeIntent};

/// The choice of those to whom no surveyor is sent.
const NOBODY: &str = "nobody";
/// The parameter that names a surveyor.
const SURVEYOR: &str = "surveyor_id";

/// What is asked for.
#[derive(Clone, Copy)]
pub(super) struct Filter {
    state: RwSignal<String>,
    intent: RwSignal<String>,
    surveyor: RwSignal<String>,
    name: RwSignal<String>,
    class: RwSignal<String>,
    within: RwSignal<String>,
    round: RwSignal<String>,
    in_round: RwSignal<String>,
}

impl Filter {
    /// Everybody, or at first those in one state, or those who wait for a surveyor.
    pub(super) fn new(state: Option<RosterState>, is_unassigned: bool) -> Self {
        let kept = |value: &str| RwSignal::new(value.to_owned());
        Self {
            state: kept(state.map(RosterState::as_str).unwrap_or_default()),
            intent: kept(""),
            surveyor: kept(if is_unassigned { NOBODY } else { "" }),
            name: kept(""),
            class: kept(""),
            within: kept(""),
            round: kept(""),
            in_round: kept(""),
        }
    }

    /// The same of a survey round.
    pub(super) fn of_round(self, round: Option<String>, in_round: Option<String>) -> Self {
        self.round.set(round.unwrap_or_default());
        self.in_round.set(in_round.unwrap_or_default());
        self
    }

    /// Whatever the filter says matters to who reads this.
    pub(super) fn track(self) {
        self.within.track();
        for part in self.parts() {
            part.1.track();
        }
    }

    /// The query that asks how many stand where, at the chosen place.
    pub(super) fn of_counts(self) -> String {
        query(&self.within.with(|within| place_query(within)))
    }

    /// The query that asks for it.
    pub(super) fn query(self, cursor: Option<String>) -> String {
        let value = |(name, part): (&'static str, RwSignal<String>)| match part.get_untracked().trim() {
            NOBODY if name == SURVEYOR => ("unassigned", Some("true".to_owned())),
            value => (name, Some(value.to_owned())),
        };
        let place = self.within.with_untracked(|within| place_query(within));
        query(&self.parts().into_iter().map(value).chain(place).chain([("cursor", cursor)]).collect::<Vec<_>>())
    }

    fn parts(self) -> [(&'static str, RwSignal<String>); 7] {
        [
            ("state", self.state),
            ("intent", self.intent),
            (SURVEYOR, self.surveyor),
            ("class_id", self.class),
            ("name", self.name),
            ("round_id", self.round),
            ("in_round", self.in_round),
        ]
    }
}

/// The figures: how many persons stand where. A press shows these alone.
#[component]
pub(super) fn StateChoices(filter: Filter, counts: Signal<Option<Vec<RosterCount>>>) -> impl IntoView {
    let i18n = use_i18n();
    let persons = move |state: Option<RosterState>| {
        counts.with(|counts| {
            let counted = counts.as_ref()?.iter().filter(|count| state.is_none_or(|state| count.state == state));
            Some(counted.map(|count| count.persons).sum::<u64>())
        })
    };
    let options = move || {
        let locale = i18n.get_locale();
        let all = (String::new(), with_count(td_string!(locale, common.all), persons(None)));
        let state = |state: &RosterState| {
            let persons = persons(Some(*state));
            // The chosen one stays in sight when the last person has left it.
            let is_shown = persons != Some(0) || filter.state.with(|chosen| chosen == state.as_str());
            is_shown.then(|| (state.as_str().to_owned(), with_count(state_name(locale, *state), persons)))
        };
        std::iter::once(all).chain(RosterState::ALL.iter().filter_map(state)).collect::<Vec<_>>()
    };
    view! {
        <Choices
            legend=words(|locale| td_string!(locale, roster.standing))
            value=filter.state
            options=Signal::derive(options)
            on_choose=Callback::new(move |state| filter.state.set(state))
        />
    }
}

/// What a survey round has brought, if those of one are shown, and the way back to all.
#[component]
pub(super) fn InRound(filter: Filter) -> impl IntoView {
    let i18n = use_i18n();
    let options = move || {
        let locale = i18n.get_locale();
        let visited = (String::new(), td_string!(locale, roster.round_visited).to_owned());
        let standing =
            |standing: &RoundStanding| (standing.as_str().to_owned(), round_name(locale, *standing).to_owned());
        std::iter::once(visited).chain(RoundStanding::ALL.iter().map(standing)).collect::<Vec<_>>()
    };
    let show_all = move |()| {
        filter.in_round.set(String::new());
        filter.round.set(String::new());
    };
    view! {
        <Show when=move || filter.round.with(|round| !round.is_empty())>
            <Choices
                legend=words(|locale| td_string!(locale, roster.round_standing))
                value=filter.in_round
                options=Signal::derive(options)
                on_choose=Callback::new(move |standing| filter.in_round.set(standing))
            />
            <div class="row"><Button on_press=show_all>{t!(i18n, roster.round_show_all)}</Button></div>
        </Show>
    }
}

/// The other filters, in one line where there is room.
#[component]
pub(super) fn FilterFields(filter: Filter) -> impl IntoView {
    let i18n = use_i18n();
    let around = expect_context::<Around>();
    let sought = SoughtName::of(filter.name);
    let intents = move || {
        let intent =
            |intent: &UpgradeIntent| (intent.as_str().to_owned(), intent_name(i18n.get_locale(), *intent).to_owned());
        UpgradeIntent::ALL.iter().map(intent).collect::<Vec<_>>()
    };
    let surveyors = move || {
        let known = around.surveyors.get().into_iter().map(|known| (known.account_id.to_string(), known.name));
        let nobody = (NOBODY.to_owned(), t_string!(i18n, roster.nobody_sent).to_owned());
        std::iter::once(nobody).chain(known).collect::<Vec<_>>()
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        sought.search();
    };
    view! {
        <form class="row search" role="search" on:submit=submit>
            <SoughtNameField id="name" label=words(|locale| td_string!(locale, roster.name_begins)) sought />
            <Field id="intent" label=words(|locale| td_string!(locale, roster.wants))>
                <Select value=filter.intent options=Signal::derive(intents) empty=words(|locale| td_string!(locale, common.all)) />
            </Field>
            <Show when=move || around.may_assign>
                <Field id="surveyor" label=words(|locale| td_string!(locale, roster.surveyor))>
                    <Select value=filter.surveyor options=Signal::derive(surveyors) empty=words(|locale| td_string!(locale, common.all)) />
                </Field>
            </Show>
            <Within value=filter.within has_schools=true />
            <OfClass value=filter.class within=filter.within />
        </form>
    }
}

//! What came of a visit or call: the fields that are filled in at the door and at the desk.

use super::words::{channel_name, intent_name, mode_name, outcome_name, route_name};
use crate::{
    i18n::{td_string, use_i18n},
    pages::{organisation::words::words, people::checked::Checked},
    platform::clock,
    ui::{Choices, Field, Select, TextArea, TextInput},
};
use leptos::prelude::*;
use shared::{
    ids::{AccountId, VisitId},
    problem::FieldError,
    roster::{StudyMode, StudyRoute, UpgradeIntent, Visit, VisitChannel, VisitOutcome},
};
use uuid::Uuid;

/// Value of the choice that the person said what they want.
const STATED: &str = "stated";
/// Value of the choice that the person may not study here.
const NOT_ELIGIBLE: &str = "not_eligible";

/// What has been written.
#[derive(Clone, Copy)]
pub(super) struct VisitDraft {
    channel: RwSignal<String>,
    outcome: RwSignal<String>,
    intent: RwSignal<String>,
    route: RwSignal<String>,
    reason: RwSignal<String>,
    time: RwSignal<String>,
    place: RwSignal<String>,
    mode: RwSignal<String>,
    note: RwSignal<String>,
}

impl VisitDraft {
    /// Nothing yet; most visits are at the door.
    pub(super) fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            channel: RwSignal::new(VisitChannel::Door.as_str().to_owned()),
            outcome: empty(),
            intent: empty(),
            route: empty(),
            reason: empty(),
            time: empty(),
            place: empty(),
            mode: empty(),
            note: empty(),
        }
    }

    /// What came of it; absent while nothing is chosen.
    fn outcome(self) -> Option<VisitOutcome> {
        let written = |text: RwSignal<String>| text.get().trim().to_owned();
        Some(match self.outcome.get().as_str() {
            STATED => VisitOutcome::Stated {
                intent: self.intent.with(|intent| UpgradeIntent::parse(intent))?,
                route: self.route.with(|route| StudyRoute::parse(route)),
                reason: written(self.reason),
                preferred_time: written(self.time),
                preferred_place: written(self.place),
                study_mode: self.mode.with(|mode| StudyMode::parse(mode)),
            },
            NOT_ELIGIBLE => VisitOutcome::NotEligible { reason: written(self.reason) },
            other => simple_outcomes().into_iter().find(|(value, _)| *value == other)?.1,
        })
    }

    /// The visit, made now; absent while something is missing.
    pub(super) fn visit(self, visitor: AccountId) -> Option<Visit> {
        Some(Visit {
            id: fresh_id(),
            visited_at: clock::now(),
            visitor,
            channel: self.channel.with(|channel| VisitChannel::parse(channel))?,
            outcome: self.outcome()?,
            note: self.note.get().trim().to_owned(),
        })
    }

    /// Everything that is wrong.
    pub(super) fn wrong(self) -> Vec<FieldError> {
        if self.outcome.with(String::is_empty) {
            return vec![FieldError::new("/outcome", "required")];
        }
        match self.visit(AccountId(Uuid::nil())) {
            Some(visit) => visit.check(visit.visited_at),
            None => vec![FieldError::new("/outcome/intent", "required")],
        }
    }
}

/// Outcomes of which nothing more is asked, by their value on the wire.
fn simple_outcomes() -> [(&'static str, VisitOutcome); 5] {
    [
        ("met", VisitOutcome::Met {}),
        ("guided", VisitOutcome::Guided {}),
        ("unreachable", VisitOutcome::Unreachable {}),
        ("moved_out", VisitOutcome::MovedOut {}),
        ("deceased", VisitOutcome::Deceased {}),
    ]
}

#[expect(clippy::disallowed_methods, reason = "the browser has no injected source, and no rule reads this id")]
fn fresh_id() -> VisitId {
    VisitId(Uuid::new_v4())
}

/// The fields of the form.
#[component]
pub(super) fn VisitFields(draft: VisitDraft, checked: Checked) -> impl IntoView {
    view! {
        <OutcomeFields draft checked />
        <Field
            id="note"
            label=words(|locale| td_string!(locale, roster.visit_note))
            hint=words(|locale| td_string!(locale, roster.visit_note_hint))
            error=checked.error("/note")
        >
            <TextArea value=draft.note rows=3 />
        </Field>
    }
}

/// How the person was asked, and what they said.
#[component]
fn OutcomeFields(draft: VisitDraft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let channels = move || {
        let channel = |channel: &VisitChannel| {
            (channel.as_str().to_owned(), channel_name(i18n.get_locale(), *channel).to_owned())
        };
        VisitChannel::ALL.iter().map(channel).collect::<Vec<_>>()
    };
    let outcomes = move || {
        let locale = i18n.get_locale();
        let stated = (STATED.to_owned(), td_string!(locale, roster.outcome_stated).to_owned());
        let not_eligible = (NOT_ELIGIBLE.to_owned(), td_string!(locale, roster.outcome_not_eligible).to_owned());
        let simple =
            simple_outcomes().map(|(value, outcome)| (value.to_owned(), outcome_name(locale, &outcome).to_owned()));
        let mut all = vec![stated];
        all.extend(simple);
        all.insert(4, not_eligible);
        all
    };
    let is = move |value: &'static str| draft.outcome.with(|outcome| outcome == value);
    let error = checked.error("/outcome");
    view! {
        <Choices
            legend=words(|locale| td_string!(locale, roster.visit_channel))
            value=draft.channel
            options=Signal::derive(channels)
            on_choose=Callback::new(move |value| draft.channel.set(value))
        />
        <Choices
            legend=words(|locale| td_string!(locale, roster.visit_outcome))
            value=draft.outcome
            options=Signal::derive(outcomes)
            on_choose=Callback::new(move |value| draft.outcome.set(value))
        />
        <Wrong error />
        <Show when=move || is(STATED)><Stated draft checked /></Show>
        <Show when=move || is(STATED) || is(NOT_ELIGIBLE)>
            <Field
                id="reason"
                label=words(|locale| td_string!(locale, people.reason))
                error=checked.error("/outcome/reason")
            >
                <TextArea value=draft.reason rows=2 />
            </Field>
        </Show>
    }
}

/// What the person wants, and which way, when, where and how.
#[component]
fn Stated(draft: VisitDraft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let intents = move || {
        let intent =
            |intent: &UpgradeIntent| (intent.as_str().to_owned(), intent_name(i18n.get_locale(), *intent).to_owned());
        UpgradeIntent::ALL.iter().map(intent).collect::<Vec<_>>()
    };
    let routes = move || {
        let route = |route: &StudyRoute| (route.as_str().to_owned(), route_name(i18n.get_locale(), *route).to_owned());
        StudyRoute::ALL.iter().map(route).collect::<Vec<_>>()
    };
    let modes = move || {
        let mode = |mode: &StudyMode| (mode.as_str().to_owned(), mode_name(i18n.get_locale(), *mode).to_owned());
        StudyMode::ALL.iter().map(mode).collect::<Vec<_>>()
    };
    let error = checked.error("/outcome/intent");
    view! {
        <Choices
            legend=words(|locale| td_string!(locale, roster.wants))
            value=draft.intent
            options=Signal::derive(intents)
            on_choose=Callback::new(move |value| draft.intent.set(value))
        />
        <Wrong error />
        <Field id="route" label=words(|locale| td_string!(locale, roster.visit_route))>
            <Select value=draft.route options=Signal::derive(routes) />
        </Field>
        <Field
            id="preferred_time"
            label=words(|locale| td_string!(locale, roster.field_preferred_time))
            hint=words(|locale| td_string!(locale, roster.visit_time_hint))
            error=checked.error("/outcome/preferred_time")
        >
            <TextInput value=draft.time />
        </Field>
        <Field
            id="preferred_place"
            label=words(|locale| td_string!(locale, roster.field_preferred_place))
            error=checked.error("/outcome/preferred_place")
        >
            <TextInput value=draft.place />
        </Field>
        <Field id="study_mode" label=words(|locale| td_string!(locale, roster.field_study_mode))>
            <Select value=draft.mode options=Signal::derive(modes) />
        </Field>
    }
}

/// What is wrong with a group of choices.
#[component]
fn Wrong(error: Signal<String>) -> impl IntoView {
    move || {
        let error = Some(error.get()).filter(|error| !error.is_empty())?;
        Some(view! { <div class="field"><p class="error" role="alert">{error}</p></div> })
    }
}

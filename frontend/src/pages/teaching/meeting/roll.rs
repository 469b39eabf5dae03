//! Calling the roll: a name, and one tap.

use super::{
    standing::{Refused, Standing},
    sync::Outbox,
    tally::{Answer, answers},
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{organisation::words::words, people::words::wrong_text},
    platform::actor::Actor,
    ui::{Button, Choices, Dialog, EmptyState, Field, Look, Notice, Symbol, TextInput, focus_first_wrong},
};
use leptos::{context::Provider, prelude::*};
use shared::{
    ids::{AccountId, RollCallEntryId},
    teaching::{
        EARLY_ENTRY_MIN, LATE_ENTRY_MIN, MeetingRoll, MeetingView, RollCallEntry, RollCallMethod, RollRow,
        is_before_roll, minutes_left,
    },
    time::Timestamp,
};
use std::collections::BTreeMap;

/// The words of an answer.
fn answer_name(locale: Locale, answer: Answer) -> &'static str {
    match answer {
        Answer::Present => td_string!(locale, classes.attendance_present),
        Answer::Late => td_string!(locale, classes.attendance_late),
        Answer::LeftEarly => td_string!(locale, classes.left_early),
        Answer::Leave => td_string!(locale, classes.attendance_leave),
        Answer::Absent => td_string!(locale, classes.attendance_absent),
    }
}

/// Whole minutes from one instant to another, none if it is before.
fn minutes_between(from: Timestamp, to: Timestamp) -> u16 {
    u16::try_from(to.ms_since(from).max(0) / 60_000).unwrap_or(u16::MAX)
}

/// What the rows share.
#[derive(Clone, Copy)]
struct Calling {
    actor: Actor,
    outbox: Outbox,
    meeting: StoredValue<MeetingView>,
    answers: Memo<BTreeMap<AccountId, Answer>>,
    method: RwSignal<String>,
    reason: RwSignal<String>,
    was_sent: RwSignal<bool>,
    /// Who left early, while it is asked when.
    leaving: RwSignal<Option<RollRow>>,
    is_asking: RwSignal<bool>,
}

impl Calling {
    /// Whether it is so late that an entry needs a reason.
    fn needs_reason(self) -> bool {
        self.meeting.with_value(|meeting| self.outbox.now() > meeting.ends_at.plus_s(LATE_ENTRY_MIN * 60))
    }

    /// Whether it is so early that a leave alone can be noted.
    fn is_early(self) -> bool {
        self.meeting.with_value(|meeting| is_before_roll(meeting.starts_at, self.outbox.now()))
    }

    /// Whether something may be noted; if not, the reason that is missing is marked.
    fn may_note(self) -> bool {
        self.was_sent.set(true);
        let is_right = !self.needs_reason() || self.reason.with_untracked(|reason| !reason.trim().is_empty());
        if !is_right {
            focus_first_wrong();
        }
        is_right
    }

    /// Notes an answer to each of these names.
    fn note(self, learners: impl IntoIterator<Item = AccountId>, answer: Answer, minutes: Option<u16>) {
        let Some(noted_by) = self.actor.kept_account() else { return };
        let (meeting_id, starts_at, ends_at) =
            self.meeting.with_value(|meeting| (meeting.id, meeting.starts_at, meeting.ends_at));
        let now = self.outbox.now();
        // Who is late counts from now on, if the lesson is going on; later nobody knows.
        let is_going_on = starts_at < now && now < ends_at;
        let minutes = match answer {
            Answer::Late if is_going_on => Some(minutes_left(starts_at, ends_at, now)),
            _ => minutes,
        };
        let method = RollCallMethod::parse(&self.method.get_untracked()).unwrap_or(RollCallMethod::RollCall);
        let reason = if self.needs_reason() { self.reason.get_untracked().trim().to_owned() } else { String::new() };
        let entry = |learner| RollCallEntry {
            id: fresh_entry_id(),
            meeting_id,
            learner,
            state: answer.state(),
            minutes,
            noted_at: now,
            noted_by,
            method,
            reason: reason.clone(),
        };
        self.outbox.note(learners.into_iter().map(entry).collect());
    }
}

#[expect(clippy::disallowed_methods, reason = "the browser has no injected source, and no rule reads this id")]
fn fresh_entry_id() -> RollCallEntryId {
    RollCallEntryId(uuid::Uuid::new_v4())
}

/// The roll of a lesson.
#[component]
pub(super) fn Roll(
    /// The lesson and who is in it.
    roll: MeetingRoll,
    /// How presence is established.
    method: RwSignal<String>,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let MeetingRoll { meeting, rows } = roll;
    let outbox = Outbox::begin(actor);
    let planned = minutes_between(meeting.starts_at, meeting.ends_at);
    let (id, rows) = (meeting.id, StoredValue::new(rows));
    let calling = Calling {
        actor,
        outbox,
        meeting: StoredValue::new(meeting),
        answers: Memo::new(move |_| rows.with_value(|rows| answers(rows, &outbox.of_meeting(id), planned))),
        method,
        reason: RwSignal::new(String::new()),
        was_sent: RwSignal::new(false),
        leaving: RwSignal::new(None),
        is_asking: RwSignal::new(false),
    };
    let is_empty = rows.with_value(Vec::is_empty);
    view! {
        <Provider value=calling>
            <Standing outbox />
            <Refused outbox rows />
            <How />
            {if is_empty {
                view! { <EmptyState text=words(|locale| td_string!(locale, classes.no_members)) symbol=Symbol::People /> }.into_any()
            } else {
                let list = rows.get_value().into_iter().map(|row| view! { <Row row /> }).collect_view();
                view! { <ul class="roll">{list}</ul> <Sum rows /> }.into_any()
            }}
            <Dialog is_open=calling.is_asking title=words(|locale| td_string!(locale, classes.left_early))>
                {move || calling.leaving.get().map(|row| view! { <LeftEarly row planned /> })}
            </Dialog>
        </Provider>
    }
}

/// How presence is established, and why so late.
#[component]
fn How() -> impl IntoView {
    let i18n = use_i18n();
    let calling = expect_context::<Calling>();
    let methods = move || {
        vec![
            (RollCallMethod::RollCall.as_str().to_owned(), t_string!(i18n, classes.method_roll_call).to_owned()),
            (RollCallMethod::Paper.as_str().to_owned(), t_string!(i18n, classes.method_paper).to_owned()),
        ]
    };
    let error = Signal::derive(move || {
        let is_missing = calling.was_sent.get() && calling.reason.with(|reason| reason.trim().is_empty());
        if is_missing { wrong_text(i18n.get_locale(), "required").to_owned() } else { String::new() }
    });
    view! {
        <Choices
            legend=words(|locale| td_string!(locale, classes.method))
            value=calling.method
            options=Signal::derive(methods)
            on_choose=move |chosen| calling.method.set(chosen)
        />
        {calling.is_early().then(|| view! {
            <Notice>{move || t_string!(i18n, classes.before_roll, minutes = EARLY_ENTRY_MIN)}</Notice>
        })}
        {calling.needs_reason().then(|| view! {
            <Field
                id="late_reason"
                label=words(|locale| td_string!(locale, classes.late_reason))
                hint=words(|locale| td_string!(locale, classes.late_reason_hint))
                error
            >
                <TextInput value=calling.reason />
            </Field>
        })}
    }
}

/// One name with its answers.
#[component]
fn Row(row: RollRow) -> impl IntoView {
    let i18n = use_i18n();
    let calling = expect_context::<Calling>();
    let learner = row.account_id;
    let current = Memo::new(move |_| calling.answers.with(|answers| answers.get(&learner).copied()));
    let (group, name, asked) = (format!("answer-{learner}"), row.display_name.clone(), StoredValue::new(row));
    let choose = move |answer: Answer| {
        if !calling.may_note() {
            return;
        }
        if answer == Answer::LeftEarly {
            calling.leaving.set(Some(asked.get_value()));
            calling.is_asking.set(true);
        } else {
            calling.note([learner], answer, None);
        }
    };
    let button = |answer: Answer| {
        view! {
            <label class=answer.class()>
                <input
                    type="radio"
                    name=group.clone()
                    disabled=calling.is_early() && answer != Answer::Leave
                    prop:checked=move || current.get() == Some(answer)
                    on:click=move |event| {
                        // The store says what is checked, when it has it.
                        event.prevent_default();
                        choose(answer);
                    }
                />
                <span>{move || answer_name(i18n.get_locale(), answer)}</span>
            </label>
        }
    };
    view! {
        <li>
            <fieldset class="roll-row">
                <legend class="roll-name">{name}</legend>
                <div class="answers">{Answer::ALL.map(button).collect_view()}</div>
            </fieldset>
        </li>
    }
}

/// How many are here, and the shortcut for the rest.
#[component]
fn Sum(rows: StoredValue<Vec<RollRow>>) -> impl IntoView {
    let i18n = use_i18n();
    let calling = expect_context::<Calling>();
    let open = Memo::new(move |_| {
        let is_open = |row: &&RollRow| calling.answers.with(|answers| !answers.contains_key(&row.account_id));
        rows.with_value(|rows| rows.iter().filter(is_open).map(|row| row.account_id).collect::<Vec<_>>())
    });
    let count = move |answer: Answer| {
        calling.answers.with(|answers| answers.values().filter(|given| **given == answer).count())
    };
    let sum = move || {
        let locale = i18n.get_locale();
        let counted = Answer::ALL.into_iter().filter_map(|answer| {
            let count = count(answer);
            (count > 0).then(|| format!("{} {count}", answer_name(locale, answer)))
        });
        let left = open.with(Vec::len);
        let left = (left > 0).then(|| t_string!(i18n, classes.not_called, count = left));
        counted.chain(left).collect::<Vec<_>>().join(" · ")
    };
    let rest = move |()| {
        if calling.may_note() {
            calling.note(open.get_untracked(), Answer::Present, None);
        }
    };
    view! {
        <div class="roll-bar">
            <b class="num" role="status">{sum}</b>
            <Show when=move || open.with(|open| !open.is_empty()) && !calling.is_early()>
                <Button look=Look::Primary on_press=rest>{t!(i18n, classes.rest_present)}</Button>
            </Show>
        </div>
    }
}

/// Asks how long somebody was there who left before the end.
#[component]
fn LeftEarly(row: RollRow, planned: u16) -> impl IntoView {
    let i18n = use_i18n();
    let calling = expect_context::<Calling>();
    let so_far =
        calling.meeting.with_value(|meeting| minutes_between(meeting.starts_at, calling.outbox.now())).min(planned);
    let minutes = RwSignal::new(so_far.to_string());
    let was_sent = RwSignal::new(false);
    let read = move || minutes.get().trim().parse::<u16>().ok().filter(|minutes| *minutes < planned);
    let error = Signal::derive(move || {
        let is_wrong = was_sent.get() && read().is_none();
        if is_wrong { t_string!(i18n, classes.minutes_wrong, planned = planned) } else { String::new() }
    });
    let learner = row.account_id;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        was_sent.set(true);
        let Some(minutes) = untrack(read) else { return focus_first_wrong() };
        calling.is_asking.set(false);
        calling.note([learner], Answer::LeftEarly, Some(minutes));
    };
    view! {
        <form class="stack" novalidate on:submit=submit>
            <p><b>{row.display_name}</b></p>
            <Field id="minutes" label=words(|locale| td_string!(locale, classes.minutes_there)) error>
                <TextInput value=minutes keyboard="numeric" />
            </Field>
            <Button look=Look::Primary is_submit=true>{t!(i18n, classes.note_it)}</Button>
        </form>
    }
}

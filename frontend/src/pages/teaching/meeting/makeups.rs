//! Who missed the lesson and made it up: at another lesson of the course, or by a task that the teacher approves.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            reason::ReasonField,
        },
    },
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        when,
    },
    ui::{AsyncView, Card, DialogButton, Field, Select, TextInput, Toasts},
};
use leptos::prelude::*;
use shared::{
    ids::{AccountId, MeetingId},
    people::check_reason,
    problem::FieldError,
    teaching::{GrantMakeup, MakeupMeeting, MakeupView, MakeupWay, MeetingMakeups, MissedLearner, WithdrawMakeup},
};

/// The way that is no meeting.
const TASK: &str = "task";

/// What every row needs.
#[derive(Clone, Copy)]
struct Around {
    meeting: MeetingId,
    planned_min: u16,
    /// The meetings by which it can be made up.
    meetings: StoredValue<Vec<MakeupMeeting>>,
    reload: Callback<()>,
}

#[component]
pub(super) fn Makeups(meeting: MeetingId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let loaded = LocalResource::new(move || async move {
        client::get::<MeetingMakeups>(actor, &format!("/meetings/{meeting}/makeups")).await
    });
    let reload = Callback::new(move |()| loaded.refetch());
    view! {
        <Card title=words(|locale| td_string!(locale, classes.makeups))>
            <p class="muted">{t!(i18n, classes.makeups_lead)}</p>
            <AsyncView resource=loaded let:known>
                <Missed meeting known reload />
            </AsyncView>
        </Card>
    }
}

#[component]
fn Missed(meeting: MeetingId, known: MeetingMakeups, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let MeetingMakeups { planned_min, missed, meetings } = known;
    let around = Around { meeting, planned_min, meetings: StoredValue::new(meetings), reload };
    if missed.is_empty() {
        return view! { <p>{t!(i18n, classes.makeups_none)}</p> }.into_any();
    }
    let row = move |learner: MissedLearner| view! { <Row learner around /> };
    view! { <ul class="stack">{missed.into_iter().map(row).collect_view()}</ul> }.into_any()
}

#[component]
fn Row(learner: MissedLearner, around: Around) -> impl IntoView {
    let MissedLearner { account_id, display_name, makeup, .. } = learner;
    let name = display_name.clone();
    let deed = match makeup {
        Some(makeup) => view! {
            <p class="muted"><Said makeup /></p>
            <DialogButton verb=words(|locale| td_string!(locale, classes.makeup_withdraw)) named=display_name let:is_open>
                <WithdrawForm learner=account_id around is_open />
            </DialogButton>
        }
        .into_any(),
        None => view! {
            <DialogButton verb=words(|locale| td_string!(locale, classes.makeup_do)) named=display_name let:is_open>
                <GrantForm learner=account_id around is_open />
            </DialogButton>
        }
        .into_any(),
    };
    view! { <li class="row spread"><b>{name}</b> {deed}</li> }
}

/// How it was made up, in one sentence.
#[component]
fn Said(makeup: MakeupView) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let locale = i18n.get_locale();
        let MakeupView { by_meeting, minutes, note, granted_by_name, .. } = makeup.clone();
        let by = match &by_meeting {
            Some(meeting) => meeting_name(locale, meeting),
            None => td_string!(locale, classes.makeup_task).to_owned(),
        };
        let how = [by, note].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        let how = how.join(td_string!(locale, common.list_comma));
        td_string!(locale, classes.makeup_said, minutes = minutes, how = how, name = granted_by_name)
    }
}

fn meeting_name(locale: Locale, meeting: &MakeupMeeting) -> String {
    let at = when::date_time(locale, meeting.starts_at);
    td_string!(locale, classes.makeup_meeting, name = meeting.class_name.clone(), at = at)
}

#[component]
fn GrantForm(learner: AccountId, around: Around, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let way = RwSignal::new(String::new());
    let (minutes, note) = (RwSignal::new(around.planned_min.to_string()), RwSignal::new(String::new()));
    let is_task = Memo::new(move |_| way.with(|way| way == TASK));
    let options = move || {
        let locale = i18n.get_locale();
        let task = (TASK.to_owned(), td_string!(locale, classes.makeup_task).to_owned());
        let meeting = |meeting: &MakeupMeeting| (meeting.id.to_string(), meeting_name(locale, meeting));
        let meetings = around.meetings.with_value(|meetings| meetings.iter().map(meeting).collect::<Vec<_>>());
        std::iter::once(task).chain(meetings).collect::<Vec<_>>()
    };
    let checked = Checked::new(move || {
        let no_way = way.with(String::is_empty).then(|| FieldError::new("/by/meeting_id", "required"));
        let is_said = !is_task.get() || note.with(|note| !note.trim().is_empty());
        let no_note = (!is_said).then(|| FieldError::new("/note", "required"));
        no_way.into_iter().chain(no_note).collect()
    });
    let key = StoredValue::new(idempotency_key());
    let send = Callback::new(move |()| {
        let by = match way.get_untracked() {
            task if task == TASK => MakeupWay::Task { minutes: minutes.get_untracked().trim().parse().unwrap_or(0) },
            meeting => match meeting.parse() {
                Ok(meeting_id) => MakeupWay::Meeting { meeting_id },
                Err(_) => return,
            },
        };
        let body = GrantMakeup { learner, by, note: note.get_untracked() };
        let (path, key) = (format!("/meetings/{}/makeups", around.meeting), key.get_value());
        let sending = async move { client::create(actor, &path, &key, &body).await };
        checked.deed.run(sending, move |_: MeetingMakeups| {
            is_open.set(false);
            toasts.done(t_string!(i18n, classes.makeup_done));
            around.reload.run(());
        });
    });
    view! {
        <CheckedForm checked verb=words(|locale| td_string!(locale, classes.makeup_do)) send>
            <Field
                id="makeup_way"
                label=words(|locale| td_string!(locale, classes.makeup_way))
                error=checked.error("/by/meeting_id")
            >
                <Select value=way options=Signal::derive(options) />
            </Field>
            <Show when=move || is_task.get()>
                <Field
                    id="makeup_minutes"
                    label=words(|locale| td_string!(locale, classes.makeup_minutes))
                    error=checked.error("/by/minutes")
                >
                    <TextInput value=minutes />
                </Field>
            </Show>
            <Field
                id="makeup_note"
                label=words(|locale| td_string!(locale, classes.makeup_note))
                hint=words(|locale: Locale| td_string!(locale, classes.makeup_note_hint))
                error=checked.error("/note")
            >
                <TextInput value=note />
            </Field>
        </CheckedForm>
    }
}

#[component]
fn WithdrawForm(learner: AccountId, around: Around, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let reason = RwSignal::new(String::new());
    let checked = Checked::new(move || check_reason(&reason.get(), "/reason").err().into_iter().collect());
    let send = Callback::new(move |()| {
        let body = WithdrawMakeup { learner, reason: reason.get_untracked() };
        let path = format!("/meetings/{}/makeups/withdraw", around.meeting);
        let sending = async move { client::post(actor, &path, &body).await };
        checked.deed.run(sending, move |_: MeetingMakeups| {
            is_open.set(false);
            toasts.done(t_string!(i18n, classes.makeup_withdrawn));
            around.reload.run(());
        });
    });
    view! {
        <CheckedForm checked verb=words(|locale| td_string!(locale, classes.makeup_withdraw)) send>
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}

//! Moving a lesson, or cancelling it; learners read why.

use super::super::class::{ClashList, DayOff, RoomField, Times, Who, at};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            reason::ReasonField,
        },
    },
    platform::{actor::Actor, client},
    ui::{Button, Dialog, Field, Look, TextInput, Toasts},
};
use leptos::prelude::*;
use shared::{
    learning::ClassPlan,
    people::check_reason,
    problem::FieldError,
    teaching::{CancelMeeting, MeetingView, Reschedule, check_times},
    time::{Timestamp, read_date, write_date},
};

/// The two deeds, each with its dialog.
#[component]
pub(super) fn Deeds(meeting: MeetingView, plan: ClassPlan, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (is_moving, is_cancelling) = (RwSignal::new(false), RwSignal::new(false));
    let moved = meeting.clone();
    view! {
        <div class="row">
            <Button on_press=move |()| is_moving.set(true)>{t!(i18n, classes.reschedule)}</Button>
            <Button look=Look::Danger on_press=move |()| is_cancelling.set(true)>{t!(i18n, classes.cancel)}</Button>
        </div>
        <Dialog is_open=is_moving title=words(|locale| td_string!(locale, classes.reschedule))>
            <Move meeting=moved.clone() plan=plan.clone() is_open=is_moving reload />
        </Dialog>
        <Dialog is_open=is_cancelling title=words(|locale| td_string!(locale, classes.cancel))>
            <Cancel meeting=meeting.clone() is_open=is_cancelling reload />
        </Dialog>
    }
}

fn seen(meeting: &MeetingView) -> String {
    format!("\"{}\"", meeting.version)
}

/// Hour and minute as an input holds them.
fn hour(at: Timestamp) -> String {
    let at = at.in_china();
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    day: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    teacher: RwSignal<String>,
    room: RwSignal<String>,
    reason: RwSignal<String>,
}

impl Draft {
    fn of(meeting: &MeetingView) -> Self {
        let id = |id: Option<String>| RwSignal::new(id.unwrap_or_default());
        Self {
            day: RwSignal::new(write_date(meeting.starts_at.date_in_china())),
            from: RwSignal::new(hour(meeting.starts_at)),
            to: RwSignal::new(hour(meeting.ends_at)),
            teacher: id(meeting.teacher_id.map(|id| id.to_string())),
            room: id(meeting.room_id.map(|id| id.to_string())),
            reason: RwSignal::new(String::new()),
        }
    }

    fn stated(self) -> Option<Reschedule> {
        let day = self.day.get();
        Some(Reschedule {
            starts_at: at(&day, &self.from.get())?,
            ends_at: at(&day, &self.to.get())?,
            teacher_id: self.teacher.get().parse().ok(),
            room_id: self.room.get().parse().ok(),
            reason: self.reason.get(),
        })
    }

    fn wrong(self) -> Vec<FieldError> {
        let times = match self.stated() {
            Some(stated) => check_times(stated.starts_at, stated.ends_at),
            None if read_date(&self.day.get()).is_none() => vec![FieldError::new("/day", "required")],
            None => vec![FieldError::new("/starts_at", "required")],
        };
        times.into_iter().chain(check_reason(&self.reason.get(), "/reason").err()).collect()
    }
}

#[component]
fn Move(meeting: MeetingView, plan: ClassPlan, is_open: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let draft = Draft::of(&meeting);
    let checked = Checked::new(move || draft.wrong());
    let (path, version) = (format!("/meetings/{}/reschedule", meeting.id), seen(&meeting));
    let send = Callback::new(move |()| {
        let Some(stated) = untrack(|| draft.stated()) else { return };
        let (path, version) = (path.clone(), version.clone());
        let moving = async move { client::post_over(actor, &path, &version, &stated).await };
        checked.deed.run(moving, move |_: MeetingView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, classes.rescheduled_done));
            reload.run(());
        });
    });
    view! {
        <p>{t!(i18n, classes.reschedule_about)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, classes.reschedule)) send>
            <Field id="day" label=words(|locale: Locale| td_string!(locale, classes.day)) error=checked.error("/day")>
                <TextInput value=draft.day kind="date" />
            </Field>
            <DayOff day=Signal::derive(move || read_date(&draft.day.get())) />
            <Times from=draft.from to=draft.to checked />
            <Who plan=plan.clone() teacher=draft.teacher error=checked.error("/teacher_id") />
            <RoomField point=plan.teaching_point_id value=draft.room error=checked.error("/room_id") />
            <ReasonField value=draft.reason checked />
            <ClashList deed=checked.deed />
        </CheckedForm>
    }
}

#[component]
fn Cancel(meeting: MeetingView, is_open: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let reason = RwSignal::new(String::new());
    let checked = Checked::new(move || check_reason(&reason.get(), "/reason").err().into_iter().collect());
    let (path, version) = (format!("/meetings/{}/cancel", meeting.id), seen(&meeting));
    let send = Callback::new(move |()| {
        let (path, version, reason) = (path.clone(), version.clone(), reason.get_untracked());
        let cancelling = async move { client::post_over(actor, &path, &version, &CancelMeeting { reason }).await };
        checked.deed.run(cancelling, move |_: MeetingView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, classes.cancelled_done));
            reload.run(());
        });
    });
    view! {
        <p>{t!(i18n, classes.cancel_about)}</p>
        <CheckedForm checked look=Look::Danger verb=words(|locale| td_string!(locale, classes.cancel)) send>
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}

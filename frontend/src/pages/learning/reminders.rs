//! 学习提醒: what who keeps or teaches the class has to say to a learner who studied nothing for a while, or is stuck.

use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
    },
    ui::{Button, DeedFailure, Notice, Tone, focus_on},
};
use leptos::prelude::*;
use shared::learning::OwnReminder;

/// A notice for each that the learner has not read; nothing for who has none.
#[component]
pub(super) fn Reminders() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let reminders: LocalResource<Outcome<Vec<OwnReminder>>> =
        LocalResource::new(move || client::get(actor, "/me/reminders"));
    let again = Callback::new(move |()| reminders.refetch());
    move || {
        // The page is about the courses; without the reminders it says a little less.
        let all = reminders.get()?.ok()?;
        let unread = all.into_iter().filter(|reminder| reminder.read_at.is_none());
        Some(unread.map(|reminder| view! { <Unread reminder again /> }).collect_view())
    }
}

#[component]
fn Unread(reminder: OwnReminder, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let OwnReminder { id, class_name, by_name, days, unit_title, .. } = reminder;
    let said = move || match &unit_title {
        Some(unit) => t_string!(i18n, learning.reminder_stuck, by = by_name.clone(), unit = unit.clone()),
        None => t_string!(i18n, learning.reminder, by = by_name.clone(), days = days),
    };
    let read = move |()| {
        let path = format!("/me/reminders/{id}/read");
        let reading = async move { client::ask(actor, &path).await };
        deed.run(reading, move |_: Vec<OwnReminder>| {
            focus_on("h1");
            again.run(());
        });
    };
    view! {
        <Notice tone=Tone::Wait>
            <p><b>{said}</b></p>
            <p class="small">{class_name}</p>
            <Button is_busy=deed.is_busy() on_press=read>{t!(i18n, learning.reminder_read)}</Button>
            <DeedFailure deed />
        </Notice>
    }
}

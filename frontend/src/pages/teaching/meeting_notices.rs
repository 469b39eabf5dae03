//! What one is told of lessons that were moved or cancelled: on the home until it is read, with the timetable for good.

use super::words::when_it_is;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, deed::Deed, when},
    ui::{Button, Card, DeedFailure, Tag, Tone, focus_on},
};
use leptos::prelude::*;
use shared::teaching::{MeetingNotice, MeetingState};

/// The card; nothing for whom nothing was told.
#[component]
pub(in crate::pages) fn MeetingNotices(
    /// Whether those that were read are there, too.
    #[prop(optional)]
    has_read: bool,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let all = LocalResource::new(move || client::get::<Vec<MeetingNotice>>(actor, "/me/meeting_notices"));
    let again = Callback::new(move |()| all.refetch());
    move || {
        // The page is about something else; without the notices it says a little less.
        let mut shown = all.get()?.ok()?;
        shown.retain(|notice| has_read || notice.read_at.is_none());
        (!shown.is_empty()).then(|| view! {
            <Card title=words(|locale| td_string!(locale, classes.meeting_notices))>
                <ul class="rows">{shown.into_iter().map(|notice| view! { <Told notice again /> }).collect_view()}</ul>
            </Card>
        })
    }
}

/// One notice, with the way to say that it was read.
#[component]
fn Told(notice: MeetingNotice, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let MeetingNotice { id, meeting, was_at, reason, told_at, read_at } = notice;
    let read = move |()| {
        let path = format!("/me/meeting_notices/{id}/read");
        let reading = async move { client::send(actor, &path, &serde_json::json!({})).await };
        deed.run(reading, move |()| {
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            again.run(());
        });
    };
    let (state, title) = (meeting.state, meeting.course_title.clone());
    let (starts_at, ends_at) = (meeting.starts_at, meeting.ends_at);
    let said = move || {
        let locale = i18n.get_locale();
        let before = when::date_time(locale, was_at);
        match state {
            MeetingState::Cancelled => {
                t_string!(i18n, classes.was_cancelled, title = title.clone(), before = before)
            }
            MeetingState::Planned => {
                let after = when_it_is(locale, starts_at, ends_at);
                t_string!(i18n, classes.was_moved, title = title.clone(), before = before, after = after)
            }
        }
    };
    view! {
        <li>
            <div class="stack">
                <p>
                    <b class="num">{said}</b>
                    {read_at.map(|_| view! { " " <Tag tone=Tone::Ok>{t!(i18n, classes.notice_was_read)}</Tag> })}
                </p>
                <p>{reason}</p>
                <p class="muted small num">{meeting.class_name} " · " {move || when::date_time(i18n.get_locale(), told_at)}</p>
                {read_at.is_none().then(|| view! {
                    <div>
                        <Button is_busy=deed.is_busy() on_press=read>
                            {t!(i18n, classes.notice_read)}
                            <span class="visually-hidden">" " {meeting.course_title}</span>
                        </Button>
                        <DeedFailure deed />
                    </div>
                })}
            </div>
        </li>
    }
}

//! The learner's next lesson, with what has changed since she looked last.

use super::words::{place_name, when_it_is};
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{
        actor::Actor,
        client::{self, Outcome},
        clock,
    },
    ui::{ButtonLink, Card, Notice, Tone},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    teaching::{MeetingPart, MeetingState, MeetingView, MyMeeting, OPENS_BEFORE_S},
    time::Timestamp,
};

/// What the card says.
#[derive(Clone, Debug, Default, PartialEq)]
struct News {
    /// The next lesson that takes place.
    next: Option<MeetingView>,
    /// Lessons before it, and itself, that were cancelled or moved.
    changed: Vec<MeetingView>,
}

/// What of these lessons, ascending, matters at `now`.
fn news(lessons: Vec<MyMeeting>, now: Timestamp) -> News {
    let coming =
        lessons.into_iter().filter(|lesson| lesson.part == MeetingPart::Learner && now < lesson.meeting.ends_at);
    let mut news = News::default();
    for MyMeeting { meeting, .. } in coming {
        let is_on = meeting.state == MeetingState::Planned;
        if !is_on || !meeting.changes.is_empty() {
            news.changed.push(meeting.clone());
        }
        if is_on {
            news.next = Some(meeting);
            break;
        }
    }
    news
}

/// The lessons of the coming weeks, ascending.
pub(in crate::pages) type Lessons = LocalResource<Outcome<Vec<MyMeeting>>>;

/// Asks for them, once for all that a page says of them.
pub(in crate::pages) fn own_lessons(actor: Actor) -> Lessons {
    LocalResource::new(move || client::get(actor, "/me/meetings"))
}

/// The card; nothing for who has no lessons.
#[component]
pub(in crate::pages) fn NextMeeting(
    /// The learner's lessons.
    lessons: Lessons,
) -> impl IntoView {
    move || {
        // The page is about the courses; without the lessons it says a little less.
        let news = news(lessons.get()?.ok()?, clock::now());
        let is_there = news.next.is_some() || !news.changed.is_empty();
        is_there.then(|| view! { <Shown news /> })
    }
}

#[component]
fn Shown(news: News) -> impl IntoView {
    let i18n = use_i18n();
    let title = Signal::derive(move || t_string!(i18n, classes.next_meeting).to_owned());
    view! {
        <Card title>
            {news.changed.into_iter().map(|meeting| view! { <Changed meeting /> }).collect_view()}
            {news.next.map(|meeting| view! { <Next meeting /> })}
            <p class="lone"><A href="/timetable">{t!(i18n, classes.own_timetable)}</A></p>
        </Card>
    }
}

/// What has become of a lesson, and why.
#[component]
fn Changed(meeting: MeetingView) -> impl IntoView {
    let i18n = use_i18n();
    let last = meeting.changes.last().cloned();
    let (is_cancelled, title) = (meeting.state == MeetingState::Cancelled, meeting.course_title);
    let (before_from, before_to) =
        last.as_ref().map_or((meeting.starts_at, meeting.ends_at), |change| (change.starts_at, change.ends_at));
    let (now_from, now_to) = (meeting.starts_at, meeting.ends_at);
    let words = move || {
        let locale = i18n.get_locale();
        let before = when_it_is(locale, before_from, before_to);
        if is_cancelled {
            t_string!(i18n, classes.was_cancelled, title = title.clone(), before = before)
        } else {
            let after = when_it_is(locale, now_from, now_to);
            t_string!(i18n, classes.was_moved, title = title.clone(), before = before, after = after)
        }
    };
    let reason = last.map(|change| change.reason).filter(|reason| !reason.is_empty());
    view! {
        <Notice tone=if is_cancelled { Tone::Stop } else { Tone::Wait }>
            <b>{words}</b>
            {reason.map(|reason| view! { <p>{reason}</p> })}
        </Notice>
    }
}

#[component]
fn Next(meeting: MeetingView) -> impl IntoView {
    let i18n = use_i18n();
    let MeetingView { id, starts_at, ends_at, course_title, topic, place, teacher_name, .. } = meeting;
    let is_open = starts_at.plus_s(-OPENS_BEFORE_S) <= clock::now();
    let place = move || place_name(i18n.get_locale(), place.as_ref());
    view! {
        <div class="next-meeting">
            <p class="next-when num">{move || when_it_is(i18n.get_locale(), starts_at, ends_at)}</p>
            <p><b>{course_title}</b> {(!topic.is_empty()).then(|| view! { " · " {topic} })}</p>
            <p class="muted">{place} {teacher_name.map(|name| view! { " · " {name} })}</p>
        </div>
        {is_open.then(|| view! { <ButtonLink href=format!("/check_in/{id}")>{t!(i18n, classes.check_in)}</ButtonLink> })}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{
        ids::{ClassId, CourseId, MeetingId},
        teaching::{MeetingChange, MeetingMode},
    };
    use uuid::Uuid;

    fn lesson(starts_at: i64, state: MeetingState, changes: Vec<MeetingChange>) -> MyMeeting {
        let meeting = MeetingView {
            id: MeetingId(Uuid::nil()),
            version: 1,
            class_id: ClassId(Uuid::nil()),
            class_name: String::new(),
            course_id: CourseId(Uuid::nil()),
            course_title: String::new(),
            topic: String::new(),
            teacher_id: None,
            teacher_name: None,
            room_id: None,
            place: None,
            mode: MeetingMode::Live,
            starts_at: Timestamp(starts_at),
            ends_at: Timestamp(starts_at + 10),
            state,
            holiday: None,
            changes,
        };
        MyMeeting { meeting, part: MeetingPart::Learner, attendance: None }
    }

    #[test]
    fn what_was_cancelled_before_the_next_lesson_is_said_and_what_is_over_is_not() {
        let lessons = vec![
            lesson(0, MeetingState::Cancelled, Vec::new()),
            lesson(100, MeetingState::Cancelled, Vec::new()),
            lesson(200, MeetingState::Planned, Vec::new()),
            lesson(300, MeetingState::Cancelled, Vec::new()),
        ];
        let news = news(lessons, Timestamp(50));
        assert_eq!(news.next.map(|meeting| meeting.starts_at), Some(Timestamp(200)));
        assert_eq!(news.changed.iter().map(|meeting| meeting.starts_at).collect::<Vec<_>>(), [Timestamp(100)]);
    }

    #[test]
    fn a_lesson_stays_the_next_until_it_ends() {
        let at = |now| news(vec![lesson(100, MeetingState::Planned, Vec::new())], Timestamp(now)).next.is_some();
        assert!(at(109) && !at(110));
    }
}

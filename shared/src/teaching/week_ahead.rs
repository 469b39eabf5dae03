//! 这一周的安排: the lessons that a learner still has before them.

use super::{MeetingPart, MeetingState, MeetingView, MyMeeting};
use crate::time::Timestamp;
use jiff::civil::Date;

/// Days that a plan looks ahead, today among them.
pub const PLANNED_DAYS: usize = 7;

/// One day, with the lessons that take place on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedDay {
    /// The day in China.
    pub day: Date,
    /// Its lessons, ascending.
    pub lessons: Vec<MeetingView>,
}

/// The days of the coming week on which a learner has lessons, today first. What is over, what was cancelled, and what
/// they teach themselves is not among them.
///
/// `lessons` ascend by their beginning.
#[must_use]
pub fn week_ahead(lessons: &[MyMeeting], now: Timestamp) -> Vec<PlannedDay> {
    let coming = |lesson: &&MyMeeting| {
        let is_on = lesson.meeting.state == MeetingState::Planned && now < lesson.meeting.ends_at;
        lesson.part == MeetingPart::Learner && is_on
    };
    let mut days: Vec<PlannedDay> = Vec::new();
    for MyMeeting { meeting, .. } in lessons.iter().filter(coming) {
        let day = meeting.starts_at.date_in_china();
        if !week_from(now).any(|planned| planned == day) {
            continue;
        }
        match days.last_mut().filter(|last| last.day == day) {
            Some(last) => last.lessons.push(meeting.clone()),
            None => days.push(PlannedDay { day, lessons: vec![meeting.clone()] }),
        }
    }
    days
}

/// Today and the days after it.
fn week_from(now: Timestamp) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(now.date_in_china()), |day| day.tomorrow().ok()).take(PLANNED_DAYS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::{ClassId, CourseId, MeetingId},
        teaching::MeetingMode,
    };
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    const HOUR_S: i64 = 3_600;
    const DAY_S: i64 = 86_400;

    /// Wednesday, the 25th of November 2026, 18:30 in China.
    fn now() -> Timestamp {
        Timestamp::of_day_in_china(date(2026, 11, 25)).plus_s(18 * HOUR_S + HOUR_S / 2)
    }

    /// A lesson of an hour that begins so many seconds from now.
    fn lesson(after_s: i64, state: MeetingState, part: MeetingPart) -> MyMeeting {
        let starts_at = now().plus_s(after_s);
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
            starts_at,
            ends_at: starts_at.plus_s(HOUR_S),
            state,
            holiday: None,
            changes: Vec::new(),
        };
        MyMeeting { meeting, part, attendance: None }
    }

    fn learnt(after_s: i64) -> MyMeeting {
        lesson(after_s, MeetingState::Planned, MeetingPart::Learner)
    }

    #[test]
    fn lessons_stand_under_their_days_until_they_end() {
        let lessons = [learnt(-HOUR_S), learnt(-HOUR_S + 1), learnt(HOUR_S), learnt(DAY_S), learnt(7 * DAY_S)];
        let days = week_ahead(&lessons, now());
        let told: Vec<_> = days.iter().map(|day| (day.day, day.lessons.len())).collect();
        assert_eq!(told, [(date(2026, 11, 25), 2), (date(2026, 11, 26), 1)]);
    }

    #[test]
    fn the_day_is_that_in_china() {
        // Half past five in the morning of the 26th, which is still the 25th in UTC.
        let days = week_ahead(&[learnt(11 * HOUR_S)], now());
        assert_eq!(days[0].day, date(2026, 11, 26));
    }

    #[test]
    fn nobody_plans_what_was_cancelled_or_what_they_teach() {
        let cancelled = lesson(HOUR_S, MeetingState::Cancelled, MeetingPart::Learner);
        let taught = lesson(HOUR_S, MeetingState::Planned, MeetingPart::Teacher);
        assert_eq!(week_ahead(&[cancelled, taught], now()), []);
    }

    proptest! {
        #[test]
        fn every_coming_lesson_of_the_week_is_told_once(mut hours in prop::collection::vec(-50..250_i64, 0..20)) {
            hours.sort_unstable();
            let lessons: Vec<_> = hours.iter().map(|hours| learnt(hours * HOUR_S)).collect();
            let days = week_ahead(&lessons, now());
            let told: usize = days.iter().map(|day| day.lessons.len()).sum();
            // The last moment of the week is the midnight after six days and the rest of today.
            let is_told = |hours: &&i64| **hours > -1 && **hours * 2 < 6 * 48 + 11;
            prop_assert_eq!(told, hours.iter().filter(is_told).count());
            prop_assert!(days.iter().zip(days.iter().skip(1)).all(|(one, next)| one.day < next.day));
        }
    }
}

//! 学习记录 of one course, as it is printed: what was studied, and the class hours against the rule of the course.

use super::{AttendanceRule, CourseRule, CourseStanding, CourseView, NotYet};
use crate::{
    ids::{CourseId, ProviderId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// What somebody has studied of one course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudyRecord {
    /// The course.
    pub course: CourseView,
    /// Number of the version that was studied.
    pub version: i32,
    /// Name of the class.
    pub class_name: String,
    /// The school of the class.
    pub provider_id: ProviderId,
    /// Significant digits of the division that the class lies in.
    pub division: String,
    /// Class hours that the learner is asked for.
    pub asked: AskedHours,
    /// How attendance counts in it.
    pub attendance: AttendanceRule,
    /// Where the learner stands.
    pub standing: CourseStanding,
    /// Why the course is not complete yet, if it is not.
    pub not_yet: Option<NotYet>,
    /// Minutes of study online that count, without what was studied while the learner was at a meeting.
    pub minutes_beside_meetings: u32,
    /// Exercises in the version.
    pub exercises: u32,
    /// Of these, done.
    pub exercises_done: u32,
    /// When it was studied online the first and the last time.
    pub studied_at: Option<(Timestamp, Timestamp)>,
}

/// Class hours that a learner is asked for in a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedHours {
    /// All of them.
    pub all: u16,
    /// Of these, those that the course has face to face.
    pub face_to_face: u16,
}

impl AskedHours {
    /// Those of the rule that the learner keeps; without one, those that the course was entered with (ADR 41).
    #[must_use]
    pub fn of(course: &CourseView, kept: Option<&CourseRule>) -> Self {
        match kept {
            Some(rule) => Self { all: rule.class_hours, face_to_face: rule.face_to_face_hours },
            None => Self { all: course.class_hours, face_to_face: course.face_to_face_hours },
        }
    }
}

/// Class hours of a course: online and face to face, against what the course asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordedHours {
    /// Of study online, and of meetings online.
    pub online: u32,
    /// Of meetings face to face.
    pub face_to_face: u32,
    /// What is asked for.
    pub needed: u32,
    /// Of these, what the rule asks for face to face.
    pub needed_face_to_face: u32,
}

impl RecordedHours {
    /// The hours of a record, with those of its meetings: class hours face to face, and minutes online. A class hour
    /// that was begun does not count yet. Nobody is in two places: an hour counts as one of them alone.
    #[must_use]
    pub fn of(record: &StudyRecord, face_to_face: u32, met_online_min: u32) -> Self {
        let online_min = record.minutes_beside_meetings.saturating_add(met_online_min);
        let rule = &record.attendance;
        Self {
            online: online_min / u32::from(rule.class_hour_min.max(1)),
            face_to_face,
            needed: record.asked.all.into(),
            needed_face_to_face: rule.face_to_face_needed(record.asked.face_to_face).into(),
        }
    }

    /// All hours.
    #[must_use]
    pub const fn total(&self) -> u32 {
        self.online.saturating_add(self.face_to_face)
    }
}

/// All class hours of a learner in a course: one row of `GET /me/recorded_hours`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordedCourse {
    /// The course.
    pub course_id: CourseId,
    /// The hours.
    pub hours: RecordedHours,
}

/// Why the class hours of a course are not enough yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoursNotYet {
    /// Class hours that are missing.
    pub missing: u32,
    /// Of these, those that can only be face to face.
    pub face_to_face: u32,
}

/// Why the class hours of a course are not enough yet; `None` if they are.
#[must_use]
pub fn hours_not_yet(hours: &RecordedHours) -> Option<HoursNotYet> {
    let face_to_face = hours.needed_face_to_face.saturating_sub(hours.face_to_face);
    let missing = hours.needed.saturating_sub(hours.total()).max(face_to_face);
    (missing > 0).then_some(HoursNotYet { missing, face_to_face })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::{CourseKind, CourseLevel, CourseRole, Gate};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn record(minutes_beside_meetings: u32, class_hour_min: u16) -> StudyRecord {
        let course = CourseView {
            id: CourseId(Uuid::nil()),
            code: "GYW01".to_owned(),
            title: String::new(),
            level: CourseLevel::Senior,
            role: CourseRole::Required,
            class_hours: 300,
            face_to_face_hours: 100,
            summary: String::new(),
            published_version: Some(1),
            modules: Vec::new(),
        };
        StudyRecord {
            asked: AskedHours::of(&course, None),
            course,
            version: 1,
            class_name: String::new(),
            provider_id: ProviderId(Uuid::nil()),
            division: String::new(),
            attendance: AttendanceRule { class_hour_min, ..AttendanceRule::zhejiang_2022() },
            standing: CourseStanding { task_points: 1, completed: 1, studied_minutes: 200, gate: Gate::Open },
            not_yet: None,
            minutes_beside_meetings,
            exercises: 0,
            exercises_done: 0,
            studied_at: None,
        }
    }

    #[test]
    fn both_kinds_of_hours_are_told_and_added_up() {
        let hours = RecordedHours::of(&record(134, 45), 10, 0);
        assert_eq!((hours.online, hours.face_to_face, hours.total()), (2, 10, 12));
        assert_eq!((hours.needed, hours.needed_face_to_face), (300, 100));
        let mut town = record(134, 45);
        town.attendance.face_min_pct = 30;
        assert_eq!(RecordedHours::of(&town, 10, 0).needed_face_to_face, 30, "the rest may be online");
        assert_eq!(RecordedHours::of(&record(134, 40), 0, 0).online, 3, "where an hour has 40 minutes");
    }

    #[test]
    fn hours_are_told_against_the_rule_that_the_learner_keeps() {
        let mut raised = record(134, 45);
        let entered = CourseRule::entered(raised.course.id, CourseKind::Culture, 300, 100);
        let rule = CourseRule { class_hours: 320, face_to_face_hours: 120, ..entered };
        raised.asked = AskedHours::of(&raised.course, Some(&rule));
        let hours = RecordedHours::of(&raised, 10, 0);
        assert_eq!((hours.needed, hours.needed_face_to_face), (320, 120));
    }

    #[test]
    fn meetings_online_are_hours_online_and_minutes_are_added_up_before_they_are_divided() {
        let hours = RecordedHours::of(&record(134, 45), 10, 46);
        assert_eq!((hours.online, hours.face_to_face, hours.total()), (4, 10, 14));
    }

    #[test]
    fn it_is_told_how_many_hours_are_missing_and_of_which_kind() {
        let missing = |online, face_to_face| {
            let hours = RecordedHours { online, face_to_face, needed: 80, needed_face_to_face: 20 };
            hours_not_yet(&hours).map(|not_yet| (not_yet.missing, not_yet.face_to_face))
        };
        assert_eq!(missing(0, 0), Some((80, 20)));
        assert_eq!(missing(12, 20), Some((48, 0)));
        assert_eq!(missing(90, 5), Some((15, 15)), "hours online stand for none face to face");
        assert_eq!((missing(60, 20), missing(0, 80)), (None, None));
    }

    proptest! {
        #[test]
        fn who_does_what_is_missing_lacks_nothing(
            (online, face_to_face) in (0..200_u32, 0..200_u32),
            (needed, needed_face_to_face) in (0..200_u32, 0..200_u32),
        ) {
            let hours = RecordedHours { online, face_to_face, needed, needed_face_to_face };
            if let Some(not_yet) = hours_not_yet(&hours) {
                prop_assert!(not_yet.face_to_face <= not_yet.missing);
                let less = RecordedHours { online: online + not_yet.missing - not_yet.face_to_face, ..hours };
                let done = RecordedHours { face_to_face: face_to_face + not_yet.face_to_face, ..less };
                prop_assert_eq!(hours_not_yet(&done), None);
            }
        }
    }
}

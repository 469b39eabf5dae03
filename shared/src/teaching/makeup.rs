//! 补课: a learner who missed a meeting makes it up, at another meeting of the course or by a task that is approved.

use super::{AttendanceState, MAX_REASON_CHARS};
use crate::{
    ids::{AccountId, CourseId, MeetingId},
    problem::FieldError,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// How a missed meeting was made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum MakeupWay {
    /// At another meeting of the course: its time counts, and as it was held.
    Meeting {
        /// That meeting.
        meeting_id: MeetingId,
    },
    /// By a task, which counts as study online.
    Task {
        /// Minutes that it is worth.
        minutes: u16,
    },
}

/// Body of `POST /meetings/{id}/makeups`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GrantMakeup {
    /// Who missed the meeting.
    pub learner: AccountId,
    /// How they made it up.
    pub by: MakeupWay,
    /// What was done, and how somebody knows; of a meeting it may be empty.
    pub note: String,
}

/// Body of `POST /meetings/{id}/makeups/withdraw`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WithdrawMakeup {
    /// Whose it is.
    pub learner: AccountId,
    /// Why it does not count.
    pub reason: String,
}

/// Who missed a meeting, and by what it can be made up: `GET /meetings/{id}/makeups`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingMakeups {
    /// Minutes that the meeting was planned for.
    pub planned_min: u16,
    /// Who was not there, by name.
    pub missed: Vec<MissedLearner>,
    /// Other meetings of the course that are over, the latest first.
    pub meetings: Vec<MakeupMeeting>,
}

/// Somebody who was not at a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MissedLearner {
    /// The learner.
    pub account_id: AccountId,
    /// Their name.
    pub display_name: String,
    /// Whether they were on leave or absent.
    pub state: AttendanceState,
    /// How they made it up, if they did.
    pub makeup: Option<MakeupView>,
}

/// How somebody made a meeting up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MakeupView {
    /// The meeting by which they did; nothing if it was a task.
    pub by_meeting: Option<MakeupMeeting>,
    /// Minutes that count at most.
    pub minutes: u16,
    /// What was done.
    pub note: String,
    /// Who approved it.
    pub granted_by_name: String,
    /// When.
    pub granted_at: Timestamp,
}

/// A meeting by which another one can be made up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MakeupMeeting {
    /// The meeting.
    pub id: MeetingId,
    /// Its class.
    pub class_name: String,
    /// When it began.
    pub starts_at: Timestamp,
    /// Minutes that it was planned for.
    pub planned_min: u16,
}

/// A meeting, as far as making up is judged by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MakeupFacts {
    /// The meeting.
    pub id: MeetingId,
    /// Its course.
    pub course_id: CourseId,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Whether it was cancelled.
    pub is_cancelled: bool,
    /// Minutes that it was planned for.
    pub planned_min: u16,
    /// What counts of the learner at it, if anything was noted.
    pub state: Option<AttendanceState>,
}

impl MakeupFacts {
    fn took_place(&self, now: Timestamp) -> bool {
        !self.is_cancelled && self.ends_at <= now
    }

    /// Whether the learner was not there, as far as was noted.
    #[must_use]
    pub const fn was_missed(&self) -> bool {
        matches!(self.state, Some(AttendanceState::Leave | AttendanceState::Absent))
    }
}

/// Minutes by which a missed meeting is made up: never more than it was planned for. `other` is the meeting by which it
/// is, if the reader knows of it.
///
/// # Errors
/// The fields that are wrong.
pub fn judge_makeup(
    missed: &MakeupFacts,
    wanted: &GrantMakeup,
    other: Option<&MakeupFacts>,
    now: Timestamp,
) -> Result<u16, Vec<FieldError>> {
    let mut errors = Vec::new();
    if !missed.took_place(now) || !missed.was_missed() {
        errors.push(FieldError::new("/learner", "not-missed"));
    }
    if wanted.note.chars().count() > MAX_REASON_CHARS {
        errors.push(FieldError::new("/note", "too-long"));
    }
    let minutes = match wanted.by {
        MakeupWay::Task { minutes } => {
            if wanted.note.trim().is_empty() {
                errors.push(FieldError::new("/note", "required"));
            }
            if !(1..=missed.planned_min).contains(&minutes) {
                errors.push(FieldError::new("/by/minutes", "out-of-range"));
            }
            minutes
        }
        MakeupWay::Meeting { .. } => match other {
            Some(other) => {
                errors.extend(wrong_meeting(missed, other, now).map(|code| FieldError::new("/by/meeting_id", code)));
                other.planned_min.min(missed.planned_min)
            }
            None => {
                errors.push(FieldError::new("/by/meeting_id", "not-found"));
                0
            }
        },
    };
    if errors.is_empty() { Ok(minutes) } else { Err(errors) }
}

/// Why a meeting does not make up another one. Who was on its roll themselves has its hours already.
fn wrong_meeting(missed: &MakeupFacts, other: &MakeupFacts, now: Timestamp) -> Option<&'static str> {
    if other.id == missed.id || other.course_id != missed.course_id {
        Some("other-course")
    } else if !other.took_place(now) {
        Some("not-over")
    } else if other.state.is_some() && !other.was_missed() {
        Some("counted-already")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp(10_000);

    const fn meeting(n: u128, state: Option<AttendanceState>) -> MakeupFacts {
        MakeupFacts {
            id: MeetingId(Uuid::from_u128(n)),
            course_id: CourseId(Uuid::from_u128(1)),
            ends_at: Timestamp(5_000),
            is_cancelled: false,
            planned_min: 90,
            state,
        }
    }

    const MISSED: MakeupFacts = meeting(1, Some(AttendanceState::Absent));

    fn wanted(by: MakeupWay, note: &str) -> GrantMakeup {
        GrantMakeup { learner: AccountId(Uuid::nil()), by, note: note.to_owned() }
    }

    fn by(other: Option<&MakeupFacts>) -> Result<u16, Vec<String>> {
        let way = MakeupWay::Meeting { meeting_id: MeetingId(Uuid::from_u128(2)) };
        codes(judge_makeup(&MISSED, &wanted(way, ""), other, NOW))
    }

    fn codes(judged: Result<u16, Vec<FieldError>>) -> Result<u16, Vec<String>> {
        judged.map_err(|errors| errors.into_iter().map(|error| error.code).collect())
    }

    fn refused(code: &str) -> Result<u16, Vec<String>> {
        Err(vec![code.to_owned()])
    }

    #[test]
    fn another_meeting_of_the_course_makes_it_up_as_long_as_both_are() {
        assert_eq!(by(Some(&meeting(2, None))), Ok(90));
        assert_eq!(by(Some(&MakeupFacts { planned_min: 45, ..meeting(2, None) })), Ok(45));
        assert_eq!(by(Some(&MakeupFacts { planned_min: 180, ..meeting(2, None) })), Ok(90));
        assert_eq!(by(Some(&meeting(2, Some(AttendanceState::Absent)))), Ok(90), "who came to another than their own");
        assert_eq!(by(Some(&meeting(2, Some(AttendanceState::Late)))), refused("counted-already"));
        assert_eq!(by(Some(&MakeupFacts { ends_at: Timestamp(10_001), ..meeting(2, None) })), refused("not-over"));
        assert_eq!(by(Some(&MakeupFacts { is_cancelled: true, ..meeting(2, None) })), refused("not-over"));
        let foreign = MakeupFacts { course_id: CourseId(Uuid::from_u128(9)), ..meeting(2, None) };
        assert_eq!(by(Some(&foreign)), refused("other-course"));
        assert_eq!(by(Some(&MISSED)), refused("other-course"));
        assert_eq!(by(None), refused("not-found"));
    }

    #[test]
    fn a_task_says_what_it_was_and_is_worth_no_more_than_the_meeting() {
        let task =
            |minutes, note: &str| codes(judge_makeup(&MISSED, &wanted(MakeupWay::Task { minutes }, note), None, NOW));
        assert_eq!((task(90, "作文一篇"), task(1, "作文一篇")), (Ok(90), Ok(1)));
        assert_eq!((task(91, "作文一篇"), task(0, "作文一篇")), (refused("out-of-range"), refused("out-of-range")));
        assert_eq!(task(90, " "), refused("required"));
    }

    #[test]
    fn only_who_missed_it_makes_it_up() {
        for state in [None, Some(AttendanceState::Present), Some(AttendanceState::Late)] {
            let there = meeting(1, state);
            let judged = judge_makeup(&there, &wanted(MakeupWay::Task { minutes: 9 }, "读书"), None, NOW);
            assert_eq!(codes(judged), refused("not-missed"));
        }
    }

    proptest! {
        #[test]
        fn nobody_makes_up_more_than_they_missed(planned in 0..300_u16, other in 0..300_u16, task in 0..300_u16) {
            let missed = MakeupFacts { planned_min: planned, ..MISSED };
            let beside = MakeupFacts { planned_min: other, ..meeting(2, None) };
            for way in [MakeupWay::Meeting { meeting_id: beside.id }, MakeupWay::Task { minutes: task }] {
                let judged = judge_makeup(&missed, &wanted(way, "读书"), Some(&beside), NOW);
                prop_assert!(judged.is_ok_and(|minutes| minutes <= planned) || task > planned || task == 0);
            }
        }
    }
}

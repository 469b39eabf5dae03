//! 学情: where the learners of a class are in its courses, why, and who needs help first. Derived from facts, never set.

use super::{CourseStanding, Gate, LastReminder, ReminderCause};
use crate::{
    ids::{AccountId, CourseId},
    rights::text_enum,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

text_enum! {
    /// Where a learner is in a course; who needs help first comes first.
    StudyState {
        /// 久未学习.
        Away = "away",
        /// 学习受阻.
        Stuck = "stuck",
        /// 未开始.
        NotBegun = "not_begun",
        /// 学习中.
        GoingOn = "going_on",
        /// 已学完.
        Complete = "complete",
    }
}

/// From when on somebody is said to need help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HelpRules {
    /// Days without any study in the class after which a learner is away.
    pub away_days: u32,
    /// Tries at one exercise, none of them right, after which a learner is stuck.
    pub stuck_tries: u32,
    /// Days since a unit was begun after which a learner who has not completed it is stuck.
    pub stuck_days: u32,
}

impl HelpRules {
    /// Two weeks are one evening class missed twice; the key is told after each try, so that three are many.
    pub const USUAL: Self = Self { away_days: 14, stuck_tries: 3, stuck_days: 7 };
}

/// What is known of a learner in a class, whatever the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presence {
    /// When they joined, the last time.
    pub joined_at: Timestamp,
    /// When they studied any of its courses last.
    pub last_at: Option<Timestamp>,
}

/// A unit that a learner has begun and not completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenUnit {
    /// Its title.
    pub title: String,
    /// When it was read or tried first.
    pub begun_at: Timestamp,
    /// When it was read or tried last.
    pub last_at: Timestamp,
    /// Most tries at one of its exercises, none of them right.
    pub failed_tries: u32,
}

/// What is known of a learner in one course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudyFacts {
    /// Whether it is complete.
    pub gate: Gate,
    /// When it was studied last.
    pub last_at: Option<Timestamp>,
    /// The units that were begun and are not complete.
    pub open_units: Vec<OpenUnit>,
}

/// Why a learner is where they are in a course: the facts of one sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StudyReason {
    /// Nothing of the class was studied any more.
    Quiet {
        /// For so many days.
        days: u32,
    },
    /// Nothing of the class was studied since the learner joined it.
    QuietSinceJoining {
        /// So many days ago.
        days: u32,
    },
    /// An exercise was tried again and again, and never right.
    Tries {
        /// The unit that it belongs to.
        unit_title: String,
        /// How often it was tried.
        tries: u32,
    },
    /// A unit is not complete long after it was begun.
    LongUnit {
        /// The unit.
        unit_title: String,
        /// Days since it was begun.
        days: u32,
    },
    /// Nothing of the course was studied, while the learner studies others or has just joined.
    NotBegun,
    /// Task points are missing.
    Missing {
        /// How many.
        missing: u16,
    },
    /// Nothing is missing.
    Complete,
}

impl StudyReason {
    /// The state that it gives a reason for.
    #[must_use]
    pub const fn state(&self) -> StudyState {
        match self {
            Self::Quiet { .. } | Self::QuietSinceJoining { .. } => StudyState::Away,
            Self::Tries { .. } | Self::LongUnit { .. } => StudyState::Stuck,
            Self::NotBegun => StudyState::NotBegun,
            Self::Missing { .. } => StudyState::GoingOn,
            Self::Complete => StudyState::Complete,
        }
    }

    /// The unit in which it says that the learner is stuck, if it does.
    #[must_use]
    pub fn stuck_in(&self) -> Option<&str> {
        match self {
            Self::Tries { unit_title, .. } | Self::LongUnit { unit_title, .. } => Some(unit_title),
            _ => None,
        }
    }

    /// Sorts who needs help most before the others: by the state, then by how long it lasts.
    const fn urgency(&self) -> (StudyState, Reverse<u32>) {
        let weight = match self {
            Self::Quiet { days } | Self::QuietSinceJoining { days } | Self::LongUnit { days, .. } => *days,
            Self::Tries { tries, .. } => *tries,
            Self::NotBegun | Self::Missing { .. } | Self::Complete => 0,
        };
        (self.state(), Reverse(weight))
    }
}

/// Where a learner is in a course at `now`, and why. What is complete stays so however long ago it was; who is away is
/// away from every course of the class that is not complete.
#[must_use]
pub fn study_reason(course: &StudyFacts, presence: &Presence, now: Timestamp, rules: &HelpRules) -> StudyReason {
    let Gate::TaskPointsMissing { missing } = course.gate else { return StudyReason::Complete };
    if let Some(away) = absence(presence, now, rules) {
        return away;
    }
    if course.last_at.is_none() {
        return StudyReason::NotBegun;
    }
    let hardest = course.open_units.iter().max_by_key(|unit| unit.failed_tries);
    if let Some(unit) = hardest.filter(|unit| unit.failed_tries >= rules.stuck_tries) {
        return StudyReason::Tries { unit_title: unit.title.clone(), tries: unit.failed_tries };
    }
    let current = course.open_units.iter().max_by_key(|unit| unit.last_at);
    let long = current.map(|unit| (unit, days_between(unit.begun_at, now)));
    match long.filter(|(_, days)| *days >= rules.stuck_days) {
        Some((unit, days)) => StudyReason::LongUnit { unit_title: unit.title.clone(), days },
        None => StudyReason::Missing { missing },
    }
}

/// For how long a learner has studied nothing of the class, if that is too long.
fn absence(presence: &Presence, now: Timestamp, rules: &HelpRules) -> Option<StudyReason> {
    let last_here = presence.last_at.filter(|last| *last >= presence.joined_at);
    let days = days_between(last_here.unwrap_or(presence.joined_at), now);
    let reason = match last_here {
        Some(_) => StudyReason::Quiet { days },
        None => StudyReason::QuietSinceJoining { days },
    };
    (days >= rules.away_days).then_some(reason)
}

/// Days of China's calendar from one instant to another.
fn days_between(from: Timestamp, to: Timestamp) -> u32 {
    let midnight = |at: Timestamp| Timestamp::of_day_in_china(at.date_in_china());
    u32::try_from(midnight(to).ms_since(midnight(from)) / DAY_MS).unwrap_or(0)
}

/// Where a learner of a class is in one of its courses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LearnerCourse {
    /// The course.
    pub course_id: CourseId,
    /// Its title.
    pub course_title: String,
    /// How far they are.
    pub standing: CourseStanding,
    /// When they studied it last.
    pub last_at: Option<Timestamp>,
    /// Where they are.
    pub state: StudyState,
    /// Why.
    pub reason: StudyReason,
}

/// A learner of a class in its courses: one of `GET /classes/{id}/study?state=`, who needs help first comes first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LearnerStudy {
    /// The learner.
    pub account_id: AccountId,
    /// Their name.
    pub display_name: String,
    /// Where they are in the courses of the class, in the order of their codes.
    pub courses: Vec<LearnerCourse>,
    /// The last time that somebody reminded them.
    pub last_reminder: Option<LastReminder>,
}

impl LearnerStudy {
    /// For how many days they are away from the class, if they are.
    #[must_use]
    pub fn away_days(&self) -> Option<u32> {
        self.courses.iter().find_map(|course| match course.reason {
            StudyReason::Quiet { days } | StudyReason::QuietSinceJoining { days } => Some(days),
            _ => None,
        })
    }

    /// What a word of their teachers would be about: that they are away, or else where they are stuck.
    #[must_use]
    pub fn reminder_cause(&self) -> Option<ReminderCause> {
        if let Some(days) = self.away_days() {
            return Some(ReminderCause::Away { days });
        }
        let unit_title = self.neediest()?.reason.stuck_in()?.to_owned();
        Some(ReminderCause::Stuck { unit_title })
    }

    /// The course in which they need help most; none in a class without courses.
    #[must_use]
    pub fn neediest(&self) -> Option<&LearnerCourse> {
        self.courses.iter().min_by_key(|course| course.reason.urgency())
    }
}

/// Sorts learners: who needs help first, and by name among equals.
pub fn sort_by_need(learners: &mut [LearnerStudy]) {
    learners.sort_by(|one, other| {
        let key = |learner: &LearnerStudy| learner.neediest().map(|course| course.reason.urgency());
        // Who has no course needs nothing.
        let (first, second) = (key(one), key(other));
        (first.is_none(), first, &one.display_name, one.account_id).cmp(&(
            second.is_none(),
            second,
            &other.display_name,
            other.account_id,
        ))
    });
}

/// The learners who are in this state in any course, with those courses alone; without a state, all.
#[must_use]
pub fn in_state(learners: Vec<LearnerStudy>, state: Option<StudyState>) -> Vec<LearnerStudy> {
    let Some(state) = state else { return learners };
    let only = |mut learner: LearnerStudy| {
        learner.courses.retain(|course| course.state == state);
        (!learner.courses.is_empty()).then_some(learner)
    };
    learners.into_iter().filter_map(only).collect()
}

#[cfg(test)]
mod tests;

//! Where a learner stands in a unit and in a course: derived from facts by a dated rule row, never set.

use super::{CourseStanding, Gate, UnitProgress};
use crate::ids::UnitId;
use jiff::civil::Date;

/// One row of the rule table: what counts as studied in one region at one level from one day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StudyRules {
    /// Per cent of a text from which it counts as read.
    pub read_enough_pct: u8,
    /// Characters a minute that nobody reads faster (ADR 45).
    pub read_chars_per_min: u16,
    /// Seconds of somebody's reading that may stay unseen: those between two heartbeats of a page.
    pub unseen_s: u16,
    /// The first day, in China, on which reading takes time. What was read before stays read (ADR 41, 45).
    pub takes_time_from: Date,
    /// Per cent of a course's task points that open the gate to its test.
    pub gate_task_pct: u8,
}

impl StudyRules {
    /// 330000, from 2022-01-01: every task point is needed (DOMAIN §1.9, `gate_task_pct=100`). What is
    /// read enough is ours to say: the last lines of a text are often out of sight, and who reads fast reads half as
    /// many characters a minute.
    #[must_use]
    pub const fn zhejiang_2022() -> Self {
        Self {
            read_enough_pct: 90,
            read_chars_per_min: 600,
            unseen_s: 20,
            takes_time_from: Date::constant(2026, 11, 27),
            gate_task_pct: 100,
        }
    }

    /// How many of so many task points open the gate; a course without task points never opens it.
    #[must_use]
    pub fn needed(&self, task_points: u16) -> u16 {
        let needed = (u32::from(task_points) * u32::from(self.gate_task_pct)).div_ceil(100).max(1);
        u16::try_from(needed).unwrap_or(u16::MAX)
    }
}

/// What is known of one learner's study of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitFacts {
    /// The unit.
    pub id: UnitId,
    /// The title.
    pub title: String,
    /// How long it is meant to take, in minutes.
    pub minutes: u16,
    /// How far it has been read, in per cent.
    pub read_pct: u8,
    /// Seconds that are missing before it can have been read; see [`super::reading_standing`].
    pub reading_left_s: u32,
    /// Exercises in it.
    pub exercises: u16,
    /// Of these, done.
    pub exercises_done: u16,
    /// Activities in it that are required.
    pub activities: u16,
    /// Of these, done: an assignment is once it has been handed in and was not returned.
    pub activities_done: u16,
}

impl UnitFacts {
    /// Whether the task point is complete: read, every exercise done, and every required activity.
    #[must_use]
    pub const fn is_complete(&self, rules: &StudyRules) -> bool {
        self.read_pct >= rules.read_enough_pct
            && self.reading_left_s == 0
            && self.exercises_done >= self.exercises
            && self.activities_done >= self.activities
    }
}

/// The progress of one unit.
#[must_use]
pub fn unit_progress(unit: &UnitFacts, rules: &StudyRules) -> UnitProgress {
    UnitProgress {
        id: unit.id,
        title: unit.title.clone(),
        minutes: unit.minutes,
        read_pct: unit.read_pct.min(100),
        reading_left_s: unit.reading_left_s,
        exercises: unit.exercises,
        exercises_done: unit.exercises_done.min(unit.exercises),
        activities: unit.activities,
        activities_done: unit.activities_done.min(unit.activities),
        is_complete: unit.is_complete(rules),
    }
}

/// The standing in a course whose version has `task_points`; `units` are those with any facts.
///
/// The gate opens when enough task points are complete; a course without task points never opens it.
#[must_use]
pub fn course_standing(task_points: u16, units: &[UnitFacts], studied_ms: i64, rules: &StudyRules) -> CourseStanding {
    let completed = units.iter().filter(|unit| unit.is_complete(rules)).count();
    let completed = u16::try_from(completed).unwrap_or(u16::MAX).min(task_points);
    let missing = rules.needed(task_points).saturating_sub(completed);
    let gate = if missing == 0 { Gate::Open } else { Gate::TaskPointsMissing { missing } };
    let studied_minutes = u32::try_from(studied_ms.max(0) / 60_000).unwrap_or(u32::MAX);
    CourseStanding { task_points, completed, studied_minutes, gate }
}

/// Why a course is not complete yet: what is to be done about it first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotYet {
    /// Its teachers are still preparing it: another course can be studied meanwhile.
    Unprepared,
    /// Nothing of it is complete, and its first unit has not been begun.
    Begin {
        /// Task points that are missing.
        missing: u16,
        /// The unit to begin with.
        unit: UnitProgress,
    },
    /// The next unit has not been read to its end, or faster than anybody reads.
    Read {
        /// Task points that are missing.
        missing: u16,
        /// The unit to read.
        unit: UnitProgress,
    },
    /// The next unit has been read, and not all its exercises are done.
    Exercise {
        /// Task points that are missing.
        missing: u16,
        /// The unit with the exercises.
        unit: UnitProgress,
        /// How many are left.
        left: u16,
    },
    /// The next unit has been read and its exercises are done, and something required was not handed in, or was
    /// returned.
    Activity {
        /// Task points that are missing.
        missing: u16,
        /// The unit with the activities.
        unit: UnitProgress,
        /// How many are left.
        left: u16,
    },
}

/// Why a course is not complete yet, and what comes first; `None` if it is complete. `next` is the first unit that is
/// not complete.
#[must_use]
pub fn not_yet(standing: &CourseStanding, next: Option<&UnitProgress>, rules: &StudyRules) -> Option<NotYet> {
    let Gate::TaskPointsMissing { missing } = standing.gate else { return None };
    let Some(unit) = next.cloned() else { return Some(NotYet::Unprepared) };
    let left = unit.exercises.saturating_sub(unit.exercises_done);
    let activities_left = unit.activities.saturating_sub(unit.activities_done);
    Some(match unit.is_read(rules) {
        false if standing.completed == 0 && !unit.is_begun() => NotYet::Begin { missing, unit },
        false => NotYet::Read { missing, unit },
        true if left == 0 && activities_left > 0 => NotYet::Activity { missing, unit, left: activities_left },
        true => NotYet::Exercise { missing, unit, left },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: StudyRules = StudyRules::zhejiang_2022();

    fn unit(read_pct: u8, exercises_done: u16) -> UnitFacts {
        let id = UnitId(uuid::Uuid::nil());
        let (exercises, activities) = (2, 0);
        let title = String::new();
        UnitFacts {
            id,
            title,
            minutes: 20,
            read_pct,
            reading_left_s: 0,
            exercises,
            exercises_done,
            activities,
            activities_done: 0,
        }
    }

    fn with_assignment(unit: UnitFacts, activities_done: u16) -> UnitFacts {
        UnitFacts { activities: 1, activities_done, ..unit }
    }

    #[test]
    fn a_unit_is_complete_when_read_and_exercised() {
        assert!(unit_progress(&unit(90, 2), &RULES).is_complete);
        assert!(!unit_progress(&unit(89, 2), &RULES).is_complete);
        assert!(!unit_progress(&unit(100, 1), &RULES).is_complete);
    }

    #[test]
    fn who_went_through_a_text_faster_than_anybody_reads_has_it_before_them() {
        let hasty = UnitFacts { reading_left_s: 41, ..unit(100, 2) };
        let progress = unit_progress(&hasty, &RULES);
        assert!(!progress.is_complete && !progress.is_read(&RULES));
        let standing = course_standing(1, std::slice::from_ref(&hasty), 20_000, &RULES);
        assert_eq!(standing.gate, Gate::TaskPointsMissing { missing: 1 });
        assert!(matches!(not_yet(&standing, Some(&progress), &RULES), Some(NotYet::Read { missing: 1, .. })));
    }

    #[test]
    fn what_is_required_is_handed_in_before_a_unit_is_complete() {
        assert!(unit_progress(&with_assignment(unit(90, 2), 1), &RULES).is_complete);
        assert!(!unit_progress(&with_assignment(unit(100, 2), 0), &RULES).is_complete);
        assert!(!unit_progress(&with_assignment(unit(89, 2), 1), &RULES).is_complete);
        assert!(!unit_progress(&with_assignment(unit(100, 1), 1), &RULES).is_complete);
    }

    #[test]
    fn the_gate_opens_with_the_last_task_point() {
        let standing = course_standing(2, &[unit(100, 2), unit(95, 1)], 150_000, &RULES);
        assert_eq!(standing.gate, Gate::TaskPointsMissing { missing: 1 });
        assert_eq!((standing.completed, standing.studied_minutes), (1, 2));
        assert_eq!(course_standing(2, &[unit(100, 2), unit(95, 2)], 0, &RULES).gate, Gate::Open);
    }

    #[test]
    fn what_comes_first_is_said_until_the_gate_opens() {
        let first = |units: &[UnitFacts]| {
            let next = units.iter().map(|facts| unit_progress(facts, &RULES)).find(|unit| !unit.is_complete);
            let task_points = u16::try_from(units.len()).unwrap();
            not_yet(&course_standing(task_points, units, 0, &RULES), next.as_ref(), &RULES)
        };
        assert_eq!(first(&[]), Some(NotYet::Unprepared));
        assert!(matches!(first(&[unit(0, 0), unit(0, 0)]), Some(NotYet::Begin { missing: 2, .. })));
        assert!(matches!(first(&[unit(1, 0), unit(0, 0)]), Some(NotYet::Read { missing: 2, .. })));
        assert!(matches!(first(&[unit(100, 2), unit(0, 0)]), Some(NotYet::Read { missing: 1, .. })));
        assert!(matches!(first(&[unit(100, 2), unit(90, 1)]), Some(NotYet::Exercise { missing: 1, left: 1, .. })));
        assert_eq!(first(&[unit(100, 2), unit(100, 2)]), None);
        let open = |read_pct, exercises_done| with_assignment(unit(read_pct, exercises_done), 0);
        assert!(matches!(first(&[open(95, 2)]), Some(NotYet::Activity { missing: 1, left: 1, .. })));
        assert!(matches!(first(&[open(95, 1)]), Some(NotYet::Exercise { missing: 1, left: 1, .. })));
        assert!(matches!(first(&[open(20, 0)]), Some(NotYet::Read { .. })));
        assert!(matches!(first(&[with_assignment(unit(0, 0), 1)]), Some(NotYet::Read { .. })), "it was begun");
    }

    #[test]
    fn a_course_without_task_points_is_not_complete() {
        assert_eq!(course_standing(0, &[], 0, &RULES).gate, Gate::TaskPointsMissing { missing: 1 });
    }

    #[test]
    fn a_region_may_ask_for_fewer_task_points() {
        let huzhou = StudyRules { gate_task_pct: 60, ..RULES };
        let missing = |completed: usize| course_standing(3, &vec![unit(100, 2); completed], 0, &huzhou).gate;
        assert_eq!(missing(1), Gate::TaskPointsMissing { missing: 1 }, "60 % of 3 are 2, not 1.8");
        assert_eq!(missing(2), Gate::Open);
    }
}

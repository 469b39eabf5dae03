//! Where a learner stands in a unit and in a course: derived from facts, never set.

use super::{CourseStanding, Gate, UnitProgress};
use crate::ids::UnitId;

/// A unit counts as read from here on, in per cent.
pub const READ_ENOUGH_PCT: u8 = 90;

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
    /// Exercises in it.
    pub exercises: u16,
    /// Of these, done.
    pub exercises_done: u16,
}

impl UnitFacts {
    /// Whether the task point is complete: read, and every exercise done.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.read_pct >= READ_ENOUGH_PCT && self.exercises_done >= self.exercises
    }
}

/// The progress of one unit.
#[must_use]
pub fn unit_progress(unit: &UnitFacts) -> UnitProgress {
    UnitProgress {
        id: unit.id,
        title: unit.title.clone(),
        minutes: unit.minutes,
        read_pct: unit.read_pct.min(100),
        exercises: unit.exercises,
        exercises_done: unit.exercises_done.min(unit.exercises),
        is_complete: unit.is_complete(),
    }
}

/// The standing in a course whose version has `task_points`; `units` are those with any facts.
///
/// The gate opens when every task point is complete (DOMAIN §1.9, `gate_task_pct=100`); a course
/// without task points never opens it.
#[must_use]
pub fn course_standing(task_points: u16, units: &[UnitFacts], studied_ms: i64) -> CourseStanding {
    let completed = units.iter().filter(|unit| unit.is_complete()).count();
    let completed = u16::try_from(completed).unwrap_or(u16::MAX).min(task_points);
    let missing = task_points.max(1) - completed;
    let gate = if missing == 0 { Gate::Open } else { Gate::TaskPointsMissing { missing } };
    let studied_minutes = u32::try_from(studied_ms.max(0) / 60_000).unwrap_or(u32::MAX);
    CourseStanding { task_points, completed, studied_minutes, gate }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(read_pct: u8, exercises_done: u16) -> UnitFacts {
        let id = UnitId(uuid::Uuid::nil());
        UnitFacts { id, title: String::new(), minutes: 20, read_pct, exercises: 2, exercises_done }
    }

    #[test]
    fn a_unit_is_complete_when_read_and_exercised() {
        assert!(unit_progress(&unit(90, 2)).is_complete);
        assert!(!unit_progress(&unit(89, 2)).is_complete);
        assert!(!unit_progress(&unit(100, 1)).is_complete);
    }

    #[test]
    fn the_gate_opens_with_the_last_task_point() {
        let standing = course_standing(2, &[unit(100, 2), unit(95, 1)], 150_000);
        assert_eq!(standing.gate, Gate::TaskPointsMissing { missing: 1 });
        assert_eq!((standing.completed, standing.studied_minutes), (1, 2));
        assert_eq!(course_standing(2, &[unit(100, 2), unit(95, 2)], 0).gate, Gate::Open);
    }

    #[test]
    fn a_course_without_task_points_is_not_complete() {
        assert_eq!(course_standing(0, &[], 0).gate, Gate::TaskPointsMissing { missing: 1 });
    }
}

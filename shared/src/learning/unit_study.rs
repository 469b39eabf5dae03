//! 任务点完成情况: unit by unit, who of a class has completed it, who is at it, and who has not begun.

use super::UnitProgress;
use crate::ids::{AccountId, CourseId, UnitId};
use serde::{Deserialize, Serialize};

/// A class unit by unit: `GET /classes/{id}/unit_study`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassUnitStudy {
    /// Who is in the class, by name; the units tell of them by their places here.
    pub learners: Vec<Classmate>,
    /// The courses of the class, by code.
    pub courses: Vec<CourseUnits>,
}

/// Somebody in a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Classmate {
    /// The account.
    pub account_id: AccountId,
    /// The name.
    pub display_name: String,
}

/// A course of the class, in its newest version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourseUnits {
    /// The course.
    pub course_id: CourseId,
    /// Its title.
    pub course_title: String,
    /// Its modules, in order.
    pub modules: Vec<ModuleUnits>,
}

/// A module of the course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModuleUnits {
    /// The title.
    pub title: String,
    /// Its units, in order.
    pub units: Vec<UnitStudy>,
}

/// Where the class is in one unit. Who studies a version without it is not among those who are to do it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitStudy {
    /// The unit.
    pub unit_id: UnitId,
    /// Its title.
    pub title: String,
    /// How many have completed it.
    pub completed: u16,
    /// Who has begun it and not completed it, by their places among the learners.
    pub begun: Vec<u16>,
    /// Who has not begun it, by their places among the learners.
    pub untouched: Vec<u16>,
}

impl UnitStudy {
    /// Counts a unit by the progress of each learner, in the order of the learners; of who does not study it there is
    /// none.
    #[must_use]
    pub fn count(unit_id: UnitId, title: &str, progress: &[Option<UnitProgress>]) -> Self {
        let mut study =
            Self { unit_id, title: title.to_owned(), completed: 0, begun: Vec::new(), untouched: Vec::new() };
        for (place, progress) in (0..).zip(progress) {
            match progress {
                Some(progress) if progress.is_complete => study.completed += 1,
                Some(progress) if progress.is_begun() => study.begun.push(place),
                Some(_) => study.untouched.push(place),
                None => {}
            }
        }
        study
    }

    /// How many are to do it.
    #[must_use]
    pub fn of_all(&self) -> usize {
        usize::from(self.completed) + self.begun.len() + self.untouched.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(read_pct: u8, is_complete: bool) -> Option<UnitProgress> {
        Some(UnitProgress {
            id: UnitId(uuid::Uuid::nil()),
            title: String::new(),
            minutes: 20,
            read_pct,
            reading_left_s: 0,
            exercises: 1,
            exercises_done: 0,
            activities: 0,
            activities_done: 0,
            is_complete,
        })
    }

    #[test]
    fn everybody_who_is_to_do_a_unit_is_counted_once() {
        let all = [progress(100, true), progress(0, false), None, progress(40, false), progress(100, true)];
        let study = UnitStudy::count(UnitId(uuid::Uuid::nil()), "U", &all);
        assert_eq!((study.completed, study.begun.as_slice(), study.untouched.as_slice()), (2, &[3][..], &[1][..]));
        assert_eq!((study.of_all(), study.title.as_str()), (4, "U"));
    }
}

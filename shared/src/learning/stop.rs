//! In which units learners stop, told to authors in numbers that name nobody.

use super::CourseContent;
use crate::ids::UnitId;
use serde::{Deserialize, Serialize};

/// Days without study after which a learner has stopped.
pub const STOPPED_AFTER_DAYS: i64 = 14;
/// Learners below whom a number is not told: fewer could be known by who they are.
pub const FEWEST_TOLD: u64 = 5;

/// How many learners studied a unit last, and have not studied the course since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastStudied {
    /// The unit.
    pub unit_id: UnitId,
    /// Whether they are through: they have completed the last unit of the course, whatever they read again since.
    pub is_through: bool,
    /// How many.
    pub learners: u64,
}

/// A unit in which learners stop: one of `GET /courses/{id}/stops`, in the order of the course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitStop {
    /// The unit.
    pub unit_id: UnitId,
    /// Its title.
    pub title: String,
    /// Title of its module.
    pub module_title: String,
    /// Learners whose last unit it is; never fewer than [`FEWEST_TOLD`].
    pub learners: u64,
}

/// The units of a content in which at least [`FEWEST_TOLD`] learners stopped; who is through has not.
#[must_use]
pub fn unit_stops(content: &CourseContent, last_studied: &[LastStudied]) -> Vec<UnitStop> {
    let units = content.modules.iter().flat_map(|module| module.units.iter().map(move |unit| (module, unit)));
    let learners = |id: UnitId| -> u64 {
        let stopped = last_studied.iter().filter(|last| last.unit_id == id && !last.is_through);
        stopped.map(|last| last.learners).sum()
    };
    let stops = units.map(|(module, unit)| UnitStop {
        unit_id: unit.id,
        title: unit.title.clone(),
        module_title: module.title.clone(),
        learners: learners(unit.id),
    });
    stops.filter(|stop| stop.learners >= FEWEST_TOLD).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::{Module, Unit};

    fn id(n: u128) -> UnitId {
        UnitId(uuid::Uuid::from_u128(n))
    }

    fn last(n: u128, is_through: bool, learners: u64) -> LastStudied {
        LastStudied { unit_id: id(n), is_through, learners }
    }

    #[track_caller]
    fn check(last_studied: &[LastStudied], expected: &[(u128, u64)]) {
        let unit = |n| Unit {
            id: id(n),
            title: String::new(),
            minutes: 5,
            body: String::new(),
            exercises: Vec::new(),
            activities: Vec::new(),
        };
        let module = |units: &[u128]| Module { title: String::new(), units: units.iter().copied().map(unit).collect() };
        let content = CourseContent { modules: vec![module(&[1, 2]), module(&[3])], ..CourseContent::default() };
        let found: Vec<_> =
            unit_stops(&content, last_studied).into_iter().map(|stop| (stop.unit_id, stop.learners)).collect();
        let expected: Vec<_> = expected.iter().map(|(n, learners)| (id(*n), *learners)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn fewer_than_five_are_not_told() {
        check(&[last(2, false, 4), last(1, false, 5)], &[(1, 5)]);
        check(&[last(2, false, 2), last(2, false, 3)], &[(2, 5)]);
        check(&[], &[]);
    }

    #[test]
    fn who_is_through_has_not_stopped_wherever_they_read_again() {
        check(&[last(3, true, 50), last(3, false, 6), last(2, false, 7)], &[(2, 7), (3, 6)]);
        check(&[last(3, true, 50), last(3, false, 4), last(1, true, 9), last(1, false, 4)], &[]);
    }

    #[test]
    fn units_that_are_gone_are_not_told() {
        check(&[last(9, false, 50)], &[]);
    }
}

//! How many courses count towards the diploma, and how many are needed.

mod batch;
mod diploma;
mod rule_change;
mod rules;
mod standing;

pub use batch::*;
pub use diploma::*;
pub use rule_change::*;
pub use rules::*;
pub use standing::*;

use crate::learning::CourseRole;

/// Courses that count and courses that are needed, by role and approval of each course of a level.
///
/// Every required course is needed, and one of those of which one is chosen, and one elective; more
/// of the latter two count no further (DOMAIN §1.5, §1.7).
#[must_use]
pub fn courses_counted(courses: &[(CourseRole, bool)]) -> (u16, u16) {
    let count = |role: CourseRole, most: usize| {
        let of_role = || courses.iter().filter(move |(other, _)| *other == role);
        (of_role().filter(|(_, is_approved)| *is_approved).count().min(most), of_role().count().min(most))
    };
    let parts =
        [count(CourseRole::Required, usize::MAX), count(CourseRole::ChooseOne, 1), count(CourseRole::Elective, 1)];
    let sum = |counts: [usize; 3]| u16::try_from(counts.iter().sum::<usize>()).unwrap_or(u16::MAX);
    (sum(parts.map(|(counted, _)| counted)), sum(parts.map(|(_, needed)| needed)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use CourseRole::{ChooseOne, Elective, Required};

    #[test]
    fn one_science_is_enough_and_a_second_counts_no_further() {
        let courses = |first, second| {
            [(Required, true), (Required, false), (ChooseOne, first), (ChooseOne, second), (Elective, true)]
        };
        assert_eq!(courses_counted(&courses(false, false)), (2, 4));
        assert_eq!(courses_counted(&courses(true, false)), (3, 4));
        assert_eq!(courses_counted(&courses(true, true)), (3, 4));
        assert_eq!(courses_counted(&[]), (0, 0));
    }
}

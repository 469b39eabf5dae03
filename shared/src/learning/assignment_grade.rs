//! What came of a learner's assignments, for the gradebook: read off the last hand-in of each, never set.

use super::{HandInState, hand_in_counts};
use crate::{ids::ActivityId, points::Points};
use serde::{Deserialize, Serialize};

/// What a mark gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MarkedPoints {
    /// The points of all criteria.
    pub points: Points,
    /// The most that these give, by the rubric under which it was handed in.
    pub most: Points,
}

/// One assignment of the course, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssignmentGrade {
    /// The assignment.
    pub activity_id: ActivityId,
    /// Its title.
    pub title: String,
    /// Whether the task point needs it.
    pub is_required: bool,
    /// Where the last hand-in stands; absent before the first.
    pub state: Option<HandInState>,
    /// What its mark gave; absent unless it is marked.
    pub mark: Option<MarkedPoints>,
}

/// All assignments of a course together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AssignmentTally {
    /// How many there are.
    pub assignments: u16,
    /// Of these, handed in and not returned.
    pub handed_in: u16,
    /// Of these, marked.
    pub marked: u16,
    /// The points of those that are marked.
    pub points: Points,
    /// The most that these give.
    pub most: Points,
}

impl AssignmentTally {
    /// Counts assignments, and adds up the points of those that are marked. What nobody has marked yet takes nothing
    /// from a learner: it adds neither points nor what they are measured by.
    #[must_use]
    pub fn of(grades: &[AssignmentGrade]) -> Self {
        let count = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        let marks: Vec<MarkedPoints> = grades.iter().filter_map(|grade| grade.mark).collect();
        Self {
            assignments: count(grades.len()),
            handed_in: count(grades.iter().filter(|grade| hand_in_counts(grade.state)).count()),
            marked: count(marks.len()),
            points: marks.iter().map(|mark| mark.points).sum(),
            most: marks.iter().map(|mark| mark.most).sum(),
        }
    }

    /// The points of those that are marked, of the most that these give; nothing before one is.
    #[must_use]
    pub fn score(&self) -> Option<MarkedPoints> {
        (self.marked > 0).then_some(MarkedPoints { points: self.points, most: self.most })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use HandInState::{Marked, Returned, Waiting};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn grade(state: Option<HandInState>, mark: Option<(i32, i32)>) -> AssignmentGrade {
        AssignmentGrade {
            activity_id: ActivityId(Uuid::nil()),
            title: String::new(),
            is_required: false,
            state,
            mark: mark.map(|(points, most)| MarkedPoints { points: Points(points), most: Points(most) }),
        }
    }

    #[test]
    fn what_is_not_marked_is_counted_and_takes_no_points() {
        let grades = [
            grade(Some(Marked), Some((850, 1_000))),
            grade(Some(Marked), Some((0, 500))),
            grade(Some(Waiting), None),
            grade(Some(Returned), None),
            grade(None, None),
        ];
        let tally = AssignmentTally::of(&grades);
        assert_eq!((tally.assignments, tally.handed_in, tally.marked), (5, 3, 2));
        assert_eq!(tally.score(), Some(MarkedPoints { points: Points(850), most: Points(1_500) }));
        assert_eq!(AssignmentTally::of(&grades[2..]).score(), None);
        assert_eq!(AssignmentTally::of(&[]), AssignmentTally::default());
    }

    proptest! {
        #[test]
        fn nobody_has_more_than_the_most(marks in prop::collection::vec((0..=1_000i32, 0..=1_000i32), 0..20)) {
            let grades: Vec<_> = marks
                .iter()
                .map(|(one, other)| grade(Some(Marked), Some((*one.min(other), *one.max(other)))))
                .collect();
            let tally = AssignmentTally::of(&grades);
            prop_assert!(tally.points <= tally.most);
            prop_assert!(tally.marked <= tally.handed_in && tally.handed_in <= tally.assignments);
        }
    }
}

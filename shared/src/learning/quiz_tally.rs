//! What came of a learner's quizzes in a course, for the gradebook: counted, never set.

use super::MarkedPoints;
use crate::points::Points;
use serde::{Deserialize, Serialize};

/// The quizzes of a class in a course, without those that were withdrawn, and what came of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuizTally {
    /// How many there are.
    pub quizzes: u16,
    /// Of these, done.
    pub done: u16,
    /// The points of the best attempts at those.
    pub points: Points,
    /// The most that those give.
    pub most: Points,
}

impl QuizTally {
    /// Counts one more quiz: the points of the best attempt, absent before the first, and the most that it gives. What
    /// was not done takes nothing from a learner: it adds neither points nor what they are measured by.
    pub fn count(&mut self, best: Option<Points>, most: Points) {
        self.quizzes = self.quizzes.saturating_add(1);
        if let Some(best) = best {
            self.done = self.done.saturating_add(1);
            self.points = [self.points, best].into_iter().sum();
            self.most = [self.most, most].into_iter().sum();
        }
    }

    /// The points of those that are done, of the most that these give; nothing before one is.
    #[must_use]
    pub fn score(&self) -> Option<MarkedPoints> {
        (self.done > 0).then_some(MarkedPoints { points: self.points, most: self.most })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_not_done_is_counted_and_takes_no_points() {
        let mut tally = QuizTally::default();
        assert_eq!(tally.score(), None);
        for (best, most) in [(Some(150), 200), (None, 1_000), (Some(0), 300)] {
            tally.count(best.map(Points), Points(most));
        }
        assert_eq!((tally.quizzes, tally.done), (3, 2));
        assert_eq!(tally.score(), Some(MarkedPoints { points: Points(150), most: Points(500) }));
    }

    proptest! {
        #[test]
        fn nobody_has_more_than_the_most(found in prop::collection::vec((0..=100i32, 0..=100i32), 0..20)) {
            let mut tally = QuizTally::default();
            found.iter().for_each(|(one, other)| tally.count(Some(Points(*one.min(other))), Points(*one.max(other))));
            prop_assert!(tally.points <= tally.most && tally.done <= tally.quizzes);
        }
    }
}

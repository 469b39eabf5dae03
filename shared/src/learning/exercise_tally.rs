//! What came of a learner's exercises: counted, never set.

use serde::{Deserialize, Serialize};

/// The exercises of a course version, and what came of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExerciseTally {
    /// How many there are.
    pub exercises: u16,
    /// Of these, done.
    pub done: u16,
    /// Of these, right at the first try.
    pub right_at_once: u16,
}

impl ExerciseTally {
    /// Counts one more exercise. `first` is the verdict of a rule on the first try; absent before it, and where a
    /// person would have to say.
    pub fn count(&mut self, is_done: bool, first: Option<bool>) {
        self.exercises = self.exercises.saturating_add(1);
        self.done = self.done.saturating_add(u16::from(is_done));
        self.right_at_once = self.right_at_once.saturating_add(u16::from(first == Some(true)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_right_later_is_done_and_not_right_at_once() {
        let mut tally = ExerciseTally::default();
        for (is_done, first) in
            [(true, Some(true)), (true, Some(false)), (false, Some(false)), (true, None), (false, None)]
        {
            tally.count(is_done, first);
        }
        assert_eq!(tally, ExerciseTally { exercises: 5, done: 3, right_at_once: 1 });
    }

    proptest! {
        #[test]
        fn nothing_is_counted_that_is_not_there(found in prop::collection::vec(any::<bool>(), 0..50)) {
            let mut tally = ExerciseTally::default();
            found.iter().for_each(|is_right| tally.count(*is_right, Some(*is_right)));
            prop_assert_eq!(usize::from(tally.exercises), found.len());
            prop_assert!(tally.right_at_once <= tally.done && tally.done <= tally.exercises);
        }
    }
}

//! 错题本: the exercises that a learner answered wrong and has not put right since. Derived from the tries, never set.

use crate::{
    ids::{CourseId, UnitId},
    item_bank::ItemView,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Right answers in a row after the last wrong one that take an exercise out of the book: who is told the key and
/// types it in once has not learnt it yet.
pub const RIGHT_IN_A_ROW: u8 = 2;

/// A try at an exercise that a rule has judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JudgedTry {
    /// Whether it was right.
    pub is_right: bool,
    /// When it was made.
    pub at: Timestamp,
}

/// Why an exercise is in the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenMistake {
    /// How often it was answered wrong.
    pub wrong_tries: u32,
    /// Right answers since the last wrong one.
    pub right_since: u8,
    /// When it was answered wrong the last time.
    pub last_wrong_at: Timestamp,
}

/// What keeps an exercise in the book; `None` if nothing does. The tries are those of one exercise, in order.
#[must_use]
pub fn open_mistake(tries: &[JudgedTry]) -> Option<OpenMistake> {
    let (last, wrong) = tries.iter().enumerate().rfind(|(_, one)| !one.is_right)?;
    let right_since = u8::try_from(tries.len() - last - 1).unwrap_or(u8::MAX);
    let wrong_tries = tries.iter().filter(|one| !one.is_right).count();
    (right_since < RIGHT_IN_A_ROW).then(|| OpenMistake {
        wrong_tries: u32::try_from(wrong_tries).unwrap_or(u32::MAX),
        right_since,
        last_wrong_at: wrong.at,
    })
}

/// The book of one course: one of `GET /me/mistakes`. A course without mistakes is left out, and so is a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourseMistakes {
    /// The course.
    pub course_id: CourseId,
    /// Its title.
    pub course_title: String,
    /// Its modules, in order.
    pub modules: Vec<ModuleMistakes>,
}

/// The book of one module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModuleMistakes {
    /// The title.
    pub title: String,
    /// Its exercises, in order.
    pub mistakes: Vec<Mistake>,
}

/// An exercise in the book. Its key is told: who is here has tried it, and was told it then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mistake {
    /// Its unit.
    pub unit_id: UnitId,
    /// Title of its unit.
    pub unit_title: String,
    /// Where it stands in its unit, from 0; it is answered by
    /// `POST /me/units/{unit_id}/exercises/{index}/answers`.
    pub index: u16,
    /// What is asked.
    pub item: ItemView,
    /// How often it was answered wrong.
    pub wrong_tries: u32,
    /// Right answers since the last wrong one.
    pub right_since: u8,
    /// When it was answered wrong the last time.
    pub last_wrong_at: Timestamp,
    /// The right answer, as a person would write it.
    pub key_text: String,
    /// Why, as sanitised HTML.
    pub explanation_html: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tries(verdicts: &[bool]) -> Vec<JudgedTry> {
        let at = |(second, is_right): (i64, &bool)| JudgedTry { is_right: *is_right, at: Timestamp(second) };
        (0_i64..).zip(verdicts).map(at).collect()
    }

    #[track_caller]
    fn check(verdicts: &[bool], expected: Option<(u32, u8, i64)>) {
        let found = open_mistake(&tries(verdicts));
        assert_eq!(found.map(|open| (open.wrong_tries, open.right_since, open.last_wrong_at.0)), expected);
    }

    #[test]
    fn a_wrong_answer_stays_until_two_right_ones_in_a_row() {
        check(&[], None);
        check(&[true], None);
        check(&[false], Some((1, 0, 0)));
        check(&[false, true], Some((1, 1, 0)));
        check(&[false, true, true], None);
        check(&[false, true, false, true], Some((2, 1, 2)));
        check(&[true, true, true, false], Some((1, 0, 3)));
        check(&[false, true, true, false, false], Some((3, 0, 4)));
    }

    proptest! {
        #[test]
        fn whatever_came_before_two_right_answers_empty_the_book_and_a_wrong_one_fills_it(
            mut before in prop::collection::vec(any::<bool>(), 0..20),
        ) {
            before.extend([true, true]);
            prop_assert_eq!(open_mistake(&tries(&before)), None);
            before.push(false);
            let open = open_mistake(&tries(&before)).map(|open| open.right_since);
            prop_assert_eq!(open, Some(0));
        }
    }
}

//! 读中小题: who reads for long without answering anything is asked an exercise of the unit (DOMAIN §4.7: a random check
//! question each 10 to 15 minutes). Nothing is taken from who lets it stand; teachers see long reading without an
//! answer among what is unusual.

use super::{StudyInterval, may_be_quizzed};
use crate::{draw::below, item_bank::Item, time::Timestamp};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use uuid::Uuid;

/// When somebody is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadingCheckRules {
    /// Seconds of reading without an answer before which nobody is.
    pub after_s: u32,
    /// So many seconds more at most; how many is drawn, so that nobody waits for the moment.
    pub spread_s: u32,
}

impl Default for ReadingCheckRules {
    /// 10 to 15 minutes.
    fn default() -> Self {
        Self { after_s: 600, spread_s: 300 }
    }
}

/// The exercises of a unit that may be asked while it is read, by their numbers from 0: those that a rule judges.
#[must_use]
pub fn askable(exercises: &[Item]) -> Vec<u16> {
    let judged = exercises.iter().zip(0..).filter(|(item, _)| may_be_quizzed(&item.body));
    judged.map(|(_, number)| number).collect()
}

/// Which exercise a learner is asked who reads on an open page, if they are asked now. `stretch` is the page's last
/// stretch of reading, `last_answer` when anything of the unit was answered last, `page` names the open page.
///
/// What is asked stays the same until something is answered: it is drawn from the page and from when the silence began.
#[must_use]
pub fn reading_check(
    stretch: &StudyInterval,
    last_answer: Option<Timestamp>,
    page: Uuid,
    askable: &[u16],
    rules: ReadingCheckRules,
) -> Option<u16> {
    let silent_since = last_answer.map_or(stretch.from, |at| at.max(stretch.from));
    let (high, low) = page.as_u64_pair();
    let mut rng = ChaCha8Rng::seed_from_u64(high ^ low ^ silent_since.0.unsigned_abs());
    let wait_s = i64::from(rules.after_s) + i64::from(below(&mut rng, rules.spread_s.saturating_add(1)));
    let choices = u32::try_from(askable.len()).ok().filter(|count| *count > 0)?;
    let chosen = below(&mut rng, choices) as usize;
    let is_due = stretch.until.ms_since(silent_since) >= wait_s * 1_000;
    askable.get(chosen).copied().filter(|_| is_due)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item_bank::{EssayLength, ItemBody, ItemKind, body_of_lines};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const RULES: ReadingCheckRules = ReadingCheckRules { after_s: 600, spread_s: 300 };

    fn second(s: i64) -> Timestamp {
        Timestamp(1_795_395_600_000).plus_s(s)
    }

    fn asked(read_s: i64, answered: Option<i64>, page: u128, askable: &[u16]) -> Option<u16> {
        let stretch = StudyInterval { from: second(0), until: second(read_s) };
        reading_check(&stretch, answered.map(second), Uuid::from_u128(page), askable, RULES)
    }

    #[test]
    fn the_rules_are_those_of_the_house() {
        assert_eq!(ReadingCheckRules::default(), RULES);
    }

    #[test]
    fn exercises_that_a_person_judges_are_not_asked() {
        let item = |kind, lines: &str| Item {
            schema_version: 1,
            stem: "S".to_owned(),
            body: body_of_lines(kind, lines).unwrap(),
            explanation: String::new(),
        };
        let number = item(ItemKind::Numeric, "9.8");
        let words = Item { body: ItemBody::ShortAnswer { rubric: "R".to_owned() }, ..number.clone() };
        let essay = ItemBody::Essay { dimensions: Vec::new(), length: EssayLength::default() };
        let essay = Item { body: essay, ..number.clone() };
        assert_eq!(askable(&[words.clone(), number.clone(), words, essay, number]), [1, 4]);
        assert_eq!(asked(3_600, None, 1, &[]), None);
    }

    #[test]
    fn different_pages_are_asked_at_different_moments_and_different_exercises() {
        let first = |page| (600..=900).find(|s| asked(*s, None, page, &[0, 1, 2]).is_some()).unwrap();
        let moments: BTreeSet<i64> = (0..50).map(first).collect();
        assert!(moments.len() > 20, "{moments:?}");
        let exercises: BTreeSet<_> = (0..50).map(|page| asked(900, None, page, &[0, 1, 2])).collect();
        assert_eq!(exercises, BTreeSet::from([Some(0), Some(1), Some(2)]));
    }

    proptest! {
        #[test]
        fn nobody_is_asked_before_ten_minutes_and_everybody_after_fifteen(
            page in any::<u128>(), read_s in 0..7_200i64, answered in prop::option::of(-3_600..7_200i64),
        ) {
            let answered = answered.filter(|at| *at <= read_s);
            let silent_s = read_s - answered.unwrap_or(0).max(0);
            let is_asked = asked(read_s, answered, page, &[4]) == Some(4);
            prop_assert!(!is_asked || silent_s >= 600);
            prop_assert!(is_asked || silent_s < 900);
        }

        #[test]
        fn what_is_asked_stays_until_something_is_answered(page in any::<u128>(), more_s in 0..3_600i64) {
            let first = asked(900, None, page, &[0, 1, 2, 3]);
            prop_assert!(first.is_some());
            prop_assert_eq!(asked(900 + more_s, None, page, &[0, 1, 2, 3]), first);
            prop_assert_eq!(asked(900 + more_s, Some(900 + more_s), page, &[0, 1, 2, 3]), None);
        }
    }
}

//! How hard an item proved to be, and from when on that counts more than what was said of it (ADR 42).

use super::ItemStatistic;
use crate::time::Timestamp;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// From how many candidates on a measured difficulty replaces the stated one, and since which day in China.
struct MeasuredRule {
    from: Date,
    least: u32,
}

/// Every rule that was or is in force, the oldest first. A rule stays when another comes after it.
const RULES: &[MeasuredRule] = &[MeasuredRule { from: date(2026, 9, 1), least: 100 }];

/// How the newest version of an item did in all tests whose results are out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeasuredItem {
    /// How many candidates are counted.
    pub candidates: u32,
    /// The mean difficulty, each test by its candidates, in thousandths.
    pub difficulty: u16,
    /// The mean discrimination of the tests that have one, each by its candidates, in thousandths.
    pub discrimination: Option<i16>,
    /// Whether it counts instead of the difficulty that was said.
    pub is_in_force: bool,
}

/// How many candidates a measured difficulty needs at an instant to replace what was said; nothing does before the first
/// rule.
#[must_use]
pub fn least_candidates(now: Timestamp) -> u32 {
    let day = now.date_in_china();
    RULES.iter().rev().find(|rule| rule.from <= day).map_or(u32::MAX, |rule| rule.least)
}

/// What several tests of one version say together; nothing without candidates. Thousandths are rounded, those of the
/// discrimination towards zero.
#[must_use]
pub fn pooled(tests: &[ItemStatistic], least: u32) -> Option<MeasuredItem> {
    let candidates: i64 = tests.iter().map(|test| i64::from(test.candidates)).sum();
    if candidates == 0 {
        return None;
    }
    let got: i64 = tests.iter().map(|test| i64::from(test.candidates) * i64::from(test.difficulty)).sum();
    let told = tests.iter().filter_map(|test| Some((i64::from(test.candidates), i64::from(test.discrimination?))));
    let (told, weighed) = told.fold((0, 0), |(told, weighed), (count, value)| (told + count, weighed + count * value));
    let candidates_told = u32::try_from(candidates).unwrap_or(u32::MAX);
    Some(MeasuredItem {
        candidates: candidates_told,
        difficulty: u16::try_from((2 * got + candidates) / (2 * candidates)).unwrap_or(u16::MAX),
        discrimination: weighed.checked_div(told).and_then(|mean| i16::try_from(mean).ok()),
        is_in_force: candidates_told >= least,
    })
}

/// The difficulty that an item is drawn and found by: the measured one where it is in force, else the stated one.
#[must_use]
pub fn difficulty_in_force(stated: u16, measured: Option<MeasuredItem>) -> u16 {
    measured.filter(|measured| measured.is_in_force).map_or(stated, |measured| measured.difficulty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn test(candidates: u32, difficulty: u16, discrimination: Option<i16>) -> ItemStatistic {
        let (version, held_at, options, unanswered) = (1, Timestamp(0), Vec::new(), 0);
        ItemStatistic { version, held_at, candidates, difficulty, discrimination, options, unanswered }
    }

    #[test]
    fn tests_count_by_their_candidates() {
        let tests = [test(30, 600, Some(300)), test(90, 700, Some(-100)), test(10, 675, None)];
        let measured = pooled(&tests, 130).unwrap();
        assert_eq!((measured.candidates, measured.difficulty, measured.discrimination), (130, 675, Some(0)));
        assert!(measured.is_in_force && !pooled(&tests, 131).unwrap().is_in_force);
        assert_eq!(pooled(&[test(2, 500, None)], 1).unwrap().discrimination, None);
        assert_eq!((pooled(&[], 0), pooled(&[test(0, 500, None)], 0)), (None, None));
    }

    #[test]
    fn what_was_said_counts_until_enough_have_answered() {
        let measured = |candidates| pooled(&[test(candidates, 400, None)], 100);
        assert_eq!(difficulty_in_force(650, measured(99)), 650);
        assert_eq!(difficulty_in_force(650, measured(100)), 400);
        assert_eq!(difficulty_in_force(650, None), 650);
    }

    #[test]
    fn a_rule_holds_from_its_day_on() {
        let first = Timestamp::of_day_in_china(date(2026, 9, 1));
        assert_eq!((least_candidates(first.plus_ms(-1)), least_candidates(first)), (u32::MAX, 100));
        assert!(RULES.is_sorted_by_key(|rule| rule.from));
    }

    proptest! {
        #[test]
        fn the_whole_lies_between_its_parts(tests in proptest::collection::vec((1_u32..500, 0_u16..=1_000), 1..6)) {
            let tests: Vec<_> = tests.into_iter().map(|(count, difficulty)| test(count, difficulty, None)).collect();
            let whole = pooled(&tests, 0).unwrap().difficulty;
            let parts = || tests.iter().map(|test| test.difficulty);
            prop_assert!(parts().min() <= Some(whole) && Some(whole) <= parts().max());
        }
    }
}

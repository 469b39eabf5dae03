//! When a text counts as read. How far a page was moved tells little alone, for nobody reads a thousand characters in a
//! second: the time on it must allow for them (ADR 45).

use super::{StudyInterval, StudyRules};
use crate::time::Timestamp;

/// Bytes of a Chinese character. Letters of other scripts are read several at once, so they count by the same measure.
const CHAR_BYTES: usize = 3;

/// A stretch of reading, and how far the text had been read at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadStretch {
    /// When it was.
    pub interval: StudyInterval,
    /// How far, in per cent.
    pub read_pct: u8,
}

/// Where the reading of a text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadingStanding {
    /// How far it has been read, in per cent.
    pub read_pct: u8,
    /// Milliseconds that are missing before it can have been read.
    pub left_ms: i64,
    /// When it had been read far enough and for long enough, if it has.
    pub read_at: Option<Timestamp>,
}

impl ReadingStanding {
    /// What is missing in whole seconds, a part of one as one.
    #[must_use]
    pub fn left_s(&self) -> u32 {
        u32::try_from(self.left_ms.max(0).saturating_add(999) / 1_000).unwrap_or(u32::MAX)
    }
}

/// How many Chinese characters a text has, or as much of another script.
#[must_use]
pub const fn text_chars(body: &str) -> usize {
    body.len() / CHAR_BYTES
}

impl StudyRules {
    /// Milliseconds that somebody is seen on a text of so many characters who reads it as fast as anybody does.
    #[must_use]
    pub fn reading_ms(&self, chars: usize) -> i64 {
        let chars = i64::try_from(chars).unwrap_or(i64::MAX);
        let whole_ms = chars.saturating_mul(60_000) / i64::from(self.read_chars_per_min.max(1));
        whole_ms.saturating_sub(i64::from(self.unseen_s) * 1_000).max(0)
    }

    /// Whether what was read at this instant had to take its time.
    fn takes_time(&self, at: Timestamp) -> bool {
        at >= Timestamp::of_day_in_china(self.takes_time_from)
    }
}

/// Where the reading of a text of so many characters stands, by stretches that do not overlap and come in any order. One
/// that began before reading took time, and went far enough, is enough.
#[must_use]
pub fn reading_standing(stretches: &[ReadStretch], chars: usize, rules: &StudyRules) -> ReadingStanding {
    let mut sorted = stretches.to_vec();
    sorted.sort_unstable_by_key(|stretch| (stretch.interval.from, stretch.interval.until));
    let needed_ms = rules.reading_ms(chars);
    let (mut read_pct, mut read_ms) = (0, 0_i64);
    let (mut far_at, mut long_at) = (None, None);
    for ReadStretch { interval, read_pct: reached_pct } in sorted {
        read_pct = reached_pct.max(read_pct);
        if far_at.is_none() && read_pct >= rules.read_enough_pct {
            far_at = Some(interval.from);
        }
        let before_ms = read_ms;
        read_ms = read_ms.saturating_add(interval.until.ms_since(interval.from).max(0));
        if long_at.is_none() && read_ms >= needed_ms {
            long_at = Some(interval.from.plus_ms(needed_ms - before_ms));
        }
    }
    if let Some(at) = far_at.filter(|at| !rules.takes_time(*at)) {
        return ReadingStanding { read_pct, left_ms: 0, read_at: Some(at) };
    }
    let read_at = far_at.zip(long_at).map(|(far, long)| far.max(long));
    ReadingStanding { read_pct, left_ms: needed_ms.saturating_sub(read_ms).max(0), read_at }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::Date;
    use proptest::prelude::*;

    const FIRST_DAY: Date = Date::constant(1970, 1, 1);
    const RULES: StudyRules = StudyRules { takes_time_from: FIRST_DAY, ..StudyRules::zhejiang_2022() };

    /// A stretch from one second to another.
    fn stretch(from_s: i64, until_s: i64, read_pct: u8) -> ReadStretch {
        let interval = StudyInterval { from: Timestamp(from_s * 1_000), until: Timestamp(until_s * 1_000) };
        ReadStretch { interval, read_pct }
    }

    /// Seconds that are missing, and the second at which it had been read.
    fn of(stretches: &[ReadStretch], chars: usize) -> (u32, Option<i64>) {
        let standing = reading_standing(stretches, chars, &RULES);
        (standing.left_s(), standing.read_at.map(|at| at.0 / 1_000))
    }

    #[test]
    fn a_page_that_is_opened_for_a_second_is_not_read() {
        assert_eq!(of(&[stretch(100, 101, 100)], 1_000), (79, None));
        assert_eq!(of(&[], 1_000), (80, None));
    }

    #[test]
    fn a_text_is_read_once_it_can_have_been() {
        assert_eq!(of(&[stretch(100, 179, 100)], 1_000), (1, None));
        assert_eq!(of(&[stretch(100, 180, 100)], 1_000), (0, Some(180)));
        assert_eq!(of(&[stretch(100, 150, 40), stretch(300, 340, 95)], 1_000), (0, Some(330)), "in two evenings");
        assert_eq!(of(&[stretch(100, 900, 89)], 1_000), (0, None), "its end was not seen");
    }

    #[test]
    fn what_is_shorter_than_two_heartbeats_are_apart_is_read_when_it_was_seen() {
        assert_eq!(of(&[stretch(100, 100, 95)], 200), (0, Some(100)));
        assert_eq!(of(&[stretch(100, 100, 95)], 210), (1, None));
    }

    #[test]
    fn what_was_read_before_reading_took_time_stays_read() {
        let begins_s = Timestamp::of_day_in_china(StudyRules::zhejiang_2022().takes_time_from).0 / 1_000;
        let of = |stretches: &[ReadStretch]| {
            let standing = reading_standing(stretches, 1_000, &StudyRules::zhejiang_2022());
            (standing.left_s(), standing.read_at.map(|at| at.0 / 1_000 - begins_s))
        };
        let at = |from_s: i64, read_pct: u8| stretch(begins_s + from_s, begins_s + from_s + 1, read_pct);
        assert_eq!(of(&[at(-1, 90)]), (0, Some(-1)));
        assert_eq!(of(&[at(-1, 90), at(9, 100)]), (0, Some(-1)), "and later haste changes nothing");
        assert_eq!(of(&[at(-1, 89), at(9, 100)]), (78, None), "it had not been read far enough");
        assert_eq!(of(&[at(0, 100)]), (79, None));
    }

    #[test]
    fn letters_of_other_scripts_are_read_several_at_once() {
        assert_eq!((text_chars("若干字"), text_chars("several"), text_chars("")), (3, 2, 0));
    }

    fn stretches() -> impl Strategy<Value = Vec<ReadStretch>> {
        let piece = (0..60_i64, 0..90_i64, 0..=100_u8);
        proptest::collection::vec(piece, 0..8).prop_map(|pieces| {
            let mut end_s = 0;
            let next = |(pause_s, length_s, read_pct): (i64, i64, u8)| {
                let from_s = end_s + pause_s;
                end_s = from_s + length_s;
                stretch(from_s, end_s, read_pct)
            };
            pieces.into_iter().map(next).collect()
        })
    }

    proptest! {
        #[test]
        fn order_changes_nothing_and_more_takes_nothing_away(all in stretches(), chars in 0..3_000_usize) {
            let standing = reading_standing(&all, chars, &RULES);
            let reversed: Vec<_> = all.iter().rev().copied().collect();
            prop_assert_eq!(reading_standing(&reversed, chars, &RULES), standing);
            for some in 0..all.len() {
                let before = reading_standing(&all[..some], chars, &RULES);
                prop_assert!(before.read_pct <= standing.read_pct && before.left_ms >= standing.left_ms);
                prop_assert!(before.read_at.is_none() || before.read_at == standing.read_at);
            }
        }

        #[test]
        fn nothing_is_read_faster_than_anybody_reads(all in stretches(), chars in 0..3_000_usize) {
            let standing = reading_standing(&all, chars, &RULES);
            let seen_ms: i64 = all.iter().map(|one| one.interval.until.ms_since(one.interval.from)).sum();
            prop_assert_eq!(standing.left_ms == 0, seen_ms >= RULES.reading_ms(chars));
            if let Some(at) = standing.read_at {
                prop_assert!(standing.left_ms == 0 && standing.read_pct >= RULES.read_enough_pct);
                prop_assert!(all.iter().any(|one| one.interval.from <= at && at <= one.interval.until));
            }
        }
    }
}

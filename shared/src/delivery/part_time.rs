//! When a part of a paper that has a time of its own closes (ADR 64): one function for server, player and whoever else asks.
//!
//! It is reckoned back from the end of working time. So time that is given back moves every part by as much, extra time
//! stretches all of them in proportion, and no part ever closes before it was told to.

use crate::{ids::ItemId, time::Timestamp};
use std::collections::BTreeMap;

/// How long a candidate works, time that is given back apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkingTime {
    /// Working time of everybody, in minutes.
    pub duration_min: u16,
    /// Extra time of this candidate, in minutes.
    pub extra_min: u16,
}

impl WorkingTime {
    /// When a part closes that everybody has to leave `minutes` after the start, if working time ends at `ends_at`. Its share
    /// of extra time is rounded up to whole seconds. What would last longer than the test closes with it.
    #[must_use]
    pub fn part_closes_at(self, minutes: u16, ends_at: Timestamp) -> Timestamp {
        ends_at.plus_s(-self.left_after_s(minutes))
    }

    /// How many seconds are left after the part.
    fn left_after_s(self, minutes: u16) -> i64 {
        let (duration, extra) = (i64::from(self.duration_min), i64::from(self.extra_min));
        let rest = (duration - i64::from(minutes)).max(0);
        rest * 60 * (duration + extra) / duration.max(1)
    }
}

/// The parts of a paper that close before its end, as the player of one device knows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartTimes {
    /// For each item of such a part, after how many minutes it closes.
    minutes: BTreeMap<ItemId, u16>,
    working_time: WorkingTime,
    /// When this device's epoch began, by the server's clock.
    began_at: Timestamp,
}

impl PartTimes {
    /// The items with the minutes after which their parts close, as far as they have any.
    #[must_use]
    pub fn new(
        items: impl IntoIterator<Item = (ItemId, Option<u16>)>,
        working_time: WorkingTime,
        began_at: Timestamp,
    ) -> Self {
        let minutes = items.into_iter().filter_map(|(item, minutes)| Some((item, minutes?))).collect();
        Self { minutes, working_time, began_at }
    }

    /// When the part of an item closes, if working time ends at `ends_at`; `None` if it stays open until then.
    #[must_use]
    pub fn closes_at(&self, item: ItemId, ends_at: Timestamp) -> Option<Timestamp> {
        self.minutes.get(&item).map(|minutes| self.working_time.part_closes_at(*minutes, ends_at))
    }

    /// Whether an entry that is written so long after the epoch began proves that its part was open. The server reckons from
    /// the opening itself, which is no later than what the device heard of it: it comes to the same, or is more lenient.
    #[must_use]
    pub fn is_open_for(&self, item: ItemId, monotonic_ms: u64, ends_at: Timestamp) -> bool {
        let Some(closes_at) = self.closes_at(item, ends_at) else { return true };
        i64::try_from(monotonic_ms).is_ok_and(|ms| self.began_at.plus_ms(ms) <= closes_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::{TimePlan, deadline};
    use proptest::prelude::*;
    use uuid::Uuid;

    const PLAN: TimePlan = TimePlan { starts_at: Timestamp(0), duration_min: 90, extra_min: 0, returned_s: 0 };

    fn minute(minutes: i64) -> Timestamp {
        Timestamp(0).plus_s(minutes * 60)
    }

    fn closes_at(plan: &TimePlan, minutes: u16) -> Timestamp {
        let working_time = WorkingTime { duration_min: plan.duration_min, extra_min: plan.extra_min };
        working_time.part_closes_at(minutes, deadline(plan))
    }

    #[test]
    fn a_part_closes_when_its_time_is_over() {
        assert_eq!(closes_at(&PLAN, 30), minute(30));
        assert_eq!(closes_at(&TimePlan { extra_min: 27, ..PLAN }, 30), minute(39), "a third of the extra time");
        assert_eq!(
            closes_at(&TimePlan { returned_s: 600, ..PLAN }, 30),
            minute(40),
            "what was given back is for all parts"
        );
        assert_eq!([90, 200].map(|minutes| closes_at(&PLAN, minutes)), [minute(90); 2], "with the test at the latest");
        assert_eq!(WorkingTime::default().part_closes_at(30, minute(90)), minute(90), "nothing is known of it");
    }

    #[test]
    fn what_is_written_is_held_against_the_end_of_its_part() {
        let (item, free) = (ItemId(Uuid::from_u128(1)), ItemId(Uuid::from_u128(2)));
        let working_time = WorkingTime { duration_min: 90, extra_min: 0 };
        let times = PartTimes::new([(item, Some(30)), (free, None)], working_time, minute(10));
        let is_open = |item, minutes: u64, more| times.is_open_for(item, minutes * 60_000 + more, minute(90));
        assert!(is_open(item, 20, 0) && !is_open(item, 20, 1), "it began ten minutes after the test");
        assert!(is_open(free, 500, 0));
        assert!(times.is_open_for(item, 25 * 60_000, minute(95)), "time was given back");
        assert_eq!((times.closes_at(item, minute(90)), times.closes_at(free, minute(90))), (Some(minute(30)), None));
    }

    proptest! {
        #[test]
        fn no_part_is_shortened_and_each_keeps_its_place(
            duration_min in 1..=300_u16,
            (extra_min, more_min) in (0..200_u16, 0..100_u16),
            (returned_s, more_s) in (0..4_000_u32, 0..4_000_u32),
            (one, other) in (0..=300_u16, 0..=300_u16),
        ) {
            let plan = TimePlan { starts_at: Timestamp(0), duration_min, extra_min, returned_s };
            let (first, last) = (one.min(other), one.max(other));
            prop_assert!(closes_at(&plan, first) <= closes_at(&plan, last));
            prop_assert!(closes_at(&plan, last) <= deadline(&plan));
            let given_back = TimePlan { returned_s: returned_s + more_s, ..plan };
            let by_ms = closes_at(&given_back, one).ms_since(closes_at(&plan, one));
            prop_assert_eq!(by_ms, i64::from(more_s) * 1_000, "all parts are moved alike");
            let stretched = TimePlan { extra_min: extra_min + more_min, ..plan };
            prop_assert!(closes_at(&stretched, one) >= closes_at(&plan, one));
            let exact = i64::from(one.min(duration_min)) * 60_000 * i64::from(duration_min + extra_min)
                / i64::from(duration_min) + i64::from(returned_s) * 1_000;
            let off = closes_at(&plan, one).ms_since(Timestamp(exact));
            prop_assert!((0..=1_000).contains(&off), "in proportion, up to a second more: {off}");
        }
    }
}

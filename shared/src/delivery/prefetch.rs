//! When a device fetches the sealed paper ahead: in the days before the test, each at a moment of its own, so that the
//! hour before the start has little left to carry (DOMAIN §4.7: sealed papers are fetched early, and keys alone released).

use super::order::{Purpose, rng_for};
use crate::{draw::below, time::Timestamp};

/// From so many seconds before the start a device fetches ahead: three days.
pub const PREFETCH_BEFORE_S: i64 = 3 * 86_400;
/// Devices that look at one moment fetch spread over this many milliseconds at most.
const SPREAD_MS: i64 = 60_000;
/// Of the time that is left, the spread takes no more than one part in this.
const SHARE: i64 = 60;

/// How many milliseconds this candidate's device waits before it fetches ahead, if it looks at `now`; `None` before the
/// days of fetching, and once the test has begun: then the waiting room fetches what is missing at once.
#[must_use]
pub fn prefetch_wait_ms(seed: u64, starts_at: Timestamp, now: Timestamp) -> Option<u64> {
    let left_ms = starts_at.ms_since(now);
    if left_ms <= 0 || left_ms > PREFETCH_BEFORE_S * 1_000 {
        return None;
    }
    let spread_ms = u32::try_from((left_ms / SHARE).clamp(1, SPREAD_MS)).ok()?;
    Some(u64::from(below(&mut rng_for(seed, Purpose::Prefetch), spread_ms)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const START: Timestamp = Timestamp(1_000_000_000_000);

    fn wait(seed: u64, before_s: i64) -> Option<u64> {
        prefetch_wait_ms(seed, START, START.plus_s(-before_s))
    }

    #[test]
    fn papers_are_fetched_in_the_three_days_before_the_start() {
        assert_eq!([PREFETCH_BEFORE_S + 1, 0, -1].map(|before_s| wait(7, before_s)), [None; 3]);
        assert!([PREFETCH_BEFORE_S, 3_600, 1].iter().all(|before_s| wait(7, *before_s).is_some()));
    }

    #[test]
    fn devices_that_look_at_once_are_spread() {
        let mut by_second = [0_u32; 60];
        for seed in 0..6_000 {
            let second = usize::try_from(wait(seed, PREFETCH_BEFORE_S).unwrap() / 1_000).unwrap();
            by_second[second] += 1;
        }
        assert!(by_second.iter().all(|devices| (40..=170).contains(devices)), "{by_second:?}");
    }

    proptest! {
        /// A device waits a small part of what is left, and always the same at one moment.
        #[test]
        fn nobody_waits_past_the_start(seed: u64, before_s in 1..=PREFETCH_BEFORE_S) {
            let waited = wait(seed, before_s).unwrap();
            prop_assert!(waited < 60_000);
            prop_assert!(i64::try_from(waited).unwrap() <= before_s * 1_000 / SHARE);
            prop_assert_eq!(wait(seed, before_s), Some(waited));
        }
    }
}

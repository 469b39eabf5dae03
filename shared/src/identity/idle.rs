//! When a log-in that lies unused ends, and when whoever has it is asked before.

use crate::time::Timestamp;

/// How long before the end somebody is asked whether they are still there.
const WARNING_MS: i64 = 5 * MINUTE_MS;
/// Who touched the page so shortly before is there, and is not asked: nothing stops a hand that writes.
const PRESENT_MS: i64 = 2 * MINUTE_MS;
/// Whoever is there renews a log-in that lies for this part of its time, so that the time counts from about the
/// last touch.
const DUE_PART: i64 = 3;
/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;

/// What a page knows of its log-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdleFacts {
    /// When it was renewed the last time.
    pub renewed_at: Timestamp,
    /// When the page was touched the last time.
    pub touched_at: Timestamp,
    /// After so many minutes without a renewal the log-in ends.
    pub idle_minutes: u32,
}

/// How it stands with a log-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idleness {
    /// The end is far.
    Fresh,
    /// It lies for a while and somebody is there: it is renewed.
    Renew,
    /// The end is near and nobody is seen.
    Ask {
        /// Minutes until the end, begun ones counted.
        minutes: u32,
    },
    /// It has ended.
    Over,
}

/// How it stands with a log-in at `now`, on the clock that the facts are from.
#[must_use]
pub fn idleness(facts: &IdleFacts, now: Timestamp) -> Idleness {
    let idle_ms = i64::from(facts.idle_minutes) * MINUTE_MS;
    let lies_ms = now.ms_since(facts.renewed_at);
    let left_ms = idle_ms - lies_ms;
    let is_there = now.ms_since(facts.touched_at) <= PRESENT_MS;
    if left_ms < 0 {
        Idleness::Over
    } else if is_there && (lies_ms >= idle_ms / DUE_PART || left_ms <= WARNING_MS) {
        Idleness::Renew
    } else if left_ms > WARNING_MS {
        Idleness::Fresh
    } else {
        let begun = (left_ms + MINUTE_MS - 1) / MINUTE_MS;
        Idleness::Ask { minutes: u32::try_from(begun).unwrap_or_default().max(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Renewed at 0, for 120 minutes; touched and looked at in these minutes.
    #[track_caller]
    fn check(touched: i64, now: i64, expected: Idleness) {
        let at = |minutes: i64| Timestamp(minutes * MINUTE_MS);
        let facts = IdleFacts { renewed_at: at(0), touched_at: at(touched), idle_minutes: 120 };
        assert_eq!(idleness(&facts, at(now)), expected);
    }

    #[test]
    fn nobody_is_asked_before_the_last_five_minutes() {
        check(0, 0, Idleness::Fresh);
        check(0, 114, Idleness::Fresh);
        check(0, 115, Idleness::Ask { minutes: 5 });
        check(0, 119, Idleness::Ask { minutes: 1 });
        check(0, 120, Idleness::Ask { minutes: 1 });
        check(0, 121, Idleness::Over);
    }

    #[test]
    fn who_is_at_work_is_not_asked() {
        check(114, 115, Idleness::Renew);
        check(113, 115, Idleness::Renew);
        check(112, 115, Idleness::Ask { minutes: 5 });
        check(120, 121, Idleness::Over);
    }

    #[test]
    fn the_time_counts_from_about_the_last_touch() {
        check(39, 39, Idleness::Fresh);
        check(40, 40, Idleness::Renew);
        check(39, 41, Idleness::Renew);
        check(39, 42, Idleness::Fresh);
    }

    #[test]
    fn begun_minutes_are_counted() {
        let facts = IdleFacts { renewed_at: Timestamp(0), touched_at: Timestamp(0), idle_minutes: 120 };
        let now = Timestamp(116 * MINUTE_MS + 1);
        assert_eq!(idleness(&facts, now), Idleness::Ask { minutes: 4 });
    }
}

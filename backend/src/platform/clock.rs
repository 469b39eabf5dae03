//! The clock, injected.

use shared::time::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
    }
}

/// How many milliseconds a clock is certainly off another one: it said `before`, then the other one `there`, then it said
/// `after`.
#[must_use]
pub fn skew_ms(before: Timestamp, there: Timestamp, after: Timestamp) -> i64 {
    before.ms_since(there).max(there.ms_since(after)).max(0)
}

/// A clock that tests and the demo turn by hand.
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that stands at `at`.
    #[must_use]
    pub fn at(at: Timestamp) -> Self {
        Self(AtomicI64::new(at.0))
    }

    /// Sets the clock.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.0, Ordering::SeqCst);
    }

    /// Lets `seconds` seconds pass.
    pub fn advance_s(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::skew_ms;
    use shared::time::Timestamp;

    #[test]
    fn what_the_other_clock_may_have_said_in_between_is_no_skew() {
        let skew = |there| skew_ms(Timestamp(1_000), Timestamp(there), Timestamp(1_200));
        assert_eq!([900, 1_000, 1_100, 1_200, 1_500].map(skew), [100, 0, 0, 0, 300]);
    }
}

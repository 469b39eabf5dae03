//! Working time: one function computes the deadline for server, browser and console.

use super::order::{Purpose, rng_for};
use crate::{draw::below, time::Timestamp};

/// Requests at the start are spread over this many milliseconds.
pub const START_JITTER_MS: u32 = 30_000;

/// What the deadline is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimePlan {
    /// When candidates may begin.
    pub starts_at: Timestamp,
    /// Working time in minutes.
    pub duration_min: u16,
    /// Extra time of this candidate, in minutes.
    pub extra_min: u16,
    /// Time given back after an interruption, in seconds.
    pub returned_s: u32,
}

/// When the candidate's working time ends.
#[must_use]
pub fn deadline(plan: &TimePlan) -> Timestamp {
    let minutes = i64::from(plan.duration_min) + i64::from(plan.extra_min);
    plan.starts_at.plus_s(minutes * 60 + i64::from(plan.returned_s))
}

/// The last moment to which time that is given back may move the end of `plan`: the hard stop of the test, less the
/// seconds for the network; but never before the end that was planned. `None` if the test has no hard stop.
#[must_use]
pub fn latest_end(plan: &TimePlan, hard_stop_at: Option<Timestamp>, grace_s: i64) -> Option<Timestamp> {
    let planned = deadline(&TimePlan { returned_s: 0, ..*plan });
    hard_stop_at.map(|stop| stop.plus_s(-grace_s).max(planned))
}

/// Milliseconds until `deadline`; 0 when it has passed.
#[must_use]
pub fn time_left(deadline: Timestamp, now: Timestamp) -> i64 {
    deadline.ms_since(now).max(0)
}

/// One question for the time, on the device's monotonic clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockSample {
    /// When the device asked.
    pub sent_mono_ms: u64,
    /// What the server's clock said.
    pub server_time: Timestamp,
    /// When the device had the reply.
    pub received_mono_ms: u64,
}

/// How to read the server's clock from the device's monotonic clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerOffset {
    /// Server's clock minus monotonic clock, in milliseconds.
    pub offset_ms: i64,
    /// It is wrong by no more than this.
    pub uncertainty_ms: i64,
}

impl ServerOffset {
    /// Trusts the sample with the shortest round trip: its reply can be off by at most half of it.
    /// `None` if no sample is sound.
    #[must_use]
    pub fn estimate(samples: &[ClockSample]) -> Option<Self> {
        let round_trip = |sample: &ClockSample| sample.received_mono_ms.checked_sub(sample.sent_mono_ms);
        let (trip, best) = samples.iter().filter_map(|s| round_trip(s).map(|ms| (ms, s))).min_by_key(|(ms, _)| *ms)?;
        let middle = i64::try_from(best.sent_mono_ms.saturating_add(trip / 2)).ok()?;
        let uncertainty_ms = i64::try_from(trip.div_ceil(2)).ok()?;
        Some(Self { offset_ms: best.server_time.0.saturating_sub(middle), uncertainty_ms })
    }

    /// What the server's clock says when the monotonic clock says `mono_ms`.
    #[must_use]
    pub fn server_time(&self, mono_ms: u64) -> Timestamp {
        Timestamp(i64::try_from(mono_ms).unwrap_or(i64::MAX)).plus_ms(self.offset_ms)
    }
}

/// Replies remembered.
const SAMPLES: usize = 8;
/// The device's clocks drifted apart by more than this: it slept, or somebody set its clock.
const SLEPT_MS: i64 = 3_000;

/// What a device knows of the server's clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerClockReading {
    samples: Vec<ClockSample>,
    /// What to read while there is no sample.
    assumed: Option<ServerOffset>,
    /// The monotonic clock when it was doubted last: nothing that was asked for before counts any more.
    doubted_at: Option<u64>,
    /// Whether nothing was asked for since: then the next sample goes before all others.
    is_doubted: bool,
    /// Wall clock minus monotonic clock, when they were held against each other last.
    drift_ms: Option<i64>,
    /// What the monotonic clock has missed since the server told the time, by the wall clock.
    missed_ms: i64,
}

impl ServerClockReading {
    /// Goes on, until the server says better, from what an earlier page of this device knew: that the server's clock
    /// shows `server_time` when the monotonic clock shows `mono_ms`.
    pub fn assume(&mut self, mono_ms: u64, server_time: Timestamp) {
        let sample = ClockSample { sent_mono_ms: mono_ms, server_time, received_mono_ms: mono_ms };
        self.assumed = ServerOffset::estimate(&[sample]);
    }

    /// Takes samples that were asked for just now; forgets all others.
    pub fn replace(&mut self, samples: Vec<ClockSample>) {
        self.samples = samples;
        (self.is_doubted, self.missed_ms) = (false, 0);
    }

    /// Takes a sample out of a reply; but not of one that was under way while the device slept, for it seems to have
    /// been quick, and is not.
    pub fn learn(&mut self, sample: ClockSample) {
        if self.doubted_at.is_some_and(|doubted_at| sample.sent_mono_ms <= doubted_at) {
            return;
        }
        if self.is_doubted {
            self.replace(Vec::new());
        }
        self.samples.push(sample);
        if self.samples.len() > SAMPLES {
            self.samples.remove(0);
        }
    }

    /// The device slept, or somebody set its clock, before the monotonic clock showed `mono_ms`: it may have missed
    /// time. What is known stays only until the server says better, even if that reply travels longer.
    pub fn doubt(&mut self, mono_ms: u64) {
        (self.doubted_at, self.is_doubted) = (Some(mono_ms), true);
    }

    /// Holds the device's two clocks against each other; whether they have drifted apart: the device slept, or somebody
    /// set its clock. Then what is known is doubted. On some devices the monotonic clock stands still in sleep, and there
    /// may be no network to ask: until the server says better, the wall clock tells what was missed. That is never taken
    /// back, so that nobody gains time by it (RELIABILITY, time: only some browsers count sleep).
    pub fn compare(&mut self, mono_ms: u64, wall: Timestamp) -> bool {
        let drift_ms = wall.0.saturating_sub(i64::try_from(mono_ms).unwrap_or(i64::MAX));
        let missed_ms = drift_ms.saturating_sub(*self.drift_ms.get_or_insert(drift_ms));
        if missed_ms.saturating_abs() <= SLEPT_MS {
            return false;
        }
        self.drift_ms = Some(drift_ms);
        self.missed_ms = self.missed_ms.saturating_add(missed_ms.max(0));
        self.doubt(mono_ms);
        true
    }

    /// What the server's clock says when the monotonic clock says `mono_ms`; `None` if nobody ever told.
    #[must_use]
    pub fn server_time(&self, mono_ms: u64) -> Option<Timestamp> {
        let offset = ServerOffset::estimate(&self.samples).or(self.assumed)?;
        Some(offset.server_time(mono_ms).plus_ms(self.missed_ms))
    }
}

/// How long this candidate's device waits before it asks at the start: below [`START_JITTER_MS`],
/// even over all seeds.
#[must_use]
pub fn start_jitter_ms(seed: u64) -> u32 {
    below(&mut rng_for(seed, Purpose::StartJitter), START_JITTER_MS)
}

/// The wait before asking again for what is needed at the start, after so many failures in a row: it doubles, and is
/// longer by a share of this candidate's own, so that a server which is overwhelmed is left alone.
#[must_use]
pub fn ask_again_ms(seed: u64, failures: u32) -> u64 {
    const FIRST_MS: u64 = 4_000;
    const LONGEST_MS: u64 = 27_000;
    (FIRST_MS << failures.min(3)).min(LONGEST_MS) + u64::from(start_jitter_ms(seed) / 10)
}

#[cfg(test)]
mod tests;

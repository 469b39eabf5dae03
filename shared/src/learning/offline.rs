//! Study without a network: how much of what a device says of it counts.
//!
//! A device may say what it likes. It is believed only for time that has passed since the server last heard of it,
//! that the server does not know better, and up to a daily limit.

use super::StudyInterval;
use crate::time::Timestamp;

/// How study without a network counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfflineRules {
    /// What is older than this is not believed any more, in seconds.
    pub max_age_s: i64,
    /// Study without a network that counts on one day in China, in seconds.
    pub daily_cap_s: i64,
}

impl Default for OfflineRules {
    /// A month in the fields or at sea, and four hours a day: as long as a long evening and a lunch break.
    fn default() -> Self {
        Self { max_age_s: 30 * 86_400, daily_cap_s: 4 * 3_600 }
    }
}

/// When something without a network can have happened, on the server's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfflineWindow {
    /// The server had heard of the device then.
    pub since: Timestamp,
    /// The device hands in.
    pub until: Timestamp,
}

impl OfflineWindow {
    /// Between the last contact and the return, and no longer than is believed.
    #[must_use]
    pub fn new(contact_at: Timestamp, returned_at: Timestamp, rules: OfflineRules) -> Self {
        let oldest = returned_at.plus_s(rules.max_age_s.saturating_neg());
        Self { since: contact_at.max(oldest).min(returned_at), until: returned_at }
    }

    /// The part of it in which the learner was in a class that they joined and perhaps left; nothing if there is none.
    #[must_use]
    pub fn within(self, joined_at: Timestamp, left_at: Option<Timestamp>) -> Option<Self> {
        let since = self.since.max(joined_at);
        let until = left_at.map_or(self.until, |left_at| left_at.min(self.until));
        (since <= until).then_some(Self { since, until })
    }

    /// Whether an instant lies in it.
    #[must_use]
    pub fn contains(&self, at: Timestamp) -> bool {
        self.since <= at && at <= self.until
    }

    /// When something happened by the server's clock. A device whose clock was set meanwhile errs, but not out of
    /// the window.
    #[must_use]
    pub fn at(&self, device_at: Timestamp, device_now: Timestamp) -> Timestamp {
        self.until.plus_ms(device_at.ms_since(device_now)).clamp(self.since, self.until)
    }
}

/// What a device says of one stretch of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfflineClaim {
    /// When it began, on the server's clock.
    pub from: Timestamp,
    /// How long it was, by a clock that nobody can set.
    pub duration_ms: i64,
}

/// What the server knows of a learner's study around the window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownStudy {
    /// Every interval.
    pub all: Vec<StudyInterval>,
    /// Of these, what came from devices without a network.
    pub offline: Vec<StudyInterval>,
}

impl KnownStudy {
    /// Notes what was credited.
    pub fn add(&mut self, credited: &[StudyInterval]) {
        self.all.extend_from_slice(credited);
        self.offline.extend_from_slice(credited);
    }
}

/// Which parts of a claim count: within the window, where nothing is known yet, and on each day up to the limit. Empty
/// if nothing does.
#[must_use]
pub fn credit(
    claim: OfflineClaim,
    window: OfflineWindow,
    known: &KnownStudy,
    rules: OfflineRules,
) -> Vec<StudyInterval> {
    let room_ms = window.until.ms_since(window.since);
    let duration_ms = claim.duration_ms.min(room_ms);
    if duration_ms <= 0 {
        return Vec::new();
    }
    let from = claim.from.clamp(window.since, window.until.plus_ms(-duration_ms));
    let claimed = StudyInterval { from, until: from.plus_ms(duration_ms) };
    let mut credited = Vec::new();
    for piece in free_of(claimed, &known.all).into_iter().flat_map(by_day) {
        let day = day_of(piece.from);
        let counted_ms = overlap_ms(day, &known.offline).saturating_add(overlap_ms(day, &credited));
        let left_ms = rules.daily_cap_s.saturating_mul(1_000).saturating_sub(counted_ms);
        let length_ms = piece.until.ms_since(piece.from).min(left_ms);
        if length_ms > 0 {
            credited.push(StudyInterval { from: piece.from, until: piece.from.plus_ms(length_ms) });
        }
    }
    credited
}

/// The parts of a stretch that no known interval covers, in order.
fn free_of(whole: StudyInterval, known: &[StudyInterval]) -> Vec<StudyInterval> {
    let mut taken: Vec<_> = known.iter().copied().filter(|other| overlaps(whole, *other)).collect();
    taken.sort_unstable_by_key(|interval| interval.from);
    let (mut free, mut from) = (Vec::new(), whole.from);
    for other in taken {
        if other.from > from {
            free.push(StudyInterval { from, until: other.from });
        }
        from = from.max(other.until);
    }
    if from < whole.until {
        free.push(StudyInterval { from, until: whole.until });
    }
    free
}

fn overlaps(one: StudyInterval, other: StudyInterval) -> bool {
    other.from < other.until && other.from < one.until && one.from < other.until
}

/// A stretch, cut at each midnight in China.
fn by_day(whole: StudyInterval) -> Vec<StudyInterval> {
    let (mut days, mut from) = (Vec::new(), whole.from);
    while from < whole.until {
        // Whatever the calendar says of an instant beyond it, this comes to an end.
        let until = day_of(from).until.max(from.plus_ms(1)).min(whole.until);
        days.push(StudyInterval { from, until });
        from = until;
    }
    days
}

/// The day in China on which an instant lies.
fn day_of(at: Timestamp) -> StudyInterval {
    let from = Timestamp::of_day_in_china(at.date_in_china());
    StudyInterval { from, until: from.plus_s(86_400) }
}

/// Milliseconds of a day that intervals cover, which do not overlap.
fn overlap_ms(day: StudyInterval, intervals: &[StudyInterval]) -> i64 {
    let within = |other: &StudyInterval| other.until.min(day.until).ms_since(other.from.max(day.from)).max(0);
    intervals.iter().map(within).fold(0, i64::saturating_add)
}

/// Tenths of a megabyte, rounded up: `12` is 1.2 MB. Nothing weighs nothing.
#[must_use]
pub fn tenths_of_megabyte(bytes: u32) -> u32 {
    const MEGABYTE: u64 = 1_024 * 1_024;
    u32::try_from((u64::from(bytes) * 10).div_ceil(MEGABYTE)).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests;

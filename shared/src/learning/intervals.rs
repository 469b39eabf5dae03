//! Time of study: heartbeats become intervals on the server's clock, and overlaps count once.

use crate::time::Timestamp;

/// How heartbeats are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IntervalRules {
    /// Two heartbeats further apart than this do not belong together, in seconds.
    pub max_gap_s: i64,
}

impl Default for IntervalRules {
    /// Two missed heartbeats of 20 s.
    fn default() -> Self {
        Self { max_gap_s: 40 }
    }
}

/// A stretch of study, by the server's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StudyInterval {
    /// The first heartbeat.
    pub from: Timestamp,
    /// The last heartbeat.
    pub until: Timestamp,
}

/// What a heartbeat does to the intervals of its learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extension {
    /// It begins a new interval.
    New(StudyInterval),
    /// It makes the page's last interval longer.
    Longer(StudyInterval),
    /// It came out of order: nothing changes.
    Unchanged,
    /// The learner has opened another page since, and reads there: this one does not count.
    Elsewhere,
}

/// What stands on the other pages of a learner when a heartbeat comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OtherPages {
    /// The end of the learner's last interval on any page.
    pub covered_until: Option<Timestamp>,
    /// The interval that was begun last of all, if another page began it.
    pub begun_since: Option<StudyInterval>,
}

/// Joins a heartbeat of an open page to what the learner has studied. The server's clock gives
/// `beat_at`; `own` is the page's last interval. What another page has covered is not counted again, so that the
/// intervals of one learner never overlap.
///
/// A person studies on one page at a time: the one that was opened last. While its heartbeats come, those of the
/// pages before it do not count (DOMAIN §4.7).
#[must_use]
pub fn extend(own: Option<&StudyInterval>, others: &OtherPages, beat_at: Timestamp, rules: IntervalRules) -> Extension {
    let belongs = |interval: &StudyInterval| beat_at.ms_since(interval.until) <= rules.max_gap_s.saturating_mul(1_000);
    match own {
        Some(_) if others.begun_since.as_ref().is_some_and(belongs) => Extension::Elsewhere,
        Some(own) if beat_at <= own.until => Extension::Unchanged,
        Some(own) if belongs(own) => match others.covered_until {
            Some(covered) if covered > own.until => {
                Extension::New(StudyInterval { from: covered.min(beat_at), until: beat_at })
            }
            _ => Extension::Longer(StudyInterval { from: own.from, until: beat_at }),
        },
        _ => Extension::New(StudyInterval { from: beat_at, until: beat_at }),
    }
}

/// Milliseconds covered by the intervals of all streams; what overlaps counts once.
#[must_use]
pub fn merged_ms(intervals: &[StudyInterval]) -> i64 {
    let mut sorted: Vec<StudyInterval> = intervals.iter().copied().filter(|i| i.until > i.from).collect();
    sorted.sort_unstable_by_key(|interval| interval.from);
    let mut total: i64 = 0;
    let mut covered_until: Option<Timestamp> = None;
    for interval in sorted {
        let from = covered_until.map_or(interval.from, |covered| covered.max(interval.from));
        total = total.saturating_add(interval.until.ms_since(from).max(0));
        covered_until = Some(covered_until.map_or(interval.until, |covered| covered.max(interval.until)));
    }
    total
}

#[cfg(test)]
mod tests;

//! Time of study: heartbeats become intervals on the server's clock, and overlaps count once.

use crate::time::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// China has had no summer time since 1991: every day is as long.
const DAY_S: i64 = 86_400;

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

/// Milliseconds of study that count, by day in China and by what was studied. What overlaps counts once, and of each
/// day no more than `cap_ms` says; what was studied first counts first.
#[must_use]
pub fn credited_ms<K: Copy + Ord>(
    studied: &[(K, StudyInterval)],
    cap_ms: impl Fn(Date) -> Option<i64>,
) -> BTreeMap<(Date, K), i64> {
    let mut sorted = studied.to_vec();
    sorted.sort_unstable_by_key(|(what, interval)| (interval.from, interval.until, *what));
    let (mut credited, mut of_day) = (BTreeMap::new(), BTreeMap::<Date, i64>::new());
    let mut covered_until: Option<Timestamp> = None;
    for (what, interval) in sorted {
        let from = covered_until.map_or(interval.from, |covered| covered.max(interval.from));
        for (day, ms) in by_day(StudyInterval { from, until: interval.until }) {
            let counted = of_day.entry(day).or_default();
            let counts = cap_ms(day).map_or(ms, |cap| ms.min(cap.saturating_sub(*counted).max(0)));
            *counted = counted.saturating_add(counts);
            let of_what: &mut i64 = credited.entry((day, what)).or_default();
            *of_what = of_what.saturating_add(counts);
        }
        covered_until = covered_until.max(Some(interval.until));
    }
    credited
}

/// What of these stretches lies outside of `others`, which may come in any order and overlap.
#[must_use]
pub fn outside<K: Copy>(studied: &[(K, StudyInterval)], others: &[StudyInterval]) -> Vec<(K, StudyInterval)> {
    let mut others = others.to_vec();
    others.sort_unstable_by_key(|other| (other.from, other.until));
    let mut left = Vec::new();
    for (what, interval) in studied {
        let mut from = interval.from;
        for other in others.iter().filter(|other| other.until > interval.from && other.from < interval.until) {
            if other.from > from {
                left.push((*what, StudyInterval { from, until: other.from }));
            }
            from = from.max(other.until);
        }
        if from < interval.until {
            left.push((*what, StudyInterval { from, until: interval.until }));
        }
    }
    left
}

/// How many milliseconds of an interval lie on each day in China.
fn by_day(interval: StudyInterval) -> Vec<(Date, i64)> {
    let (mut parts, mut from) = (Vec::new(), interval.from);
    while from < interval.until {
        let day = from.date_in_china();
        let until = Timestamp::of_day_in_china(day).plus_s(DAY_S).min(interval.until);
        if until <= from {
            break;
        }
        parts.push((day, until.ms_since(from)));
        from = until;
    }
    parts
}

#[cfg(test)]
mod tests;

use super::*;
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn interval(from: i64, until: i64) -> StudyInterval {
    StudyInterval { from: Timestamp(from), until: Timestamp(until) }
}

const ALONE: OtherPages = OtherPages { covered_until: None, begun_since: None };

#[test]
fn a_gap_longer_than_allowed_begins_anew() {
    let last = interval(0, 20_000);
    let beat = |at| extend(Some(&last), &ALONE, Timestamp(at), IntervalRules::default());
    assert_eq!(beat(60_000), Extension::Longer(interval(0, 60_000)));
    assert_eq!(beat(60_001), Extension::New(interval(60_001, 60_001)));
    assert_eq!(beat(20_000), Extension::Unchanged);
    assert_eq!(extend(None, &ALONE, Timestamp(5), IntervalRules::default()), Extension::New(interval(5, 5)));
}

#[test]
fn overlaps_count_once() {
    assert_eq!(merged_ms(&[interval(50, 70), interval(0, 60), interval(10, 20), interval(90, 90)]), 70);
}

/// An hour of a day in China, in milliseconds since the epoch.
fn hour(day: i8, hour: i64) -> i64 {
    Timestamp::of_day_in_china(date(2026, 11, day)).plus_s(hour * 3_600).0
}

const HOUR_MS: i64 = 3_600_000;

#[test]
fn of_a_day_no_more_counts_than_the_rule_allows_and_what_came_first_counts_first() {
    let studied = [
        ('b', interval(hour(24, 12), hour(24, 14))),
        ('a', interval(hour(24, 8), hour(24, 10))),
        ('a', interval(hour(24, 23), hour(25, 1))),
    ];
    let credited = credited_ms(&studied, |_| Some(3 * HOUR_MS));
    let (first, second) = (date(2026, 11, 24), date(2026, 11, 25));
    let expected = [((first, 'a'), 2 * HOUR_MS), ((first, 'b'), HOUR_MS), ((second, 'a'), HOUR_MS)];
    assert_eq!(credited, BTreeMap::from(expected), "a new day begins at midnight");
    let uncapped = credited_ms(&studied, |_| None);
    assert_eq!(uncapped[&(first, 'a')], 3 * HOUR_MS);
    let by_rule = credited_ms(&studied, |day| (day == first).then_some(0));
    assert_eq!(by_rule.values().sum::<i64>(), HOUR_MS, "each day has its own rule");
}

#[test]
fn what_another_page_covered_is_not_counted_again() {
    let own = interval(0, 20_000);
    let beat = |covered| {
        let others = OtherPages { covered_until: Some(Timestamp(covered)), begun_since: None };
        extend(Some(&own), &others, Timestamp(40_000), IntervalRules::default())
    };
    assert_eq!(beat(30_000), Extension::New(interval(30_000, 40_000)));
    assert_eq!(beat(20_000), Extension::Longer(interval(0, 40_000)));
}

#[test]
fn the_page_that_was_opened_last_counts_until_it_falls_silent() {
    let (phone, laptop) = (interval(0, 20_000), interval(25_000, 45_000));
    let others = OtherPages { covered_until: Some(laptop.until), begun_since: Some(laptop) };
    let beat = |at| extend(Some(&phone), &others, Timestamp(at), IntervalRules::default());
    assert_eq!(beat(40_000), Extension::Elsewhere);
    assert_eq!(beat(85_000), Extension::Elsewhere);
    assert_eq!(beat(85_001), Extension::New(interval(85_001, 85_001)), "it goes on by itself");
    let opened = extend(None, &others, Timestamp(50_000), IntervalRules::default());
    assert_eq!(opened, Extension::New(interval(50_000, 50_000)), "a page that is opened takes over at once");
}

/// A server that is told whatever clients like: heartbeats of any page, at any moment of a clock that jumps.
#[derive(Default)]
struct Server {
    /// Page and interval, in the order in which they were begun.
    intervals: Vec<(u8, StudyInterval)>,
}

impl Server {
    fn beat(&mut self, page: u8, now: Timestamp) -> Extension {
        let covered_until = self.intervals.iter().map(|(_, interval)| interval.until).max();
        let newest = self.intervals.iter().enumerate().max_by_key(|(nth, (_, interval))| (interval.from, *nth));
        let begun_since = newest.filter(|(_, (other, _))| *other != page).map(|(_, (_, interval))| *interval);
        let own = self.intervals.iter_mut().filter(|(of, _)| *of == page).max_by_key(|(_, interval)| interval.until);
        let others = OtherPages { covered_until, begun_since };
        let extension = extend(own.as_ref().map(|(_, own)| own), &others, now, IntervalRules::default());
        match (extension, own) {
            (Extension::New(new), _) => self.intervals.push((page, new)),
            (Extension::Longer(longer), Some((_, own))) => *own = longer,
            _ => {}
        }
        extension
    }

    fn all(&self) -> Vec<StudyInterval> {
        self.intervals.iter().map(|(_, interval)| *interval).collect()
    }
}

/// What counts without a limit.
fn merged_ms(intervals: &[StudyInterval]) -> i64 {
    let studied: Vec<_> = intervals.iter().map(|interval| ((), *interval)).collect();
    credited_ms(&studied, |_| None).values().sum()
}

#[test]
fn what_is_studied_in_a_meeting_is_left_out() {
    let left = |from, until| outside(&[((), interval(from, until))], &[interval(50, 60), interval(20, 30)]);
    assert_eq!(left(0, 10), [((), interval(0, 10))]);
    assert!(left(22, 28).is_empty());
    assert_eq!(left(10, 55), [((), interval(10, 20)), ((), interval(30, 50))]);
    assert_eq!(left(25, 70), [((), interval(30, 50)), ((), interval(60, 70))]);
}

fn stretches() -> impl Strategy<Value = Vec<StudyInterval>> {
    let stretch = (0..500i64, 0..120i64).prop_map(|(from, length)| interval(from, from + length));
    prop::collection::vec(stretch, 0..12)
}

/// How far the clock goes before the next heartbeat: as clients like, or as a clock that is set does.
fn wait_ms() -> impl Strategy<Value = i64> {
    prop_oneof![6 => 0..45_000i64, 2 => Just(0i64), 1 => 45_000..90_000_000i64, 1 => -7_200_000..0i64]
}

proptest! {
    #[test]
    fn a_hostile_client_is_credited_neither_more_than_the_clock_nor_more_than_the_day(
        beats in prop::collection::vec((0..4u8, wait_ms()), 1..300),
        cap_min in 0..90i64,
    ) {
        let mut server = Server::default();
        let mut now = Timestamp(hour(24, 21));
        let (mut earliest, mut latest) = (now, now);
        for (page, wait_ms) in beats {
            now = now.plus_ms(wait_ms);
            (earliest, latest) = (earliest.min(now), latest.max(now));
            server.beat(page, now);
        }
        let cap_ms = cap_min * 60_000;
        let credited = credited_ms(&server.intervals, |_| Some(cap_ms));
        prop_assert!(credited.values().sum::<i64>() <= latest.ms_since(earliest));
        let mut of_day = BTreeMap::new();
        for ((day, _), ms) in &credited {
            *of_day.entry(*day).or_insert(0) += ms;
        }
        prop_assert!(of_day.values().all(|ms| (0..=cap_ms).contains(ms)), "{:?}", of_day);
        prop_assert!(credited.values().sum::<i64>() <= credited_ms(&server.intervals, |_| None).values().sum::<i64>());
    }

    #[test]
    fn study_beside_meetings_and_the_meetings_are_as_long_as_both_together(studied in stretches(), met in stretches()) {
        let keyed: Vec<_> = studied.iter().map(|interval| ((), *interval)).collect();
        let beside = credited_ms(&outside(&keyed, &met), |_| None).values().sum::<i64>();
        let both: Vec<_> = studied.iter().chain(&met).copied().collect();
        prop_assert_eq!(beside + merged_ms(&met), merged_ms(&both));
    }

    #[test]
    fn no_client_studies_longer_than_the_clock_runs(beats in prop::collection::vec((0..5u8, 0..60_000i64), 1..200)) {
        let mut server = Server::default();
        let mut now = Timestamp(1_000_000);
        let begun = now;
        for (page, wait_ms) in beats {
            now = now.plus_ms(wait_ms);
            server.beat(page, now);
        }
        let all = server.all();
        let sum: i64 = all.iter().map(|interval| interval.until.ms_since(interval.from)).sum();
        prop_assert_eq!(sum, merged_ms(&all), "intervals of one learner overlap");
        prop_assert!(sum <= now.ms_since(begun));
    }

    #[test]
    fn whoever_was_opened_last_is_the_only_one_that_counts(waits in prop::collection::vec(1..20_000i64, 1..60)) {
        let mut server = Server::default();
        let mut now = Timestamp(0);
        server.beat(1, now);
        now = now.plus_s(1);
        server.beat(2, now);
        for wait_ms in waits {
            now = now.plus_ms(wait_ms);
            prop_assert_eq!(server.beat(1, now), Extension::Elsewhere);
            prop_assert!(matches!(server.beat(2, now), Extension::Longer(_)));
        }
    }
}

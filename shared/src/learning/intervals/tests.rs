use super::*;
use proptest::prelude::*;

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

proptest! {
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

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn interval(from: i64, until: i64) -> StudyInterval {
    StudyInterval { from: Timestamp(from), until: Timestamp(until) }
}

#[test]
fn a_gap_longer_than_allowed_begins_anew() {
    let last = interval(0, 20_000);
    let beat = |at| extend(Some(&last), None, Timestamp(at), IntervalRules::default());
    assert_eq!(beat(60_000), Extension::Longer(interval(0, 60_000)));
    assert_eq!(beat(60_001), Extension::New(interval(60_001, 60_001)));
    assert_eq!(beat(20_000), Extension::Unchanged);
    assert_eq!(extend(None, None, Timestamp(5), IntervalRules::default()), Extension::New(interval(5, 5)));
}

#[test]
fn overlaps_count_once() {
    assert_eq!(merged_ms(&[interval(50, 70), interval(0, 60), interval(10, 20), interval(90, 90)]), 70);
}

#[test]
fn what_another_page_covered_is_not_counted_again() {
    let own = interval(0, 20_000);
    let beat = |covered| extend(Some(&own), Some(Timestamp(covered)), Timestamp(40_000), IntervalRules::default());
    assert_eq!(beat(30_000), Extension::New(interval(30_000, 40_000)));
    assert_eq!(beat(20_000), Extension::Longer(interval(0, 40_000)));
}

proptest! {
    #[test]
    fn no_client_studies_longer_than_the_clock_runs(beats in prop::collection::vec((0..5u8, 0..60_000i64), 1..200)) {
        let mut pages: BTreeMap<u8, Vec<StudyInterval>> = BTreeMap::new();
        let mut now = Timestamp(1_000_000);
        let begun = now;
        for (page, wait_ms) in beats {
            now = now.plus_ms(wait_ms);
            let covered = pages.values().flatten().map(|interval| interval.until).max();
            let intervals = pages.entry(page).or_default();
            match extend(intervals.last(), covered, now, IntervalRules::default()) {
                Extension::New(new) => intervals.push(new),
                Extension::Longer(longer) => *intervals.last_mut().unwrap() = longer,
                Extension::Unchanged => {}
            }
        }
        let all: Vec<_> = pages.into_values().flatten().collect();
        let sum: i64 = all.iter().map(|interval| interval.until.ms_since(interval.from)).sum();
        prop_assert_eq!(sum, merged_ms(&all), "intervals of one learner overlap");
        prop_assert!(sum <= now.ms_since(begun));
    }
}

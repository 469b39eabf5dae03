use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn interval(from: i64, until: i64) -> StudyInterval {
    StudyInterval { from: Timestamp(from), until: Timestamp(until) }
}

#[test]
fn a_gap_longer_than_allowed_begins_anew() {
    let last = interval(0, 20_000);
    let beat = |at| extend(Some(&last), Timestamp(at), IntervalRules::default());
    assert_eq!(beat(60_000), Extension::Longer(interval(0, 60_000)));
    assert_eq!(beat(60_001), Extension::New(interval(60_001, 60_001)));
    assert_eq!(beat(20_000), Extension::Unchanged);
    assert_eq!(extend(None, Timestamp(5), IntervalRules::default()), Extension::New(interval(5, 5)));
}

#[test]
fn overlaps_count_once() {
    assert_eq!(merged_ms(&[interval(50, 70), interval(0, 60), interval(10, 20), interval(90, 90)]), 70);
}

proptest! {
    #[test]
    fn no_client_studies_longer_than_the_clock_runs(beats in prop::collection::vec((0..5u8, 0..60_000i64), 1..200)) {
        let mut streams: BTreeMap<u8, Vec<StudyInterval>> = BTreeMap::new();
        let mut now = Timestamp(1_000_000);
        let begun = now;
        for (stream, wait_ms) in beats {
            now = now.plus_ms(wait_ms);
            let intervals = streams.entry(stream).or_default();
            match extend(intervals.last(), now, IntervalRules::default()) {
                Extension::New(new) => intervals.push(new),
                Extension::Longer(longer) => *intervals.last_mut().unwrap() = longer,
                Extension::Unchanged => {}
            }
        }
        let all: Vec<_> = streams.into_values().flatten().collect();
        prop_assert!(merged_ms(&all) <= now.ms_since(begun));
    }
}

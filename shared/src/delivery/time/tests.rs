use super::*;
use proptest::prelude::*;

#[test]
fn the_deadline_adds_up() {
    let plan = TimePlan { starts_at: Timestamp(1_000), duration_min: 75, extra_min: 15, returned_s: 90 };
    assert_eq!(deadline(&plan), Timestamp(1_000 + 90 * 60_000 + 90_000));
    assert_eq!(time_left(Timestamp(500), Timestamp(200)), 300);
    assert_eq!(time_left(Timestamp(500), Timestamp(900)), 0);
}

#[test]
fn nobody_asked_nothing_known() {
    assert_eq!(ServerOffset::estimate(&[]), None);
    let impossible = ClockSample { sent_mono_ms: 9, server_time: Timestamp(0), received_mono_ms: 3 };
    assert_eq!(ServerOffset::estimate(&[impossible]), None);
}

proptest! {
    #[test]
    fn the_estimate_is_never_off_by_more_than_it_says(
        true_offset in -1_000_000_000..2_000_000_000_000i64,
        trips in prop::collection::vec((0..1_000_000u64, 0..4_000u64, 0..4_000u64), 1..8),
    ) {
        let samples: Vec<_> = trips
            .iter()
            .map(|&(sent, out, back)| ClockSample {
                sent_mono_ms: sent,
                server_time: Timestamp(i64::try_from(sent + out).unwrap() + true_offset),
                received_mono_ms: sent + out + back,
            })
            .collect();
        let estimate = ServerOffset::estimate(&samples).unwrap();
        prop_assert!((estimate.offset_ms - true_offset).abs() <= estimate.uncertainty_ms);
        prop_assert!(trips.iter().all(|(_, out, back)| estimate.uncertainty_ms * 2 <= i64::try_from(out + back).unwrap() + 1));
    }

    #[test]
    fn the_jitter_stays_below_thirty_seconds(seed: u64) {
        prop_assert!(start_jitter_ms(seed) < 30_000);
        prop_assert_eq!(start_jitter_ms(seed), start_jitter_ms(seed));
    }
}

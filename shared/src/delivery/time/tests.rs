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

fn sample(sent_mono_ms: u64, trip_ms: u64, server_time: i64) -> ClockSample {
    let server_time = Timestamp(server_time);
    ClockSample { sent_mono_ms, server_time, received_mono_ms: sent_mono_ms + trip_ms }
}

#[test]
fn the_shortest_trip_is_trusted_before_what_was_assumed() {
    let mut reading = ServerClockReading::default();
    assert_eq!(reading.server_time(0), None);
    reading.assume(10, Timestamp(5_010));
    assert_eq!(reading.server_time(20), Some(Timestamp(5_020)));
    reading.learn(sample(100, 40, 9_120));
    reading.learn(sample(200, 90, 9_500));
    assert_eq!(reading.server_time(300), Some(Timestamp(9_300)));
}

/// A phone slept for an hour: its monotonic clock stood still, and the network is slow when it wakes.
#[test]
fn after_a_sleep_the_next_reply_counts_however_long_it_took() {
    let mut reading = ServerClockReading::default();
    reading.learn(sample(1_000, 2, 1_001));
    reading.doubt(1_500);
    assert_eq!(reading.server_time(2_000), Some(Timestamp(2_000)), "better than nothing");
    reading.learn(sample(2_000, 1_000, 3_602_500));
    assert_eq!(reading.server_time(3_000), Some(Timestamp(3_603_000)));
    reading.learn(sample(4_000, 10, 3_604_005));
    assert_eq!(reading.server_time(5_000), Some(Timestamp(3_605_000)));
    // A reply that was under way while the phone slept seems to have been quick; what is asked anew goes before it.
    reading.doubt(6_005);
    reading.learn(sample(6_000, 1, 3_606_000));
    reading.learn(sample(6_010, 900, 7_206_460));
    assert_eq!(reading.server_time(7_000), Some(Timestamp(7_207_000)));
    reading.replace(vec![sample(7_010, 30, 7_207_026)]);
    assert_eq!(reading.server_time(8_000), Some(Timestamp(7_208_001)));
}

/// A phone without a network slept for an hour, and its monotonic clock stood still.
#[test]
fn what_was_slept_is_taken_from_the_wall_clock_until_the_server_says_better() {
    let hour = |hours: i64| hours * 3_600_000;
    let mut reading = ServerClockReading::default();
    reading.learn(sample(1_000, 0, 1_000));
    assert!(!reading.compare(1_000, Timestamp(50_000)));
    assert!(!reading.compare(2_000, Timestamp(53_999)), "clocks are never quite even");
    assert!(reading.compare(2_000, Timestamp(51_000 + hour(1))));
    assert_eq!(reading.server_time(2_000), Some(Timestamp(2_000 + hour(1))));
    assert!(!reading.compare(3_000, Timestamp(52_000 + hour(1))), "it is noticed once");
    assert!(reading.compare(3_000, Timestamp(52_000)), "somebody sets the clock back");
    assert_eq!(reading.server_time(3_000), Some(Timestamp(3_000 + hour(1))), "and gains no time by it");
    reading.learn(sample(2_500, 1, 2_500));
    assert_eq!(reading.server_time(3_000), Some(Timestamp(3_000 + hour(1))), "that was asked before");
    reading.learn(sample(4_000, 0, 4_000 + hour(2)));
    assert_eq!(reading.server_time(4_000), Some(Timestamp(4_000 + hour(2))), "the server knows");
}

/// A reply that was under way in a sleep seems quick, also when something was asked anew before it came.
#[test]
fn what_was_asked_before_a_sleep_tells_no_time_after_it() {
    let mut reading = ServerClockReading::default();
    reading.doubt(1_500);
    reading.replace(vec![sample(1_510, 30, 3_601_525)]);
    reading.learn(sample(1_490, 25, 1_500));
    assert_eq!(reading.server_time(2_000), Some(Timestamp(3_602_000)));
}

#[test]
fn the_wait_at_the_start_doubles_up_to_half_a_minute() {
    let waits = |seed| [0, 1, 2, 3, 99].map(|failures| ask_again_ms(seed, failures));
    let share = u64::from(start_jitter_ms(7) / 10);
    assert_eq!(waits(7), [4_000, 8_000, 16_000, 27_000, 27_000].map(|ms| ms + share));
    assert!((0..200).flat_map(waits).all(|ms| (4_000..30_000).contains(&ms)));
}

#[test]
fn old_replies_are_forgotten() {
    let mut reading = ServerClockReading::default();
    reading.learn(sample(0, 0, 77_000));
    (1..=8).for_each(|turn| reading.learn(sample(turn * 1_000, 10, i64::try_from(turn * 1_000).unwrap() + 5)));
    assert_eq!(reading.server_time(9_000), Some(Timestamp(9_000)));
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

    /// However often the clocks are held against each other, and whatever the wall clock shows, no time is gained.
    #[test]
    fn a_comparison_never_turns_the_clock_back(
        turns in prop::collection::vec((0..100_000u64, any::<i64>()), 0..20),
    ) {
        let mut reading = ServerClockReading::default();
        reading.learn(sample(0, 0, 0));
        let mut mono_ms = 0;
        for (passed_ms, wall) in turns {
            mono_ms += passed_ms;
            let before = reading.server_time(mono_ms);
            reading.compare(mono_ms, Timestamp(wall));
            prop_assert!(reading.server_time(mono_ms) >= before);
        }
    }

    #[test]
    fn the_jitter_stays_below_thirty_seconds(seed: u64) {
        prop_assert!(start_jitter_ms(seed) < 30_000);
        prop_assert_eq!(start_jitter_ms(seed), start_jitter_ms(seed));
    }
}

proptest! {
    #[test]
    fn time_that_is_given_back_moves_the_end_on_and_never_past_the_hard_stop(
        returned_s in 0..3_600u32, more_s in 0..3_600u32, stop_s in 0..20_000i64,
    ) {
        let plan = |returned_s| TimePlan { starts_at: Timestamp(0), duration_min: 75, extra_min: 0, returned_s };
        let stop = Timestamp(0).plus_s(stop_s);
        let latest = latest_end(&plan(returned_s), Some(stop), 30).unwrap();
        let end = |returned_s| deadline(&plan(returned_s)).min(latest);
        let planned = deadline(&plan(0));
        prop_assert!(planned <= end(returned_s) && end(returned_s) <= end(returned_s + more_s));
        prop_assert!(end(returned_s) <= planned.max(stop.plus_s(-30)));
        prop_assert_eq!(latest_end(&plan(returned_s), None, 30), None);
    }
}

use super::*;
use crate::learning::{Extension, IntervalRules, OtherPages, credited_ms, extend};
use proptest::prelude::*;

const HOUR_MS: i64 = 3_600_000;
const RULES: OfflineRules = OfflineRules { max_age_s: 30 * 86_400, daily_cap_s: 4 * 3_600 };

fn interval(from: i64, until: i64) -> StudyInterval {
    StudyInterval { from: Timestamp(from), until: Timestamp(until) }
}

fn claim(from: i64, duration_ms: i64) -> OfflineClaim {
    OfflineClaim { from: Timestamp(from), duration_ms }
}

/// The server heard of the device at 0, and again an hour later.
#[track_caller]
fn check(claim: OfflineClaim, known: &[(i64, i64)], expected: &[(i64, i64)]) {
    let window = OfflineWindow::new(Timestamp(0), Timestamp(HOUR_MS), RULES);
    let known =
        KnownStudy { all: known.iter().map(|(from, until)| interval(*from, *until)).collect(), ..Default::default() };
    let expected: Vec<_> = expected.iter().map(|(from, until)| interval(*from, *until)).collect();
    assert_eq!(credit(claim, window, &known, RULES), expected);
}

#[test]
fn what_fits_counts_as_it_is() {
    check(claim(1_000, 60_000), &[], &[(1_000, 61_000)]);
    check(claim(1_000, 0), &[], &[]);
    check(claim(1_000, -5), &[], &[]);
}

#[test]
fn a_wrong_clock_moves_a_stretch_but_not_out_of_the_window() {
    check(claim(-9_000_000, 60_000), &[], &[(0, 60_000)]);
    check(claim(9_000_000, 60_000), &[], &[(HOUR_MS - 60_000, HOUR_MS)]);
    check(claim(-9_000_000, 9_000_000), &[], &[(0, HOUR_MS)]);
}

#[test]
fn what_is_known_does_not_count_again() {
    check(claim(0, 100), &[(20, 40), (30, 60), (90, 200)], &[(0, 20), (60, 90)]);
    check(claim(0, 100), &[(-50, 400)], &[]);
    check(claim(0, 100), &[(50, 50)], &[(0, 100)]);
}

#[test]
fn no_more_counts_on_one_day_than_the_limit() {
    // Midnight in China is 16 o'clock UTC.
    let midnight = 16 * HOUR_MS;
    let window = OfflineWindow::new(Timestamp(0), Timestamp(30 * HOUR_MS), RULES);
    let mut known = KnownStudy::default();
    let first = credit(claim(10 * HOUR_MS, 12 * HOUR_MS), window, &known, RULES);
    assert_eq!(first, [interval(10 * HOUR_MS, 14 * HOUR_MS), interval(midnight, midnight + 4 * HOUR_MS)]);
    known.add(&first);
    assert_eq!(credit(claim(0, 20 * HOUR_MS), window, &known, RULES), []);
}

#[test]
fn what_is_too_old_is_not_believed() {
    let returned_at = Timestamp(90 * 86_400_000);
    let window = OfflineWindow::new(Timestamp(0), returned_at, RULES);
    assert_eq!(window.since, Timestamp(60 * 86_400_000));
    assert_eq!(window.at(Timestamp(5), Timestamp(1_005)), returned_at.plus_ms(-1_000));
    assert_eq!(window.at(Timestamp(1_005), Timestamp(5)), returned_at, "a deed does not lie ahead");
    assert_eq!(window.at(Timestamp(i64::MIN), Timestamp(5)), window.since);
    let ahead = OfflineWindow::new(Timestamp(9), Timestamp(5), RULES);
    assert_eq!(credit(claim(0, 100), ahead, &KnownStudy::default(), RULES), []);
}

#[test]
fn a_weight_is_said_in_tenths_of_a_megabyte() {
    let said = [0, 1, 104_857, 104_858, 1_048_576, 1_258_292].map(tenths_of_megabyte);
    assert_eq!(said, [1, 1, 1, 2, 10, 13]);
    assert_eq!(tenths_of_megabyte(u32::MAX), 40_960);
}

/// What a client does: reads online, waits, or hands in whatever it likes.
#[derive(Clone, Debug)]
enum Act {
    Beat,
    HandIn { contact_ago: i64, from_ago: i64, duration_ms: i64 },
}

fn acts() -> impl Strategy<Value = Vec<(i64, Act)>> {
    let wild = prop_oneof![-2 * HOUR_MS..200 * HOUR_MS, Just(0), Just(i64::MAX / 4), Just(i64::MIN / 4)];
    let hand_in = (0..100 * HOUR_MS, wild.clone(), wild).prop_map(|(contact_ago, from_ago, duration_ms)| Act::HandIn {
        contact_ago,
        from_ago,
        duration_ms,
    });
    let act = prop_oneof![3 => Just(Act::Beat), 2 => hand_in];
    prop::collection::vec((prop_oneof![0..60_000i64, 0..9 * HOUR_MS], act), 1..60)
}

proptest! {
    #[test]
    fn no_hostile_client_collects_more_than_the_clock_and_the_rules_allow(acts in acts()) {
        let begun = Timestamp(1_800_000_000_000);
        let (mut now, mut known, mut own) = (begun, KnownStudy::default(), None::<usize>);
        for (wait_ms, act) in acts {
            now = now.plus_ms(wait_ms);
            match act {
                Act::Beat => {
                    let covered = known.all.iter().map(|interval| interval.until).max();
                    let last = own.map(|at| known.all[at]);
                    let others = OtherPages { covered_until: covered, begun_since: None };
                    match extend(last.as_ref(), &others, now, IntervalRules::default()) {
                        Extension::New(new) => {
                            own = Some(known.all.len());
                            known.all.push(new);
                        }
                        Extension::Longer(longer) => known.all[own.unwrap()] = longer,
                        Extension::Unchanged | Extension::Elsewhere => {}
                    }
                }
                // A stamp of the server tells of a contact that was.
                Act::HandIn { contact_ago, from_ago, duration_ms } => {
                    let contact_at = now.plus_ms(-contact_ago).max(begun);
                    let window = OfflineWindow::new(contact_at, now, RULES);
                    let claim = OfflineClaim { from: now.plus_ms(-from_ago), duration_ms };
                    let credited = credit(claim, window, &known, RULES);
                    let sum: i64 = credited.iter().map(|piece| piece.until.ms_since(piece.from)).sum();
                    prop_assert!(sum <= duration_ms.max(0));
                    prop_assert!(credited.iter().all(|piece| piece.from >= contact_at && piece.until <= now));
                    known.add(&credited);
                    prop_assert_eq!(credit(claim, window, &known, RULES).iter().filter(|piece| credited.contains(piece)).count(), 0);
                }
            }
        }
        let sum: i64 = known.all.iter().map(|interval| interval.until.ms_since(interval.from)).sum();
        let studied: Vec<_> = known.all.iter().map(|interval| ((), *interval)).collect();
        let merged_ms: i64 = credited_ms(&studied, |_| None).values().sum();
        prop_assert_eq!(sum, merged_ms, "intervals of one learner overlap");
        prop_assert!(sum <= now.ms_since(begun));
        for piece in &known.offline {
            prop_assert!(overlap_ms(day_of(piece.from), &known.offline) <= RULES.daily_cap_s * 1_000);
        }
    }
}

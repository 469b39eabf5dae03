use super::*;
use jiff::civil::date;
use proptest::prelude::*;

const RULES: AnomalyRules = AnomalyRules {
    rapid_tries: 5,
    rapid_gap_s: 3,
    elsewhere_tries: 3,
    night_begins_h: 23,
    night_h: 6,
    night_min: 240,
    same_tries: 5,
    same_wrong: 2,
    same_gap_s: 60,
    silent_min: 45,
};

fn learner(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(n))
}

fn unit(n: u128) -> UnitId {
    UnitId(Uuid::from_u128(n))
}

/// A second of 2026-11-24 in China.
fn second(s: i64) -> Timestamp {
    Timestamp::of_day_in_china(date(2026, 11, 24)).plus_s(s)
}

fn tried(who: u128, exercise: i32, is_right: bool, s: i64) -> TryFact {
    let id = Uuid::from_u128(who * 1_000_000 + u128::try_from(s).unwrap());
    let response = format!("{is_right}");
    TryFact {
        id,
        learner: learner(who),
        unit: unit(1),
        version: None,
        exercise,
        response,
        is_right: Some(is_right),
        at: second(s),
    }
}

fn studied(who: u128, what: u128, from: i64, until: i64) -> StudyFact {
    let id = Uuid::from_u128(u128::from(u64::MAX) + u128::try_from(from).unwrap());
    let interval = StudyInterval { from: second(from), until: second(until) };
    StudyFact { id, learner: learner(who), unit: unit(what), interval, is_asked: false }
}

/// The same where exercises are asked meanwhile.
fn asked(who: u128, what: u128, from: i64, until: i64) -> StudyFact {
    StudyFact { is_asked: true, ..studied(who, what, from, until) }
}

/// What is found: kind, count, and whether it has two learners.
#[track_caller]
fn check(studies: &[StudyFact], tries: &[TryFact], expected: &[(AnomalyKind, u32, bool)]) {
    let found = anomalies(studies, tries, &RULES);
    let gist: Vec<_> = found.iter().map(|one| (one.kind, one.count, one.other.is_some())).collect();
    assert_eq!(gist, expected);
}

fn run(exercises: std::ops::Range<i32>, pace_s: i64) -> Vec<TryFact> {
    exercises.map(|exercise| tried(1, exercise, true, 10 + i64::from(exercise) * pace_s)).collect()
}

#[test]
fn exercises_that_are_right_within_seconds_are_shown_and_slower_ones_are_not() {
    check(&[], &run(0..5, 3), &[(AnomalyKind::RapidRight, 5, false)]);
    check(&[], &run(0..5, 4), &[]);
    check(&[], &run(0..4, 1), &[]);
    let mut broken = run(0..8, 1);
    broken[4] = tried(1, 4, false, 14);
    check(&[], &broken, &[]);
}

#[test]
fn who_tries_again_what_they_know_by_now_is_only_practising() {
    let mut tries: Vec<_> = (0..5).map(|exercise| tried(1, exercise, false, i64::from(exercise) * 60)).collect();
    tries.extend((0..5).map(|exercise| tried(1, exercise, true, 600 + i64::from(exercise))));
    check(&[], &tries, &[]);
}

#[test]
fn exercises_answered_while_another_unit_is_read_are_shown() {
    let tries = [20, 40, 60].map(|s| tried(1, i32::try_from(s).unwrap(), true, s));
    check(&[studied(1, 2, 10, 100)], &tries, &[(AnomalyKind::TwoPlaces, 3, false)]);
    check(&[studied(1, 1, 10, 100)], &tries, &[]);
    check(&[studied(2, 2, 10, 100)], &tries, &[]);
    check(&[studied(1, 2, 30, 100)], &tries, &[]);
}

#[test]
fn a_night_is_shown_that_was_read_through_without_an_exercise() {
    let hour = 3_600;
    let night = [studied(1, 1, 22 * hour, 25 * hour), studied(1, 2, 26 * hour, 28 * hour)];
    check(&night, &[], &[(AnomalyKind::NightReading, 240, false)]);
    check(&night, &[tried(1, 0, true, 27 * hour)], &[]);
    check(&night, &[tried(2, 0, true, 27 * hour)], &[(AnomalyKind::NightReading, 240, false)]);
    check(&[studied(1, 1, 18 * hour, 24 * hour)], &[], &[]);
    check(&[studied(1, 1, 0, 5 * hour)], &[], &[(AnomalyKind::NightReading, 300, false)]);
}

#[test]
fn two_who_answer_alike_within_a_minute_are_shown_if_some_of_it_is_wrong() {
    let pair = |wrong: i32, delay: i64| -> Vec<TryFact> {
        let both = |exercise: i32| {
            let at = 100 + i64::from(exercise) * 100;
            [tried(1, exercise, exercise >= wrong, at), tried(2, exercise, exercise >= wrong, at + delay)]
        };
        (0..5).flat_map(both).collect()
    };
    check(&[], &pair(2, 60), &[(AnomalyKind::SameAnswers, 5, true)]);
    check(&[], &pair(2, 61), &[]);
    check(&[], &pair(1, 10), &[]);
}

#[test]
fn long_reading_without_an_answer_is_shown_where_something_was_asked() {
    let minute = 60;
    let silent = |count| [(AnomalyKind::SilentReading, count, false)];
    check(&[asked(1, 1, 0, 45 * minute)], &[], &silent(45));
    check(&[asked(1, 1, 0, 45 * minute - 1)], &[], &[]);
    check(&[studied(1, 1, 0, 90 * minute)], &[], &[]);
    check(&[asked(1, 1, 0, 80 * minute)], &[tried(1, 0, false, 40 * minute)], &[]);
    check(&[asked(1, 1, 0, 90 * minute)], &[tried(1, 0, true, 40 * minute)], &silent(50));
    // What others answer, or of another unit, is no answer.
    check(&[asked(1, 1, 0, 50 * minute)], &[tried(2, 0, true, 25 * minute)], &silent(50));
    check(&[asked(1, 2, 0, 50 * minute)], &[tried(1, 0, true, 25 * minute)], &silent(50));
}

#[test]
fn a_later_answer_takes_nothing_back() {
    let answered = [tried(1, 0, true, 3_600)];
    let found = anomalies(&[asked(1, 1, 0, 4_000)], &answered, &RULES);
    assert_eq!((found[0].count, found[0].from, found[0].until), (60, second(0), second(3_600)));
}

#[test]
fn an_anomaly_keeps_its_name_when_more_comes() {
    let short = anomalies(&[], &run(0..5, 1), &RULES);
    let long = anomalies(&[], &run(0..9, 1), &RULES);
    let mark = |found: &[Anomaly]| anomaly_mark(found[0].kind, found[0].fact, found[0].with_fact);
    assert_eq!((mark(&short), long[0].count), (mark(&long), 9));
}

#[test]
fn the_rules_are_those_of_the_house() {
    assert_eq!(AnomalyRules::default(), RULES);
}

proptest! {
    #[test]
    fn the_order_of_the_facts_changes_nothing(
        mut facts in prop::collection::vec((1..4u128, 0..6i32, any::<bool>(), 0..300i64), 0..60),
    ) {
        facts.sort_by_key(|(who, .., s)| (*who, *s));
        facts.dedup_by_key(|(who, .., s)| (*who, *s));
        let tries: Vec<_> = facts.into_iter().map(|(who, exercise, right, s)| tried(who, exercise, right, s)).collect();
        let studies = [studied(1, 2, 0, 120), studied(2, 3, 50, 200)];
        let reversed: Vec<_> = tries.iter().rev().cloned().collect();
        let found = anomalies(&studies, &tries, &RULES);
        prop_assert_eq!(&found, &anomalies(&studies, &reversed, &RULES));
        prop_assert!(found.iter().all(|one| one.from <= one.until && one.other != Some(one.learner)));
    }
}

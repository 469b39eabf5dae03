use super::*;
use crate::{item_bank::ItemBody, learning::Module};
use proptest::prelude::*;
use std::collections::HashMap;
use uuid::Uuid;

const RULES: StudyRules = StudyRules::zhejiang_2022();

fn id(n: u8) -> UnitId {
    UnitId(Uuid::from_u128(u128::from(n)))
}

/// A content of these units, each with the edition of its text.
fn content(units: &[(u8, u8)]) -> CourseContent {
    let unit = |(n, edition): &(u8, u8)| Unit {
        id: id(*n),
        title: format!("U{n}"),
        minutes: 10,
        body: format!("edition {edition}"),
        exercises: Vec::new(),
        activities: Vec::new(),
    };
    CourseContent {
        modules: vec![Module { title: "M".into(), units: units.iter().map(unit).collect() }],
        ..CourseContent::default()
    }
}

/// What a learner did: begun and, if ever, completed.
type Done<'a> = &'a [(u8, i64, Option<i64>)];

fn at_hand(versions: &[(i64, CourseContent)], done: Done<'_>) -> usize {
    let offered: Vec<_> =
        versions.iter().map(|(at, content)| OfferedVersion { published_at: Timestamp(*at), content }).collect();
    let begun: Vec<_> = done.iter().map(|(unit, at, _)| (Timestamp(*at), id(*unit))).collect();
    let completed: HashMap<_, _> =
        done.iter().filter_map(|(unit, _, at)| Some((id(*unit), Timestamp((*at)?)))).collect();
    version_at_hand(&offered, &begun, |unit| completed.get(&unit.id).copied(), &RULES)
}

/// Two units; at 100 a version with another edition of the first, and one more.
fn two() -> Vec<(i64, CourseContent)> {
    vec![(0, content(&[(1, 1), (2, 1)])), (100, content(&[(1, 2), (2, 1), (3, 1)]))]
}

#[track_caller]
fn check(done: Done<'_>, expected: usize) {
    assert_eq!(at_hand(&two(), done), expected);
}

#[test]
fn who_is_in_the_middle_of_a_unit_stays_until_it_is_complete() {
    check(&[(1, 10, None)], 0);
    check(&[(1, 10, Some(200))], 1);
    check(&[(1, 10, Some(50))], 1);
}

#[test]
fn who_has_not_begun_or_is_between_units_goes_over_at_once() {
    check(&[], 1);
    check(&[(1, 150, None)], 1);
    check(&[(1, 10, None), (2, 20, Some(30))], 1);
}

#[test]
fn a_unit_that_is_the_same_keeps_nobody() {
    check(&[(2, 10, None)], 1);
}

#[test]
fn who_has_completed_the_course_is_asked_for_no_more() {
    check(&[(1, 10, Some(20)), (2, 30, Some(40))], 0);
    check(&[(2, 10, Some(20)), (1, 30, Some(200))], 0);
    // What is completed after one has gone over completes nothing of the past.
    check(&[(2, 10, Some(20)), (1, 150, Some(200))], 1);
}

#[test]
fn who_was_kept_goes_to_the_newest_of_all() {
    let mut versions = two();
    versions.push((150, content(&[(1, 3)])));
    versions.push((300, content(&[(1, 4)])));
    assert_eq!(at_hand(&versions, &[(1, 10, None)]), 0);
    assert_eq!(at_hand(&versions, &[(1, 10, Some(200))]), 2, "complete by then, and so for good");
    versions[2].1 = content(&[(1, 3), (4, 1)]);
    assert_eq!(at_hand(&versions, &[(1, 10, Some(200))]), 3);
}

#[test]
fn a_single_version_is_studied() {
    assert_eq!(at_hand(&two()[..1], &[(1, 10, None)]), 0);
    assert_eq!(at_hand(&[], &[]), 0);
}

#[test]
fn an_answer_counts_where_the_same_is_asked() {
    let item = |stem: &str, key| Item {
        schema_version: 1,
        stem: stem.into(),
        body: ItemBody::TrueFalse { key },
        explanation: String::new(),
    };
    let asked = [item("a", true), item("b", true), item("a", true)];
    assert_eq!(exercise_now(&asked, 0, &asked), Some(0));
    assert_eq!(exercise_now(&asked, 2, &asked), Some(2), "at its own place first");
    assert_eq!(exercise_now(&asked, 1, &[item("b", true)]), Some(0));
    assert_eq!(exercise_now(&asked, 1, &[item("c", true), item("b", false)]), None);
    let explained = Item { explanation: "because".into(), ..item("b", true) };
    assert_eq!(exercise_now(&asked, 1, &[item("c", true), explained]), Some(1));
    assert_eq!(exercise_now(&asked, 9, &asked), None);
}

proptest! {
    #[test]
    fn nobody_ever_goes_back(
        editions in prop::collection::vec(prop::collection::vec((0..4_u8, 0..3_u8), 1..4), 1..5),
        units in prop::collection::vec((0..4_u8, 0..50_i64, 0..50_i64), 0..6),
    ) {
        let versions: Vec<_> = (0_i64..).zip(&editions)
            .map(|(nth, units)| {
                let mut units = units.clone();
                units.sort_unstable();
                units.dedup_by_key(|(unit, _)| *unit);
                (nth * 20, content(&units))
            })
            .collect();
        let mut before = 0;
        for now in 0..150 {
            let there: Vec<_> = versions.iter().filter(|(at, _)| *at <= now).cloned().collect();
            let mut known = HashMap::new();
            for (unit, begun, takes) in units.iter().filter(|(_, begun, _)| *begun <= now) {
                let completed = Some(begun + takes).filter(|completed| *completed <= now);
                let known: &mut (i64, Option<i64>) = known.entry(*unit).or_insert((*begun, completed));
                known.0 = known.0.min(*begun);
                known.1 = match (known.1, completed) {
                    (Some(one), Some(other)) => Some(one.min(other)),
                    (one, other) => one.or(other),
                };
            }
            let done: Vec<_> = known.into_iter().map(|(unit, (begun, completed))| (unit, begun, completed)).collect();
            let after = at_hand(&there, &done);
            prop_assert!(after >= before, "{after} after {before} at {now}");
            before = after;
        }
    }
}

//! Tables of examples.

use super::*;
use jiff::civil::date;
use uuid::Uuid;

const CANDIDATE: AccountId = AccountId(Uuid::from_u128(1));
const ONE: AccountId = AccountId(Uuid::from_u128(2));
const OTHER: AccountId = AccountId(Uuid::from_u128(3));

fn item(number: u16, points: i32) -> RecheckedItem {
    RecheckedItem {
        item_id: ItemId(Uuid::from_u128(u128::from(number))),
        number,
        max_points: Points(400),
        points: Points(points),
        is_marked: false,
        is_answered: true,
        is_recorded: true,
        by_rule: Some(Points(points)),
    }
}

fn correction(number: u16, points: i32) -> ItemCorrection {
    ItemCorrection { item_id: item(number, 0).item_id, points: Points(points) }
}

#[track_caller]
fn check(state: RecheckState, step: RecheckStep, person: AccountId, expected: Result<RecheckState, RecheckRefusal>) {
    let facts = RecheckFacts { state, candidate: CANDIDATE, settled_by: Some(ONE) };
    assert_eq!(judge_recheck(&facts, step, person), expected);
}

#[test]
fn one_person_finds_a_result_right_and_two_change_it() {
    check(RecheckState::Asked, RecheckStep::Keep, ONE, Ok(RecheckState::Unchanged));
    check(RecheckState::Asked, RecheckStep::Propose, ONE, Ok(RecheckState::Proposed));
    check(RecheckState::Proposed, RecheckStep::Confirm, ONE, Err(RecheckRefusal::SomebodyElseNeeded));
    check(RecheckState::Proposed, RecheckStep::Confirm, OTHER, Ok(RecheckState::Corrected));
    for person in [ONE, OTHER] {
        check(RecheckState::Proposed, RecheckStep::Return, person, Ok(RecheckState::Asked));
    }
}

#[test]
fn nobody_looks_at_their_own() {
    check(RecheckState::Asked, RecheckStep::Keep, CANDIDATE, Err(RecheckRefusal::SomebodyElseNeeded));
    check(RecheckState::Proposed, RecheckStep::Confirm, CANDIDATE, Err(RecheckRefusal::SomebodyElseNeeded));
}

#[test]
fn what_is_settled_stays() {
    for state in [RecheckState::Unchanged, RecheckState::Corrected] {
        for step in RecheckStep::ALL {
            check(state, *step, OTHER, Err(RecheckRefusal::WrongState { state, step: *step }));
        }
    }
}

#[test]
fn the_days_to_ask_are_those_that_were_planned_and_never_fewer_than_fourteen() {
    let released = Timestamp::of_day_in_china(date(2026, 12, 1)).plus_s(36_000);
    let end_of = |day| Timestamp::of_day_in_china(day).plus_s(DAY_S);
    assert_eq!(recheck_until(released, None), end_of(date(2026, 12, 15)));
    assert_eq!(recheck_until(released, Some(date(2026, 12, 10))), end_of(date(2026, 12, 15)));
    assert_eq!(recheck_until(released, Some(date(2026, 12, 20))), end_of(date(2026, 12, 20)));
    assert_eq!(recheck_answer_by(released), end_of(date(2026, 12, 22)));
}

#[test]
fn it_is_asked_within_the_days_and_of_a_test_that_counts() {
    let until = Timestamp(10);
    assert_eq!(may_ask_recheck(true, until, Timestamp(9)), Ok(()));
    assert_eq!(may_ask_recheck(true, until, until), Err(RecheckRefusal::TooLate { until }));
    assert_eq!(may_ask_recheck(false, until, Timestamp(9)), Err(RecheckRefusal::Practice));
}

#[test]
fn a_result_is_the_sum_of_its_items() {
    let items = [item(1, 200), item(2, 0), item(3, 150)];
    assert_eq!(corrected_score(&items, &[]), Points(350));
    assert_eq!(corrected_score(&items, &[correction(2, 200)]), Points(550));
    assert!(!is_result_wrong(&items, &[correction(1, 200)], Points(350)), "the same is no correction");
    assert!(is_result_wrong(&items, &[correction(2, 200)], Points(350)));
    assert!(is_result_wrong(&items, &[], Points(300)), "a wrong sum");
    let moved = [correction(1, 100), correction(2, 100)];
    assert!(is_result_wrong(&items, &moved, Points(350)), "points that were given to another item");
}

#[test]
fn each_wrong_correction_is_told() {
    let items = [item(1, 200), item(2, 0)];
    let corrections = [correction(1, 401), correction(2, 0), correction(2, 100), correction(3, 100), correction(1, -1)];
    let told: Vec<_> =
        check_corrections(&items, &corrections).into_iter().map(|error| (error.pointer, error.code)).collect();
    let expected = [
        ("/corrections/0/points", "out-of-range"),
        ("/corrections/2/item_id", "duplicate"),
        ("/corrections/3/item_id", "not-found"),
        ("/corrections/4/item_id", "duplicate"),
    ];
    assert_eq!(told, expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
}

#[test]
fn an_item_is_right_as_it_was_handed_in_and_as_the_rule_says() {
    assert!(item(1, 200).is_right());
    assert!(RecheckedItem { by_rule: None, ..item(1, 200) }.is_right());
    assert!(!RecheckedItem { by_rule: Some(Points(400)), ..item(1, 200) }.is_right());
    assert!(!RecheckedItem { is_recorded: false, ..item(1, 200) }.is_right());
}

#[test]
fn every_refusal_has_its_words() {
    let (state, step) = (RecheckState::Unchanged, RecheckStep::Keep);
    for refusal in [
        RecheckRefusal::WrongState { state, step },
        RecheckRefusal::SomebodyElseNeeded,
        RecheckRefusal::Practice,
        RecheckRefusal::TooLate { until: Timestamp(0) },
    ] {
        let key = format!("{}.detail", refusal.message_key());
        assert!(crate::problem::has_texts(&key), "{key}");
    }
}

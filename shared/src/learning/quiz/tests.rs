use super::*;
use crate::{
    item_bank::ItemBody,
    problem::{are_named, has_texts},
};
use QuizFeedback::{AtEnd, AtOnce};
use QuizState::{Open, Over, Withdrawn};
use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

const TODAY: Date = date(2026, 11, 23);

fn pick(exercise: u16) -> QuizPick {
    QuizPick { unit_id: UnitId(Uuid::nil()), exercise }
}

fn entry(title: &str, picks: Vec<QuizPick>, attempts: u8, until: Date) -> QuizEntry {
    QuizEntry { course_id: CourseId(Uuid::nil()), title: title.to_owned(), picks, attempts, feedback: AtOnce, until }
}

#[track_caller]
fn check(entry: &QuizEntry, wrong: &[(&str, &str)]) {
    let found = entry.check(TODAY).err().unwrap_or_default();
    let found: Vec<_> = found.iter().map(|error| (error.pointer.as_str(), error.code.as_str())).collect();
    assert_eq!(found, wrong);
}

const fn used(used: u8, most: u8) -> QuizAttempts {
    QuizAttempts { most, used }
}

#[test]
fn it_is_done_until_the_end_of_its_last_day_unless_it_is_withdrawn() {
    assert_eq!(quiz_state(TODAY, false, TODAY), Open);
    assert_eq!(quiz_state(date(2026, 11, 22), false, TODAY), Over);
    assert_eq!(quiz_state(TODAY, true, TODAY), Withdrawn);
}

#[test]
fn what_is_wrong_with_one_is_named() {
    check(&entry("小测", vec![pick(0)], 1, TODAY), &[]);
    check(
        &entry(" ", Vec::new(), 0, date(2026, 11, 22)),
        &[("/title", "required"), ("/picks", "required"), ("/attempts", "out-of-range"), ("/until", "out-of-range")],
    );
    let most: Vec<_> = (0..50).map(pick).collect();
    check(&entry(&"长".repeat(60), most.clone(), 10, TODAY), &[]);
    let more = most.into_iter().chain([pick(50)]).collect();
    check(
        &entry(&"长".repeat(61), more, 11, TODAY),
        &[("/title", "too-long"), ("/picks", "too-long"), ("/attempts", "out-of-range")],
    );
    check(&entry("小测", vec![pick(1), pick(0), pick(1)], 1, TODAY), &[("/picks", "duplicate")]);
    assert_eq!(entry(" 小测 ", vec![pick(0)], 1, TODAY).check(TODAY), Ok(entry("小测", vec![pick(0)], 1, TODAY)));
}

#[test]
fn it_is_done_as_often_as_it_may_be() {
    assert_eq!(may_attempt(Open, used(0, 1)), Ok(()));
    assert_eq!(may_attempt(Open, used(1, 1)), Err(QuizRefusal::NoAttemptLeft { most: 1 }));
    assert_eq!(may_attempt(Over, used(0, 1)), Err(QuizRefusal::Over));
    assert_eq!(may_attempt(Withdrawn, used(0, 1)), Err(QuizRefusal::Withdrawn));
    assert_eq!((may_withdraw_quiz(false), may_withdraw_quiz(true)), (Ok(()), Err(QuizRefusal::Withdrawn)));
}

#[test]
fn keys_are_seen_by_who_has_done_it_and_by_the_rule_of_the_quiz() {
    for (feedback, state, attempts, expected) in [
        (AtOnce, Open, used(0, 2), false),
        (AtOnce, Open, used(1, 2), true),
        (AtEnd, Open, used(1, 2), false),
        (AtEnd, Open, used(2, 2), true),
        (AtEnd, Over, used(1, 2), true),
        (AtEnd, Over, used(0, 2), false),
        (AtOnce, Over, used(0, 2), false),
    ] {
        assert_eq!(shows_quiz_keys(feedback, state, attempts), expected, "{feedback} {state} {attempts:?}");
    }
}

fn true_false(key: bool) -> Item {
    let body = ItemBody::TrueFalse { key };
    Item { schema_version: 1, stem: String::new(), body, explanation: String::new() }
}

#[test]
fn an_attempt_answers_every_item_or_leaves_it_open() {
    let attempt = |responses: Vec<Response>| NewQuizAttempt { responses };
    let (yes, none) = (Response::TrueFalse(true), Response::Cleared);
    assert_eq!(attempt(vec![yes.clone(), none.clone()]).check(2), Ok(()));
    assert_eq!(attempt(vec![yes.clone()]).check(2).unwrap_err()[0].code, "wrong-type");
    assert_eq!(attempt(vec![none.clone(), none.clone()]).check(2).unwrap_err()[0].code, "required");
    let items = [true_false(true), true_false(false), true_false(true)];
    let points = quiz_points(&items, &[yes.clone(), yes, none]);
    assert_eq!(points, [QUIZ_ITEM_POINTS, Points::ZERO, Points::ZERO]);
}

#[test]
fn every_word_is_there() {
    let keys = QuizFeedback::ALL.iter().map(|one| format!("quiz_feedback_{one}"));
    let keys: Vec<_> = keys.chain(QuizState::ALL.iter().map(|one| format!("quiz_{one}"))).collect();
    let files = [include_str!("../../../locales/zh-CN/classes.json"), include_str!("../../../locales/en/classes.json")];
    assert!(are_named(files, &keys));
    for refusal in [QuizRefusal::Over, QuizRefusal::Withdrawn, QuizRefusal::NoAttemptLeft { most: 1 }] {
        for part in ["title", "detail"] {
            assert!(has_texts(&format!("{}.{part}", refusal.message_key())), "{refusal:?}");
        }
    }
}

proptest! {
    #[test]
    fn the_best_attempt_counts_whatever_their_order(mut points in prop::collection::vec(0..=5_000i32, 0..10)) {
        let best = best_attempt(points.iter().copied().map(Points));
        prop_assert!(points.iter().all(|one| Some(Points(*one)) <= best));
        points.reverse();
        prop_assert_eq!(best_attempt(points.iter().copied().map(Points)), best);
        prop_assert_eq!(best.is_none(), points.is_empty());
    }

    #[test]
    fn who_may_do_it_again_sees_no_key_of_a_quiz_that_tells_at_the_end(used in 0..=10u8, most in 1..=10u8) {
        let attempts = QuizAttempts { most, used };
        prop_assert!(may_attempt(Open, attempts).is_err() || !shows_quiz_keys(AtEnd, Open, attempts));
    }
}

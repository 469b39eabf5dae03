use super::*;
use crate::time::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

fn answer(item: u128, epoch: u32, seq: u64, response: Response) -> AnswerInForce {
    AnswerInForce { item_id: ItemId(Uuid::from_u128(item)), epoch, seq, response }
}

fn entry(seq: u64, previous_hash: String) -> JournalEntry {
    JournalEntry {
        epoch: 1,
        seq,
        item_id: ItemId(Uuid::from_u128(7)),
        response: Response::Text("春眠不觉晓".into()),
        monotonic_ms: seq * 10,
        previous_hash,
    }
}

fn any_answer() -> impl Strategy<Value = AnswerInForce> {
    (0..4u128, 1..3u32, 1..6u64, 0..3u16).prop_map(|(item, epoch, seq, choice)| {
        let response = if choice == 0 { Response::Cleared } else { Response::Single(choice) };
        answer(item, epoch, seq, response)
    })
}

proptest! {
    #[test]
    fn merging_is_order_free_and_idempotent(
        (answers, shuffled) in prop::collection::vec(any_answer(), 0..30)
            .prop_flat_map(|answers| (Just(answers.clone()), Just(answers).prop_shuffle())),
        split in 0..30usize,
    ) {
        let whole: AnswersInForce = answers.iter().cloned().collect();
        prop_assert_eq!(&whole, &shuffled.iter().cloned().collect());
        let (left, right) = shuffled.split_at(split.min(shuffled.len()));
        let mut merged: AnswersInForce = right.iter().cloned().collect();
        merged.merge(left.iter().cloned().collect());
        merged.merge(whole.clone());
        prop_assert_eq!(digest(&merged), digest(&whole));
        prop_assert_eq!(merged, whole);
    }
}

#[test]
fn the_digest_knows_only_items_and_responses() {
    let early: AnswersInForce =
        [answer(1, 1, 1, Response::TrueFalse(true)), answer(2, 1, 2, Response::Cleared)].into_iter().collect();
    let late: AnswersInForce = [answer(1, 3, 9, Response::TrueFalse(true))].into_iter().collect();
    let other: AnswersInForce = [answer(1, 3, 9, Response::TrueFalse(false))].into_iter().collect();
    assert_eq!(digest(&early), digest(&late));
    assert_ne!(digest(&other), digest(&late));
    assert_eq!(early.answered(), 1);
    assert_eq!(early.response(ItemId(Uuid::from_u128(2))), None);
}

#[test]
fn the_digest_of_no_answers_is_that_of_nothing() {
    let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(digest(&AnswersInForce::default()), nothing);
}

#[test]
fn the_chain_breaks_at_any_change() {
    let start = chain_start(SittingId(Uuid::from_u128(5)));
    let first = entry(1, start.clone());
    let second = entry(2, entry_hash(&first));
    assert!(is_chain(&start, &[first.clone(), second.clone()]));
    let mut forged = first.clone();
    forged.response = Response::Cleared;
    assert!(!is_chain(&start, &[forged, second.clone()]));
    let mut backwards = second.clone();
    backwards.monotonic_ms = 3;
    assert!(!is_chain(&start, &[first, backwards]));
    assert!(!is_chain(&start, &[second]));
}

#[test]
fn hashes_stay_the_same_for_ever() {
    let start = chain_start(SittingId(Uuid::from_u128(5)));
    assert_eq!(start, "9002fa2529ae34cc5ca90b20bfcc8d035e555fa3e21f5793642f9d0ab3cd97ba");
    assert_eq!(entry_hash(&entry(1, start)), "38d2f443fdd02b1000b05701e68d84d97f487497910c86691a38bab8ee9ec534");
}

/// Devices and servers of every age must agree on what was answered.
#[test]
fn the_digest_of_every_kind_of_response_stays() {
    let texts = ["x", ""].map(str::to_owned).to_vec();
    let responses = [
        Response::Single(1),
        Response::Multiple(vec![0, 2]),
        Response::TrueFalse(true),
        Response::Blanks(texts),
        Response::Text("x".to_owned()),
        Response::Choices(vec![Some(1), None]),
        Response::Ordered(vec![1, 0, 2]),
    ];
    let answers: Vec<_> = (1..).zip(responses).map(|(item, response)| answer(item, 1, 1, response)).collect();
    let digest_of = |count: usize| digest(&answers.iter().take(count).cloned().collect());
    assert_eq!(digest_of(5), "daf2bdb846b45230d75964b487879a98c9735481216f3a718eaa46b584d49e69");
    assert_eq!(digest_of(7), "2eddaff3dc4232d20a834b4423ca84eec1df8e9d14afac0a83a25f2dd5da6897");
}

#[test]
fn what_was_acknowledged_is_remembered_whatever_the_order() {
    let (server_time, deadline) = (Timestamp(1), Timestamp(9_000));
    let mut opened = OpenedSitting { epoch: 1, server_time, deadline, acked_through: 0, answers: Vec::new() };
    let (first, second) = (entry(1, String::new()), entry(2, String::new()));
    opened.acknowledge([&second, &first, &second]);
    assert_eq!(opened.acked_through, 2);
    assert_eq!(opened.answers, [AnswerInForce::of_entry(&second)]);
}

//! What goes wrong between a device and the server, and what the player makes of it.

use super::*;
use crate::delivery::PROVISIONAL_EPOCH;

fn write(world: &mut World, n: u128, bytes: usize) {
    let response = Response::Text("x".repeat(bytes));
    world.tell(Event::Answered { item_id: item(n), response, monotonic_ms: 1 });
    world.act(Action::Store);
}

#[test]
fn a_batch_is_no_longer_than_a_weak_line_carries() {
    let mut world = World::new();
    for (n, bytes) in (0..).zip([70_000, 24_000, 24_000, 24_000]) {
        write(&mut world, n, bytes);
    }
    let mut sent = Vec::new();
    while let Some(batch) = world.requests.first() {
        sent.push(batch.len());
        world.act(Action::Deliver(0));
        world.act(Action::DeliverReply(0));
    }
    assert_eq!(sent, [1, 2, 1]);
    assert_eq!(world.player.as_ref().unwrap().unsent(), 0);
}

fn waits(effects: &[Effect]) -> Vec<u64> {
    effects.iter().filter_map(|effect| if let Effect::SetTimer { ms } = effect { Some(*ms) } else { None }).collect()
}

#[test]
fn a_server_that_answers_questions_and_takes_no_answers_is_not_asked_more_often() {
    let mut world = World::new();
    world.act(Action::Answer(0, 2));
    world.act(Action::Store);
    let player = world.player.as_mut().unwrap();
    let first: Vec<u64> = (0..3).flat_map(|_| waits(&player.handle(Event::BatchFailed))).collect();
    // The page asks by itself how the sitting stands, and is told.
    assert!(matches!(player.handle(Event::Heard(news(10, 1_000))).as_slice(), [Effect::SendBatch(_)]));
    let then = waits(&player.handle(Event::BatchFailed));
    assert!(then[0] > first[2], "{first:?} {then:?}");
    player.handle(Event::NetworkRestored);
    assert_eq!(waits(&player.handle(Event::BatchFailed)), first[..1], "a device that was cut off begins anew");
}

#[test]
fn who_is_told_to_wait_by_a_busy_server_waits_and_is_not_offline() {
    let mut world = World::new();
    world.act(Action::Answer(0, 2));
    world.act(Action::Store);
    let player = world.player.as_mut().unwrap();
    assert_eq!(waits(&player.handle(Event::Busy)).len(), 1);
    assert_eq!((player.is_offline(), player.asks_after_s()), (false, Some(60)));
    assert_eq!(player.handle(Event::Heard(news(10, 1_000))), [], "the wait is not over");
    assert!(matches!(player.handle(Event::TimerFired).as_slice(), [Effect::SendBatch(_)]));
}

#[test]
fn a_submission_that_failed_asks_anew_whether_time_is_up() {
    let mut world = World::new();
    for event in [Event::TimeUp, Event::TimerFired, Event::Heard(news(1_000, 1_000))] {
        world.tell(event);
    }
    assert!(world.submitted.take().is_some() && std::mem::take(&mut world.has_asked));
    world.tell(Event::SubmitFailed);
    // Time is given back while the network is away.
    world.tell(Event::NetworkRestored);
    assert!(world.has_asked && world.submitted.is_none());
    world.tell(Event::Heard(news(2_000, 90_000)));
    assert_eq!(world.player.as_ref().unwrap().phase(), &Phase::Working);
}

#[test]
fn at_the_end_each_device_asks_at_a_moment_of_its_own_and_what_is_unsent_goes_at_once() {
    let opened = OpenedSitting {
        epoch: 1,
        server_time: Timestamp(0),
        deadline: Timestamp(1_000),
        acked_through: 0,
        answers: Vec::new(),
    };
    let asks_after = |id: u128| {
        let mut player = PlayerState::resume(SittingId(Uuid::from_u128(id)), &opened, vec![item(0)], Vec::new());
        let wait = waits(&player.handle(Event::TimeUp));
        assert_eq!(player.handle(Event::TimerFired), [Effect::AskForNews]);
        wait
    };
    assert_eq!([7, 9_007, 10_007].map(asks_after), [[2_007], [11_007], [2_007]]);
    let mut world = World::new();
    world.act(Action::Answer(0, 2));
    world.tell(Event::TimeUp);
    world.act(Action::Store);
    assert_eq!(world.requests.len(), 1);
}

#[test]
fn a_number_that_is_taken_is_given_up_and_its_answer_goes_under_another() {
    let mut world = World::new();
    world.act(Action::Answer(0, 2));
    world.act(Action::Store);
    world.requests.clear();
    world.tell(Event::NumberTaken { seq: 1, monotonic_ms: 50 });
    world.settle();
    let player = world.player.as_ref().unwrap();
    assert_eq!(world.server.keys().collect::<Vec<_>>(), [&2]);
    assert_eq!((player.mark(item(0)), player.only_here()), (SavedMark::Saved, 0));
    assert!(world.disk.contains_key(&1), "what never got through is evidence");
}

#[test]
fn what_was_answered_anew_is_not_brought_back_by_a_number_that_is_taken() {
    let mut world = World::new();
    for choice in [2, 3] {
        world.act(Action::Answer(0, choice));
        world.act(Action::Store);
    }
    world.requests.clear();
    world.tell(Event::NumberTaken { seq: 1, monotonic_ms: 50 });
    world.settle();
    let stored: Vec<_> = world.server.values().map(|entry| (entry.seq, entry.response.clone())).collect();
    assert_eq!(stored, [(2, Response::Single(3))]);
}

/// The disk has lost an answer that the server has: the same digest could never be said of both.
#[test]
fn who_hands_in_holds_everything_that_the_server_has() {
    let mut world = World::new();
    world.act(Action::Answer(0, 2));
    world.settle();
    world.tell(Event::SubmitPressed);
    world.submitted = None;
    let (item_id, response) = (item(1), Response::Single(3));
    let lost = JournalEntry { epoch: 1, seq: 2, item_id, response, monotonic_ms: 60, previous_hash: String::new() };
    world.server.insert(2, lost.clone());
    world.tell(Event::OpenedAgain(OpenedSitting {
        epoch: 1,
        server_time: Timestamp(0),
        deadline: Timestamp(1_000),
        acked_through: 2,
        answers: world.server_answers().iter().cloned().collect(),
    }));
    world.tell(Event::AnswersMissing { monotonic_ms: 90 });
    world.settle();
    let player = world.player.as_ref().unwrap();
    assert_eq!(player.answers().response(item(1)), Some(&lost.response));
    assert_eq!(player.answers(), &world.server_answers());
    assert_eq!(world.submitted.as_ref().map(|s| s.digest.clone()), Some(digest(&world.server_answers())));
}

#[test]
fn a_device_that_was_overtaken_still_sends_what_it_wrote() {
    let mut world = World::new();
    world.act(Action::Answer(0, 2));
    world.act(Action::Store);
    world.act(Action::Answer(1, 2));
    // The acknowledgement of the first entry tells of the other device.
    world.act(Action::Deliver(0));
    world.replies.clear();
    let (server_time, deadline) = (Timestamp(0), Timestamp(1_000));
    world.tell(Event::Acked { acked: vec![1], server_time, deadline, epoch: 2 });
    assert_eq!(world.player.as_ref().unwrap().phase(), &Phase::TakenOver { current: 2 });
    world.act(Action::Answer(2, 2));
    world.act(Action::Store);
    let sent: Vec<u64> = world.requests[0].iter().map(|entry| entry.seq).collect();
    world.act(Action::Deliver(0));
    assert_eq!((sent, world.player.as_ref().unwrap().unsent()), (vec![2], 1), "nothing new is written");
    // The server has closed the sitting by itself: what was written in time is still taken.
    let closed_at = Timestamp(1_500);
    let receipt = Receipt { sitting_id: SITTING, closed_at, by_candidate: false, answered: 1, digest: String::new() };
    let closed = News { epoch: 2, receipt: Some(receipt), ..news(1_500, 1_000) };
    world.tell(Event::Heard(closed.clone()));
    assert_eq!(world.player.as_ref().unwrap().phase(), &Phase::TakenOver { current: 2 });
    world.tell(Event::Acked { acked: vec![2], server_time, deadline, epoch: 2 });
    world.tell(Event::Heard(closed));
    assert!(matches!(world.player.as_ref().unwrap().phase(), Phase::Closed { receipt: Some(_) }));
}

#[test]
fn what_older_devices_bring_meanwhile_replaces_nothing_that_is_shown() {
    let answer =
        |n, epoch, choice| AnswerInForce { item_id: item(n), epoch, seq: 1, response: Response::Single(choice) };
    let opened = |answers| OpenedSitting {
        epoch: 3,
        server_time: Timestamp(0),
        deadline: Timestamp(1_000),
        acked_through: 0,
        answers,
    };
    let shown = opened(vec![answer(0, 1, 1)]);
    let mut player = PlayerState::resume(SITTING, &shown, (0..ITEMS).map(item).collect(), Vec::new());
    player.handle(Event::OpenedAgain(opened(vec![answer(0, 2, 3), answer(1, 2, 3)])));
    assert_eq!(player.answers().response(item(0)), Some(&Response::Single(1)));
    assert_eq!(player.answers().response(item(1)), Some(&Response::Single(3)));
}

#[test]
fn what_was_written_without_the_server_goes_along_when_an_epoch_is_claimed() {
    let opened = |epoch, answers| OpenedSitting {
        epoch,
        server_time: Timestamp(0),
        deadline: Timestamp(1_000_000),
        acked_through: 0,
        answers,
    };
    let items = || (0..ITEMS).map(item).collect::<Vec<_>>();
    let mut alone = PlayerState::resume(SITTING, &opened(PROVISIONAL_EPOCH, Vec::new()), items(), Vec::new());
    let mut journal = Vec::new();
    for (n, choice, monotonic_ms) in [(1, 0, 10), (0, 2, 20), (1, 3, 30)] {
        let answered = Event::Answered { item_id: item(n), response: Response::Single(choice), monotonic_ms };
        for effect in alone.handle(answered) {
            if let Effect::StoreEntry(entry) = effect {
                let seq = entry.seq;
                journal.push(entry);
                alone.handle(Event::Stored(seq));
            }
        }
    }
    assert_eq!(journal.len(), 3);

    let claimed = PlayerState::resume(SITTING, &opened(1, Vec::new()), items(), journal.clone());
    let brought: Vec<_> = claimed.unacked.values().map(|held| &held.entry).collect();
    let said: Vec<_> = brought.iter().map(|entry| (entry.epoch, entry.item_id, entry.monotonic_ms)).collect();
    assert_eq!(said, [(1, item(0), 20), (1, item(1), 30)], "the last word of each item, when it was said");
    assert_eq!(claimed.answers().response(item(1)), Some(&Response::Single(3)));

    // Another device has answered one of them meanwhile, and that stays.
    let newer = AnswerInForce { item_id: item(1), epoch: 1, seq: 1, response: Response::Single(1) };
    let behind = PlayerState::resume(SITTING, &opened(2, vec![newer]), items(), journal);
    assert_eq!(behind.answers().response(item(1)), Some(&Response::Single(1)));
    assert_eq!(behind.answers().response(item(0)), Some(&Response::Single(2)));
}

use super::*;
use crate::delivery::{digest, is_chain};
use proptest::prelude::*;
use uuid::Uuid;

const SITTING: SittingId = SittingId(Uuid::from_u128(1));
const ITEMS: u128 = 4;

mod faults;

/// A device, a server, and everything between them.
#[derive(Default)]
struct World {
    player: Option<PlayerState>,
    disk: BTreeMap<u64, JournalEntry>,
    to_store: Vec<JournalEntry>,
    requests: Vec<Vec<JournalEntry>>,
    replies: Vec<Vec<u64>>,
    server: BTreeMap<u64, JournalEntry>,
    submitted: Option<SubmitSitting>,
    has_asked: bool,
    now_ms: u64,
}

#[derive(Clone, Debug)]
enum Action {
    Answer(u128, u16),
    Store,
    FailStore,
    Deliver(usize),
    Duplicate(usize),
    DropRequest(usize),
    DeliverReply(usize),
    DropReply(usize),
    Timer,
    Crash,
}

fn item(n: u128) -> ItemId {
    ItemId(Uuid::from_u128(100 + n))
}

impl World {
    fn new() -> Self {
        let mut world = Self::default();
        world.load();
        world
    }

    fn load(&mut self) {
        let opened = OpenedSitting {
            epoch: 1,
            server_time: Timestamp(0),
            deadline: Timestamp(1_000),
            acked_through: self.server.last_key_value().map_or(0, |(seq, _)| *seq),
            answers: self.server_answers().iter().cloned().collect(),
        };
        let stored = self.disk.values().cloned().collect();
        self.player = Some(PlayerState::resume(SITTING, &opened, (0..ITEMS).map(item).collect(), stored));
        self.tell(Event::NetworkRestored);
    }

    fn server_answers(&self) -> AnswersInForce {
        self.server.values().map(AnswerInForce::of_entry).collect()
    }

    fn tell(&mut self, event: Event) {
        for effect in self.player.as_mut().unwrap().handle(event) {
            match effect {
                Effect::StoreEntry(entry) => self.to_store.push(entry),
                Effect::SendBatch(entries) => {
                    assert!(entries.iter().all(|entry| self.disk.contains_key(&entry.seq)), "sent before stored");
                    self.requests.push(entries);
                }
                Effect::DeleteEntries(seqs) => seqs.iter().for_each(|seq| {
                    assert!(self.server.contains_key(seq), "deleted {seq} that the server lacks");
                    self.disk.remove(seq);
                }),
                Effect::Submit(submission) => self.submitted = Some(submission),
                Effect::SetTimer { ms } => assert!((2_000..=30_000).contains(&ms)),
                Effect::AskForNews => self.has_asked = true,
                Effect::KeepDeadline(_) | Effect::KeepTakenOver { .. } | Effect::ShowReceipt => {}
            }
        }
    }

    fn deliver(&mut self, batch: Vec<JournalEntry>) {
        self.replies.push(batch.iter().map(|entry| entry.seq).collect());
        for entry in batch {
            self.server.entry(entry.seq).or_insert(entry);
        }
    }

    fn act(&mut self, action: Action) {
        self.now_ms += 7;
        match action {
            Action::Answer(n, choice) => {
                let response = if choice == 0 { Response::Cleared } else { Response::Single(choice) };
                self.tell(Event::Answered { item_id: item(n), response, monotonic_ms: self.now_ms });
            }
            Action::Store if !self.to_store.is_empty() => {
                let entry = self.to_store.remove(0);
                let seq = entry.seq;
                self.disk.insert(seq, entry);
                self.tell(Event::Stored(seq));
            }
            Action::FailStore if self.to_store.len() == 1 => {
                let entry = self.to_store.remove(0);
                self.tell(Event::StoreFailed(entry.seq));
            }
            Action::Deliver(n) if n < self.requests.len() => {
                let batch = self.requests.remove(n);
                self.deliver(batch);
            }
            Action::Duplicate(n) if n < self.requests.len() => {
                let batch = self.requests[n].clone();
                self.requests.push(batch);
            }
            Action::DropRequest(n) if n < self.requests.len() => {
                self.requests.remove(n);
                self.tell(Event::BatchFailed);
            }
            Action::DeliverReply(n) if n < self.replies.len() => {
                let acked = self.replies.remove(n);
                let (server_time, deadline) = (Timestamp(0), Timestamp(1_000));
                self.tell(Event::Acked { acked, server_time, deadline, epoch: 1 });
            }
            Action::DropReply(n) if n < self.replies.len() => {
                self.replies.remove(n);
                self.tell(Event::BatchFailed);
            }
            Action::Timer => self.tell(Event::TimerFired),
            Action::Crash => {
                self.to_store.clear();
                self.replies.clear();
                self.load();
            }
            _ => {}
        }
    }

    /// The network works again, and everything gets its turn.
    fn settle(&mut self) {
        self.tell(Event::NetworkRestored);
        for _ in 0..400 {
            [Action::Store, Action::Deliver(0), Action::DeliverReply(0), Action::Timer]
                .into_iter()
                .for_each(|action| self.act(action));
        }
    }
}

fn any_action() -> impl Strategy<Value = Action> {
    prop_oneof![
        4 => (0..ITEMS, 0..4u16).prop_map(|(n, choice)| Action::Answer(n, choice)),
        4 => Just(Action::Store),
        1 => Just(Action::FailStore),
        3 => (0..2usize).prop_map(Action::Deliver),
        1 => (0..2usize).prop_map(Action::Duplicate),
        1 => (0..2usize).prop_map(Action::DropRequest),
        3 => (0..2usize).prop_map(Action::DeliverReply),
        1 => (0..2usize).prop_map(Action::DropReply),
        1 => Just(Action::Timer),
        1 => Just(Action::Crash),
    ]
}

proptest! {
    #[test]
    fn a_lossy_network_and_crashes_lose_no_answer(actions in prop::collection::vec(any_action(), 0..80)) {
        let mut world = World::new();
        for action in actions {
            world.act(action);
        }
        world.settle();
        let player = world.player.clone().unwrap();
        prop_assert_eq!(player.unsent(), 0);
        prop_assert_eq!(player.answers(), &world.server_answers());
        let journal: Vec<_> = world.server.values().cloned().collect();
        prop_assert!(is_chain(&chain_start(SITTING), &journal));
        world.tell(Event::SubmitPressed);
        let submitted = world.submitted.take().unwrap();
        prop_assert_eq!(submitted.digest, digest(&world.server_answers()));
        prop_assert_eq!(submitted.last_seq, u64::try_from(world.server.len()).unwrap());
    }
}

#[test]
fn the_mark_follows_the_entry_and_submission_waits_for_it() {
    let mut world = World::new();
    world.act(Action::Answer(0, 2));
    assert_eq!(world.player.as_ref().unwrap().mark(item(0)), SavedMark::OnDevice);
    assert!(!world.player.as_ref().unwrap().is_on_disk(item(0)), "nobody has written it yet");
    assert!(world.player.as_ref().unwrap().is_on_disk(item(1)));
    world.act(Action::Store);
    assert!(world.player.as_ref().unwrap().is_all_on_disk());
    world.tell(Event::SubmitPressed);
    assert_eq!(world.submitted, None);
    world.settle();
    assert_eq!(world.player.as_ref().unwrap().mark(item(0)), SavedMark::Saved);
    assert_eq!(world.player.as_ref().unwrap().mark(item(1)), SavedMark::Unanswered);
    assert_eq!(world.submitted.as_ref().map(|submission| submission.last_seq), Some(1));
}

#[test]
fn after_a_take_over_or_time_up_nothing_is_written() {
    for event in [Event::TakenOver { current: 2 }, Event::TimeUp, Event::ServerClosed] {
        let mut world = World::new();
        world.act(Action::Answer(0, 2));
        world.tell(event);
        world.act(Action::Answer(1, 2));
        assert_eq!(world.player.as_ref().unwrap().unsent(), 1);
        assert_eq!(world.player.as_ref().unwrap().answers().response(item(1)), None);
    }
}

#[test]
fn missing_answers_are_written_and_sent_again() {
    let mut world = World::new();
    world.act(Action::Answer(0, 2));
    world.settle();
    world.tell(Event::SubmitPressed);
    world.submitted = None;
    world.tell(Event::AnswersMissing { monotonic_ms: 9_999 });
    world.settle();
    assert_eq!(world.submitted.as_ref().map(|s| s.digest.clone()), Some(digest(&world.server_answers())));
    assert_eq!(world.server_answers().answered(), 1);
    assert_eq!(world.server.len(), 2);
}

#[test]
fn what_a_busy_server_refused_stays_on_the_device_and_is_sent_again() {
    let mut world = World::new();
    world.act(Action::Answer(0, 2));
    world.act(Action::Store);
    for _ in 0..5 {
        world.act(Action::Timer);
        let refused = world.requests.pop().unwrap();
        assert_eq!(refused.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [1]);
        world.tell(Event::BatchFailed);
        assert!(world.disk.contains_key(&1), "kept until the server has it");
        assert_eq!(world.player.as_ref().unwrap().mark(item(0)), SavedMark::OnDevice);
    }
    world.settle();
    assert_eq!(world.player.as_ref().unwrap().mark(item(0)), SavedMark::Saved);
    assert_eq!(world.server.keys().collect::<Vec<_>>(), [&1]);
}

fn news(server_time: i64, deadline: i64) -> News {
    News { epoch: 1, server_time: Timestamp(server_time), deadline: Timestamp(deadline), receipt: None }
}

#[test]
fn who_did_not_press_is_submitted_only_when_the_server_agrees_that_time_is_up() {
    let mut world = World::new();
    world.act(Action::Answer(0, 2));
    world.settle();
    world.tell(Event::TimeUp);
    world.act(Action::Timer);
    assert!(std::mem::take(&mut world.has_asked) && world.submitted.is_none());
    // Time was given back while the device had no network.
    world.tell(Event::Heard(news(1_000, 90_000)));
    assert_eq!(world.player.as_ref().unwrap().phase(), &Phase::Working);
    // The device's clock was wrong.
    world.tell(Event::TimeUp);
    world.act(Action::Timer);
    assert!(std::mem::take(&mut world.has_asked) && world.submitted.is_none());
    world.tell(Event::Heard(news(60_000, 90_000)));
    assert_eq!(world.player.as_ref().unwrap().phase(), &Phase::Working);
    // No reply: it asks again, and nothing is submitted meanwhile.
    world.tell(Event::TimeUp);
    world.act(Action::Timer);
    world.has_asked = false;
    world.tell(Event::NotHeard);
    world.act(Action::Timer);
    assert!(world.has_asked && world.submitted.is_none());
    world.tell(Event::Heard(news(90_000, 90_000)));
    assert!(world.submitted.is_some());
}

#[test]
fn what_the_server_says_of_the_end_is_kept_and_never_shortened() {
    let mut player = World::new().player.unwrap();
    assert_eq!(player.handle(Event::Heard(news(10, 5_000))), [Effect::KeepDeadline(Timestamp(5_000))]);
    assert_eq!(player.handle(Event::Heard(news(20, 2_000))), Vec::new());
    assert_eq!(player.deadline(), Timestamp(5_000));
}

#[test]
fn a_device_that_was_overtaken_keeps_that_once() {
    let mut player = World::new().player.unwrap();
    let kept = [Effect::KeepTakenOver { current: 2 }];
    assert_eq!(player.handle(Event::Heard(News { epoch: 2, ..news(10, 1_000) })), kept);
    assert_eq!(player.handle(Event::TakenOver { current: 2 }), Vec::new());
    for told in [Event::TakenOver { current: 2 }, Event::Overtaken { current: 2 }] {
        assert_eq!(World::new().player.unwrap().handle(told), kept);
    }
}

#[test]
fn a_disk_that_was_slow_is_not_called_broken() {
    let mut world = World::new();
    world.act(Action::Answer(0, 2));
    world.act(Action::FailStore);
    world.act(Action::Timer);
    // The same entry is not written a second time while it is being written.
    world.tell(Event::NetworkRestored);
    assert_eq!(world.to_store.len(), 1);
    world.act(Action::Store);
    world.tell(Event::StoreFailed(1));
    assert!(!world.player.as_ref().unwrap().is_disk_failing(), "entry 1 is on the disk");
}

#[test]
fn waits_double_from_what_the_server_asks_for_up_to_half_a_minute() {
    let mut player = World::new().player.unwrap();
    let waits: Vec<_> = (0..7).flat_map(|_| player.handle(Event::BatchFailed)).collect();
    let in_ms = |wait: &Effect| if let Effect::SetTimer { ms } = wait { *ms } else { 0 };
    // One more than the doubled ones, which is this sitting's own share.
    assert_eq!(waits.iter().map(in_ms).collect::<Vec<_>>(), [2_001, 4_001, 8_001, 16_001, 30_000, 30_000, 30_000]);
}

#[test]
fn what_the_server_lacks_is_written_anew_and_nothing_else() {
    let entry = |n, epoch, seq| {
        let (item_id, response) = (item(n), Response::Single(1));
        JournalEntry { epoch, seq, item_id, response, monotonic_ms: 0, previous_hash: String::new() }
    };
    let opened = OpenedSitting {
        epoch: 3,
        server_time: Timestamp(0),
        deadline: Timestamp(9),
        acked_through: 0,
        answers: [entry(0, 1, 4), entry(1, 2, 1)].iter().map(AnswerInForce::of_entry).collect(),
    };
    // Acknowledged, overtaken on another device, and lost.
    let stored = vec![entry(0, 1, 4), entry(1, 1, 5), entry(2, 1, 6)];
    let mut player = PlayerState::resume(SITTING, &opened, (0..ITEMS).map(item).collect(), stored.clone());
    assert_eq!((player.unsent(), player.only_here()), (1, 1));
    let effects = player.handle(Event::NetworkRestored);
    let [Effect::StoreEntry(written)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((written.epoch, written.seq, written.item_id), (3, 1, item(2)));
    assert_eq!(written.previous_hash, chain_start(SITTING));
    // What is not in this epoch is evidence until the end, and needs no keeping then.
    assert_eq!(player.settled().collect::<Vec<_>>(), stored.iter().collect::<Vec<_>>());
    assert_eq!(player.answers().response(item(0)), Some(&Response::Single(1)));
}

#[test]
fn time_is_up_once_and_the_page_asks_until_it_has_the_receipt() {
    let mut player = World::new().player.unwrap();
    assert_eq!([999, 1_000].map(|now| player.is_time_up(Timestamp(now))), [false, true]);
    assert_eq!(player.asks_after_s(), Some(60));
    player.handle(Event::NetworkLost);
    assert_eq!(player.asks_after_s(), Some(15));
    player.handle(Event::TimeUp);
    assert!(!player.is_time_up(Timestamp(1_000)), "it was told");
    player.handle(Event::ServerClosed);
    assert_eq!(player.asks_after_s(), Some(5));
    let (closed_at, digest) = (Timestamp(2_000), String::new());
    player.handle(Event::Submitted(Receipt {
        sitting_id: SITTING,
        closed_at,
        by_candidate: false,
        answered: 0,
        digest,
    }));
    assert_eq!(player.asks_after_s(), None);
}

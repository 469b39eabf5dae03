//! The server: what `backend::delivery` does, by the same rules, with a map for a store.

use super::{ITEMS, PLAN, RULES, SITTING, WORKING_TIME, item, part_min};
use crate::{
    delivery::*,
    ids::ItemId,
    problem::{ProblemCode, Refusal},
    time::Timestamp,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What a device asks.
#[derive(Clone, Debug)]
pub(super) enum Ask {
    Open { take_over: bool },
    Entries(Vec<JournalEntry>),
    News,
    Submit(SubmitSitting),
}

/// What it is told.
#[derive(Clone, Debug)]
pub(super) enum Reply {
    Opened(OpenedSitting),
    Acks(EntryAcks),
    News(News),
    Receipt(Receipt),
    Refused { code: ProblemCode, params: serde_json::Value },
}

fn refused(refusal: &impl Refusal) -> Reply {
    let (code, params) = (refusal.code(), refusal.params());
    assert_ne!(code, ProblemCode::IdempotencyConflict, "I5: one number holds one content");
    Reply::Refused { code, params }
}

/// One entry that is on the server's disk.
pub(super) struct Stored {
    pub(super) entry: JournalEntry,
    pub(super) link: ChainLink,
    pub(super) verdict: Verdict,
}

/// The sitting at the server.
pub(super) struct Server {
    plan: TimePlan,
    pub(super) epoch: u32,
    pub(super) device: Option<Uuid>,
    /// When each epoch was opened.
    pub(super) opened_at: BTreeMap<u32, Timestamp>,
    pub(super) closed: Option<(ClosedBy, Receipt)>,
    pub(super) stored: BTreeMap<(u32, u64), Stored>,
    pub(super) in_force: AnswersInForce,
    /// Acknowledges some entries without storing them: what no server may do.
    pub(super) is_hasty: bool,
}

impl Server {
    pub(super) fn new() -> Self {
        Self {
            plan: PLAN,
            epoch: 0,
            device: None,
            opened_at: BTreeMap::new(),
            closed: None,
            stored: BTreeMap::new(),
            in_force: AnswersInForce::default(),
            is_hasty: false,
        }
    }

    /// I7: the one function for it.
    pub(super) fn deadline(&self) -> Timestamp {
        deadline(&self.plan)
    }

    /// When the part of an item closes, if that is before the end.
    fn part_closes_at(&self, item_id: ItemId) -> Option<Timestamp> {
        part_min(item_id).map(|minutes| WORKING_TIME.part_closes_at(minutes, self.deadline()))
    }

    /// Until when an item may be answered.
    pub(super) fn ends_at(&self, item_id: ItemId) -> Timestamp {
        self.part_closes_at(item_id).unwrap_or_else(|| self.deadline())
    }

    /// Gives time back.
    pub(super) fn extend(&mut self, seconds: u32) {
        self.plan.returned_s += seconds;
    }

    pub(super) fn handle(&mut self, device: Uuid, ask: &Ask, now: Timestamp) -> Reply {
        match ask {
            Ask::Open { take_over } => self.open(device, *take_over, now),
            Ask::Entries(entries) => self.take(entries, now),
            Ask::News => Reply::News(News {
                epoch: self.epoch,
                server_time: now,
                deadline: self.deadline(),
                receipt: self.receipt(),
            }),
            Ask::Submit(submission) => self.submit(submission, now),
        }
    }

    /// What the job does that arming asked for.
    pub(super) fn close_due(&mut self, now: Timestamp) {
        if self.closed.is_none() && now > self.deadline().plus_s(RULES.grace_s) {
            self.close(ClosedBy::Server, now);
        }
    }

    fn receipt(&self) -> Option<Receipt> {
        self.closed.as_ref().map(|(_, receipt)| receipt.clone())
    }

    fn close(&mut self, by: ClosedBy, now: Timestamp) -> Receipt {
        let receipt = Receipt {
            sitting_id: SITTING,
            closed_at: now,
            by_candidate: by == ClosedBy::Candidate,
            answered: self.in_force.answered(),
            digest: digest(&self.in_force),
        };
        assert!(self.closed.replace((by, receipt.clone())).is_none(), "I6: a sitting is closed once");
        receipt
    }

    fn open(&mut self, device: Uuid, take_over: bool, now: Timestamp) -> Reply {
        let facts = OpeningFacts {
            is_armed: true,
            starts_at: self.plan.starts_at,
            deadline: self.deadline(),
            epoch: self.epoch,
            device: self.device,
            closed: self.closed.as_ref().map(|(by, _)| *by),
            lacks_consent: false,
            lacks_entry_code: false,
            lacks_admission: false,
            lacks_safe_browser: false,
        };
        match judge_opening(&facts, device, take_over, now) {
            Err(refusal) => return refused(&refusal),
            Ok(Opening::Keep) => {}
            Ok(Opening::Begin { epoch }) => {
                assert_eq!(epoch, self.epoch + 1, "I3: every opening on another device has its own epoch");
                (self.epoch, self.device) = (epoch, Some(device));
                self.opened_at.insert(epoch, now);
            }
        }
        Reply::Opened(OpenedSitting {
            epoch: self.epoch,
            server_time: now,
            deadline: self.deadline(),
            acked_through: self.numbers().last().copied().unwrap_or_default(),
            answers: self.in_force.iter().cloned().collect(),
        })
    }

    /// The stored numbers of the epoch that may write.
    fn numbers(&self) -> BTreeSet<u64> {
        self.stored.range((self.epoch, 0)..).map(|((_, seq), _)| *seq).collect()
    }

    /// Some entries of a batch may be refused: the others are acknowledged, and the device sends the rest alone.
    fn take(&mut self, entries: &[JournalEntry], now: Timestamp) -> Reply {
        let mut entries: Vec<&JournalEntry> = entries.iter().collect();
        entries.sort_by_key(|entry| (entry.epoch, entry.seq));
        let (mut acked, mut refusal) = (Vec::new(), None);
        for entry in entries {
            match self.append(entry, now) {
                Ok(()) => acked.push(entry.seq),
                Err(refused) => refusal = refusal.or(Some(refused)),
            }
        }
        match refusal {
            Some(refusal) if acked.is_empty() => refused(&refusal),
            _ => Reply::Acks(EntryAcks { acked, server_time: now, deadline: self.deadline(), epoch: self.epoch }),
        }
    }

    fn append(&mut self, entry: &JournalEntry, now: Timestamp) -> Result<(), ArrivalRefusal> {
        let key = (entry.epoch, entry.seq);
        let link = |seq| self.stored.get(&(entry.epoch, seq)).map(|stored| &stored.link);
        let closed = self.closed.as_ref().map(|(by, _)| *by);
        let facts = ArrivalFacts {
            sitting_id: SITTING,
            sitting: SittingFacts { epoch: self.epoch, deadline: self.deadline(), closed },
            epoch_opened_at: self.opened_at.get(&entry.epoch).copied().unwrap_or(now),
            part_closes_at: self.part_closes_at(entry.item_id),
            received_at: now,
        };
        let arrival = judge_arrival(&facts, entry, link(entry.seq), link(entry.seq.saturating_sub(1)), &RULES);
        let (verdict, link) = match arrival? {
            Arrival::Repeat => return Ok(()),
            Arrival::New { verdict, link, is_chain_broken } => {
                assert!(!is_chain_broken, "I4: {key:?} does not hang on the entry before");
                (verdict, link)
            }
        };
        assert!((0..ITEMS).any(|n| item(n) == entry.item_id), "an item of another paper");
        if !(self.is_hasty && entry.seq.is_multiple_of(2)) {
            self.check_verdict(entry, verdict, now);
            self.in_force.apply(AnswerInForce::of_entry(entry));
            self.stored.insert(key, Stored { entry: entry.clone(), link, verdict });
        }
        Ok(())
    }

    /// What every entry that comes to the disk must be, said without the rules that let it come.
    fn check_verdict(&self, entry: &JournalEntry, verdict: Verdict, now: Timestamp) {
        let (end, last) = (self.ends_at(entry.item_id).0, self.deadline().0);
        let closed = self.closed.as_ref().map(|(by, _)| *by);
        assert!(closed != Some(ClosedBy::Candidate), "I6: nothing comes after the candidate has submitted");
        assert!(self.opened_at.contains_key(&entry.epoch), "I3: an epoch that nobody opened");
        let is_live = closed.is_none() && now.0 <= end + 30_000;
        assert_eq!(verdict == Verdict::Store, is_live, "I8: what comes late is flagged, and nothing else");
        let opened_at = self.opened_at[&entry.epoch].0;
        let has_proof = opened_at + i64::try_from(entry.monotonic_ms).unwrap() <= end && now.0 <= last + 600_000;
        assert!(is_live || has_proof, "I8: what comes late was written in time, and within the window");
    }

    fn submit(&mut self, submission: &SubmitSitting, now: Timestamp) -> Reply {
        if let Some(receipt) = self.receipt() {
            return Reply::Receipt(receipt);
        }
        match judge_submission(self.epoch, submission, &self.in_force, &self.numbers()) {
            Err(refusal) => refused(&refusal),
            Ok(()) => Reply::Receipt(self.close(ClosedBy::Candidate, now)),
        }
    }
}

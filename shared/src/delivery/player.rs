//! The exam player without its screen: what happens, and what must be done about it.
//!
//! A reducer: [`PlayerState::handle`] takes an [`Event`] and gives [`Effect`]s. It reads no clock
//! and does no IO. The browser carries effects out in their order and reports back.

use super::{
    AnswerInForce, AnswersInForce, JournalEntry, OpenedSitting, PartTimes, Receipt, SittingView, SubmitSitting,
};
use super::{chain_start, entry_hash, time_left};
use crate::{
    ids::{ItemId, SittingId},
    item_bank::Response,
    time::Timestamp,
};
use std::collections::{BTreeMap, BTreeSet};

mod left_behind;
mod parts;
mod replies;
mod steps;

/// So often, in seconds, the page asks for the receipt once the server has closed the sitting,
const ASKS_FOR_RECEIPT_S: u64 = 5;
/// whether the server is there again,
const ASKS_OFFLINE_S: u64 = 15;
/// and for news that no answer brought.
const ASKS_FOR_NEWS_S: u64 = 60;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The candidate answered an item or took the answer back.
    Answered {
        /// The item.
        item_id: ItemId,
        /// What was answered.
        response: Response,
        /// Milliseconds on the monotonic clock since this device opened the sitting.
        monotonic_ms: u64,
    },
    /// The candidate set or removed the flag of an item.
    FlagToggled(ItemId),
    /// The candidate went to the item at this place.
    WentTo(usize),
    /// The entry with this number is on the device's disk.
    Stored(u64),
    /// The device could not write the entry with this number.
    StoreFailed(u64),
    /// The server has these numbers on disk.
    Acked {
        /// The numbers.
        acked: Vec<u64>,
        /// The server's clock when it replied.
        server_time: Timestamp,
        /// The deadline as the server knows it now.
        deadline: Timestamp,
        /// The epoch that may write.
        epoch: u32,
    },
    /// The server said how the sitting stands, whether the player asked or somebody else.
    Heard(News),
    /// What [`Effect::AskForNews`] asked brought no reply in time, or one that says to try again.
    NotHeard,
    /// A batch brought no reply in time, or none that can be read.
    BatchFailed,
    /// The server was there, and says of a batch or a submission to try again.
    Busy,
    /// The server says to a batch or a submission that another device has continued the sitting (409).
    TakenOver {
        /// The epoch that may write.
        current: u32,
    },
    /// It is known otherwise that another device has continued the sitting; what was sent is under way.
    Overtaken {
        /// The epoch that may write.
        current: u32,
    },
    /// The server takes no more answers (410).
    ServerClosed,
    /// The timer of [`Effect::SetTimer`] ran out.
    TimerFired,
    /// The device lost its network.
    NetworkLost,
    /// The device has its network again. Also the first event after [`PlayerState::resume`].
    NetworkRestored,
    /// The deadline that this device knows has come, by what it takes for the server's clock.
    TimeUp,
    /// The candidate confirmed 交卷.
    SubmitPressed,
    /// The submission brought no reply in time, or none that can be read.
    SubmitFailed,
    /// The server says again what it has: told before all that [`Event::is_difference`] says is one.
    OpenedAgain(OpenedSitting),
    /// The server has another content under this number: this device's disk has lost what was sent.
    NumberTaken {
        /// The number.
        seq: u64,
        /// Milliseconds on the monotonic clock since this device opened the sitting.
        monotonic_ms: u64,
    },
    /// The server does not take the entry with this number: its part is closed, and it does not prove to be older.
    PartClosed {
        /// The number.
        seq: u64,
    },
    /// The server's digest differs: it misses answers.
    AnswersMissing {
        /// Milliseconds on the monotonic clock since this device opened the sitting.
        monotonic_ms: u64,
    },
    /// The sitting is over, and this is the proof.
    Submitted(Receipt),
}

/// How a sitting stands, as the server says when it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// The epoch that may write.
    pub epoch: u32,
    /// The server's clock when it replied.
    pub server_time: Timestamp,
    /// When working time ends.
    pub deadline: Timestamp,
    /// The receipt, once it is submitted or closed.
    pub receipt: Option<Receipt>,
}

impl From<SittingView> for News {
    fn from(view: SittingView) -> Self {
        let SittingView { epoch, server_time, deadline, receipt, .. } = view;
        Self { epoch, server_time, deadline, receipt }
    }
}

/// What must be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Write the entry to the device's disk, then say [`Event::Stored`] or [`Event::StoreFailed`].
    /// The next entry follows only then.
    StoreEntry(JournalEntry),
    /// Send at most 200 entries, then say what came of it. The caller limits the wait.
    SendBatch(Vec<JournalEntry>),
    /// Remove entries of the current epoch from the device's disk; the server has them.
    DeleteEntries(Vec<u64>),
    /// Keep on the device's disk that working time ends later: a reload without a network goes by it.
    KeepDeadline(Timestamp),
    /// Keep on the device's disk that another device has continued the sitting: a reload without a network goes by it.
    KeepTakenOver {
        /// The epoch that may write.
        current: u32,
    },
    /// Ask the server how the sitting stands, then say [`Event::Heard`] or [`Event::NotHeard`]. The caller limits
    /// the wait.
    AskForNews,
    /// Submit the sitting, then say what came of it. The caller limits the wait.
    Submit(SubmitSitting),
    /// Say [`Event::TimerFired`] after `ms`. A new timer replaces the old.
    SetTimer {
        /// Milliseconds.
        ms: u64,
    },
    /// Show the receipt.
    ShowReceipt,
}

/// What the candidate sees at an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SavedMark {
    /// 未答.
    Unanswered,
    /// 仅存本机: the server has not acknowledged the latest change.
    OnDevice,
    /// 已保存: on the server's disk.
    Saved,
}

/// What the candidate can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Answer.
    Working,
    /// Wait until everything is sent and the sitting is submitted.
    Submitting {
        /// Whether the candidate asked for it; otherwise time is up.
        by_candidate: bool,
    },
    /// Read only: another device has continued the sitting. What was written before is still sent.
    TakenOver {
        /// The epoch that may write.
        current: u32,
    },
    /// Over. What was not acknowledged stays on the device's disk.
    Closed {
        /// The receipt, once it is known.
        receipt: Option<Receipt>,
    },
}

/// One entry that the server has not acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Unacked {
    entry: JournalEntry,
    is_stored: bool,
}

/// One sitting on one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlayerState {
    epoch: u32,
    items: Vec<ItemId>,
    answers: AnswersInForce,
    unacked: BTreeMap<u64, Unacked>,
    /// Acknowledged, but the newest entry stays on disk: the next one names its hash.
    acked_on_disk: BTreeSet<u64>,
    newest_stored: u64,
    /// The entry that is being written to the disk.
    storing: Option<u64>,
    last_seq: u64,
    last_hash: String,
    last_monotonic_ms: u64,
    left_behind: Vec<JournalEntry>,
    flags: BTreeSet<ItemId>,
    current: usize,
    phase: Phase,
    deadline: Timestamp,
    parts: PartTimes,
    /// What the server said last that it has.
    at_server: Option<AnswersInForce>,
    is_offline: bool,
    is_disk_failing: bool,
    is_batch_in_flight: bool,
    is_submit_in_flight: bool,
    is_asking: bool,
    /// Whether the server agrees that time is up: the device's clock, or what it knows of the end, may be wrong.
    is_end_confirmed: bool,
    is_waiting: bool,
    failures: u32,
    /// Spreads the retries of many devices.
    spread: u64,
}

impl PlayerState {
    /// [`Self::resume_in_parts`] of a paper whose parts all stay open until its end.
    #[must_use]
    pub fn resume(
        sitting_id: SittingId,
        opened: &OpenedSitting,
        items: Vec<ItemId>,
        stored: Vec<JournalEntry>,
    ) -> Self {
        Self::resume_in_parts((sitting_id, PartTimes::default()), opened, items, stored)
    }

    /// Continues a sitting after it was opened, with what the device's disk still holds.
    #[must_use]
    pub fn resume_in_parts(
        (sitting_id, parts): (SittingId, PartTimes),
        opened: &OpenedSitting,
        items: Vec<ItemId>,
        stored: Vec<JournalEntry>,
    ) -> Self {
        let (mine, left_behind): (Vec<_>, Vec<_>) = stored.into_iter().partition(|entry| entry.epoch == opened.epoch);
        let mut answers: AnswersInForce = opened.answers.iter().cloned().collect();
        let mut unacked = BTreeMap::new();
        for entry in mine {
            answers.apply(AnswerInForce::of_entry(&entry));
            unacked.insert(entry.seq, Unacked { entry, is_stored: true });
        }
        let newest = unacked.last_key_value().map(|(seq, held): (&u64, &Unacked)| (*seq, held.entry.clone()));
        let newest_stored = newest.as_ref().map_or(0, |(seq, _)| *seq);
        let mut player = Self {
            epoch: opened.epoch,
            items,
            answers,
            unacked,
            acked_on_disk: BTreeSet::new(),
            newest_stored,
            storing: None,
            last_seq: newest_stored.max(opened.acked_through),
            last_hash: newest.as_ref().map_or_else(|| chain_start(sitting_id), |(_, entry)| entry_hash(entry)),
            last_monotonic_ms: newest.map_or(0, |(_, entry)| entry.monotonic_ms),
            left_behind,
            flags: BTreeSet::new(),
            current: 0,
            phase: Phase::Working,
            deadline: opened.deadline,
            parts,
            at_server: None,
            is_offline: false,
            is_disk_failing: false,
            is_batch_in_flight: false,
            is_submit_in_flight: false,
            is_asking: false,
            is_end_confirmed: false,
            is_waiting: false,
            failures: 0,
            spread: sitting_id.0.as_u64_pair().1,
        };
        player.bring_along();
        player
    }

    /// The items, in the candidate's order.
    #[must_use]
    pub fn items(&self) -> &[ItemId] {
        &self.items
    }

    /// The answers as the candidate sees them.
    #[must_use]
    pub fn answers(&self) -> &AnswersInForce {
        &self.answers
    }

    /// Place of the item that is shown.
    #[must_use]
    pub fn current(&self) -> usize {
        self.current
    }

    /// What the candidate can do.
    #[must_use]
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// When working time ends, as the server said last.
    #[must_use]
    pub fn deadline(&self) -> Timestamp {
        self.deadline
    }

    /// Whether the server cannot be reached.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        self.is_offline
    }

    /// Whether the device cannot write its disk: the candidate must call the invigilator.
    #[must_use]
    pub fn is_disk_failing(&self) -> bool {
        self.is_disk_failing
    }

    /// Whether the candidate flagged the item.
    #[must_use]
    pub fn is_flagged(&self, item_id: ItemId) -> bool {
        self.flags.contains(&item_id)
    }

    /// How many entries the server has not acknowledged.
    #[must_use]
    pub fn unsent(&self) -> usize {
        self.unacked.len()
    }

    /// Whether every change is on this device's disk or on the server's.
    #[must_use]
    pub fn is_all_on_disk(&self) -> bool {
        self.unacked.values().all(|held| held.is_stored)
    }

    /// Whether every change of the item is on this device's disk or on the server's.
    #[must_use]
    pub fn is_on_disk(&self, item_id: ItemId) -> bool {
        self.unacked.values().all(|held| held.is_stored || held.entry.item_id != item_id)
    }

    /// Whether the time has come for [`Event::TimeUp`], when the server's clock is taken to show `now`.
    #[must_use]
    pub fn is_time_up(&self, now: Timestamp) -> bool {
        self.phase == Phase::Working && time_left(self.deadline, now) == 0
    }

    /// After how many seconds the page asks by itself how the sitting stands; `None` when nothing is left to ask.
    #[must_use]
    pub fn asks_after_s(&self) -> Option<u64> {
        match &self.phase {
            Phase::Closed { receipt: Some(_) } => None,
            Phase::Closed { receipt: None } => Some(ASKS_FOR_RECEIPT_S),
            _ if self.is_offline => Some(ASKS_OFFLINE_S),
            _ => Some(ASKS_FOR_NEWS_S),
        }
    }

    /// What the candidate sees at an item.
    #[must_use]
    pub fn mark(&self, item_id: ItemId) -> SavedMark {
        if self.unacked.values().any(|held| held.entry.item_id == item_id) {
            SavedMark::OnDevice
        } else if self.answers.response(item_id).is_some() {
            SavedMark::Saved
        } else {
            SavedMark::Unanswered
        }
    }
}

#[cfg(test)]
mod tests;

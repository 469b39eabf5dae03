//! A device: its disk, its clocks, and the page on it, which does what the driver of the real page does.

use super::{SITTING, items, part_times};
use crate::{delivery::*, time::Timestamp};
use std::collections::{BTreeMap, VecDeque};
use uuid::Uuid;

/// One device of the candidate.
pub(super) struct Device {
    /// What the server knows it by.
    pub(super) name: Uuid,
    pub(super) disk: Disk,
    pub(super) page: Option<Page>,
    /// The opening that a page waits for: its number, and whether it takes the sitting over.
    pub(super) visit: Option<(u64, bool)>,
    /// The epoch that the server named before the opening.
    pub(super) saw_epoch: u32,
    /// Whether it was told that another device has the sitting, and keeps nothing of it.
    pub(super) is_elsewhere: bool,
    /// Whether somebody has set its clock: then it cannot tell when it wrote. A device that slept can.
    pub(super) is_disturbed: bool,
    /// Its wall clock minus the true time.
    pub(super) wall_error_ms: i64,
    /// What its monotonic clock has missed.
    pub(super) asleep_ms: i64,
}

/// What is on the disk, and survives everything but a wipe.
#[derive(Default)]
pub(super) struct Disk {
    pub(super) kept: Option<Kept>,
    pub(super) entries: BTreeMap<(u32, u64), JournalEntry>,
    pub(super) receipt: Option<Receipt>,
}

/// What is kept of an opening.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) opened: OpenedSitting,
    pub(super) began_at: Timestamp,
    /// The newest epoch that the device has heard of.
    pub(super) newest: u32,
    pub(super) server_minus_wall_ms: i64,
}

/// What a clock learns that has just asked, and had the reply at once.
pub(super) fn asked(mono_ms: u64, server_time: Timestamp) -> Vec<ClockSample> {
    vec![ClockSample { sent_mono_ms: mono_ms, server_time, received_mono_ms: mono_ms }]
}

/// A clock that knows this alone.
pub(super) fn measured(mono_ms: u64, server_time: Timestamp) -> ServerClockReading {
    let mut clock = ServerClockReading::default();
    clock.replace(asked(mono_ms, server_time));
    clock
}

/// A write that is not flushed yet: a crash forgets it.
pub(super) enum Write {
    Entry(JournalEntry),
    Keep(Kept),
    Release(Kept, Vec<u64>),
    End(Receipt),
}

/// What a page waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Batch,
    Submission,
    /// What the player asked for.
    News,
    /// What the page asks for by itself, now and then.
    Poll,
}

/// One page, from its opening to its crash.
pub(super) struct Page {
    pub(super) player: PlayerState,
    pub(super) epoch: u32,
    pub(super) clock: ServerClockReading,
    pub(super) kept: Kept,
    pub(super) writes: VecDeque<Write>,
    pub(super) asks: Vec<(u64, Kind)>,
    pub(super) is_timer_set: bool,
    /// Whether the player said that it waits, and nothing has told it to go on.
    pub(super) is_waiting: bool,
    pub(super) last_wait_ms: u64,
    journal: BTreeMap<u64, JournalEntry>,
    /// Milliseconds since the epoch began when the page did, and the monotonic clock then.
    began: (u64, u64),
}

impl Page {
    /// Milliseconds since this device's epoch began.
    pub(super) fn monotonic_ms(&self, mono_ms: u64) -> u64 {
        let by_device = self.began.0 + (mono_ms - self.began.1);
        let by_server = self.clock.server_time(mono_ms).unwrap().ms_since(self.kept.began_at);
        by_device.max(u64::try_from(by_server).unwrap_or_default())
    }

    /// Deletes what the server has, and keeps what it said.
    pub(super) fn release(&mut self, seqs: Vec<u64>, server_minus_wall_ms: i64) {
        let released: Vec<JournalEntry> = seqs.iter().filter_map(|seq| self.journal.remove(seq)).collect();
        self.kept.opened.acknowledge(&released);
        self.kept.server_minus_wall_ms = server_minus_wall_ms;
        self.kept.opened.deadline = self.player.deadline();
        self.writes.push_back(Write::Release(self.kept.clone(), seqs));
    }
}

impl Device {
    pub(super) fn new(name: Uuid) -> Self {
        Self {
            name,
            disk: Disk::default(),
            page: None,
            visit: None,
            saw_epoch: 0,
            is_elsewhere: false,
            is_disturbed: false,
            wall_error_ms: 0,
            asleep_ms: 0,
        }
    }

    /// The monotonic clock at the true time `now`.
    pub(super) fn mono_ms(&self, now: i64) -> u64 {
        u64::try_from(now - self.asleep_ms).unwrap()
    }

    pub(super) fn wall(&self, now: i64) -> Timestamp {
        Timestamp(now + self.wall_error_ms)
    }

    /// Puts the player on the screen, with what the disk holds.
    pub(super) fn begin(&mut self, mut kept: Kept, mut clock: ServerClockReading, now: i64) {
        let (mono_ms, epoch) = (self.mono_ms(now), kept.opened.epoch);
        clock.compare(mono_ms, self.wall(now));
        let server_time = clock.server_time(mono_ms).unwrap();
        kept.server_minus_wall_ms = server_time.ms_since(self.wall(now));
        self.disk.kept = Some(kept.clone());
        let entries: Vec<JournalEntry> = self.disk.entries.values().cloned().collect();
        let seat = (SITTING, part_times(kept.began_at));
        let player = PlayerState::resume_in_parts(seat, &kept.opened, items(), entries.clone());
        let mine = entries.into_iter().filter(|entry| entry.epoch == epoch);
        let journal: BTreeMap<u64, JournalEntry> = mine.map(|entry| (entry.seq, entry)).collect();
        let written_ms = journal.values().map(|entry| entry.monotonic_ms).max().unwrap_or_default();
        let since_ms = u64::try_from(server_time.ms_since(kept.began_at)).unwrap_or_default();
        self.page = Some(Page {
            player,
            epoch,
            clock,
            kept,
            writes: VecDeque::new(),
            asks: Vec::new(),
            is_timer_set: false,
            is_waiting: false,
            last_wait_ms: 0,
            journal,
            began: (since_ms.max(written_ms), mono_ms),
        });
    }

    /// The oldest write comes to the disk; what the player is told of it.
    pub(super) fn flush(&mut self) -> Option<Event> {
        let page = self.page.as_mut()?;
        match page.writes.pop_front()? {
            Write::Entry(entry) => {
                let (seq, key) = (entry.seq, (entry.epoch, entry.seq));
                let before = self.disk.entries.insert(key, entry.clone());
                assert!(before.is_none(), "I4: no entry is written over another");
                page.journal.insert(seq, entry);
                return Some(Event::Stored(seq));
            }
            Write::Keep(kept) => self.disk.kept = Some(kept),
            Write::Release(kept, seqs) => {
                self.disk.kept = Some(kept);
                self.disk.entries.retain(|(epoch, seq), _| *epoch != page.epoch || !seqs.contains(seq));
            }
            Write::End(receipt) => {
                self.disk.kept = None;
                self.disk.receipt = Some(receipt);
            }
        }
        None
    }

    /// The disk refuses the oldest write; what the player is told of it.
    pub(super) fn refuse(&mut self) -> Option<Event> {
        match self.page.as_mut()?.writes.pop_front()? {
            Write::Entry(entry) => Some(Event::StoreFailed(entry.seq)),
            Write::Keep(_) | Write::Release(..) | Write::End(_) => None,
        }
    }

    /// The page is gone, with everything that was not flushed.
    pub(super) fn crash(&mut self) {
        self.page = None;
        self.visit = None;
    }

    /// What the browser kept of the sitting is gone; its name as well, if it has another one now.
    pub(super) fn wipe(&mut self, name: Option<Uuid>) {
        self.crash();
        self.disk = Disk::default();
        self.name = name.unwrap_or(self.name);
        self.is_elsewhere = false;
    }
}

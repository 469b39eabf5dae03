//! The invariants I1 to I12 of answer saving, each by its number.
//!
//! Not here: I9, for this world has one clock; and that no answer waits for anything else (I12) is seen from the
//! effects alone, which this file names one by one.

use super::{
    RULES, SITTING,
    device::{Kind, Page},
    items, part_min,
    world::World,
};
use crate::{delivery::*, time::Timestamp};

/// The shortest wait, which is what the server's `Retry-After` asks for, and the longest.
const WAITS_MS: std::ops::RangeInclusive<u64> = 2_000..=30_000;
/// The server may be asked a little before its own end of time, by a device whose clock is ahead.
const LEEWAY_MS: i64 = 2_000;
/// A device may be wrong by so much about when it wrote: half of the longest reply, and some.
const UNCERTAINTY_MS: i64 = 10_000;
/// In good weather everything that is due is acknowledged within this time.
const SETTLING_MS: i64 = 10_000;

impl World {
    fn page(&self, d: usize) -> &Page {
        self.devices[d].page.as_ref().unwrap()
    }

    /// What the player may ask for, and nothing else (I12): the disk, the server, a timer, its own screen.
    pub(super) fn check_effect(&self, d: usize, effect: &Effect) {
        let page = self.page(d);
        match effect {
            Effect::StoreEntry(entry) => assert_eq!(entry.epoch, page.epoch, "I3: only one's own epoch is written"),
            Effect::SendBatch(entries) => {
                self.check_one_loop(d);
                let disk = &self.devices[d].disk.entries;
                let is_kept = |entry: &JournalEntry| disk.get(&(entry.epoch, entry.seq)) == Some(entry);
                assert!(entries.iter().all(is_kept), "I4: what is sent is on the disk before");
            }
            Effect::DeleteEntries(seqs) => {
                let is_stored = |seq: &u64| self.server.stored.contains_key(&(page.epoch, *seq));
                assert!(seqs.iter().all(is_stored), "I4: only what the server has is deleted");
            }
            Effect::SetTimer { ms } => {
                assert!(WAITS_MS.contains(ms), "I11: a wait of {ms} ms");
                assert!(*ms >= page.last_wait_ms, "I11: waits grow until something works");
            }
            Effect::AskForNews => self.check_one_loop(d),
            Effect::Submit(_) => {
                self.check_one_loop(d);
                self.check_submission(page);
            }
            Effect::KeepDeadline(deadline) => {
                assert!(*deadline > page.kept.opened.deadline, "I7: a deadline that was told is not shortened");
            }
            Effect::KeepTakenOver { current } => assert!(*current > page.epoch, "I3: the older epoch gives way"),
            Effect::ShowReceipt => {}
        }
    }

    /// I11: one loop of tries, at one layer, and none while it waits.
    fn check_one_loop(&self, d: usize) {
        let page = self.page(d);
        assert!(!page.is_waiting, "I11: nothing is sent while the player waits");
        let is_try = |(_, kind): &&(u64, Kind)| matches!(kind, Kind::Batch | Kind::Submission);
        assert_eq!(page.asks.iter().filter(is_try).count(), 0, "I11: one try at a time");
    }

    /// I6 and I7: everything is acknowledged, and nobody is submitted before the end who did not ask for it.
    fn check_submission(&self, page: &Page) {
        assert_eq!(page.player.unsent(), 0, "I6: who hands in has everything acknowledged");
        if *page.player.phase() == (Phase::Submitting { by_candidate: false }) {
            assert_eq!(page.player.deadline(), self.server.deadline(), "I7: device and server know one deadline");
            assert!(self.now + LEEWAY_MS >= self.server.deadline().0, "I7: time is not up yet");
        }
    }

    /// I1: what is acknowledged is on the server's disk, as it was written.
    pub(super) fn check_acks(&self, d: usize, acked: &[u64]) {
        let epoch = self.page(d).epoch;
        for key in acked.iter().map(|seq| (epoch, *seq)) {
            let stored = self.server.stored.get(&key).map(|stored| &stored.entry);
            assert!(stored.is_some(), "I1: {key:?} was acknowledged and is not stored");
            let kept = self.devices[d].disk.entries.get(&key);
            assert!(kept.is_none() || kept == stored, "I1: {key:?} is stored as something else");
        }
    }

    /// I10: the screen tells the truth of every item, and of the end.
    pub(super) fn check_screen(&self, d: usize) {
        let (page, disk) = (self.page(d), &self.devices[d].disk.entries);
        for held in page.player.answers().iter() {
            let key = (held.epoch, held.seq);
            let is_at_server = self.server.stored.get(&key).is_some_and(|s| s.entry.response == held.response);
            match page.player.mark(held.item_id) {
                SavedMark::Saved => assert!(is_at_server, "I10: {key:?} is called saved"),
                SavedMark::OnDevice if page.player.is_on_disk(held.item_id) => {
                    assert!(is_at_server || disk.contains_key(&key), "I10: {key:?} is called kept on this device");
                }
                SavedMark::OnDevice | SavedMark::Unanswered => {}
            }
        }
        if let Phase::Closed { receipt: Some(receipt) } = page.player.phase() {
            let said = self.server.closed.as_ref().map(|(_, receipt)| receipt);
            assert_eq!(Some(receipt), said, "I10: the receipt is the server's");
        }
        assert!(page.player.deadline() <= self.server.deadline(), "I7: no device knows more time than there is");
    }

    /// Liveness: once the network has healed, the server has what this device wrote, as far as it came in time.
    pub(super) fn check_acknowledged(&self, writer: usize, healed_at: Timestamp) {
        let page = self.devices[writer].page.as_ref();
        if let Some(page) = page.filter(|page| *page.player.phase() == Phase::Working) {
            self.check_same(page);
        }
        // Who handed in, and came back before the server had it, has handed in all the same.
        if self.server.closed.as_ref().is_some_and(|(by, _)| *by == ClosedBy::Candidate) {
            return;
        }
        let last = self.server.deadline();
        let left_ms = |at: Timestamp| at.ms_since(healed_at);
        // What a device left behind in an epoch before its last one it has written anew, if it came back.
        let is_sent = |d: usize, epoch: u32| {
            epoch == self.server.epoch || self.devices[d].page.as_ref().is_some_and(|page| page.epoch == epoch)
        };
        for (key, (_, entry)) in self.flushed.iter().filter(|(key, (d, _))| is_sent(*d, key.0)) {
            let (written_at, _) = self.written[key];
            let end = self.server.ends_at(entry.item_id);
            let opened_at = self.server.opened_at[&key.0];
            let is_in_window = left_ms(last.plus_s(RULES.late_window_s)) > SETTLING_MS;
            let is_provable = was_written_in_time(entry, opened_at, end) && is_in_window;
            // What was written in the last moments may find the sitting submitted.
            let is_due = written_at + LEEWAY_MS < end.0 && (is_provable || left_ms(end) > SETTLING_MS);
            assert!(!is_due || self.server.stored.contains_key(key), "liveness: {key:?} never came to the server");
        }
    }

    /// Device and server hold the same; but what older devices brought meanwhile, the device may not know yet.
    fn check_same(&self, page: &Page) {
        for item_id in items() {
            let held = page.player.answers().iter().find(|answer| answer.item_id == item_id);
            let there = self.server.in_force.iter().find(|answer| answer.item_id == item_id);
            let is_of_older = there.is_some_and(|answer| answer.epoch < page.epoch)
                && held.is_none_or(|answer| answer.epoch < page.epoch);
            assert!(held == there || is_of_older, "liveness: {held:?} and {there:?} are the same");
        }
    }

    /// What must be true of the server in the end.
    pub(super) fn check_end(&mut self) {
        self.check_merge();
        self.check_chains();
        for (key, stored) in &self.server.stored {
            self.seen.acked += 1;
            if stored.verdict == Verdict::StoreAsLate {
                self.seen.late += 1;
                let (written_at, could_tell) = self.written[key];
                let item_id = stored.entry.item_id;
                self.seen.late_in_part += u64::from(part_min(item_id).is_some());
                let is_true = written_at <= self.server.ends_at(item_id).0 + UNCERTAINTY_MS;
                assert!(is_true || !could_tell, "I8: {key:?} came late and was written late");
            }
        }
        if let Some((by, receipt)) = &self.server.closed {
            let is_by_candidate = *by == ClosedBy::Candidate;
            self.seen.by_candidate += u64::from(is_by_candidate);
            self.seen.by_server += u64::from(!is_by_candidate);
            let is_unchanged = receipt.digest == digest(&self.server.in_force);
            assert!(is_unchanged || !is_by_candidate, "I6: what was submitted has changed");
        }
    }

    /// I2: the order of arrival, repeats and splits decide nothing; the last writer wins, by epoch and number.
    fn check_merge(&mut self) {
        let mut answers: Vec<AnswerInForce> =
            self.server.stored.values().map(|stored| AnswerInForce::of_entry(&stored.entry)).collect();
        for item_id in items() {
            let last = answers.iter().rfind(|answer| answer.item_id == item_id);
            let held = self.server.in_force.iter().find(|answer| answer.item_id == item_id);
            assert_eq!(held, last, "I2, I3: the answer in force is the last one of the newest epoch");
        }
        for last in (1..answers.len()).rev() {
            answers.swap(last, self.dice.place(last + 1));
        }
        let (some, rest) = answers.split_at(answers.len() / 2);
        let mut merged: AnswersInForce = rest.iter().chain(some).cloned().collect();
        merged.merge(some.iter().cloned().collect());
        assert_eq!(merged, self.server.in_force, "I2: merging is order-free and may be repeated");
    }

    /// I4: the entries of each epoch hang on each other, from the first on.
    fn check_chains(&self) {
        for epoch in 1..=self.server.epoch {
            let entries: Vec<JournalEntry> =
                self.server.stored.range((epoch, 0)..(epoch + 1, 0)).map(|(_, stored)| stored.entry.clone()).collect();
            let is_whole = entries.first().is_none_or(|first| first.seq == 1);
            assert!(is_whole && is_chain(&chain_start(SITTING), &entries), "I4: the chain of epoch {epoch} is broken");
        }
    }
}

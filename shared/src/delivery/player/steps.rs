//! The steps of the player: one event in, effects out.

use super::*;
use crate::delivery::digest;

const MAX_BATCH: usize = 200;
const FIRST_WAIT_MS: u64 = 1_000;
const LONGEST_WAIT_MS: u64 = 30_000;

impl PlayerState {
    /// Takes one event. Late, repeated and reordered replies are harmless.
    pub fn handle(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Answered { item_id, response, monotonic_ms } => self.answered(item_id, response, monotonic_ms),
            Event::FlagToggled(item_id) => self.toggle_flag(item_id),
            Event::WentTo(place) => {
                self.current = place.min(self.items.len().saturating_sub(1));
                Vec::new()
            }
            Event::Stored(seq) => self.stored(seq),
            Event::StoreFailed(_) => {
                self.is_disk_failing = true;
                self.back_off()
            }
            Event::Acked { acked, deadline } => self.acked(&acked, deadline),
            Event::BatchFailed => {
                self.is_batch_in_flight = false;
                self.is_offline = true;
                self.back_off()
            }
            Event::SubmitFailed => {
                self.is_submit_in_flight = false;
                self.is_offline = true;
                self.back_off()
            }
            Event::TakenOver { current } => {
                self.stop(Phase::TakenOver { current });
                Vec::new()
            }
            Event::ServerClosed => {
                self.stop(Phase::Closed { receipt: None });
                Vec::new()
            }
            Event::TimerFired => {
                self.is_waiting = false;
                self.proceed_with_disk()
            }
            Event::NetworkLost => {
                self.is_offline = true;
                Vec::new()
            }
            Event::NetworkRestored => {
                self.is_waiting = false;
                self.failures = 0;
                self.is_offline = false;
                self.proceed_with_disk()
            }
            Event::TimeUp => self.begin_submission(false),
            Event::SubmitPressed => self.begin_submission(true),
            Event::AnswersMissing { monotonic_ms } => self.write_everything_again(monotonic_ms),
            Event::Submitted(receipt) => self.submitted(receipt),
        }
    }

    fn answered(&mut self, item_id: ItemId, response: Response, monotonic_ms: u64) -> Vec<Effect> {
        let response = tidy(response);
        let is_same = self.answers.response(item_id).unwrap_or(&Response::Cleared) == &response;
        if self.phase != Phase::Working || is_same || !self.items.contains(&item_id) {
            return Vec::new();
        }
        let is_first = self.next_to_store().is_none();
        self.append(item_id, response, monotonic_ms);
        if is_first { self.next_to_store().into_iter().collect() } else { Vec::new() }
    }

    fn append(&mut self, item_id: ItemId, response: Response, monotonic_ms: u64) {
        self.last_monotonic_ms = self.last_monotonic_ms.max(monotonic_ms);
        self.last_seq += 1;
        let entry = JournalEntry {
            epoch: self.epoch,
            seq: self.last_seq,
            item_id,
            response,
            monotonic_ms: self.last_monotonic_ms,
            previous_hash: self.last_hash.clone(),
        };
        self.last_hash = entry_hash(&entry);
        self.answers.apply(AnswerInForce::of_entry(&entry));
        self.unacked.insert(entry.seq, Unacked { entry, is_stored: false });
    }

    /// Entries go to disk one after the other, so that a crash can never leave a gap in the chain.
    fn next_to_store(&self) -> Option<Effect> {
        self.unacked.values().find(|held| !held.is_stored).map(|held| Effect::StoreEntry(held.entry.clone()))
    }

    fn toggle_flag(&mut self, item_id: ItemId) -> Vec<Effect> {
        if !self.flags.remove(&item_id) {
            self.flags.insert(item_id);
        }
        Vec::new()
    }

    fn stored(&mut self, seq: u64) -> Vec<Effect> {
        if let Some(held) = self.unacked.get_mut(&seq) {
            held.is_stored = true;
        }
        self.newest_stored = self.newest_stored.max(seq);
        self.is_disk_failing = false;
        let mut effects: Vec<Effect> = self.next_to_store().into_iter().collect();
        effects.extend(self.delete_acked(self.newest_stored));
        effects.extend(self.proceed());
        effects
    }

    fn acked(&mut self, acked: &[u64], deadline: Timestamp) -> Vec<Effect> {
        self.is_batch_in_flight = false;
        self.is_offline = false;
        self.extend_deadline(deadline);
        let mut has_progress = false;
        for seq in acked {
            if self.unacked.remove(seq).is_some() {
                self.acked_on_disk.insert(*seq);
                has_progress = true;
            }
        }
        let mut effects = self.delete_acked(self.newest_stored);
        if has_progress || self.unacked.is_empty() {
            self.failures = 0;
            self.is_waiting = false;
            effects.extend(self.proceed());
        } else {
            effects.extend(self.back_off());
        }
        effects
    }

    /// The newest entry on disk stays until a newer one is there: the chain hangs on it.
    fn delete_acked(&mut self, below: u64) -> Vec<Effect> {
        let kept = self.acked_on_disk.split_off(&below);
        let deleted: Vec<u64> = std::mem::replace(&mut self.acked_on_disk, kept).into_iter().collect();
        if deleted.is_empty() { Vec::new() } else { vec![Effect::DeleteEntries(deleted)] }
    }

    /// A deadline that was told is never shortened; a later one unlocks what time had locked.
    fn extend_deadline(&mut self, deadline: Timestamp) {
        if deadline > self.deadline {
            self.deadline = deadline;
            if self.phase == (Phase::Submitting { by_candidate: false }) && !self.is_submit_in_flight {
                self.phase = Phase::Working;
            }
        }
    }

    fn begin_submission(&mut self, by_candidate: bool) -> Vec<Effect> {
        if self.phase != Phase::Working {
            return Vec::new();
        }
        self.phase = Phase::Submitting { by_candidate };
        self.proceed()
    }

    /// New numbers for every answer, so that the server has all of them whatever it lost.
    fn write_everything_again(&mut self, monotonic_ms: u64) -> Vec<Effect> {
        self.is_submit_in_flight = false;
        if !matches!(self.phase, Phase::Submitting { .. }) {
            return Vec::new();
        }
        let answers: Vec<AnswerInForce> = self.answers.iter().cloned().collect();
        let is_first = self.next_to_store().is_none();
        for answer in answers {
            self.append(answer.item_id, answer.response, monotonic_ms);
        }
        let mut effects = if is_first { self.next_to_store().into_iter().collect() } else { Vec::new() };
        effects.extend(self.back_off());
        effects
    }

    fn submitted(&mut self, receipt: Receipt) -> Vec<Effect> {
        self.stop(Phase::Closed { receipt: Some(receipt) });
        let mut effects = self.delete_acked(u64::MAX);
        effects.push(Effect::ShowReceipt);
        effects
    }

    fn stop(&mut self, phase: Phase) {
        if !matches!(self.phase, Phase::Closed { receipt: Some(_) }) {
            self.phase = phase;
        }
        self.is_batch_in_flight = false;
        self.is_submit_in_flight = false;
    }

    fn proceed_with_disk(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.is_disk_failing {
            effects.extend(self.next_to_store());
        }
        effects.extend(self.proceed());
        effects
    }

    /// Sends what is on disk, one batch at a time; submits when nothing is left.
    fn proceed(&mut self) -> Vec<Effect> {
        let is_submitting = matches!(self.phase, Phase::Submitting { .. });
        let is_busy = self.is_waiting || self.is_batch_in_flight || self.is_submit_in_flight;
        if is_busy || !(is_submitting || self.phase == Phase::Working) {
            return Vec::new();
        }
        let stored = self.unacked.values().filter(|held| held.is_stored);
        let batch: Vec<JournalEntry> = stored.take(MAX_BATCH).map(|held| held.entry.clone()).collect();
        if !batch.is_empty() {
            self.is_batch_in_flight = true;
            return vec![Effect::SendBatch(batch)];
        }
        if is_submitting && self.unacked.is_empty() {
            self.is_submit_in_flight = true;
            let digest = digest(&self.answers);
            return vec![Effect::Submit(SubmitSitting { epoch: self.epoch, last_seq: self.last_seq, digest })];
        }
        Vec::new()
    }

    /// Doubles the wait at each failure; the spread keeps many devices from coming back at once.
    fn back_off(&mut self) -> Vec<Effect> {
        let base = (FIRST_WAIT_MS << self.failures.min(5)).min(LONGEST_WAIT_MS);
        self.failures = self.failures.saturating_add(1);
        self.is_waiting = true;
        let ms = (base + self.spread % (base / 2 + 1)).min(LONGEST_WAIT_MS);
        vec![Effect::SetTimer { ms }]
    }
}

/// Nothing chosen and nothing written is no answer; options are ascending.
fn tidy(response: Response) -> Response {
    match response {
        Response::Multiple(mut chosen) if !chosen.is_empty() => {
            chosen.sort_unstable();
            chosen.dedup();
            Response::Multiple(chosen)
        }
        Response::Multiple(_) => Response::Cleared,
        Response::Blanks(texts) if texts.iter().all(|text| text.trim().is_empty()) => Response::Cleared,
        Response::Text(text) if text.trim().is_empty() => Response::Cleared,
        Response::Choices(chosen) if chosen.iter().all(Option::is_none) => Response::Cleared,
        other => other,
    }
}

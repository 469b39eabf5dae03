//! The steps of the player: one event in, effects out.

use super::*;
use crate::{delivery::digest, item_bank::PartAnswers};

const MAX_BATCH: usize = 200;
/// So many bytes go at once: a line of 64 kbit/s carries them within the wait for a reply, and the server takes them.
const MAX_BATCH_BYTES: usize = 60_000;
/// About what an entry weighs beside its response.
const ENTRY_BYTES: usize = 200;
/// As long as the server's `Retry-After` asks for when it cannot take more.
const FIRST_WAIT_MS: u64 = 2_000;
const LONGEST_WAIT_MS: u64 = 30_000;
/// Time is up for all candidates at once: so long after the first wait, each at a moment of its own, devices ask whether
/// it is. All of them have asked, and have submitted, before the server closes by itself.
const END_SPREAD_MS: u64 = 10_000;
/// The device and the server may differ by so much about the moment at which time is up.
const LEEWAY_MS: i64 = 2_000;

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
            Event::StoreFailed(seq) => self.store_failed(seq),
            Event::Acked { acked, server_time, deadline, epoch } => self.acked(&acked, (server_time, deadline), epoch),
            Event::Heard(news) => self.heard(news),
            Event::NotHeard if self.is_asking => {
                self.is_asking = false;
                self.back_off()
            }
            Event::NotHeard => Vec::new(),
            Event::BatchFailed | Event::SubmitFailed => self.not_taken(true),
            Event::Busy => self.not_taken(false),
            Event::TakenOver { current } => self.refused_for(current),
            Event::Overtaken { current } => self.overtaken(current),
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
            Event::NetworkRestored => self.network_restored(),
            Event::TimeUp => self.begin_submission(false),
            Event::SubmitPressed => self.begin_submission(true),
            Event::OpenedAgain(opened) => self.opened_again(opened),
            Event::NumberTaken { seq, monotonic_ms } => self.number_again(seq, monotonic_ms),
            Event::PartClosed { seq } => self.part_closed(seq),
            Event::AnswersMissing { monotonic_ms } => self.write_everything_again(monotonic_ms),
            Event::Submitted(receipt) => self.submitted(receipt),
        }
    }

    fn answered(&mut self, item_id: ItemId, response: Response, monotonic_ms: u64) -> Vec<Effect> {
        let response = tidy(response);
        let is_same = self.answers.response(item_id).unwrap_or(&Response::Cleared) == &response;
        let is_of_paper = self.items.contains(&item_id) && self.may_write(item_id, monotonic_ms);
        if self.phase != Phase::Working || is_same || !is_of_paper {
            return Vec::new();
        }
        self.append(item_id, response, monotonic_ms);
        self.store_unless_failing().into_iter().collect()
    }

    pub(super) fn append(&mut self, item_id: ItemId, response: Response, monotonic_ms: u64) {
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
    fn store_next(&mut self) -> Option<Effect> {
        if self.storing.is_some() {
            return None;
        }
        let held = self.unacked.values().find(|held| !held.is_stored)?;
        self.storing = Some(held.entry.seq);
        Some(Effect::StoreEntry(held.entry.clone()))
    }

    /// A disk that failed is asked again by the timer.
    fn store_unless_failing(&mut self) -> Option<Effect> {
        if self.is_disk_failing { None } else { self.store_next() }
    }

    fn toggle_flag(&mut self, item_id: ItemId) -> Vec<Effect> {
        if !self.flags.remove(&item_id) {
            self.flags.insert(item_id);
        }
        Vec::new()
    }

    fn stored(&mut self, seq: u64) -> Vec<Effect> {
        self.storing = self.storing.filter(|storing| *storing != seq);
        if let Some(held) = self.unacked.get_mut(&seq) {
            held.is_stored = true;
        }
        self.newest_stored = self.newest_stored.max(seq);
        self.is_disk_failing = false;
        let mut effects: Vec<Effect> = self.store_next().into_iter().collect();
        effects.extend(self.delete_acked(self.newest_stored));
        effects.extend(self.proceed());
        effects
    }

    /// Only the write that is under way can fail: what is on disk stays there.
    fn store_failed(&mut self, seq: u64) -> Vec<Effect> {
        if self.storing != Some(seq) {
            return Vec::new();
        }
        self.storing = None;
        self.is_disk_failing = true;
        self.back_off()
    }

    fn acked(&mut self, acked: &[u64], (server_time, deadline): (Timestamp, Timestamp), epoch: u32) -> Vec<Effect> {
        self.is_batch_in_flight = false;
        self.is_offline = false;
        let mut effects = self.hear_end(server_time, deadline);
        if epoch > self.epoch {
            effects.extend(self.overtaken(epoch));
        }
        let mut has_progress = false;
        for seq in acked {
            if self.unacked.remove(seq).is_some() {
                self.acked_on_disk.insert(*seq);
                has_progress = true;
            }
        }
        effects.extend(self.delete_acked(self.newest_stored));
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

    /// What was sent is sent again after a wait. Meanwhile time may be given back: the end is not certain any more.
    fn not_taken(&mut self, is_offline: bool) -> Vec<Effect> {
        self.is_batch_in_flight = false;
        self.is_submit_in_flight = false;
        self.is_end_confirmed = false;
        self.is_offline = is_offline;
        self.back_off()
    }

    /// Takes what the server says of the end. A deadline that was told is never shortened; a later one is kept.
    /// What time had locked opens again while the server says that time is left.
    fn hear_end(&mut self, server_time: Timestamp, deadline: Timestamp) -> Vec<Effect> {
        let is_later = deadline > self.deadline;
        self.deadline = self.deadline.max(deadline);
        if self.phase == (Phase::Submitting { by_candidate: false }) && !self.is_submit_in_flight {
            self.is_end_confirmed = time_left(self.deadline, server_time) <= LEEWAY_MS;
            if !self.is_end_confirmed {
                self.phase = Phase::Working;
            }
        }
        let is_kept = is_later && !matches!(self.phase, Phase::Closed { .. });
        if is_kept { vec![Effect::KeepDeadline(self.deadline)] } else { Vec::new() }
    }

    /// How the sitting stands matters to who works on; who submits learns it by the reply to that.
    fn heard(&mut self, news: News) -> Vec<Effect> {
        self.is_asking = false;
        let mut effects = self.hear_end(news.server_time, news.deadline);
        let is_overtaken = news.epoch > self.epoch;
        match (self.phase.clone(), news.receipt) {
            // The server has closed it, and takes what was written in time for a while.
            (Phase::TakenOver { .. }, Some(receipt)) if !receipt.by_candidate && !self.unacked.is_empty() => {}
            (Phase::Closed { receipt: None } | Phase::TakenOver { .. }, Some(receipt)) => {
                effects.extend(self.submitted(receipt));
            }
            (Phase::Working, Some(receipt)) if receipt.by_candidate => self.stop(Phase::Closed { receipt: None }),
            // What was written in time may still arrive.
            (Phase::Working, Some(_)) => {
                self.phase = Phase::Submitting { by_candidate: false };
                self.is_end_confirmed = true;
            }
            (Phase::Working | Phase::Submitting { .. }, None) if is_overtaken => {
                effects.extend(self.overtaken(news.epoch));
            }
            _ => {}
        }
        effects.extend(if self.is_offline { self.server_found() } else { self.proceed() });
        effects
    }

    fn network_restored(&mut self) -> Vec<Effect> {
        self.failures = 0;
        self.server_found()
    }

    /// It answers again: a try is due at once. If that fails, too, the wait goes on to grow, for a server may still
    /// answer questions that takes no answers.
    fn server_found(&mut self) -> Vec<Effect> {
        self.is_waiting = false;
        self.is_offline = false;
        self.proceed_with_disk()
    }

    fn begin_submission(&mut self, by_candidate: bool) -> Vec<Effect> {
        if self.phase != Phase::Working {
            return Vec::new();
        }
        self.phase = Phase::Submitting { by_candidate };
        self.is_end_confirmed = false;
        let is_at_rest = self.unacked.is_empty() && self.failures == 0 && !self.is_waiting;
        if !by_candidate && is_at_rest { self.await_turn() } else { self.proceed() }
    }

    /// The server has every answer, and nothing is urgent.
    fn await_turn(&mut self) -> Vec<Effect> {
        self.is_waiting = true;
        vec![Effect::SetTimer { ms: FIRST_WAIT_MS + self.spread % END_SPREAD_MS }]
    }

    /// What the server holds and this device's disk has lost is the candidate's all the same, and so are its numbers.
    /// What came of older devices meanwhile is taken where this one shows no answer; elsewhere what it shows counts.
    fn opened_again(&mut self, opened: OpenedSitting) -> Vec<Effect> {
        if opened.epoch != self.epoch {
            return Vec::new();
        }
        let at_server: AnswersInForce = opened.answers.iter().cloned().collect();
        for answer in opened.answers {
            let is_answered = self.answers.iter().any(|held| held.item_id == answer.item_id);
            if answer.epoch == self.epoch || !is_answered {
                self.answers.apply(answer);
            }
        }
        self.last_seq = self.last_seq.max(opened.acked_through);
        self.at_server = Some(at_server);
        self.hear_end(opened.server_time, opened.deadline)
    }

    /// The entry never gets through. If its answer is in force it is written anew, under a number that is free.
    fn number_again(&mut self, seq: u64, monotonic_ms: u64) -> Vec<Effect> {
        self.is_batch_in_flight = false;
        let mut effects = Vec::new();
        if let Some(Unacked { entry, .. }) = self.unacked.remove(&seq) {
            if self.answers.iter().any(|held| *held == AnswerInForce::of_entry(&entry)) {
                self.write_again(entry.item_id, entry.response.clone(), monotonic_ms);
                effects.extend(self.store_unless_failing());
            }
            self.left_behind.push(entry);
        }
        effects.extend(self.back_off());
        effects
    }

    /// New numbers for every answer, so that the server has all of them whatever it lost; in parts that are closed what it
    /// has counts.
    fn write_everything_again(&mut self, monotonic_ms: u64) -> Vec<Effect> {
        self.is_submit_in_flight = false;
        if !matches!(self.phase, Phase::Submitting { .. }) {
            return Vec::new();
        }
        let answers: Vec<AnswerInForce> = self.answers.iter().cloned().collect();
        for answer in answers {
            self.write_again(answer.item_id, answer.response, monotonic_ms);
        }
        let mut effects: Vec<Effect> = self.store_unless_failing().into_iter().collect();
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
        self.is_asking = false;
    }

    fn proceed_with_disk(&mut self) -> Vec<Effect> {
        let mut effects: Vec<Effect> = self.store_next().into_iter().collect();
        effects.extend(self.proceed());
        effects
    }

    /// Sends what is on disk, one batch at a time; submits when nothing is left.
    fn proceed(&mut self) -> Vec<Effect> {
        let is_submitting = matches!(self.phase, Phase::Submitting { .. });
        let is_busy = self.is_waiting || self.is_batch_in_flight || self.is_submit_in_flight || self.is_asking;
        if is_busy || matches!(self.phase, Phase::Closed { .. }) {
            return Vec::new();
        }
        let batch = self.next_batch();
        if !batch.is_empty() {
            self.is_batch_in_flight = true;
            return vec![Effect::SendBatch(batch)];
        }
        if is_submitting && self.unacked.is_empty() { vec![self.submit_or_ask()] } else { Vec::new() }
    }

    /// The oldest entries on disk, as many as go at once; the first of them does whatever its length.
    fn next_batch(&self) -> Vec<JournalEntry> {
        let mut bytes = 0;
        let fits = |held: &&Unacked| {
            let is_first = bytes == 0;
            bytes += weight(&held.entry);
            is_first || bytes <= MAX_BATCH_BYTES
        };
        let stored = self.unacked.values().filter(|held| held.is_stored);
        stored.take(MAX_BATCH).take_while(fits).map(|held| held.entry.clone()).collect()
    }

    /// Submitting is final. Who did not ask for it is submitted only when the server agrees that time is up: while
    /// the device had no network, time may have been given back, and somebody may have set its clock.
    fn submit_or_ask(&mut self) -> Effect {
        if self.phase == (Phase::Submitting { by_candidate: false }) && !self.is_end_confirmed {
            self.is_asking = true;
            return Effect::AskForNews;
        }
        self.is_submit_in_flight = true;
        let digest = digest(&self.answers);
        Effect::Submit(SubmitSitting { epoch: self.epoch, last_seq: self.last_seq, digest })
    }

    /// Doubles the wait at each failure; the spread keeps many devices from coming back at once.
    pub(super) fn back_off(&mut self) -> Vec<Effect> {
        let base = (FIRST_WAIT_MS << self.failures.min(5)).min(LONGEST_WAIT_MS);
        self.failures = self.failures.saturating_add(1);
        self.is_waiting = true;
        let ms = (base + self.spread % (base / 2 + 1)).min(LONGEST_WAIT_MS);
        vec![Effect::SetTimer { ms }]
    }
}

/// About how many bytes an entry is on its way.
fn weight(entry: &JournalEntry) -> usize {
    ENTRY_BYTES + serde_json::to_string(&entry.response).map_or(0, |json| json.len())
}

/// Nothing chosen and nothing written is no answer; options are ascending.
fn tidy(response: Response) -> Response {
    match response {
        response if response.is_empty() => Response::Cleared,
        Response::Multiple(mut chosen) => {
            chosen.sort_unstable();
            chosen.dedup();
            Response::Multiple(chosen)
        }
        Response::Parts(given) => Response::Parts(PartAnswers { parts: given.parts.into_iter().map(tidy).collect() }),
        other => other,
    }
}

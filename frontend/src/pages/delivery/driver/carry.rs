//! Carries the player's effects out, and says what came of them.

use super::{Driver, KeptSitting};
use crate::platform::{
    client::{self, ApiError, Outcome},
    clock, device, safe_browser,
    timing::within,
};
use leptos::{prelude::*, task::spawn_local};
use shared::delivery::{
    Effect, EntryAcks, EntryBatch, Event, JournalEntry, OpenSitting, OpenedSitting, Phase, Receipt, SubmitSitting,
};
use std::{rc::Rc, time::Duration};

/// A reply that takes longer is no reply.
pub(super) const REPLY: Duration = Duration::from_secs(15);

impl Driver {
    /// Tells the player, and does what it asks for, in its order.
    pub(in crate::pages::delivery) fn tell(self: &Rc<Self>, event: Event) {
        let is_of_disk = matches!(event, Event::Stored(_) | Event::StoreFailed(_));
        if self.is_gone.get() && !is_of_disk {
            return;
        }
        let effects = self.player.write_untracked().handle(event);
        for effect in effects {
            self.carry_out(effect);
        }
        self.player.notify();
    }

    fn carry_out(self: &Rc<Self>, effect: Effect) {
        let driver = self.clone();
        match effect {
            Effect::StoreEntry(entry) => spawn_local(async move { driver.store(entry).await }),
            // Whoever goes on after this page starts with what the disk holds.
            _ if self.is_gone.get() => {}
            Effect::SendBatch(entries) => spawn_local(async move { driver.send(entries).await }),
            Effect::DeleteEntries(seqs) => driver.delete(seqs),
            Effect::KeepDeadline(deadline) => driver.keep(|kept| {
                if let Some(opening) = &mut kept.opening {
                    opening.opened.deadline = deadline;
                }
            }),
            Effect::KeepTakenOver { current } => driver.keep(|kept| kept.view.epoch = current),
            Effect::AskForNews => spawn_local(async move { _ = driver.hear().await }),
            Effect::Submit(submission) => spawn_local(async move { driver.hand_in(submission).await }),
            Effect::SetTimer { ms } => driver.set_timer(ms),
            Effect::ShowReceipt => spawn_local(async move { driver.end().await }),
        }
    }

    async fn store(self: Rc<Self>, entry: JournalEntry) {
        let seq = entry.seq;
        match self.vault.add_entry(self.id, &entry).await {
            Ok(()) => {
                self.journal.borrow_mut().insert(seq, entry);
                self.tell(Event::Stored(seq));
                self.let_others_in();
            }
            Err(_) => {
                self.tell(Event::StoreFailed(seq));
                // Nobody is here to try again.
                if self.is_gone.get() {
                    drop(self.lock.take());
                }
            }
        }
    }

    async fn send(self: Rc<Self>, entries: Vec<JournalEntry>) {
        if self.is_provisional() {
            self.claim().await;
            return self.tell(Event::BatchFailed);
        }
        let path = format!("/sittings/{}/entries", self.id);
        let (asked_at, batch) = (clock::monotonic_ms(), EntryBatch { entries });
        let reply = within(REPLY, client::post::<_, EntryAcks>(self.actor, &path, &batch)).await;
        match self.noted(reply) {
            Ok(acks) => {
                self.clock.learn(asked_at, acks.server_time);
                let EntryAcks { acked, server_time, deadline, epoch } = acks;
                self.tell(Event::Acked { acked, server_time, deadline, epoch });
            }
            Err(failure) => self.not_done(&failure, Event::BatchFailed).await,
        }
    }

    async fn hand_in(self: Rc<Self>, submission: SubmitSitting) {
        if self.is_provisional() {
            self.claim().await;
            return self.tell(Event::SubmitFailed);
        }
        let path = format!("/sittings/{}/submit", self.id);
        let reply = within(REPLY, client::post::<_, Receipt>(self.actor, &path, &submission)).await;
        match self.noted(reply) {
            Ok(receipt) => self.tell(Event::Submitted(receipt)),
            Err(failure) => self.not_done(&failure, Event::SubmitFailed).await,
        }
    }

    /// Tells the player why something was not done; `silence` is said where the server was not heard.
    async fn not_done(self: &Rc<Self>, failure: &ApiError, silence: Event) {
        let told = self.refused(failure).unwrap_or(match failure {
            ApiError::Problem(_) => Event::Busy,
            ApiError::Network | ApiError::Unreadable => silence,
        });
        if told.is_difference() {
            self.ask_what_is_there().await;
        }
        self.tell(told);
    }

    /// If it brings nothing, the next difference asks again.
    async fn ask_what_is_there(self: &Rc<Self>) {
        let path = format!("/sittings/{}/open", self.id);
        let body = OpenSitting { device: device::id(), take_over: false, entry_code: None, began_at: None };
        let browser = safe_browser::claims().await;
        let reply = within(REPLY, client::post_with::<_, OpenedSitting>(self.actor, &path, &body, browser)).await;
        if let Some(Ok(opened)) = reply {
            self.tell(Event::OpenedAgain(opened));
        }
    }

    /// What a refusal of the server means for the player; absent if it should try again.
    fn refused(&self, failure: &ApiError) -> Option<Event> {
        let ApiError::Problem(problem) = failure else { return None };
        Event::of_refusal(problem.code, &problem.params, self.epoch, self.monotonic_ms())
    }

    /// The outcome, with the trouble shown to the candidate until something works again.
    pub(super) fn noted<T>(&self, reply: Option<Outcome<T>>) -> Outcome<T> {
        let outcome = reply.unwrap_or(Err(ApiError::Network));
        let trouble = outcome.as_ref().err().filter(|failure| self.refused(failure).is_none()).cloned();
        if self.trouble.with_untracked(|before| *before != trouble) {
            self.trouble.set(trouble);
        }
        outcome
    }

    fn delete(self: Rc<Self>, seqs: Vec<u64>) {
        let released: Vec<JournalEntry> = {
            let mut journal = self.journal.borrow_mut();
            seqs.iter().filter_map(|seq| journal.remove(seq)).collect()
        };
        let kept = {
            let mut kept = self.kept.borrow_mut();
            kept.server_minus_wall_ms = self.clock.server_minus_wall_ms();
            if let Some(opening) = &mut kept.opening {
                opening.opened.acknowledge(&released);
                opening.opened.deadline = self.player.read_untracked().deadline();
            }
            kept.clone()
        };
        // If it fails, the entries are sent once more after a reload: harmless.
        spawn_local(async move { drop(self.vault.release(&kept, self.epoch, &seqs).await) });
    }

    /// Keeps something that a reload without a network goes by.
    fn keep(self: Rc<Self>, change: impl FnOnce(&mut KeptSitting)) {
        let kept = {
            let mut kept = self.kept.borrow_mut();
            kept.server_minus_wall_ms = self.clock.server_minus_wall_ms();
            change(&mut kept);
            kept.clone()
        };
        // If it fails, the device learns it anew from the server.
        spawn_local(async move { drop(self.vault.keep(&kept).await) });
    }

    fn set_timer(self: Rc<Self>, ms: u64) {
        let turn = self.timer.get() + 1;
        self.timer.set(turn);
        let driver = Rc::downgrade(&self);
        set_timeout(
            move || {
                let driver = driver.upgrade().filter(|driver| driver.timer.get() == turn);
                if let Some(driver) = driver {
                    driver.tell(Event::TimerFired);
                }
            },
            Duration::from_millis(ms),
        );
    }

    async fn end(self: Rc<Self>) {
        let receipt = match self.player.read_untracked().phase() {
            Phase::Closed { receipt: Some(receipt) } => receipt.clone(),
            _ => return,
        };
        let mut kept = self.kept.borrow().clone();
        let settled: Vec<JournalEntry> = self.player.read_untracked().settled().cloned().collect();
        // If it fails, the server says the same again after a reload.
        drop(self.vault.end(&mut kept, receipt, &settled).await);
        self.kept.replace(kept);
    }
}

//! The journal of answers: its hash chain, the answers in force, and their digest.

use super::{AnswerInForce, JournalEntry, OpenedSitting};
use crate::{
    ids::{ItemId, SittingId},
    item_bank::Response,
};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

fn sha256_hex(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// What the first entry of every epoch names as its previous hash: SHA-256 of the sitting's id.
#[must_use]
pub fn chain_start(sitting_id: SittingId) -> String {
    sha256_hex(&sitting_id.to_string())
}

/// SHA-256, in hex, of `[epoch, seq, item_id, response, monotonic_ms, previous_hash]` as compact JSON.
#[must_use]
pub fn entry_hash(entry: &JournalEntry) -> String {
    let fields =
        json!([entry.epoch, entry.seq, entry.item_id, entry.response, entry.monotonic_ms, entry.previous_hash]);
    sha256_hex(&fields.to_string())
}

/// Whether `entries`, ascending by number, form one unbroken chain that begins at `previous_hash`
/// and whose monotonic clock never runs backwards.
#[must_use]
pub fn is_chain(previous_hash: &str, entries: &[JournalEntry]) -> bool {
    let mut expected = previous_hash.to_owned();
    let mut last: Option<&JournalEntry> = None;
    for entry in entries {
        let follows = last.is_none_or(|last| {
            entry.epoch == last.epoch
                && last.seq.checked_add(1) == Some(entry.seq)
                && entry.monotonic_ms >= last.monotonic_ms
        });
        if !follows || entry.previous_hash != expected {
            return false;
        }
        expected = entry_hash(entry);
        last = Some(entry);
    }
    true
}

impl AnswerInForce {
    /// The answer that an entry carries.
    #[must_use]
    pub fn of_entry(entry: &JournalEntry) -> Self {
        Self { item_id: entry.item_id, epoch: entry.epoch, seq: entry.seq, response: entry.response.clone() }
    }

    /// The later write wins. Two different responses under one number cannot come from an honest
    /// device; the greater text wins, so that the order of arrival still decides nothing.
    fn is_after(&self, other: &Self) -> bool {
        let (mine, theirs) = ((self.epoch, self.seq), (other.epoch, other.seq));
        mine > theirs || (mine == theirs && canonical(&self.response) > canonical(&other.response))
    }
}

fn canonical(response: &Response) -> String {
    json!(response).to_string()
}

/// The answer of each item that is in force: the last writer wins by `(epoch, seq)`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswersInForce(BTreeMap<ItemId, AnswerInForce>);

impl AnswersInForce {
    /// Takes one answer; whether it is in force now and was not before. Order and repeats do not matter.
    pub fn apply(&mut self, answer: AnswerInForce) -> bool {
        if self.0.get(&answer.item_id).is_some_and(|held| !answer.is_after(held)) {
            return false;
        }
        self.0.insert(answer.item_id, answer);
        true
    }

    /// Takes the answer to one item from `other`, whichever is later; none if that has none.
    pub(super) fn take_from(&mut self, other: &Self, item_id: ItemId) {
        match other.0.get(&item_id) {
            Some(answer) => drop(self.0.insert(item_id, answer.clone())),
            None => drop(self.0.remove(&item_id)),
        }
    }

    /// Takes every answer of `other`.
    pub fn merge(&mut self, other: Self) {
        for answer in other.0.into_values() {
            self.apply(answer);
        }
    }

    /// What was answered to an item; `None` if nothing, or if it was taken back.
    #[must_use]
    pub fn response(&self, item_id: ItemId) -> Option<&Response> {
        self.0.get(&item_id).map(|answer| &answer.response).filter(|response| **response != Response::Cleared)
    }

    /// Every entry in force, with those that took an answer back, by item.
    pub fn iter(&self) -> impl Iterator<Item = &AnswerInForce> {
        self.0.values()
    }

    /// How many items have an answer.
    #[must_use]
    pub fn answered(&self) -> u16 {
        let answered = self.0.values().filter(|answer| answer.response != Response::Cleared).count();
        u16::try_from(answered).unwrap_or(u16::MAX)
    }
}

impl FromIterator<AnswerInForce> for AnswersInForce {
    fn from_iter<I: IntoIterator<Item = AnswerInForce>>(answers: I) -> Self {
        let mut in_force = Self::default();
        for answer in answers {
            in_force.apply(answer);
        }
        in_force
    }
}

impl OpenedSitting {
    /// Remembers what the server has acknowledged since, so that the device may delete those entries and still goes on
    /// without a network where it was. Order and repeats do not matter.
    pub fn acknowledge<'a>(&mut self, entries: impl IntoIterator<Item = &'a JournalEntry>) {
        let mut answers: AnswersInForce = self.answers.drain(..).collect();
        for entry in entries {
            self.acked_through = self.acked_through.max(entry.seq);
            answers.apply(AnswerInForce::of_entry(entry));
        }
        self.answers = answers.iter().cloned().collect();
    }
}

/// SHA-256, in hex, of what was answered to which item. An answer that was taken back counts as
/// none; epochs, numbers and the order of arrival do not count.
#[must_use]
pub fn digest(answers: &AnswersInForce) -> String {
    let mut hasher = Sha256::new();
    for answer in answers.iter().filter(|answer| answer.response != Response::Cleared) {
        hasher.update(json!([answer.item_id, answer.response]).to_string());
        hasher.update(b"\n");
    }
    hex::encode(hasher.finalize())
}

#[cfg(test)]
mod tests;

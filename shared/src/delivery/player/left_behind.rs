//! What this device never got through before another one continued the sitting, or before its number was taken.

use super::*;
use crate::delivery::PROVISIONAL_EPOCH;

impl PlayerState {
    /// Entries of older epochs, or whose number was taken, that never got through. They stay on the disk as evidence.
    #[must_use]
    pub fn left_behind(&self) -> &[JournalEntry] {
        &self.left_behind
    }

    /// Entries left behind that need no keeping: the server has them, or has a newer answer to the same item.
    pub fn settled(&self) -> impl Iterator<Item = &JournalEntry> {
        self.left_behind.iter().filter(|entry| self.is_settled(entry))
    }

    /// How many changes are only on this device, of its own epoch and of older ones.
    #[must_use]
    pub fn only_here(&self) -> usize {
        self.unsent() + self.left_behind.len() - self.settled().count()
    }

    /// The same changes themselves, for a file of answers.
    #[must_use]
    pub fn kept_here(&self) -> Vec<JournalEntry> {
        let left = self.left_behind.iter().filter(|entry| !self.is_settled(entry));
        left.chain(self.unacked.values().map(|held| &held.entry)).cloned().collect()
    }

    fn is_settled(&self, entry: &JournalEntry) -> bool {
        let written = (entry.epoch, entry.seq);
        self.answers.iter().any(|held| held.item_id == entry.item_id && (held.epoch, held.seq) >= written)
    }

    /// Another device goes on. This one writes no more, and still sends what it wrote: that counts where no newer device
    /// has answered (I3). What is under way stays so.
    pub(super) fn overtaken(&mut self, current: u32) -> Vec<Effect> {
        let before = self.phase.clone();
        if !matches!(before, Phase::Closed { receipt: Some(_) }) {
            self.phase = Phase::TakenOver { current };
        }
        if self.phase == before { Vec::new() } else { vec![Effect::KeepTakenOver { current }] }
    }

    /// What was sent was refused because another device goes on.
    pub(super) fn refused_for(&mut self, current: u32) -> Vec<Effect> {
        self.is_batch_in_flight = false;
        self.is_submit_in_flight = false;
        let mut effects = self.overtaken(current);
        if !self.unacked.is_empty() {
            effects.extend(self.back_off());
        }
        effects
    }

    /// Writes anew what was left behind in older epochs, where nobody has answered the same item since: it was the last
    /// word of the candidate, who has come back to this device (I3). By this device's clock it was written before its
    /// new epoch began. What belongs to a part that is closed by now stays behind: a file of answers still proves it.
    pub(super) fn bring_along(&mut self) {
        let mut last: BTreeMap<ItemId, JournalEntry> = BTreeMap::new();
        for entry in self.left_behind.iter().filter(|entry| entry.epoch < self.epoch && !self.is_settled(entry)) {
            let written = (entry.epoch, entry.seq);
            if last.get(&entry.item_id).is_none_or(|held| (held.epoch, held.seq) < written) {
                last.insert(entry.item_id, entry.clone());
            }
        }
        let mut last: Vec<_> = last.into_values().map(|entry| (self.brought_at_ms(&entry), entry)).collect();
        last.sort_by_key(|(written_ms, _)| *written_ms);
        for (written_ms, JournalEntry { item_id, response, .. }) in last {
            if self.items.contains(&item_id) && self.may_write(item_id, written_ms) {
                self.append(item_id, response, written_ms);
            }
        }
    }

    /// When what is written anew was written, on the clock of this epoch. The epoch that was claimed for a start without a
    /// network began with that start: it has the same clock.
    fn brought_at_ms(&self, entry: &JournalEntry) -> u64 {
        if entry.epoch == PROVISIONAL_EPOCH { entry.monotonic_ms } else { self.last_monotonic_ms }
    }
}

//! Whether an entry that came late shows that it was written in time.

use super::{JournalEntry, chain_start};
use crate::{ids::SittingId, time::Timestamp};

/// What later entries must know of one that is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainLink {
    /// Its hash, in hex.
    pub hash: String,
    /// Its time on the device's monotonic clock.
    pub monotonic_ms: u64,
}

/// Whether an entry continues the chain at `previous`, which is `None` for a first entry or where
/// the entry before is not stored. The monotonic clock never runs backwards.
#[must_use]
pub fn continues(sitting_id: SittingId, previous: Option<&ChainLink>, entry: &JournalEntry) -> bool {
    match previous {
        Some(link) => entry.previous_hash == link.hash && entry.monotonic_ms >= link.monotonic_ms,
        None => entry.seq == 1 && entry.previous_hash == chain_start(sitting_id),
    }
}

/// Whether an entry that [`continues`] the chain was written before the deadline by the device's
/// monotonic clock, which began when its epoch was opened at `opened_at`.
#[must_use]
pub fn was_written_in_time(entry: &JournalEntry, opened_at: Timestamp, deadline: Timestamp) -> bool {
    i64::try_from(entry.monotonic_ms).is_ok_and(|ms| opened_at.plus_ms(ms) <= deadline)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{delivery::entry_hash, ids::ItemId, item_bank::Response};
    use uuid::Uuid;

    const SITTING: SittingId = SittingId(Uuid::from_u128(7));

    fn entry(seq: u64, monotonic_ms: u64, previous_hash: String) -> JournalEntry {
        let item_id = ItemId(Uuid::from_u128(1));
        JournalEntry { epoch: 1, seq, item_id, response: Response::Single(0), monotonic_ms, previous_hash }
    }

    #[test]
    fn a_chain_begins_at_the_sitting_and_goes_on() {
        let first = entry(1, 50, chain_start(SITTING));
        assert!(continues(SITTING, None, &first));
        let link = ChainLink { hash: entry_hash(&first), monotonic_ms: 50 };
        assert!(continues(SITTING, Some(&link), &entry(2, 50, link.hash.clone())));
        assert!(!continues(SITTING, Some(&link), &entry(2, 49, link.hash.clone())), "time runs backwards");
        assert!(!continues(SITTING, Some(&link), &entry(2, 60, "other".to_owned())));
        assert!(!continues(SITTING, None, &entry(2, 60, link.hash)), "the entry before is not stored");
    }

    #[test]
    fn the_monotonic_clock_counts_from_the_opening() {
        let at = |ms| was_written_in_time(&entry(1, ms, String::new()), Timestamp(1_000), Timestamp(5_000));
        assert!(at(4_000) && !at(4_001) && !at(u64::MAX));
    }
}

//! What this device wrote and the server never got.

use shared::delivery::{JournalEntry, PlayerState};

/// How many changes are only on this device, of this epoch and of older ones.
pub(in crate::pages::delivery) fn count(player: &PlayerState) -> usize {
    player.unsent() + player.left_behind().iter().filter(|entry| !is_settled(player, entry)).count()
}

/// Whether an entry of an older epoch needs no keeping: the server has it, or has a newer answer to
/// the same item.
pub(super) fn is_settled(player: &PlayerState, entry: &JournalEntry) -> bool {
    let written = (entry.epoch, entry.seq);
    player.answers().iter().any(|held| held.item_id == entry.item_id && (held.epoch, held.seq) >= written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{
        delivery::{AnswerInForce, OpenedSitting},
        ids::{ItemId, SittingId},
        item_bank::Response,
        time::Timestamp,
    };
    use uuid::Uuid;

    fn entry(item: u128, epoch: u32, seq: u64) -> JournalEntry {
        let (item_id, response) = (ItemId(Uuid::from_u128(item)), Response::Single(1));
        JournalEntry { epoch, seq, item_id, response, monotonic_ms: 0, previous_hash: String::new() }
    }

    #[test]
    fn only_what_the_server_lacks_is_left_over() {
        let at_server = [entry(1, 1, 4), entry(2, 2, 1)].iter().map(AnswerInForce::of_entry).collect();
        let opened = OpenedSitting {
            epoch: 3,
            server_time: Timestamp(0),
            deadline: Timestamp(9),
            acked_through: 0,
            answers: at_server,
        };
        // Acknowledged, overtaken on another device, and lost.
        let stored = vec![entry(1, 1, 4), entry(2, 1, 5), entry(3, 1, 6)];
        let items = [1, 2, 3].map(|item| ItemId(Uuid::from_u128(item))).to_vec();
        let player = PlayerState::resume(SittingId(Uuid::from_u128(9)), &opened, items, stored);
        assert_eq!(count(&player), 1);
    }
}

//! What becomes of one entry that reached the server, by what is stored already.

use super::{
    AnswerRefusal, ChainLink, DeliveryRules, EntryStamp, JournalEntry, SittingFacts, Verdict, continues, entry_hash,
    judge_answer, was_written_in_time,
};
use crate::{
    ids::SittingId,
    problem::{ProblemCode, Refusal},
    time::Timestamp,
};
use serde_json::json;

/// The sitting to which an entry comes, and when it comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArrivalFacts {
    /// The sitting.
    pub sitting_id: SittingId,
    /// How it stands.
    pub sitting: SittingFacts,
    /// When the epoch of the entry was opened.
    pub epoch_opened_at: Timestamp,
    /// When the entry came, on the server's clock.
    pub received_at: Timestamp,
}

/// What to do with an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It is on disk and is acknowledged again, however late: its reply was lost.
    Repeat,
    /// It is stored.
    New {
        /// Whether it came in time.
        verdict: Verdict,
        /// What later entries must know of it.
        link: ChainLink,
        /// Whether the entry before is stored and this one does not hang on it: evidence, never a verdict.
        is_chain_broken: bool,
    },
}

/// Why an entry is not stored. The device keeps it in its journal in every case.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArrivalRefusal {
    /// A rule said no.
    #[error(transparent)]
    Answer(#[from] AnswerRefusal),
    /// Another entry has this number.
    #[error("entry {seq} is stored with another content")]
    Conflict {
        /// The number.
        seq: u64,
    },
}

impl Refusal for ArrivalRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::Answer(refusal) => refusal.code(),
            Self::Conflict { .. } => ProblemCode::IdempotencyConflict,
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::Answer(refusal) => refusal.params(),
            Self::Conflict { seq } => json!({ "seq": seq }),
        }
    }
}

/// Decides what becomes of `entry`. `same` is what is stored under its number, `previous` what is stored under the one
/// before.
///
/// # Errors
/// [`ArrivalRefusal::Conflict`] if its number holds another content; otherwise as [`judge_answer`] refuses.
pub fn judge_arrival(
    facts: &ArrivalFacts,
    entry: &JournalEntry,
    same: Option<&ChainLink>,
    previous: Option<&ChainLink>,
    rules: &DeliveryRules,
) -> Result<Arrival, ArrivalRefusal> {
    let hash = entry_hash(entry);
    if let Some(stored) = same {
        let is_same = stored.hash == hash;
        return if is_same { Ok(Arrival::Repeat) } else { Err(ArrivalRefusal::Conflict { seq: entry.seq }) };
    }
    let is_chained = continues(facts.sitting_id, previous, entry);
    let is_proven = is_chained && was_written_in_time(entry, facts.epoch_opened_at, facts.sitting.deadline);
    let stamp = EntryStamp { epoch: entry.epoch, seq: entry.seq };
    let verdict = judge_answer(&facts.sitting, stamp, facts.received_at, rules, is_proven)?;
    let link = ChainLink { hash, monotonic_ms: entry.monotonic_ms };
    Ok(Arrival::New { verdict, link, is_chain_broken: previous.is_some() && !is_chained })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{delivery::chain_start, ids::ItemId, item_bank::Response};
    use uuid::Uuid;

    const SITTING: SittingId = SittingId(Uuid::from_u128(7));
    const RULES: DeliveryRules = DeliveryRules::unified_test();

    fn entry(epoch: u32, seq: u64, choice: u16, previous_hash: String) -> JournalEntry {
        let (item_id, response) = (ItemId(Uuid::from_u128(1)), Response::Single(choice));
        JournalEntry { epoch, seq, item_id, response, monotonic_ms: seq * 10, previous_hash }
    }

    fn link(entry: &JournalEntry) -> ChainLink {
        ChainLink { hash: entry_hash(entry), monotonic_ms: entry.monotonic_ms }
    }

    /// A sitting in its second epoch, which was opened at 1 s and ends at 9 s; an entry comes so many seconds after.
    fn after_s(seconds: i64) -> ArrivalFacts {
        let sitting = SittingFacts { epoch: 2, deadline: Timestamp(9_000), closed: None };
        let received_at = Timestamp(9_000).plus_s(seconds);
        ArrivalFacts { sitting_id: SITTING, sitting, epoch_opened_at: Timestamp(1_000), received_at }
    }

    #[test]
    fn a_repeat_is_acknowledged_however_late_and_never_overwrites() {
        let first = entry(2, 1, 0, chain_start(SITTING));
        let stored = link(&first);
        assert_eq!(judge_arrival(&after_s(9_999), &first, Some(&stored), None, &RULES), Ok(Arrival::Repeat));
        let other = entry(2, 1, 1, chain_start(SITTING));
        let conflict = Err(ArrivalRefusal::Conflict { seq: 1 });
        assert_eq!(judge_arrival(&after_s(-1), &other, Some(&stored), None, &RULES), conflict);
    }

    #[test]
    fn what_an_older_device_sends_is_kept_and_a_newer_than_the_newest_is_not() {
        let older = entry(1, 1, 0, chain_start(SITTING));
        let new = Arrival::New { verdict: Verdict::Store, link: link(&older), is_chain_broken: false };
        assert_eq!(judge_arrival(&after_s(-1), &older, None, None, &RULES), Ok(new));
        assert_eq!(judge_arrival(&after_s(-1), &older, Some(&link(&older)), None, &RULES), Ok(Arrival::Repeat));
        let newer = entry(3, 1, 0, chain_start(SITTING));
        let taken = Err(AnswerRefusal::TakenOver { current: 2 }.into());
        assert_eq!(judge_arrival(&after_s(-1), &newer, None, None, &RULES), taken);
    }

    #[test]
    fn what_comes_late_hangs_on_what_is_stored() {
        let first = entry(2, 1, 0, chain_start(SITTING));
        let second = entry(2, 2, 1, entry_hash(&first));
        let new = |verdict, is_chain_broken| Ok(Arrival::New { verdict, link: link(&second), is_chain_broken });
        let judge = |seconds, previous| judge_arrival(&after_s(seconds), &second, None, previous, &RULES);
        let (stored, other) = (link(&first), link(&entry(2, 1, 3, chain_start(SITTING))));
        assert_eq!(judge(100, Some(&stored)), new(Verdict::StoreAsLate, false));
        let time_up = Err(AnswerRefusal::TimeUp { closed_at: Timestamp(9_000) }.into());
        assert_eq!(judge(100, None), time_up);
        assert_eq!(judge(100, Some(&other)), time_up);
        assert_eq!(judge(-1, None), new(Verdict::Store, false));
        assert_eq!(judge(-1, Some(&other)), new(Verdict::Store, true));
    }
}

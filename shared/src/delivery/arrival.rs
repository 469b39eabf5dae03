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
    /// When the part of the paper closes that its item stands in, if that is before the end.
    pub part_closes_at: Option<Timestamp>,
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
    /// Its part of the paper was closed, and it does not prove that it was written before that.
    #[error("the part of entry {seq} was closed at {closed_at}")]
    PartClosed {
        /// The number.
        seq: u64,
        /// When.
        closed_at: Timestamp,
    },
}

impl Refusal for ArrivalRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::Answer(refusal) => refusal.code(),
            Self::Conflict { .. } => ProblemCode::IdempotencyConflict,
            Self::PartClosed { .. } => ProblemCode::PartClosed,
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::Answer(refusal) => refusal.params(),
            Self::Conflict { seq } => json!({ "seq": seq }),
            Self::PartClosed { seq, closed_at } => json!({ "seq": seq, "closed_at": closed_at }),
        }
    }
}

/// Decides what becomes of `entry`. `same` is what is stored under its number, `previous` what is stored under the one
/// before.
///
/// In a part of the paper that is closed an entry is late as any is after the end; but as long as late entries are taken at
/// all, it may come whenever it proves that it was written while the part was open.
///
/// # Errors
/// [`ArrivalRefusal::Conflict`] if its number holds another content, [`ArrivalRefusal::PartClosed`] if its part was closed;
/// otherwise as [`judge_answer`] refuses.
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
    let ends_at =
        facts.part_closes_at.map_or(facts.sitting.deadline, |closes_at| closes_at.min(facts.sitting.deadline));
    let is_proven = is_chained && was_written_in_time(entry, facts.epoch_opened_at, ends_at);
    let stamp = EntryStamp { epoch: entry.epoch, seq: entry.seq };
    let mut verdict = judge_answer(&facts.sitting, stamp, facts.received_at, rules, is_proven)?;
    if facts.part_closes_at.is_some() && facts.received_at > ends_at.plus_s(rules.grace_s) {
        if !is_proven {
            return Err(ArrivalRefusal::PartClosed { seq: entry.seq, closed_at: ends_at });
        }
        verdict = Verdict::StoreAsLate;
    }
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
        let (epoch_opened_at, part_closes_at) = (Timestamp(1_000), None);
        ArrivalFacts { sitting_id: SITTING, sitting, epoch_opened_at, part_closes_at, received_at }
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

    #[test]
    fn what_comes_for_a_closed_part_shows_that_it_was_written_before() {
        let first = entry(2, 1, 0, chain_start(SITTING));
        // Written 10 ms after the opening; the part closes so many milliseconds after it.
        let judge = |closes_ms: i64, seconds, previous: bool| {
            let part_closes_at = Some(Timestamp(1_000).plus_ms(closes_ms));
            let (facts, seq) = (ArrivalFacts { part_closes_at, ..after_s(seconds) }, if previous { 1 } else { 2 });
            let judged = judge_arrival(&facts, &JournalEntry { seq, ..first.clone() }, None, None, &RULES);
            judged.map(|arrival| match arrival {
                Arrival::New { verdict, .. } => Some(verdict),
                Arrival::Repeat => None,
            })
        };
        assert_eq!(judge(10, 0, false), Ok(Some(Verdict::Store)), "the grace is for every part");
        let closed = |closes_ms| ArrivalRefusal::PartClosed { seq: 2, closed_at: Timestamp(1_000).plus_ms(closes_ms) };
        assert_eq!(judge(10, 23, false), Err(closed(10)), "it hangs on nothing that is stored");
        for seconds in [23, 600] {
            assert_eq!(judge(10, seconds, true), Ok(Some(Verdict::StoreAsLate)), "{seconds} s after the end");
        }
        let late = ArrivalRefusal::PartClosed { seq: 1, closed_at: Timestamp(1_009) };
        assert_eq!(judge(9, 23, true), Err(late), "it was written later");
        let time_up = AnswerRefusal::TimeUp { closed_at: Timestamp(9_000) };
        assert_eq!(judge(10, 601, true), Err(time_up.into()));
        assert_eq!(judge(99_000, 29, false), Ok(Some(Verdict::Store)), "no part outlasts the test");
    }
}

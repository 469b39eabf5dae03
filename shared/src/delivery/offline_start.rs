//! A start without a network: a key that was read out opened the package, and the device begins by itself (ADR 53).
//!
//! Such a device has an epoch that is nobody's, and sends nothing of it. Once it reaches the server it claims one, by the
//! rules by which any device opens a sitting, and brings along what the candidate wrote.

use super::{
    AnswerRefusal, ClosedBy, JournalEntry, OpenedSitting, Opening, OpeningFacts, OpeningRefusal, SittingView,
    chain_start, entry_hash, judge_opening,
};
use crate::{ids::SittingId, time::Timestamp};
use uuid::Uuid;

/// The epoch of a device that the server has not opened the sitting for. The server takes nothing of it.
pub const PROVISIONAL_EPOCH: u32 = 0;

/// Whether a device that knows this of a sitting may begin it by a key that was read out. Who has begun elsewhere goes on by
/// consent, and what only Safe Exam Browser may show is not shown by a device that proves nothing.
#[must_use]
pub fn may_begin_offline(view: &SittingView) -> bool {
    view.spoken_key.is_some() && view.epoch == PROVISIONAL_EPOCH && !view.needs_safe_browser && view.receipt.is_none()
}

impl OpenedSitting {
    /// What a device goes by that begins at `now` without the server.
    #[must_use]
    pub const fn without_server(deadline: Timestamp, now: Timestamp) -> Self {
        Self { epoch: PROVISIONAL_EPOCH, server_time: now, deadline, acked_through: 0, answers: Vec::new() }
    }
}

/// What a device wrote in no epoch, as entries of `epoch`: each hangs on the one before, and was written when it was. What
/// was written in an epoch stays as it is.
#[must_use]
pub fn taken_into_epoch(sitting_id: SittingId, entries: &[JournalEntry], epoch: u32) -> Vec<JournalEntry> {
    let (mut alone, mut taken): (Vec<JournalEntry>, Vec<JournalEntry>) =
        entries.iter().cloned().partition(|entry| entry.epoch == PROVISIONAL_EPOCH);
    alone.sort_by_key(|entry| entry.seq);
    let mut previous_hash = chain_start(sitting_id);
    for (seq, entry) in (1..).zip(alone) {
        let entry = JournalEntry { epoch, seq, previous_hash, ..entry };
        previous_hash = entry_hash(&entry);
        taken.push(entry);
    }
    taken
}

/// A device says that it has begun without the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfflineClaim {
    /// When, as it says.
    pub began_at: Timestamp,
    /// When a key was read out in its room first.
    pub read_out_at: Timestamp,
    /// Seconds after the end in which it may still say so.
    pub late_window_s: i64,
}

impl OfflineClaim {
    /// When it counts as having begun: no sooner than somebody read the key out, and no later than now.
    #[must_use]
    pub fn counted_from(&self, now: Timestamp) -> Timestamp {
        self.began_at.max(self.read_out_at).min(now)
    }
}

/// Decides what becomes of the claim of `device` at `now`. As long as the test runs it is an opening like any other. After
/// its end, within the late window, only who was heard of nowhere else gets an epoch: nothing that another device wrote is
/// overruled any more.
///
/// # Errors
/// [`OpeningRefusal`], as of any opening.
pub fn judge_offline_claim(
    sitting: &OpeningFacts,
    claim: &OfflineClaim,
    (device, take_over): (Uuid, bool),
    now: Timestamp,
) -> Result<Opening, OpeningRefusal> {
    if sitting.closed.is_none() && now <= sitting.deadline {
        return judge_opening(sitting, device, take_over, now);
    }
    if sitting.closed == Some(ClosedBy::Candidate) {
        return Err(AnswerRefusal::SittingClosed.into());
    }
    let is_in_window = sitting.is_armed && now <= sitting.deadline.plus_s(claim.late_window_s);
    let is_theirs = sitting.epoch == PROVISIONAL_EPOCH || sitting.device == Some(device);
    if !is_in_window || !is_theirs || claim.counted_from(now) > sitting.deadline {
        return Err(AnswerRefusal::TimeUp { closed_at: sitting.deadline }.into());
    }
    judge_opening(&OpeningFacts { closed: None, ..*sitting }, device, false, sitting.deadline)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{delivery::is_chain, ids::ItemId, item_bank::Response};

    const ONE: Uuid = Uuid::from_u128(1);
    const TWO: Uuid = Uuid::from_u128(2);
    const FRESH: OpeningFacts = OpeningFacts {
        is_armed: true,
        starts_at: Timestamp(1_000),
        deadline: Timestamp(9_000),
        epoch: 0,
        device: None,
        closed: None,
        lacks_consent: false,
        lacks_entry_code: false,
        lacks_admission: false,
        lacks_safe_browser: false,
    };
    const CLAIM: OfflineClaim =
        OfflineClaim { began_at: Timestamp(2_000), read_out_at: Timestamp(1_500), late_window_s: 600 };

    fn judge(sitting: OpeningFacts, after_s: i64) -> Result<Opening, OpeningRefusal> {
        judge_offline_claim(&sitting, &CLAIM, (ONE, false), Timestamp(9_000).plus_s(after_s))
    }

    fn time_up() -> Result<Opening, OpeningRefusal> {
        Err(AnswerRefusal::TimeUp { closed_at: Timestamp(9_000) }.into())
    }

    #[test]
    fn a_start_counts_from_the_reading_of_the_key_until_now() {
        let at = |began_at| OfflineClaim { began_at: Timestamp(began_at), ..CLAIM }.counted_from(Timestamp(3_000));
        assert_eq!([at(0), at(1_500), at(2_000), at(9_999)], [1_500, 1_500, 2_000, 3_000].map(Timestamp));
    }

    #[test]
    fn while_the_test_runs_it_is_an_opening_like_any_other() {
        assert_eq!(judge(FRESH, -5), Ok(Opening::Begin { epoch: 1 }));
        let kept_out = OpeningFacts { lacks_admission: true, ..FRESH };
        assert_eq!(judge(kept_out, -5), Err(OpeningRefusal::AdmissionNeeded));
        let elsewhere = OpeningFacts { epoch: 1, device: Some(TWO), ..FRESH };
        let taken = OpeningRefusal::Answer(AnswerRefusal::TakenOver { current: 1 });
        assert_eq!(judge(elsewhere, -5), Err(taken));
        let (claim, now) = (CLAIM, Timestamp(8_000));
        let consented = judge_offline_claim(&elsewhere, &claim, (ONE, true), now);
        assert_eq!(consented, Ok(Opening::Begin { epoch: 2 }));
    }

    #[test]
    fn who_comes_back_after_the_end_is_let_in_within_the_late_window() {
        let closed = OpeningFacts { closed: Some(ClosedBy::Server), ..FRESH };
        for sitting in [FRESH, closed] {
            assert_eq!(
                (judge(sitting, 1), judge(sitting, 600)),
                (Ok(Opening::Begin { epoch: 1 }), Ok(Opening::Begin { epoch: 1 }))
            );
            assert_eq!(judge(sitting, 601), time_up());
        }
        assert_eq!(judge(OpeningFacts { is_armed: false, ..closed }, 1), time_up(), "it is marked");
        let submitted = OpeningFacts { closed: Some(ClosedBy::Candidate), ..FRESH };
        assert_eq!(judge(submitted, 1), Err(AnswerRefusal::SittingClosed.into()));
        assert_eq!(judge(OpeningFacts { lacks_admission: true, ..closed }, 1), Err(OpeningRefusal::AdmissionNeeded));
    }

    #[test]
    fn after_the_end_nothing_that_another_device_wrote_is_overruled() {
        let closed = OpeningFacts { closed: Some(ClosedBy::Server), epoch: 1, ..FRESH };
        assert_eq!(judge(OpeningFacts { device: Some(TWO), ..closed }, 1), time_up());
        let repeated = OpeningFacts { device: Some(ONE), ..closed };
        assert_eq!(judge(repeated, 1), Ok(Opening::Keep), "the reply was lost");
    }

    #[test]
    fn what_is_taken_into_an_epoch_is_a_chain_in_the_order_in_which_it_was_written() {
        let sitting = SittingId(Uuid::from_u128(7));
        let entry = |epoch, seq: u64, choice| JournalEntry {
            epoch,
            seq,
            item_id: ItemId(ONE),
            response: Response::Single(choice),
            monotonic_ms: seq * 10,
            previous_hash: String::new(),
        };
        let taken = taken_into_epoch(sitting, &[entry(0, 2, 5), entry(0, 1, 4), entry(0, 3, 6)], 1);
        assert!(is_chain(&chain_start(sitting), &taken));
        let told: Vec<_> = taken.iter().map(|entry| (entry.epoch, entry.monotonic_ms, &entry.response)).collect();
        let said = [4, 5, 6].map(Response::Single);
        assert_eq!(told, [(1, 10, &said[0]), (1, 20, &said[1]), (1, 30, &said[2])]);
        let kept = entry(1, 4, 0);
        assert_eq!(taken_into_epoch(sitting, std::slice::from_ref(&kept), 2), [kept], "it has an epoch");
    }

    #[test]
    fn who_began_after_the_end_did_not_sit_the_test() {
        let claim = OfflineClaim { began_at: Timestamp(9_001), ..CLAIM };
        assert_eq!(judge_offline_claim(&FRESH, &claim, (ONE, false), Timestamp(9_000).plus_s(5)), time_up());
    }
}

//! What becomes of one answer that reached the server.

use crate::{
    problem::{ProblemCode, Refusal},
    rights::text_enum,
    time::Timestamp,
};
use serde_json::json;

text_enum! {
    /// Who ended a sitting.
    ClosedBy {
        /// The candidate pressed 交卷: final.
        Candidate = "candidate",
        /// The server, when deadline and grace were over: late arrivals still count.
        Server = "server",
    }
}

text_enum! {
    /// What to do with an accepted answer.
    Verdict {
        /// It came in time.
        Store = "store",
        /// It came late and proved that it was written in time: kept and flagged.
        StoreAsLate = "store_as_late",
    }
}

/// What the decision must know of the sitting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SittingFacts {
    /// The epoch that may write.
    pub epoch: u32,
    /// When working time ends, extra and returned time included.
    pub deadline: Timestamp,
    /// Who ended the sitting, if anybody has.
    pub closed: Option<ClosedBy>,
}

/// Where an entry stands in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryStamp {
    /// Its epoch.
    pub epoch: u32,
    /// Its number within the epoch, from 1.
    pub seq: u64,
}

/// Parameters of the exam session; both begin at the deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeliveryRules {
    /// Seconds for the network only.
    pub grace_s: i64,
    /// Seconds in which a proven answer may still arrive.
    pub late_window_s: i64,
}

impl DeliveryRules {
    /// The unified test: 30 s for the network, 10 minutes for what a device wrote in time.
    #[must_use]
    pub const fn unified_test() -> Self {
        Self { grace_s: 30, late_window_s: 600 }
    }
}

/// Why the server did not take an answer. The device keeps it in its journal in every case.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerRefusal {
    /// Entries count from 1.
    #[error("an entry's number is 0")]
    Unnumbered,
    /// Another device continued this sitting; only its `current` epoch may write.
    #[error("sitting was taken over by epoch {current}")]
    TakenOver {
        /// The epoch that may write.
        current: u32,
    },
    /// The candidate has submitted; nothing changes any more.
    #[error("sitting is closed")]
    SittingClosed,
    /// The answer came after the deadline and does not qualify as a late arrival.
    #[error("working time ended at {closed_at}")]
    TimeUp {
        /// The deadline.
        closed_at: Timestamp,
    },
}

impl Refusal for AnswerRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::Unnumbered => ProblemCode::Malformed,
            Self::TakenOver { .. } => ProblemCode::SittingTakenOver,
            Self::SittingClosed => ProblemCode::SittingClosed,
            Self::TimeUp { .. } => ProblemCode::TimeUp,
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::TakenOver { current } => json!({ "current": current }),
            Self::TimeUp { closed_at } => json!({ "closed_at": closed_at }),
            Self::Unnumbered | Self::SittingClosed => serde_json::Value::Null,
        }
    }
}

/// Decides what becomes of one answer that reached the server at `received_at`.
///
/// `is_proven` says that the hash chain shows that it was written before the deadline. After the
/// server closed the sitting, only the late window is left, whatever the grace.
///
/// # Errors
/// [`AnswerRefusal::TakenOver`] if the sitting has no such epoch, [`AnswerRefusal::SittingClosed`] after the candidate
/// submitted, and [`AnswerRefusal::TimeUp`] if the answer is too late or cannot prove that it was in time.
pub fn judge_answer(
    sitting: &SittingFacts,
    entry: EntryStamp,
    received_at: Timestamp,
    rules: &DeliveryRules,
    is_proven: bool,
) -> Result<Verdict, AnswerRefusal> {
    if entry.seq == 0 {
        return Err(AnswerRefusal::Unnumbered);
    }
    // What an older device wrote is kept like any other, and decides where no newer one answered (I3).
    if entry.epoch != sitting.epoch && !(1..sitting.epoch).contains(&entry.epoch) {
        return Err(AnswerRefusal::TakenOver { current: sitting.epoch });
    }
    if sitting.closed == Some(ClosedBy::Candidate) {
        return Err(AnswerRefusal::SittingClosed);
    }
    let is_in_time = sitting.closed.is_none() && received_at <= sitting.deadline.plus_s(rules.grace_s);
    let is_in_window = received_at <= sitting.deadline.plus_s(rules.late_window_s);
    match (is_in_time, is_in_window && is_proven) {
        (true, _) => Ok(Verdict::Store),
        (false, true) => Ok(Verdict::StoreAsLate),
        (false, false) => Err(AnswerRefusal::TimeUp { closed_at: sitting.deadline }),
    }
}

#[cfg(test)]
mod tests;

//! Whether a sitting may be submitted: the device and the server must hold the same answers.

use super::{AnswerRefusal, AnswersInForce, SubmitSitting, digest};
use crate::problem::{ProblemCode, Refusal};
use serde_json::json;
use std::collections::BTreeSet;

/// At most this many missing numbers are named at once.
const MOST_MISSING: usize = 1_000;

/// Why a sitting is not submitted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubmitRefusal {
    /// Another device has the sitting.
    #[error(transparent)]
    Answer(#[from] AnswerRefusal),
    /// The server's answers differ: the device sends what is missing, then submits again.
    #[error("the stored answers differ; {} entries are missing", missing.len())]
    AnswersMissing {
        /// The highest stored number of the epoch; 0 if none.
        last_seq_stored: u64,
        /// How many items have an answer at the server.
        answered: u16,
        /// Numbers of the epoch that are not stored.
        missing: Vec<u64>,
    },
}

impl Refusal for SubmitRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::Answer(refusal) => refusal.code(),
            Self::AnswersMissing { .. } => ProblemCode::AnswersMissing,
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::Answer(refusal) => refusal.params(),
            Self::AnswersMissing { last_seq_stored, answered, missing } => {
                json!({ "last_seq_stored": last_seq_stored, "answered": answered, "missing": missing })
            }
        }
    }
}

/// Decides whether a sitting whose current epoch is `epoch` may be submitted. `answers` are those
/// in force, of all epochs; `stored` the numbers of the current epoch.
///
/// # Errors
/// [`SubmitRefusal`].
pub fn judge_submission(
    epoch: u32,
    submission: &SubmitSitting,
    answers: &AnswersInForce,
    stored: &BTreeSet<u64>,
) -> Result<(), SubmitRefusal> {
    if submission.epoch != epoch {
        return Err(AnswerRefusal::TakenOver { current: epoch }.into());
    }
    if submission.digest == digest(answers) {
        return Ok(());
    }
    Err(SubmitRefusal::AnswersMissing {
        last_seq_stored: stored.last().copied().unwrap_or_default(),
        answered: answers.answered(),
        missing: (1..=submission.last_seq).filter(|seq| !stored.contains(seq)).take(MOST_MISSING).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{delivery::AnswerInForce, ids::ItemId, item_bank::Response};
    use uuid::Uuid;

    fn answers() -> AnswersInForce {
        let answer =
            AnswerInForce { item_id: ItemId(Uuid::from_u128(1)), epoch: 2, seq: 3, response: Response::Single(1) };
        [answer].into_iter().collect()
    }

    #[test]
    fn the_same_answers_are_submitted() {
        let submission = SubmitSitting { epoch: 2, last_seq: 3, digest: digest(&answers()) };
        assert_eq!(judge_submission(2, &submission, &answers(), &BTreeSet::from([3])), Ok(()));
        let taken = AnswerRefusal::TakenOver { current: 3 };
        assert_eq!(judge_submission(3, &submission, &answers(), &BTreeSet::new()), Err(taken.into()));
    }

    #[test]
    fn a_difference_names_what_is_missing() {
        let submission = SubmitSitting { epoch: 2, last_seq: 5, digest: "other".to_owned() };
        let refusal = judge_submission(2, &submission, &answers(), &BTreeSet::from([1, 3]));
        let missing = SubmitRefusal::AnswersMissing { last_seq_stored: 3, answered: 1, missing: vec![2, 4, 5] };
        assert_eq!(refusal, Err(missing));
    }

    #[test]
    fn a_wild_number_does_not_fill_the_memory() {
        let submission = SubmitSitting { epoch: 2, last_seq: u64::MAX, digest: "other".to_owned() };
        match judge_submission(2, &submission, &answers(), &BTreeSet::new()) {
            Err(SubmitRefusal::AnswersMissing { missing, .. }) => assert_eq!(missing.len(), MOST_MISSING),
            other => panic!("{other:?}"),
        }
    }
}

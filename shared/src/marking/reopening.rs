//! The head of the marking takes points back, so that a response is marked again.

use super::ResponseFacts;
use crate::{
    ids::AccountId,
    points::Points,
    problem::{ProblemCode, Refusal},
};

/// A mark that is taken back, as it stays on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// What the response was worth.
    pub points: Points,
    /// Who had said so.
    pub marked_by: AccountId,
}

/// Why a response is not marked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReopenRefusal {
    /// No person has given it points: it waits for a marker, or a rule scored it.
    #[error("no marker has marked the response")]
    NotMarked,
    /// Who marked it does not judge their own mark.
    #[error("the mark is the actor's own")]
    OwnMark,
}

impl Refusal for ReopenRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::NotMarked => ProblemCode::WrongState,
            Self::OwnMark => ProblemCode::SecondPersonNeeded,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::NotMarked => "wrong-state.not-marked",
            Self::OwnMark => "second-person-needed.own-mark",
        }
    }
}

/// What is taken back when `by` has a response marked again.
///
/// # Errors
/// [`ReopenRefusal`].
pub fn judge_reopening(response: &ResponseFacts, by: AccountId) -> Result<TakenBack, ReopenRefusal> {
    match (response.points, response.marked_by) {
        (Some(_), Some(marked_by)) if marked_by == by => Err(ReopenRefusal::OwnMark),
        (Some(points), Some(marked_by)) => Ok(TakenBack { points, marked_by }),
        _ => Err(ReopenRefusal::NotMarked),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const MARKER: AccountId = AccountId(Uuid::from_u128(1));
    const HEAD: AccountId = AccountId(Uuid::from_u128(2));

    #[track_caller]
    fn check(
        points: Option<Points>,
        marked_by: Option<AccountId>,
        by: AccountId,
        expected: Result<TakenBack, ReopenRefusal>,
    ) {
        assert_eq!(judge_reopening(&ResponseFacts { points, marked_by, claim: None }, by), expected);
    }

    #[test]
    fn what_a_marker_gave_is_taken_back_by_somebody_else() {
        let given = TakenBack { points: Points(300), marked_by: MARKER };
        check(Some(Points(300)), Some(MARKER), HEAD, Ok(given));
        check(Some(Points(300)), Some(MARKER), MARKER, Err(ReopenRefusal::OwnMark));
    }

    #[test]
    fn what_a_rule_scored_or_nobody_marked_stays() {
        check(Some(Points(300)), None, HEAD, Err(ReopenRefusal::NotMarked));
        check(None, None, HEAD, Err(ReopenRefusal::NotMarked));
    }

    #[test]
    fn every_refusal_has_its_words() {
        for refusal in [ReopenRefusal::NotMarked, ReopenRefusal::OwnMark] {
            let key = format!("{}.detail", refusal.message_key());
            assert!(crate::problem::has_texts(&key), "{key}");
        }
    }
}

//! A test that cannot be held when it was to be is put off: its candidates stay, and are told why.

use super::{ExamSessionRefusal, ExamSessionState};
use crate::{problem::FieldError, time::Timestamp};
use serde::{Deserialize, Serialize};

/// Body of `POST /exam_sessions/{id}/postpone`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PostponeExamSession {
    /// When candidates may begin instead.
    pub starts_at: Timestamp,
    /// Why; who is registered reads it.
    pub reason: String,
}

/// What is told of a test that was put off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Postponed {
    /// When it was to begin before.
    pub was_at: Timestamp,
    /// Why it was put off.
    pub because: String,
}

/// Whether an exam session in `state` that was to begin at `starts_at` may be put off: once learners know of it, and as
/// long as it does not run. A draft is changed instead.
///
/// # Errors
/// [`ExamSessionRefusal::HasBegun`] while it runs, [`ExamSessionRefusal::Cancelled`] once it was called off,
/// [`ExamSessionRefusal::WrongState`] before and afterwards.
pub fn may_postpone(state: ExamSessionState, starts_at: Timestamp, now: Timestamp) -> Result<(), ExamSessionRefusal> {
    match state {
        ExamSessionState::Registering | ExamSessionState::Arranged => Ok(()),
        ExamSessionState::Armed if now < starts_at => Ok(()),
        ExamSessionState::Armed => Err(ExamSessionRefusal::HasBegun),
        ExamSessionState::Cancelled => Err(ExamSessionRefusal::Cancelled),
        ExamSessionState::Draft | ExamSessionState::Marking | ExamSessionState::Published => {
            Err(ExamSessionRefusal::WrongState { state, wanted: ExamSessionState::Registering })
        }
    }
}

/// Whether a test that was to begin at `starts_at` may begin at `instead`: never sooner than candidates were told.
///
/// # Errors
/// The field.
pub fn check_postponement(starts_at: Timestamp, instead: Timestamp, now: Timestamp) -> Result<(), FieldError> {
    if instead <= starts_at {
        return Err(FieldError::new("/starts_at", "not-later"));
    }
    if instead <= now {
        return Err(FieldError::new("/starts_at", "in-the-past"));
    }
    Ok(())
}

/// Where an exam session stands that was put off: its key was armed for another time.
#[must_use]
pub const fn state_when_postponed(state: ExamSessionState) -> ExamSessionState {
    match state {
        ExamSessionState::Armed => ExamSessionState::Arranged,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ExamSessionState::{Armed, Arranged, Cancelled, Draft, Marking, Published, Registering};

    const STARTS_AT: Timestamp = Timestamp(10_000);

    #[test]
    fn what_learners_know_of_and_does_not_run_is_put_off() {
        let at = |state, now| may_postpone(state, STARTS_AT, Timestamp(now));
        for state in [Registering, Arranged] {
            assert_eq!((at(state, 9_999), at(state, 90_000)), (Ok(()), Ok(())), "{state}: nobody armed it");
        }
        assert_eq!(at(Armed, 9_999), Ok(()));
        assert_eq!(at(Armed, 10_000), Err(ExamSessionRefusal::HasBegun));
        assert_eq!(at(Cancelled, 0), Err(ExamSessionRefusal::Cancelled));
        for state in [Draft, Marking, Published] {
            assert_eq!(at(state, 0), Err(ExamSessionRefusal::WrongState { state, wanted: Registering }));
        }
    }

    #[test]
    fn it_is_only_ever_put_off_to_a_later_moment_that_is_to_come() {
        let code = |instead, now| {
            check_postponement(STARTS_AT, Timestamp(instead), Timestamp(now)).err().map(|error| error.code)
        };
        assert_eq!(code(10_000, 0).as_deref(), Some("not-later"));
        assert_eq!(code(10_001, 0), None);
        assert_eq!(code(10_001, 10_001).as_deref(), Some("in-the-past"));
        for code in ["not-later", "in-the-past"] {
            assert!(crate::problem::has_texts(&format!("field.{code}")));
        }
    }

    #[test]
    fn two_persons_arm_it_anew() {
        for state in ExamSessionState::ALL {
            let after = state_when_postponed(*state);
            assert_eq!(after, if *state == Armed { Arranged } else { *state });
        }
    }
}

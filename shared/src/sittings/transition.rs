//! How an exam session moves forward or is called off, and where a second person is needed.

use super::ExamSessionState;
use crate::{
    ids::AccountId,
    problem::{ProblemCode, Refusal},
    time::Timestamp,
};

/// The states in the order in which an exam session takes them, unless it is called off.
const WAY: [ExamSessionState; 6] = [
    ExamSessionState::Draft,
    ExamSessionState::Registering,
    ExamSessionState::Arranged,
    ExamSessionState::Armed,
    ExamSessionState::Marking,
    ExamSessionState::Published,
];

/// Why an exam session does not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExamSessionRefusal {
    /// The state is not the one before `wanted`.
    #[error("exam session is {state}, not ready to be {wanted}")]
    WrongState {
        /// Where it stands.
        state: ExamSessionState,
        /// Where it should go.
        wanted: ExamSessionState,
    },
    /// The first person may not be the second.
    #[error("a second person is needed")]
    SecondPersonNeeded,
    /// The test has begun, so it is not called off any more.
    #[error("the test has begun")]
    HasBegun,
    /// The test has not begun.
    #[error("the test has not begun")]
    NotBegun,
    /// It was called off: nobody registers for it, leaves it or sits it.
    #[error("exam session was called off")]
    Cancelled,
}

impl Refusal for ExamSessionRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::WrongState { .. } | Self::HasBegun | Self::NotBegun => ProblemCode::WrongState,
            Self::SecondPersonNeeded => ProblemCode::SecondPersonNeeded,
            Self::Cancelled => ProblemCode::ExamCancelled,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::HasBegun => "wrong-state.exam-begun",
            Self::NotBegun => "wrong-state.exam-not-begun",
            Self::WrongState { wanted: ExamSessionState::Draft, .. } => "wrong-state.exam-no-draft",
            Self::WrongState { .. } | Self::SecondPersonNeeded | Self::Cancelled => self.code().as_str(),
        }
    }
}

/// Whether an exam session may go from `state` to `wanted`: one step forward, never back.
///
/// # Errors
/// [`ExamSessionRefusal::WrongState`] otherwise.
pub fn may_move(state: ExamSessionState, wanted: ExamSessionState) -> Result<(), ExamSessionRefusal> {
    let mut steps = WAY.windows(2);
    let is_next = steps.any(|step| step == [state, wanted]);
    if is_next { Ok(()) } else { Err(ExamSessionRefusal::WrongState { state, wanted }) }
}

/// Whether the plan of an exam session in `state` may be changed: until learners have seen it.
///
/// # Errors
/// [`ExamSessionRefusal::WrongState`] unless it is a draft.
pub fn may_change_plan(state: ExamSessionState) -> Result<(), ExamSessionRefusal> {
    let wanted = ExamSessionState::Draft;
    if state == wanted { Ok(()) } else { Err(ExamSessionRefusal::WrongState { state, wanted }) }
}

/// Whether an exam session in `state` that begins at `starts_at` may be called off: as long as it does not run.
/// One that nobody armed never runs.
///
/// # Errors
/// [`ExamSessionRefusal::HasBegun`] while it runs, [`ExamSessionRefusal::WrongState`] afterwards.
pub fn may_cancel(state: ExamSessionState, starts_at: Timestamp, now: Timestamp) -> Result<(), ExamSessionRefusal> {
    match state {
        ExamSessionState::Draft | ExamSessionState::Registering | ExamSessionState::Arranged => Ok(()),
        ExamSessionState::Armed if now < starts_at => Ok(()),
        ExamSessionState::Armed => Err(ExamSessionRefusal::HasBegun),
        ExamSessionState::Marking | ExamSessionState::Published | ExamSessionState::Cancelled => {
            Err(ExamSessionRefusal::WrongState { state, wanted: ExamSessionState::Cancelled })
        }
    }
}

/// Whether sittings of an exam session in `state` still lead to a test.
///
/// # Errors
/// [`ExamSessionRefusal::Cancelled`] if it was called off.
pub fn may_be_sat(state: ExamSessionState) -> Result<(), ExamSessionRefusal> {
    if state == ExamSessionState::Cancelled { Err(ExamSessionRefusal::Cancelled) } else { Ok(()) }
}

/// Whether `second` may confirm what `first` began.
///
/// # Errors
/// [`ExamSessionRefusal::SecondPersonNeeded`] if they are the same person.
pub fn may_confirm(first: AccountId, second: AccountId) -> Result<(), ExamSessionRefusal> {
    if first == second { Err(ExamSessionRefusal::SecondPersonNeeded) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn only_the_next_state_is_reached() {
        for (at, state) in WAY.iter().enumerate() {
            for (to, wanted) in WAY.iter().enumerate() {
                assert_eq!(may_move(*state, *wanted).is_ok(), to == at + 1);
            }
        }
    }

    #[test]
    fn no_step_calls_it_off_or_brings_it_back() {
        for state in ExamSessionState::ALL {
            assert!(may_move(*state, ExamSessionState::Cancelled).is_err());
            assert!(may_move(ExamSessionState::Cancelled, *state).is_err());
        }
    }

    #[test]
    fn only_a_draft_is_changed() {
        for state in ExamSessionState::ALL {
            assert_eq!(may_change_plan(*state).is_ok(), *state == ExamSessionState::Draft);
        }
    }

    #[test]
    fn what_does_not_run_yet_is_called_off() {
        let starts_at = Timestamp(1_000);
        let at = |state, now| may_cancel(state, starts_at, Timestamp(now));
        for state in [ExamSessionState::Draft, ExamSessionState::Registering, ExamSessionState::Arranged] {
            assert_eq!((at(state, 999), at(state, 9_000)), (Ok(()), Ok(())));
        }
        assert_eq!(at(ExamSessionState::Armed, 999), Ok(()));
        assert_eq!(at(ExamSessionState::Armed, 1_000), Err(ExamSessionRefusal::HasBegun));
        for state in [ExamSessionState::Marking, ExamSessionState::Published, ExamSessionState::Cancelled] {
            let wanted = ExamSessionState::Cancelled;
            assert_eq!(at(state, 0), Err(ExamSessionRefusal::WrongState { state, wanted }));
        }
    }

    #[test]
    fn what_was_called_off_is_not_sat() {
        for state in ExamSessionState::ALL {
            assert_eq!(may_be_sat(*state).is_err(), *state == ExamSessionState::Cancelled);
        }
    }

    #[test]
    fn every_refusal_has_its_words() {
        let (state, wanted) = (ExamSessionState::Armed, ExamSessionState::Draft);
        let refusals = [
            ExamSessionRefusal::WrongState { state, wanted },
            ExamSessionRefusal::HasBegun,
            ExamSessionRefusal::Cancelled,
        ];
        for refusal in refusals {
            assert!(crate::problem::has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
    }

    #[test]
    fn nobody_confirms_alone() {
        let (one, two) = (AccountId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
        assert_eq!(may_confirm(one, one), Err(ExamSessionRefusal::SecondPersonNeeded));
        assert_eq!(may_confirm(one, two), Ok(()));
    }
}

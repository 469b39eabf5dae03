//! How an exam session moves forward, and where a second person is needed.

use super::ExamSessionState;
use crate::{
    ids::AccountId,
    problem::{ProblemCode, Refusal},
};

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
}

impl Refusal for ExamSessionRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::WrongState { .. } => ProblemCode::WrongState,
            Self::SecondPersonNeeded => ProblemCode::SecondPersonNeeded,
        }
    }
}

/// Whether an exam session may go from `state` to `wanted`: one step forward, never back.
///
/// # Errors
/// [`ExamSessionRefusal::WrongState`] otherwise.
pub fn may_move(state: ExamSessionState, wanted: ExamSessionState) -> Result<(), ExamSessionRefusal> {
    let mut steps = ExamSessionState::ALL.windows(2);
    let is_next = steps.any(|step| step == [state, wanted]);
    if is_next { Ok(()) } else { Err(ExamSessionRefusal::WrongState { state, wanted }) }
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
        for (at, state) in ExamSessionState::ALL.iter().enumerate() {
            for (to, wanted) in ExamSessionState::ALL.iter().enumerate() {
                assert_eq!(may_move(*state, *wanted).is_ok(), to == at + 1);
            }
        }
    }

    #[test]
    fn nobody_confirms_alone() {
        let (one, two) = (AccountId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
        assert_eq!(may_confirm(one, one), Err(ExamSessionRefusal::SecondPersonNeeded));
        assert_eq!(may_confirm(one, two), Ok(()));
    }
}

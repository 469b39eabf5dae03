//! Whether a learner may register for a test, and take that back.

use super::{ExamSessionRefusal, ExamSessionState, may_be_sat};
use crate::{
    learning::{CourseStanding, Gate},
    problem::{ProblemCode, Refusal},
};
use serde_json::json;

/// Why a learner is not registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegistrationRefusal {
    /// Registration is not open.
    #[error(transparent)]
    State(#[from] ExamSessionRefusal),
    /// The learner is not enrolled in the course.
    #[error("not enrolled in the course")]
    NotEnrolled,
    /// The course is not complete.
    #[error("{missing} task points are missing")]
    TaskPointsMissing {
        /// How many.
        missing: u16,
    },
}

impl Refusal for RegistrationRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::State(refusal) => refusal.code(),
            Self::NotEnrolled | Self::TaskPointsMissing { .. } => ProblemCode::GateNotMet,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::State(refusal) => refusal.message_key(),
            Self::NotEnrolled => "gate-not-met.not-enrolled",
            Self::TaskPointsMissing { .. } => "gate-not-met.task-points",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::State(refusal) => refusal.params(),
            Self::NotEnrolled => serde_json::Value::Null,
            Self::TaskPointsMissing { missing } => json!({ "missing": missing }),
        }
    }
}

/// Whether a learner with this standing (`None`: not enrolled) may register for a test in `state`.
///
/// # Errors
/// [`RegistrationRefusal`].
pub fn may_register(state: ExamSessionState, standing: Option<&CourseStanding>) -> Result<(), RegistrationRefusal> {
    is_open(state)?;
    match standing.map(|standing| standing.gate) {
        Some(Gate::Open) => Ok(()),
        Some(Gate::TaskPointsMissing { missing }) => Err(RegistrationRefusal::TaskPointsMissing { missing }),
        None => Err(RegistrationRefusal::NotEnrolled),
    }
}

/// Whether a learner may take their registration for a test in `state` back: as long as others register.
///
/// # Errors
/// [`ExamSessionRefusal::WrongState`] before and afterwards, [`ExamSessionRefusal::Cancelled`] once it was called off.
pub fn may_withdraw(state: ExamSessionState) -> Result<(), ExamSessionRefusal> {
    is_open(state)
}

fn is_open(state: ExamSessionState) -> Result<(), ExamSessionRefusal> {
    may_be_sat(state)?;
    let wanted = ExamSessionState::Registering;
    if state == wanted { Ok(()) } else { Err(ExamSessionRefusal::WrongState { state, wanted }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(gate: Gate) -> CourseStanding {
        CourseStanding { task_points: 3, completed: 1, studied_minutes: 0, gate }
    }

    #[test]
    fn only_an_open_gate_leads_to_the_test() {
        let at = |gate| may_register(ExamSessionState::Registering, Some(&standing(gate)));
        assert_eq!(at(Gate::Open), Ok(()));
        let missing = RegistrationRefusal::TaskPointsMissing { missing: 2 };
        assert_eq!(at(Gate::TaskPointsMissing { missing: 2 }), Err(missing));
        assert_eq!(may_register(ExamSessionState::Registering, None), Err(RegistrationRefusal::NotEnrolled));
    }

    #[test]
    fn registration_has_its_time() {
        for state in ExamSessionState::ALL {
            let is_open = may_register(*state, Some(&standing(Gate::Open))).is_ok();
            assert_eq!(is_open, *state == ExamSessionState::Registering);
            assert_eq!(may_withdraw(*state).is_ok(), is_open, "and so long it can be taken back");
        }
        assert_eq!(may_withdraw(ExamSessionState::Cancelled), Err(ExamSessionRefusal::Cancelled));
    }
}

//! A whole class is registered for a test by one action: who is, who was already, and who cannot be and why.

use super::{ExamSessionState, RegistrationDays, RegistrationRefusal, may_register};
use crate::{
    ids::{AccountId, ExamSessionId},
    learning::CourseStanding,
    rights::text_enum,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

text_enum! {
    /// Why a learner of a class is not registered with it.
    ClassObstacle {
        /// Task points of the course are missing.
        TaskPointsMissing = "task_points_missing",
        /// The learner does not study the course.
        NotEnrolled = "not_enrolled",
        /// The learner took their registration back; that is theirs to undo.
        TakenBack = "taken_back",
        /// All places of the region are taken.
        QuotaFull = "quota_full",
    }
}

/// Body of `POST /classes/{id}/exam_registrations`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewClassRegistration {
    /// The test.
    pub exam_session_id: ExamSessionId,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassRegistration {
    /// Learners who are registered now.
    pub registered: u32,
    /// Learners who were registered before.
    pub already: u32,
    /// Those who cannot be, by name.
    pub refused: Vec<RefusedLearner>,
}

/// A learner who cannot be registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefusedLearner {
    /// The learner.
    pub account_id: AccountId,
    /// Their name.
    pub name: String,
    /// Why.
    pub because: ClassObstacle,
    /// Task points that are missing; 0 where it is for another reason.
    pub missing: u16,
}

/// A test that a class can be registered for: `GET /classes/{id}/exams`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassExam {
    /// The test.
    pub id: ExamSessionId,
    /// Its title.
    pub title: String,
    /// When candidates may begin.
    pub starts_at: Timestamp,
    /// The days on which learners register, if they are planned.
    pub registration: Option<RegistrationDays>,
    /// Learners of the class.
    pub learners: u32,
    /// Of these, those who are registered.
    pub registered: u32,
}

/// Whether a learner is registered with their class: `None` for who may be, the reason and the task points that are
/// missing for who may not.
///
/// # Errors
/// [`RegistrationRefusal::State`] unless registration is open.
pub fn class_obstacle(
    state: ExamSessionState,
    standing: Option<&CourseStanding>,
    was_taken_back: bool,
) -> Result<Option<(ClassObstacle, u16)>, RegistrationRefusal> {
    let judged = may_register(state, standing);
    match judged {
        Err(RegistrationRefusal::State(_)) => judged.map(|()| None),
        _ if was_taken_back => Ok(Some((ClassObstacle::TakenBack, 0))),
        Err(RegistrationRefusal::TaskPointsMissing { missing }) => {
            Ok(Some((ClassObstacle::TaskPointsMissing, missing)))
        }
        Err(RegistrationRefusal::NotEnrolled) => Ok(Some((ClassObstacle::NotEnrolled, 0))),
        Ok(()) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::Gate;

    fn standing(gate: Gate) -> CourseStanding {
        CourseStanding { task_points: 3, completed: 1, studied_minutes: 0, gate }
    }

    #[test]
    fn a_class_is_registered_by_the_rule_for_each_learner() {
        let at = |gate: Option<Gate>, was_taken_back| {
            let standing = gate.map(standing);
            class_obstacle(ExamSessionState::Registering, standing.as_ref(), was_taken_back).unwrap()
        };
        assert_eq!(at(Some(Gate::Open), false), None);
        let missing = Some(Gate::TaskPointsMissing { missing: 2 });
        assert_eq!(at(missing, false), Some((ClassObstacle::TaskPointsMissing, 2)));
        assert_eq!(at(None, false), Some((ClassObstacle::NotEnrolled, 0)));
        assert_eq!(at(Some(Gate::Open), true), Some((ClassObstacle::TakenBack, 0)), "nobody undoes it for them");
    }

    #[test]
    fn nobody_is_registered_before_or_after_the_time_for_it() {
        for state in ExamSessionState::ALL {
            let judged = class_obstacle(*state, Some(&standing(Gate::Open)), false);
            assert_eq!(judged.is_ok(), *state == ExamSessionState::Registering, "{state}");
            assert_eq!(class_obstacle(*state, None, true).is_ok(), judged.is_ok());
        }
    }
}

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
        /// The learner sits another test at that time.
        SitsAnother = "sits_another",
        /// The learner is banned (停考).
        Banned = "banned",
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

/// A learner of a class that is registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassLearner<'a> {
    /// Where they stand in the course; `None` if no class of theirs studies it.
    pub standing: Option<&'a CourseStanding>,
    /// Whether they were registered and took that back.
    pub was_taken_back: bool,
    /// Whether they sit another test at that time.
    pub sits_another: bool,
    /// Whether they are banned when it begins.
    pub is_banned: bool,
}

/// Whether a learner is registered with their class: `None` for who may be, the reason and the task points that are
/// missing for who may not.
///
/// # Errors
/// [`RegistrationRefusal::State`] unless registration is open.
pub fn class_obstacle(
    state: ExamSessionState,
    learner: &ClassLearner<'_>,
) -> Result<Option<(ClassObstacle, u16)>, RegistrationRefusal> {
    let judged = may_register(state, learner.standing);
    match judged {
        Err(RegistrationRefusal::State(_)) => judged.map(|()| None),
        _ if learner.was_taken_back => Ok(Some((ClassObstacle::TakenBack, 0))),
        Err(RegistrationRefusal::TaskPointsMissing { missing }) => {
            Ok(Some((ClassObstacle::TaskPointsMissing, missing)))
        }
        Err(RegistrationRefusal::NotEnrolled) => Ok(Some((ClassObstacle::NotEnrolled, 0))),
        _ if learner.is_banned => Ok(Some((ClassObstacle::Banned, 0))),
        _ if learner.sits_another => Ok(Some((ClassObstacle::SitsAnother, 0))),
        // Where it is held is asked of the class, and of no single learner.
        Ok(()) => Ok(None),
        Err(RegistrationRefusal::HeldElsewhere | RegistrationRefusal::SitsAnother | RegistrationRefusal::Banned) => {
            Ok(None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::Gate;

    fn standing(gate: Gate) -> CourseStanding {
        CourseStanding { task_points: 3, completed: 1, studied_minutes: 0, gate }
    }

    fn judge(
        state: ExamSessionState,
        gate: Option<Gate>,
        [was_taken_back, sits_another]: [bool; 2],
    ) -> Result<Option<(ClassObstacle, u16)>, RegistrationRefusal> {
        let standing = gate.map(standing);
        let is_banned = false;
        class_obstacle(state, &ClassLearner { standing: standing.as_ref(), was_taken_back, sits_another, is_banned })
    }

    #[test]
    fn a_class_is_registered_by_the_rule_for_each_learner() {
        let at = |gate: Option<Gate>, was_taken_back| {
            judge(ExamSessionState::Registering, gate, [was_taken_back, false]).unwrap()
        };
        assert_eq!(at(Some(Gate::Open), false), None);
        let missing = Some(Gate::TaskPointsMissing { missing: 2 });
        assert_eq!(at(missing, false), Some((ClassObstacle::TaskPointsMissing, 2)));
        assert_eq!(at(None, false), Some((ClassObstacle::NotEnrolled, 0)));
        assert_eq!(at(Some(Gate::Open), true), Some((ClassObstacle::TakenBack, 0)), "nobody undoes it for them");
    }

    #[test]
    fn who_sits_another_test_at_that_time_is_told_and_not_registered() {
        let at = |gate| judge(ExamSessionState::Registering, gate, [false, true]).unwrap();
        assert_eq!(at(Some(Gate::Open)), Some((ClassObstacle::SitsAnother, 0)));
        assert_eq!(at(None), Some((ClassObstacle::NotEnrolled, 0)), "the course comes first");
    }

    #[test]
    fn who_is_banned_is_told_and_not_registered() {
        let open = standing(Gate::Open);
        let learner =
            ClassLearner { standing: Some(&open), was_taken_back: false, sits_another: true, is_banned: true };
        let judged = class_obstacle(ExamSessionState::Registering, &learner).unwrap();
        assert_eq!(judged, Some((ClassObstacle::Banned, 0)));
    }

    #[test]
    fn nobody_is_registered_before_or_after_the_time_for_it() {
        for state in ExamSessionState::ALL {
            let judged = judge(*state, Some(Gate::Open), [false, false]);
            assert_eq!(judged.is_ok(), *state == ExamSessionState::Registering, "{state}");
            assert_eq!(judge(*state, None, [true, true]).is_ok(), judged.is_ok());
        }
    }
}

//! Who may know of exam sessions.

use super::facts::exam_session_facts;
use crate::{
    access::{Action, Actor, Permit, authorize},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::ExamSessionId,
    rights::{self, Place, Right},
};

/// Rights that let somebody know of an exam session at its place.
const SEEING: &[Right] = &[
    Right::PlanExamSession,
    Right::ArmExamSession,
    Right::ReleaseResults,
    Right::MarkResponse,
    Right::LeadMarking,
    Right::IssueCertificate,
];

/// Whether the actor may know of exam sessions at `place`.
#[must_use]
pub fn may_see_exam_session(actor: &Actor, place: &Place) -> bool {
    actor.has_any(SEEING, place)
}

/// Divisions of the actor's roles that let them know of exam sessions.
pub(super) fn seen_divisions(actor: &Actor, rights: &[Right]) -> Vec<String> {
    let held = actor.roles.iter().filter(|held| rights.iter().any(|right| rights::carries(held.role, *right)));
    held.filter_map(|held| match &held.place {
        Place::Division { code } => Some(code.clone()),
        Place::Provider { .. }
        | Place::Class { .. }
        | Place::ServicePoint { .. }
        | Place::Course { .. }
        | Place::Own { .. } => None,
    })
    .collect()
}

pub(super) fn seen_by(actor: &Actor) -> Vec<String> {
    seen_divisions(actor, SEEING)
}

/// Lets the actor do `A` to an exam session.
///
/// # Errors
/// `not-found` if the actor may not know of it, `forbidden` if they may but lack the right.
pub async fn authorize_exam_session<A: Action<Target = ExamSessionId>>(
    cx: &Services,
    actor: &Actor,
    id: ExamSessionId,
) -> AppResult<Permit<A>> {
    let place = exam_session_facts(cx, id).await?.place;
    if !may_see_exam_session(actor, &place) {
        return Err(AppError::not_found());
    }
    authorize(actor, id, &place)
}

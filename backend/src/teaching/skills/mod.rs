//! What learners were trained in, as schools record it and somebody else finds it right.

pub(super) mod certificates;
pub(super) mod export;
pub(super) mod list;
pub(super) mod photos;
mod record;
pub(super) mod trainings;

pub use certificates::{check as check_certificate, create as record_certificate};
pub use record::{VerifiedSkills, own_record, verified_skills_of};
pub(super) use record::{of_class, record};
pub use trainings::{check as check_training, create as record_training};

use crate::{
    access::{Action, Actor, Permit, authorize},
    learning, organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, ProviderId},
    people::check_reason,
    problem::FieldError,
    rights::{Place, Right},
    teaching::{MAX_CHECK_CHARS, SkillCheck, SkillState, SkillWithdrawal},
};

/// The rights of those who see the records of a school.
const SEES: [Right; 2] = [Right::KeepSkills, Right::CheckSkills];

/// Lets the actor record something of a learner of a school.
async fn permit_new<A: Action>(
    cx: &Services,
    actor: &Actor,
    target: A::Target,
    (provider_id, learner): (ProviderId, AccountId),
) -> AppResult<Permit<A>> {
    let provider = organisation::provider(cx, provider_id).await.map_err(|error| error.at_field("/provider_id"))?;
    let place = Place::Provider { id: provider.id, division: provider.division };
    if !actor.has_any(&SEES, &place) {
        return Err(AppError::field("/provider_id", "not-found"));
    }
    let permit = authorize(actor, target, &place)?;
    if !learning::is_learner_of(cx, learner, provider_id).await? {
        return Err(AppError::field("/learner", "not-a-learner"));
    }
    Ok(permit)
}

/// Lets the actor do something to a record of a school; who may not see it learns nothing of it.
fn permit_known<A: Action>(
    actor: &Actor,
    target: A::Target,
    (provider_id, division): (ProviderId, &str),
) -> AppResult<Permit<A>> {
    let place = Place::Provider { id: provider_id, division: division.to_owned() };
    if !actor.has_any(&SEES, &place) {
        return Err(AppError::not_found());
    }
    authorize(actor, target, &place)
}

/// Refuses wrong fields.
fn none_of(errors: Vec<FieldError>) -> AppResult<()> {
    if errors.is_empty() { Ok(()) } else { Err(AppError::Invalid(errors)) }
}

/// The reason of a check: there is one if the record is not right.
fn reason(check: &SkillCheck) -> AppResult<String> {
    let reason = if check.is_right { "" } else { check.reason.trim() };
    match reason.chars().count() {
        0 if !check.is_right => Err(AppError::field("/reason", "required")),
        0..=MAX_CHECK_CHARS => Ok(reason.to_owned()),
        _ => Err(AppError::field("/reason", "too-long")),
    }
}

fn reason_of_withdrawal(request: &SkillWithdrawal) -> AppResult<String> {
    check_reason(&request.reason, "/reason").map_err(|error| AppError::Invalid(vec![error]))
}

/// Why a record does not stand.
fn said_of(state: SkillState, reason: String, withdrawn_because: String) -> String {
    if state == SkillState::Withdrawn { withdrawn_because } else { reason }
}

fn state(text: &str) -> AppResult<SkillState> {
    SkillState::parse(text).ok_or_else(|| AppError::internal("a record of a skill in an unknown state"))
}

fn unreadable() -> AppError {
    AppError::internal("a record of a skill that cannot be read")
}

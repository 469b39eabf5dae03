//! Everything that is known of a learner's skills, as far as the reader may see it.

use super::{SEES, certificates, trainings};
use crate::{
    access::{Actor, Scope},
    identity, learning,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
    teaching::store,
};
use shared::{
    ids::AccountId,
    problem::ProblemCode,
    rights::{Place, Right},
    teaching::{SkillRecord, SkillState},
};

/// One's own record.
pub(in crate::teaching) async fn own_record(cx: &Services, actor: &Actor) -> AppResult<SkillRecord> {
    gather(cx, actor.account_id, |_| true).await
}

/// What the schools of the actor's places recorded of a learner. A learner of none of them is not there.
pub(in crate::teaching) async fn record(cx: &Services, actor: &Actor, learner: AccountId) -> AppResult<SkillRecord> {
    if SEES.iter().all(|right| Scope::of(actor, *right).is_err()) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let sees = |place: &Place| actor.has_any(&SEES, place);
    let classes = learning::classes_of(cx, learner).await?;
    let is_theirs = classes.iter().any(|class| actor.has_any(&[Right::ReadClasses], &class.place()));
    let record = gather(cx, learner, sees).await.map_err(|_| AppError::not_found())?;
    if is_theirs || !record.trainings.is_empty() || !record.certificates.is_empty() {
        Ok(record)
    } else {
        Err(AppError::not_found())
    }
}

async fn gather(cx: &Services, account_id: AccountId, sees: impl Fn(&Place) -> bool) -> AppResult<SkillRecord> {
    let display_name = identity::name_of(cx, account_id).await?;
    let mut of_schools = Vec::new();
    for row in store::list_trainings(cx.db.read(), account_id).await? {
        if sees(&Place::Provider { id: row.provider_id, division: row.division.clone() }) {
            of_schools.push(trainings::view(row)?);
        }
    }
    let certificates = certificates::of_learner(cx, account_id).await?.into_iter();
    let certificates = certificates
        .filter(|(division, view)| sees(&Place::Provider { id: view.entry.provider_id, division: division.clone() }))
        .map(|(_, view)| view)
        .collect();
    let verified = of_schools.iter().filter(|training| training.state == SkillState::Verified);
    let verified_hours = verified.map(|training| u32::from(training.entry.hours)).sum();
    Ok(SkillRecord { account_id, display_name, trainings: of_schools, certificates, verified_hours })
}

//! Everything that is known of a learner's skills, as far as the reader may see it.

use super::{SEES, certificates, state, trainings};
use crate::{
    access::{Actor, Scope},
    identity, learning, organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
    teaching::{store, views},
};
use shared::{
    ids::{AccountId, ClassId, ProviderId},
    problem::ProblemCode,
    rights::{Place, Right},
    teaching::{
        CertificateKind, LearnerSkills, SkillCertificateView, SkillLevel, SkillRecord, SkillSchool, SkillState,
    },
};
use std::collections::{BTreeMap, HashMap};

/// One's own record.
///
/// # Errors
/// If the store fails.
pub async fn own_record(cx: &Services, actor: &Actor) -> AppResult<SkillRecord> {
    gather(cx, actor.account_id, |_| true).await
}

/// What two found right of somebody's skills.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifiedSkills {
    /// Kind and level of each certificate that no higher one replaces.
    pub certificates: Vec<(CertificateKind, Option<SkillLevel>)>,
    /// Class hours of trainings.
    pub hours: u32,
}

/// What was found right of a learner's skills, whoever recorded it.
///
/// # Errors
/// If the store fails.
pub async fn verified_skills_of(cx: &Services, account_id: AccountId) -> AppResult<VerifiedSkills> {
    let record = gather(cx, account_id, |_| true).await?;
    let counts = |held: &SkillCertificateView| held.state == SkillState::Verified && held.replaced_by.is_none();
    let certificates = record.certificates.into_iter().filter(counts);
    Ok(VerifiedSkills {
        certificates: certificates.map(|held| (held.entry.kind, held.entry.level)).collect(),
        hours: record.verified_hours,
    })
}

/// What the schools of the actor's places recorded of a learner. A learner of none of them is not there.
pub(in crate::teaching) async fn record(cx: &Services, actor: &Actor, learner: AccountId) -> AppResult<SkillRecord> {
    if SEES.iter().all(|right| Scope::of(actor, *right).is_err()) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let sees = |place: &Place| actor.has_any(&SEES, place);
    let classes = learning::classes_of(cx, learner).await?;
    let is_theirs = classes.iter().any(|class| actor.has_any(&SEES, &class.place()));
    let record = gather(cx, learner, sees).await.map_err(|_| AppError::not_found())?;
    if is_theirs || !record.trainings.is_empty() || !record.certificates.is_empty() {
        let schools = classes.into_iter().map(|class| (class.provider_id, class.division)).collect();
        Ok(SkillRecord { schools: schools_of(cx, actor, learner, schools).await?, ..record })
    } else {
        Err(AppError::not_found())
    }
}

/// Those of a learner's schools at which the actor may record something of them.
async fn schools_of(
    cx: &Services,
    actor: &Actor,
    learner: AccountId,
    of_classes: BTreeMap<ProviderId, String>,
) -> AppResult<Vec<SkillSchool>> {
    let mut schools = Vec::new();
    for (id, division) in of_classes {
        let may_keep = actor.has_any(&[Right::KeepSkills], &Place::Provider { id, division });
        if may_keep && learning::is_learner_of(cx, learner, id).await? {
            schools.push(id);
        }
    }
    let names = organisation::provider_names(cx, schools.iter().copied()).await?;
    let school = |provider_id| SkillSchool { provider_id, name: names.get(&provider_id).cloned().unwrap_or_default() };
    Ok(schools.into_iter().map(school).collect())
}

/// What the learners of a class were trained in, summed up, by name.
pub(in crate::teaching) async fn of_class(cx: &Services, actor: &Actor, id: ClassId) -> AppResult<Vec<LearnerSkills>> {
    let class = views::see_class(cx, actor, id).await?;
    if !actor.has_any(&SEES, &class.place()) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let learners = learning::learners_of(cx, id).await?;
    let names = identity::names_of(cx, &learners).await?;
    let nothing = |account_id: AccountId| {
        let display_name = names.get(&account_id).cloned().unwrap_or_default();
        (account_id, LearnerSkills { account_id, display_name, verified_hours: 0, certificates: 0, to_check: 0 })
    };
    let mut sums: HashMap<_, _> = learners.iter().copied().map(nothing).collect();
    let sees = |id, division| actor.has_any(&SEES, &Place::Provider { id, division });
    for row in store::list_trainings_of(cx.db.read(), &learners).await? {
        if let Some(sum) = sums.get_mut(&row.learner_id).filter(|_| sees(row.provider_id, row.division)) {
            match state(&row.state)? {
                SkillState::Verified => sum.verified_hours += u32::try_from(row.hours).map_err(AppError::internal)?,
                SkillState::Claimed | SkillState::Checked => sum.to_check += 1,
                SkillState::Refused | SkillState::Withdrawn => {}
            }
        }
    }
    for row in store::list_certificates_of(cx.db.read(), &learners).await? {
        if let Some(sum) = sums.get_mut(&row.learner_id).filter(|_| sees(row.provider_id, row.division)) {
            match state(&row.state)? {
                SkillState::Verified => sum.certificates += 1,
                SkillState::Claimed | SkillState::Checked => sum.to_check += 1,
                SkillState::Refused | SkillState::Withdrawn => {}
            }
        }
    }
    let mut rows: Vec<_> = sums.into_values().collect();
    rows.sort_by(|one, other| (&one.display_name, one.account_id).cmp(&(&other.display_name, other.account_id)));
    Ok(rows)
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
    let schools = Vec::new();
    Ok(SkillRecord { account_id, display_name, trainings: of_schools, certificates, verified_hours, schools })
}

//! Who of a class may graduate, and what the others lack.

use super::{SeeCandidates, standing::Yardstick, state};
use crate::{
    access::{Actor, Permit},
    credit_bank::store,
    enrolment::{self, LearnerFacts},
    identity, learning,
    platform::{Services, error::AppResult},
};
use shared::{
    credit_bank::{GraduateCandidate, GraduationGap, GraduationState},
    ids::{ClassId, StudentRecordId},
};
use std::collections::HashMap;

/// The learners of a class, by name.
///
/// # Errors
/// `not-found` or `forbidden`.
pub(super) async fn list(cx: &Services, actor: &Actor, id: ClassId) -> AppResult<Vec<GraduateCandidate>> {
    let permit: Permit<SeeCandidates> = learning::permit_class(cx, actor, id).await?;
    let accounts = learning::learners_of(cx, *permit.target()).await?;
    let (names, learners) = (identity::names_of(cx, &accounts).await?, enrolment::learners_of(cx, &accounts).await?);
    let records: Vec<StudentRecordId> = learners.values().map(|learner| learner.record_id).collect();
    let (listed, yardstick) = (listed(cx, &records).await?, Yardstick::load(cx).await?);
    let mut candidates = Vec::with_capacity(accounts.len());
    for account_id in accounts {
        let learner = learners.get(&account_id);
        candidates.push(GraduateCandidate {
            account_id,
            name: names.get(&account_id).cloned().unwrap_or_default(),
            learner_number: learner.map(|learner| learner.learner_number.clone()),
            level: learner.map(|learner| learner.level),
            gaps: gaps_of(cx, &yardstick, learner).await?,
            listed: learner.and_then(|learner| listed.get(&learner.record_id).copied()),
        });
    }
    candidates.sort_by(|one, other| (&one.name, one.account_id).cmp(&(&other.name, other.account_id)));
    Ok(candidates)
}

/// What somebody lacks who may have no record at all.
async fn gaps_of(
    cx: &Services,
    yardstick: &Yardstick,
    learner: Option<&LearnerFacts>,
) -> AppResult<Vec<GraduationGap>> {
    match learner {
        Some(learner) => Ok(yardstick.judge(cx, learner).await?.gaps),
        None => Ok(vec![GraduationGap::NotStudying {}]),
    }
}

/// Where the lists stand on which these records are.
pub(super) async fn listed(
    cx: &Services,
    records: &[StudentRecordId],
) -> AppResult<HashMap<StudentRecordId, GraduationState>> {
    let listed = store::list_listed(cx.db.read(), records).await?.into_iter();
    listed.map(|(record, text)| Ok((record, state(&text)?))).collect()
}

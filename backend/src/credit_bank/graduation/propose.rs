//! The school proposes graduates of a class: all of them, or nobody.

use super::{Propose, standing::Yardstick};
use crate::{
    access::{Actor, Permit},
    credit_bank::{
        entity::{graduation_batch, graduation_member},
        store,
    },
    enrolment::{self, LearnerFacts},
    learning::{self, ClassHead},
    organisation::{self, ProviderFacts},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once, replayed},
    },
};
use shared::{
    credit_bank::{GraduationRefusal, GraduationState, MAX_GRADUATES, ProposeGraduates},
    ids::{AccountId, ClassId, GraduationBatchId, StudentRecordId},
};
use std::collections::BTreeSet;

/// Proposes learners of a class, who lack nothing. A repeat with the same key makes no second list.
///
/// # Errors
/// `not-found` or `forbidden`; the learner who is not in the class; [`GraduationRefusal`] if somebody lacks something, or
/// is on another list.
pub(super) async fn propose(
    cx: &Services,
    actor: &Actor,
    id: ClassId,
    key: &IdempotencyKey,
    request: &ProposeGraduates,
) -> AppResult<GraduationBatchId> {
    let permit: Permit<Propose> = learning::permit_class(cx, actor, id).await?;
    let by = permit.person()?;
    if let Some(earlier) = replayed(cx.db.read(), by, key, &(id, request)).await? {
        return Ok(earlier);
    }
    let learners = chosen(cx, id, request).await?;
    let (class, batch_id) = (learning::class(cx, id).await?, cx.ids.new_id());
    let school = organisation::provider(cx, class.provider_id).await?;
    cx.db
        .write(&permit, async |tx| {
            let enter = async || enter(tx, (&class, &school), (batch_id, by), &learners).await;
            once(tx, by, key, &(id, request), enter).await
        })
        .await
}

/// The learners who are proposed, each of whom lacks nothing, by record.
async fn chosen(cx: &Services, id: ClassId, request: &ProposeGraduates) -> AppResult<Vec<LearnerFacts>> {
    match request.learners.len() {
        0 => return Err(AppError::field("/learners", "required")),
        1..=MAX_GRADUATES => {}
        _ => return Err(AppError::field("/learners", "too-long")),
    }
    let members: BTreeSet<AccountId> = learning::learners_of(cx, id).await?.into_iter().collect();
    let known = enrolment::learners_of(cx, &request.learners).await?;
    for (at, account) in request.learners.iter().enumerate() {
        if !members.contains(account) || !known.contains_key(account) {
            return Err(AppError::field(&format!("/learners/{at}"), "not-in-class"));
        }
    }
    let mut learners: Vec<LearnerFacts> = known.into_values().collect();
    learners.sort_by_key(|learner| learner.record_id);
    let first = learners.first().map(|learner| learner.level);
    if learners.iter().any(|learner| Some(learner.level) != first) {
        return Err(AppError::field("/learners", "other-level"));
    }
    let (yardstick, mut unready) = (Yardstick::load(cx).await?, 0);
    for learner in &learners {
        unready += usize::from(!yardstick.judge(cx, learner).await?.gaps.is_empty());
    }
    if unready > 0 {
        return Err(AppError::refused(GraduationRefusal::NotEligible { count: unready }));
    }
    Ok(learners)
}

async fn enter(
    tx: &Tx,
    (class, school): (&ClassHead, &ProviderFacts),
    (batch_id, by): (GraduationBatchId, AccountId),
    learners: &[LearnerFacts],
) -> AppResult<GraduationBatchId> {
    // Two lists of one learner queue at the record.
    for learner in learners {
        enrolment::hold_record(tx, learner.record_id).await?;
    }
    let records: Vec<StudentRecordId> = learners.iter().map(|learner| learner.record_id).collect();
    if !store::list_listed(tx.conn(), &records).await?.is_empty() {
        return Err(AppError::refused(GraduationRefusal::Elsewhere));
    }
    let level = learners.first().map(|learner| learner.level).ok_or_else(|| AppError::internal("an empty list"))?;
    store::answer_returned(tx.conn(), class.id).await?;
    let member = |learner: &LearnerFacts| graduation_member::Model {
        batch_id,
        record_id: learner.record_id,
        name: learner.name.clone(),
        learner_number: learner.learner_number.clone(),
    };
    let row = graduation_batch::Model {
        id: batch_id,
        class_id: class.id,
        class_name: class.name.clone(),
        provider_id: school.id,
        division: school.division.clone(),
        level: level.as_str().to_owned(),
        state: GraduationState::Proposed.as_str().to_owned(),
        is_answered: false,
        reason: String::new(),
        proposed_by: by,
        proposed_at: tx.now(),
        confirmed_by: None,
        confirmed_at: None,
        decided_by: None,
        decided_at: None,
    };
    tx.note("proposed", learners.len());
    tx.note("list", batch_id.to_string());
    store::insert_batch(tx.conn(), row, learners.iter().map(member).collect()).await?;
    Ok(batch_id)
}

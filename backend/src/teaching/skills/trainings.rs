//! Trainings.

use super::{none_of, permit_known, permit_new, reason, reason_of_withdrawal, said_of, state, unreadable};
use crate::{
    access::{Actor, actions},
    organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
    teaching::{entity::skill_training, store},
};
use shared::{
    ids::SkillTrainingId,
    teaching::{
        SkillCheck, SkillDepartment, SkillHands, SkillLevel, SkillSource, SkillState, SkillTrainingEntry,
        SkillTrainingView, SkillWithdrawal, judge_skill_check, judge_skill_withdrawal,
    },
    time::{read_date, write_date},
};

actions! {
    /// Record a training.
    RecordTraining(SkillTrainingId) = KeepSkills;
    /// Find a training right or wrong.
    CheckTraining(SkillTrainingId) = CheckSkills;
    /// Take back a training that was recorded by mistake.
    WithdrawTraining(SkillTrainingId) = KeepSkills;
}

/// Records a training.
///
/// # Errors
/// `forbidden`; the fields that are wrong.
pub async fn create(
    cx: &Services,
    actor: &Actor,
    key: &IdempotencyKey,
    entry: &SkillTrainingEntry,
) -> AppResult<SkillTrainingView> {
    let (provider_id, learner) = (entry.provider_id, entry.learner);
    let permit = permit_new::<RecordTraining>(cx, actor, cx.ids.new_id(), (provider_id, learner)).await?;
    none_of(entry.check(cx.clock.now().date_in_china()))?;
    let id = cx
        .db
        .write(&permit, async |tx| {
            once(tx, actor.account_id, key, entry, async || {
                let row = skill_training::Model {
                    id: *permit.target(),
                    learner_id: learner,
                    provider_id,
                    division: organisation::provider_within(tx, provider_id).await?.division,
                    occupation: entry.occupation.trim().to_owned(),
                    state: SkillState::Claimed.as_str().to_owned(),
                    reason: String::new(),
                    recorded_by: actor.account_id,
                    recorded_at: tx.now(),
                    checked_by: None,
                    checked_at: None,
                    verified_by: None,
                    verified_at: None,
                    withdrawn_by: None,
                    withdrawn_at: None,
                    withdrawn_because: String::new(),
                    project: entry.project.trim().to_owned(),
                    occupation_code: entry.occupation_code.clone(),
                    level: entry.level.map(|level| level.as_str().to_owned()),
                    department: entry.department.map(|department| department.as_str().to_owned()),
                    theory_score: entry.theory_score.map(i32::from),
                    practice_score: entry.practice_score.map(i32::from),
                    source: entry.source.as_str().to_owned(),
                    organiser: entry.organiser.trim().to_owned(),
                    hours: i32::from(entry.hours),
                    starts_on: write_date(entry.starts_on),
                    ends_on: write_date(entry.ends_on),
                };
                store::insert_training(tx.conn(), row).await?;
                tx.note("hours", entry.hours);
                Ok(*permit.target())
            })
            .await
        })
        .await?;
    get(cx, id).await
}

/// Finds a training right or wrong.
///
/// # Errors
/// `not-found` or `forbidden`; why it is not checked.
pub async fn check(
    cx: &Services,
    actor: &Actor,
    id: SkillTrainingId,
    check: &SkillCheck,
) -> AppResult<SkillTrainingView> {
    let row = store::find_training(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let permit = permit_known::<CheckTraining>(actor, id, (row.provider_id, &row.division))?;
    let reason = reason(check)?;
    cx.db
        .write(&permit, async |tx| {
            let row = store::lock_training(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let known = state(&row.state)?;
            let hands = SkillHands { recorded_by: row.recorded_by, checked_by: row.checked_by };
            let next = judge_skill_check(known, hands, actor.account_id, check.is_right);
            let next = next.map_err(AppError::refused)?.as_str();
            tx.note("state", next);
            let hand = (Some(actor.account_id), Some(tx.now()));
            let former = (row.checked_by, row.checked_at);
            // Who comes second verifies; the first one stays known.
            let (checked, verified) = if former.0.is_some() { (former, hand) } else { (hand, (None, None)) };
            let row = skill_training::Model {
                state: next.to_owned(),
                reason: reason.clone(),
                checked_by: checked.0,
                checked_at: checked.1,
                verified_by: verified.0,
                verified_at: verified.1,
                ..row
            };
            store::update_training(tx.conn(), row).await
        })
        .await?;
    get(cx, id).await
}

/// Takes back a training.
pub(in crate::teaching) async fn withdraw(
    cx: &Services,
    actor: &Actor,
    id: SkillTrainingId,
    request: &SkillWithdrawal,
) -> AppResult<SkillTrainingView> {
    let row = store::find_training(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let permit = permit_known::<WithdrawTraining>(actor, id, (row.provider_id, &row.division))?;
    let because = reason_of_withdrawal(request)?;
    cx.db
        .write(&permit, async |tx| {
            let row = store::lock_training(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let next = judge_skill_withdrawal(state(&row.state)?, row.recorded_by, actor.account_id);
            let next = next.map_err(AppError::refused)?.as_str();
            tx.note("state", next);
            let row = skill_training::Model {
                state: next.to_owned(),
                withdrawn_by: Some(actor.account_id),
                withdrawn_at: Some(tx.now()),
                withdrawn_because: because.clone(),
                ..row
            };
            store::update_training(tx.conn(), row).await
        })
        .await?;
    get(cx, id).await
}

async fn get(cx: &Services, id: SkillTrainingId) -> AppResult<SkillTrainingView> {
    view(store::find_training(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?)
}

/// A training as people read it.
pub(super) fn view(row: skill_training::Model) -> AppResult<SkillTrainingView> {
    let state = state(&row.state)?;
    Ok(SkillTrainingView {
        id: row.id,
        state,
        reason: said_of(state, row.reason, row.withdrawn_because),
        recorded_by: row.recorded_by,
        recorded_at: row.recorded_at,
        checked_by: row.checked_by,
        entry: SkillTrainingEntry {
            learner: row.learner_id,
            provider_id: row.provider_id,
            project: row.project,
            occupation: row.occupation,
            occupation_code: row.occupation_code,
            level: row.level.as_deref().and_then(SkillLevel::parse),
            department: row.department.as_deref().and_then(SkillDepartment::parse),
            theory_score: row.theory_score.and_then(|score| u8::try_from(score).ok()),
            practice_score: row.practice_score.and_then(|score| u8::try_from(score).ok()),
            source: SkillSource::parse(&row.source).ok_or_else(unreadable)?,
            organiser: row.organiser,
            hours: u16::try_from(row.hours).map_err(AppError::internal)?,
            starts_on: read_date(&row.starts_on).ok_or_else(unreadable)?,
            ends_on: read_date(&row.ends_on).ok_or_else(unreadable)?,
        },
    })
}

//! A learner's own records.

use super::{
    rows::{enrolled_on, level_of, rule, state, state_of, step_of},
    school_changes, store,
};
use crate::{
    access::{Actor, Permit, actions, authorize},
    organisation,
    platform::{Services, error::AppResult},
};
use shared::{
    enrolment::{OwnEnrolment, OwnStep},
    ids::{AccountId, ProviderId, StudentRecordId},
    rights::Place,
};

actions! {
    /// See one's own record.
    ReadOwnEnrolment(AccountId) = ReadOwnRecord;
}

/// The actor's own records, the newest first.
///
/// # Errors
/// `forbidden` if the actor is no learner.
pub(super) async fn list_own(cx: &Services, actor: &Actor) -> AppResult<Vec<OwnEnrolment>> {
    let account = actor.account_id;
    let permit: Permit<ReadOwnEnrolment> = authorize(actor, account, &Place::Own { account })?;
    list(cx, *permit.target()).await
}

/// The records by which an account learns, the newest first.
///
/// # Errors
/// If the store fails.
pub async fn list(cx: &Services, account: AccountId) -> AppResult<Vec<OwnEnrolment>> {
    let conn = cx.db.read();
    let records = store::list_of_accounts(conn, &[account]).await?;
    let ids: Vec<StudentRecordId> = records.iter().map(|row| row.id).collect();
    let schools: Vec<ProviderId> = records.iter().map(|row| row.provider_id).collect();
    let (names, steps) = (organisation::provider_names(cx, schools).await?, store::list_steps(conn, &ids).await?);
    let mut changes = school_changes::own(cx, &ids).await?;
    let mut own = Vec::with_capacity(records.len());
    for row in records {
        let kept = store::find_rule(conn, (&row.rule_region, &row.level, &row.rule_valid_from)).await?;
        let of_record = steps.iter().filter(|taken| taken.record_id == row.id);
        let step = |taken: &super::entity::record_step::Model| {
            let to = state(&taken.to_state)?;
            Ok(OwnStep { step: step_of(taken)?, to, reason: taken.reason.clone(), taken_at: taken.taken_at })
        };
        own.push(OwnEnrolment {
            id: row.id,
            provider_id: row.provider_id,
            provider_name: names.get(&row.provider_id).cloned().unwrap_or_default(),
            level: level_of(&row)?,
            state: state_of(&row)?,
            enrolled_on: enrolled_on(&row)?,
            rule: rule(&kept)?,
            steps: of_record.map(step).collect::<AppResult<_>>()?,
            school_changes: changes.remove(&row.id).unwrap_or_default(),
            learner_number: row.learner_number,
        });
    }
    Ok(own)
}

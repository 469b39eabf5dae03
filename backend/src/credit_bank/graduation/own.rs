//! A learner's own way to the diploma, beside the courses.

use super::{
    candidates::listed,
    level_of,
    register::{issued_on, issuer_names},
    standing::Yardstick,
};
use crate::{
    credit_bank::store,
    enrolment,
    platform::{Services, error::AppResult},
};
use shared::{
    credit_bank::{GraduationGap, GraduationState, OwnDiploma},
    enrolment::RecordState,
    ids::{AccountId, StudentRecordId},
};

/// What a learner is told.
#[derive(Default)]
pub(in crate::credit_bank) struct OwnGraduation {
    /// What is missing; nothing for who has no record, or has graduated.
    pub(in crate::credit_bank) gaps: Vec<GraduationGap>,
    /// Where the list stands that they are on.
    pub(in crate::credit_bank) listed: Option<GraduationState>,
    /// The newest diploma.
    pub(in crate::credit_bank) diploma: Option<OwnDiploma>,
}

/// Where a learner stands by the record by which they learn.
///
/// # Errors
/// If the store fails.
pub(in crate::credit_bank) async fn own(cx: &Services, account_id: AccountId) -> AppResult<OwnGraduation> {
    let Some(learner) = enrolment::record_of(cx, account_id).await? else { return Ok(OwnGraduation::default()) };
    let gaps = match learner.state {
        RecordState::Graduated => Vec::new(),
        _ => Yardstick::load(cx).await?.judge(cx, &learner).await?.gaps,
    };
    let listed = listed(cx, &[learner.record_id]).await?.remove(&learner.record_id);
    Ok(OwnGraduation { gaps, listed, diploma: diplomas_of(cx, account_id).await?.into_iter().next() })
}

/// The diplomas to which any record of the learner led, the newest first.
///
/// # Errors
/// If the store fails.
pub async fn diplomas_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<OwnDiploma>> {
    let records = enrolment::own_records(cx, account_id).await?;
    let records: Vec<StudentRecordId> = records.iter().map(|record| record.id).collect();
    let mut diplomas = Vec::new();
    for row in store::list_diplomas_of_records(cx.db.read(), &records).await? {
        let voiding = store::find_voiding(cx.db.read(), row.id).await?;
        let extracts = store::list_extracts(cx.db.read(), &[row.id]).await?.len();
        diplomas.push(OwnDiploma {
            level: level_of(&row.level)?,
            issuer: issuer_names(cx, [row.issuer.as_str()]).await?.remove(&row.issuer).unwrap_or_default(),
            issued_on: issued_on(&row)?,
            is_revoked: voiding.is_some_and(|voiding| voiding.confirmed_by.is_some()),
            extracts: u32::try_from(extracts).unwrap_or(u32::MAX),
            number: row.number,
        });
    }
    Ok(diplomas)
}

//! A learner's own way to the diploma, beside the courses.

use super::{candidates::listed, level_of, register::issuer_names, standing::Yardstick};
use crate::{
    credit_bank::store,
    enrolment,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    credit_bank::{GraduationGap, GraduationState, OwnDiploma},
    enrolment::RecordState,
    ids::{AccountId, StudentRecordId},
    time::read_date,
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
    Ok(OwnGraduation { gaps, listed, diploma: diploma(cx, account_id).await? })
}

/// The newest diploma to which any record of the learner led.
async fn diploma(cx: &Services, account_id: AccountId) -> AppResult<Option<OwnDiploma>> {
    let records = enrolment::own_records(cx, account_id).await?;
    let records: Vec<StudentRecordId> = records.iter().map(|record| record.id).collect();
    let Some(row) = store::list_diplomas_of_records(cx.db.read(), &records).await?.into_iter().next() else {
        return Ok(None);
    };
    let voiding = store::find_voiding(cx.db.read(), row.id).await?;
    let issuer = issuer_names(cx, [row.issuer.as_str()]).await?.remove(&row.issuer).unwrap_or_default();
    Ok(Some(OwnDiploma {
        level: level_of(&row.level)?,
        issued_on: read_date(&row.issued_on).ok_or_else(|| AppError::internal("a diploma without a day"))?,
        is_revoked: voiding.is_some_and(|voiding| voiding.confirmed_by.is_some()),
        number: row.number,
        issuer,
    }))
}

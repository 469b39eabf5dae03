//! A learner leaves their school, by withdrawal, transfer or change of school: what stands below follows.

use super::{entity::student_record, rows::step_of, store};
use crate::platform::{db::Tx, error::AppResult};
use serde_json::json;
use shared::{
    enrolment::{RecordState, RecordStep},
    ids::{AccountId, ProviderId, StudentRecordId},
    time::Timestamp,
};

/// A learner has left their school; the payload names the record, and the step by which they left.
pub const RECORD_LEFT: &str = "record_left";

/// Somebody who has left a school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaver {
    /// The account by which they learned.
    pub account_id: AccountId,
    /// The school.
    pub provider_id: ProviderId,
    /// Why.
    pub reason: String,
    /// Who wrote it down.
    pub recorded_by: AccountId,
    /// When.
    pub left_at: Timestamp,
}

/// Says within the write of the step `seq` that a learner leaves, if it leads there. Who has no account is in no class.
pub(super) fn tell(tx: &Tx, row: &student_record::Model, seq: i32, next: RecordState) {
    let leaves = matches!(next, RecordState::Withdrawn | RecordState::Transferred);
    if leaves {
        tell_of_change(tx, row, seq);
    }
}

/// Says within the write of the step `seq` that a learner leaves for another school.
pub(super) fn tell_of_change(tx: &Tx, row: &student_record::Model, seq: i32) {
    if row.account_id.is_some() {
        tx.emit(RECORD_LEFT, json!({ "record_id": row.id, "seq": seq }));
    }
}

/// Who left by a step of a record; nobody if they have come again and begun their studies anew.
///
/// # Errors
/// If the store fails.
pub async fn leaver(tx: &Tx, record_id: StudentRecordId, seq: i32) -> AppResult<Option<Leaver>> {
    let Some(row) = store::find_record(tx.conn(), record_id).await? else { return Ok(None) };
    let (mut left, mut has_begun_anew) = (None, false);
    for step in store::list_steps(tx.conn(), &[record_id]).await? {
        let kind = step_of(&step)?;
        has_begun_anew |= step.seq > seq && kind == RecordStep::Begin;
        if step.seq == seq {
            left = Some((kind, step));
        }
    }
    let (Some((kind, step)), Some(account_id)) = (left, row.account_id) else { return Ok(None) };
    // What begins at another school begins nothing anew at the one that they left.
    let is_back = has_begun_anew && kind != RecordStep::ChangeSchool;
    let Some(recorded_by) = step.taken_by.filter(|_| !is_back) else { return Ok(None) };
    let (provider_id, left_at) = (store::school_at(tx.conn(), &row, seq).await?, step.taken_at);
    Ok(Some(Leaver { account_id, provider_id, reason: step.reason, recorded_by, left_at }))
}

//! Changes of school as both schools and the learner see them.

use super::state_of;
use crate::{
    enrolment::{
        entity::{school_change, student_record},
        rows::level_of,
        store,
    },
    organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    credit_bank::mask_name,
    enrolment::{OwnSchoolChange, SchoolChangeView},
    ids::{ProviderId, SchoolChangeId, StudentRecordId},
};
use std::collections::HashMap;

/// One change.
///
/// # Errors
/// `not-found` if there is none.
pub(super) async fn view(cx: &Services, id: SchoolChangeId) -> AppResult<SchoolChangeView> {
    let row = store::find_school_change(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    views_of(cx, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

/// These changes.
///
/// # Errors
/// If the store fails.
pub(super) async fn views_of(cx: &Services, rows: Vec<school_change::Model>) -> AppResult<Vec<SchoolChangeView>> {
    let ids: Vec<StudentRecordId> = rows.iter().map(|row| row.record_id).collect();
    let records = store::list_records_by_ids(cx.db.read(), &ids).await?;
    let records: HashMap<StudentRecordId, student_record::Model> =
        records.into_iter().map(|record| (record.id, record)).collect();
    let names = school_names(cx, &rows).await?;
    let view = |row: school_change::Model| {
        let record = records.get(&row.record_id).ok_or_else(|| AppError::internal("a change of no record"))?;
        shown(row, record, &names)
    };
    rows.into_iter().map(view).collect()
}

/// The changes of a record, the newest first.
///
/// # Errors
/// If the store fails.
pub(in super::super) async fn of_record(
    cx: &Services,
    record: &student_record::Model,
) -> AppResult<Vec<SchoolChangeView>> {
    let rows = store::list_school_changes_of(cx.db.read(), &[record.id]).await?;
    let names = school_names(cx, &rows).await?;
    rows.into_iter().map(|row| shown(row, record, &names)).collect()
}

/// The changes of a learner's own records, the newest first.
///
/// # Errors
/// If the store fails.
pub(in super::super) async fn own(
    cx: &Services,
    ids: &[StudentRecordId],
) -> AppResult<HashMap<StudentRecordId, Vec<OwnSchoolChange>>> {
    let rows = store::list_school_changes_of(cx.db.read(), ids).await?;
    let names = school_names(cx, &rows).await?;
    let mut own: HashMap<StudentRecordId, Vec<OwnSchoolChange>> = HashMap::new();
    for row in rows {
        own.entry(row.record_id).or_default().push(OwnSchoolChange {
            from_name: names.get(&row.from_provider_id).cloned().unwrap_or_default(),
            to_name: names.get(&row.to_provider_id).cloned().unwrap_or_default(),
            state: state_of(&row)?,
            proposed_at: row.proposed_at,
            decided_at: row.decided_at,
            reason: row.reason,
            answer: row.answer,
        });
    }
    Ok(own)
}

async fn school_names(cx: &Services, rows: &[school_change::Model]) -> AppResult<HashMap<ProviderId, String>> {
    organisation::provider_names(cx, rows.iter().flat_map(|row| [row.from_provider_id, row.to_provider_id])).await
}

fn shown(
    row: school_change::Model,
    record: &student_record::Model,
    names: &HashMap<ProviderId, String>,
) -> AppResult<SchoolChangeView> {
    Ok(SchoolChangeView {
        id: row.id,
        record_id: row.record_id,
        name_masked: mask_name(&record.name),
        level: level_of(record)?,
        learner_number: record.learner_number.clone(),
        from_name: names.get(&row.from_provider_id).cloned().unwrap_or_default(),
        to_name: names.get(&row.to_provider_id).cloned().unwrap_or_default(),
        from_provider_id: row.from_provider_id,
        from_division: row.from_division.clone(),
        to_provider_id: row.to_provider_id,
        to_division: row.to_division.clone(),
        state: state_of(&row)?,
        proposed_at: row.proposed_at,
        decided_at: row.decided_at,
        reason: row.reason,
        answer: row.answer,
    })
}

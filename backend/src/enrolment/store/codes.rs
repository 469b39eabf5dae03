//! Codes of the first log-in.

use super::super::entity::{
    activation_code::{ActiveModel, Column, Entity, Model},
    student_record,
};
use crate::platform::{crypto::BlindIndex, error::AppResult};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, sea_query::Expr};
use shared::{
    ids::{ActivationCodeId, PersonId, StudentRecordId},
    time::Timestamp,
};
use std::collections::{HashMap, HashSet};

/// Persons that one statement asks for.
const PERSONS: usize = 500;

pub(in super::super) async fn insert_code(conn: &impl ConnectionTrait, row: Model) -> AppResult<()> {
    Entity::insert(ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

pub(in super::super) async fn find_code(conn: &impl ConnectionTrait, index: &BlindIndex) -> AppResult<Option<Model>> {
    Ok(Entity::find().filter(Column::CodeIndex.eq(index.clone())).one(conn).await?)
}

/// The code; nobody else uses it until the write ends.
pub(in super::super) async fn lock_code(conn: &impl ConnectionTrait, id: ActivationCodeId) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

/// Puts an end to all codes of these records that are not spent.
pub(in super::super) async fn spend_codes(
    conn: &impl ConnectionTrait,
    records: &[StudentRecordId],
    at: Timestamp,
) -> AppResult<()> {
    let update = Entity::update_many().col_expr(Column::SpentAt, Expr::value(at));
    let theirs = Column::RecordId.is_in(records.iter().copied());
    update.filter(theirs).filter(Column::SpentAt.is_null()).exec(conn).await?;
    Ok(())
}

pub(in super::super) async fn use_code(
    conn: &impl ConnectionTrait,
    id: ActivationCodeId,
    at: Timestamp,
) -> AppResult<()> {
    let update = Entity::update_many().col_expr(Column::SpentAt, Expr::value(at));
    update.col_expr(Column::IsUsed, Expr::value(true)).filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

pub(in super::super) async fn count_failed_try(conn: &impl ConnectionTrait, id: ActivationCodeId) -> AppResult<()> {
    let update = Entity::update_many().col_expr(Column::FailedTries, Expr::col(Column::FailedTries).add(1));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Those of these persons who have used a code, of whichever of their records.
pub(in super::super) async fn list_activated(
    conn: &impl ConnectionTrait,
    persons: &[PersonId],
) -> AppResult<HashSet<PersonId>> {
    use student_record::Column as Record;
    let mut activated = HashSet::new();
    for chunk in persons.chunks(PERSONS) {
        let records = student_record::Entity::find().select_only().columns([Record::Id, Record::PersonId]);
        let records = records.filter(Record::PersonId.is_in(chunk.iter().copied()));
        let records: HashMap<StudentRecordId, PersonId> = records.into_tuple().all(conn).await?.into_iter().collect();
        let used = Entity::find().select_only().column(Column::RecordId).filter(Column::IsUsed.eq(true));
        let used = used.filter(Column::RecordId.is_in(records.keys().copied()));
        let used: Vec<StudentRecordId> = used.into_tuple().all(conn).await?;
        activated.extend(used.iter().filter_map(|id| records.get(id).copied()));
    }
    Ok(activated)
}

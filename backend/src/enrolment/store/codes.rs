//! Codes of the first log-in.

use super::super::entity::activation_code::{ActiveModel, Column, Entity, Model};
use crate::platform::{crypto::BlindIndex, error::AppResult};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QuerySelect, sea_query::Expr,
};
use shared::{
    ids::{ActivationCodeId, StudentRecordId},
    time::Timestamp,
};

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

/// Whether a code of one of these records was used.
pub(in super::super) async fn has_used_code(
    conn: &impl ConnectionTrait,
    records: &[StudentRecordId],
) -> AppResult<bool> {
    let theirs = Entity::find().filter(Column::RecordId.is_in(records.iter().copied()));
    Ok(theirs.filter(Column::IsUsed.eq(true)).count(conn).await? > 0)
}

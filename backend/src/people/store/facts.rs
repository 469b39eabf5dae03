//! Statements on facts of persons in whatever table: how many, which, and whose they are from now on.
//!
//! The owner of a table says by a [`FactColumn`] which column names whom; the statements are the same
//! for all.

use super::ROWS;
use crate::{
    people::{
        entity::person_merge_fact::{self, Column},
        merge::FactColumn,
    },
    platform::error::AppResult,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, Query},
};
use shared::ids::PersonMergeId;
use uuid::Uuid;

/// The rows of a table that name `holder`.
pub(in crate::people) async fn list_facts(
    conn: &impl ConnectionTrait,
    column: &FactColumn,
    holder: Uuid,
) -> AppResult<Vec<Uuid>> {
    let mut query = Query::select();
    query.column(column.row).from(column.kind.as_str()).and_where(Expr::col(column.holder).eq(holder));
    let rows = conn.query_all(&query).await?;
    Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
}

/// How many rows of a table name `holder`.
pub(in crate::people) async fn count_facts(
    conn: &impl ConnectionTrait,
    column: &FactColumn,
    holder: Uuid,
) -> AppResult<u64> {
    let mut query = Query::select();
    query.expr(Expr::col(column.row).count()).from(column.kind.as_str());
    query.and_where(Expr::col(column.holder).eq(holder));
    let row = conn.query_one(&query).await?;
    let count: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
    Ok(count.unsigned_abs())
}

/// Has these rows name `to` instead of `from`; how many did name `from`.
pub(in crate::people) async fn move_facts(
    conn: &impl ConnectionTrait,
    column: &FactColumn,
    rows: &[Uuid],
    (from, to): (Uuid, Uuid),
) -> AppResult<u64> {
    let mut moved = 0;
    for rows in rows.chunks(ROWS) {
        let mut update = Query::update();
        update.table(column.kind.as_str()).value(column.holder, to);
        update.and_where(Expr::col(column.holder).eq(from));
        update.and_where(Expr::col(column.row).is_in(rows.iter().copied()));
        moved += conn.execute(&update).await?.rows_affected();
    }
    Ok(moved)
}

/// Keeps what was moved.
pub(in crate::people) async fn insert_moved(
    conn: &impl ConnectionTrait,
    rows: Vec<person_merge_fact::Model>,
) -> AppResult<()> {
    for rows in rows.chunks(ROWS) {
        let rows = rows.iter().cloned().map(person_merge_fact::ActiveModel::from);
        person_merge_fact::Entity::insert_many(rows).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// What a merge moved, table by table.
pub(in crate::people) async fn list_moved(
    conn: &impl ConnectionTrait,
    id: PersonMergeId,
) -> AppResult<Vec<person_merge_fact::Model>> {
    let query = person_merge_fact::Entity::find().filter(Column::MergeId.eq(id));
    let query = query.order_by_asc(Column::TableName).order_by_asc(Column::ColumnName);
    Ok(query.order_by_asc(Column::FromId).order_by_asc(Column::ToId).all(conn).await?)
}

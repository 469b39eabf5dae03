//! Statements on the feature's tables.

use super::entity::scored_response::{ActiveModel, Column, Entity, Model};
use crate::platform::error::AppResult;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use shared::{
    ids::{AccountId, ExamSessionId, SittingId},
    points::Points,
    time::Timestamp,
};

/// Rows that one statement inserts.
const ROWS: usize = 500;

/// Inserts what has not been scored yet.
pub(super) async fn insert(conn: &impl ConnectionTrait, rows: &[Model]) -> AppResult<()> {
    for chunk in rows.chunks(ROWS) {
        let rows = chunk.iter().cloned().map(ActiveModel::from);
        Entity::insert_many(rows)
            .on_conflict(OnConflict::columns([Column::SittingId, Column::ItemId]).do_nothing().to_owned())
            .exec_without_returning(conn)
            .await?;
    }
    Ok(())
}

pub(super) async fn find(conn: &impl ConnectionTrait, id: uuid::Uuid) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(id).one(conn).await?)
}

/// How many responses wait for a marker.
pub(super) async fn count_open(conn: &impl ConnectionTrait, id: ExamSessionId) -> AppResult<u64> {
    let open = Entity::find().filter(Column::ExamSessionId.eq(id)).filter(Column::Points.is_null());
    Ok(open.count(conn).await?)
}

/// Responses that wait for a marker, item by item.
pub(super) async fn list_open(conn: &impl ConnectionTrait, id: ExamSessionId, rows: u64) -> AppResult<Vec<Model>> {
    let open = Entity::find().filter(Column::ExamSessionId.eq(id)).filter(Column::Points.is_null());
    Ok(open.order_by_asc(Column::ItemId).order_by_asc(Column::Id).limit(rows).all(conn).await?)
}

/// Marks a response that is not marked yet; whether it was not.
pub(super) async fn mark(
    conn: &impl ConnectionTrait,
    id: uuid::Uuid,
    points: Points,
    marked_by: AccountId,
    now: Timestamp,
) -> AppResult<bool> {
    let marked = Entity::update_many()
        .col_expr(Column::Points, Expr::value(points.0))
        .col_expr(Column::MarkedBy, Expr::value(marked_by.0))
        .col_expr(Column::MarkedAt, Expr::value(now.0))
        .filter(Column::Id.eq(id))
        .filter(Column::Points.is_null())
        .exec(conn)
        .await?;
    Ok(marked.rows_affected == 1)
}

/// What each response of an exam session is worth: sitting, points, most points.
pub(super) async fn list_points(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
) -> AppResult<Vec<(SittingId, Option<Points>, Points)>> {
    Ok(Entity::find()
        .select_only()
        .columns([Column::SittingId, Column::Points, Column::MaxPoints])
        .filter(Column::ExamSessionId.eq(id))
        .into_tuple()
        .all(conn)
        .await?)
}

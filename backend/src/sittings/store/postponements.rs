//! Tests that were put off.

use crate::{
    platform::error::AppResult,
    sittings::entity::{exam_postponement, exam_session},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, sea_query::Expr};
use shared::{ids::ExamSessionId, sittings::ExamSessionState, time::Timestamp};

/// What of an exam session is another when it is put off.
pub(in crate::sittings) struct PutOff {
    /// Where it stands then.
    pub(in crate::sittings) state: ExamSessionState,
    pub(in crate::sittings) starts_at: Timestamp,
    pub(in crate::sittings) closes_at: Option<Timestamp>,
    pub(in crate::sittings) hard_stop_at: Option<Timestamp>,
    /// `ExamCalendar` as JSON.
    pub(in crate::sittings) calendar: Option<String>,
}

/// Puts a locked exam session off; who armed it first did so for another time.
pub(in crate::sittings) async fn put_off(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    instead: PutOff,
) -> AppResult<()> {
    use exam_session::Column;
    exam_session::Entity::update_many()
        .col_expr(Column::State, Expr::value(instead.state.as_str()))
        .col_expr(Column::StartsAt, Expr::value(instead.starts_at.0))
        .col_expr(Column::ClosesAt, Expr::value(instead.closes_at.map(|at| at.0)))
        .col_expr(Column::HardStopAt, Expr::value(instead.hard_stop_at.map(|at| at.0)))
        .col_expr(Column::Calendar, Expr::value(instead.calendar))
        .col_expr(Column::ArmedFirstBy, Expr::value(None::<uuid::Uuid>))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

pub(in crate::sittings) async fn insert_postponement(
    conn: &impl ConnectionTrait,
    row: exam_postponement::Model,
) -> AppResult<()> {
    exam_postponement::Entity::insert(exam_postponement::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// How these exam sessions were put off, the first first.
pub(in crate::sittings) async fn list_postponements(
    conn: &impl ConnectionTrait,
    ids: &[ExamSessionId],
) -> AppResult<Vec<exam_postponement::Model>> {
    use exam_postponement::Column;
    let query = exam_postponement::Entity::find().filter(Column::ExamSessionId.is_in(ids.iter().copied()));
    Ok(query.order_by_asc(Column::DecidedAt).order_by_asc(Column::Id).all(conn).await?)
}

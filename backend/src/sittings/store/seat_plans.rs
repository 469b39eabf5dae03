//! Statements on the plans of seats.

use crate::{
    platform::error::AppResult,
    sittings::entity::{seat, seat_plan, seat_plan_confirmation},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::{
    ids::{ExamSessionId, SeatPlanId, SittingId},
    time::Timestamp,
};

/// Rows that one statement inserts.
const ROWS: usize = 500;

pub(in crate::sittings) async fn insert_seat_plan(conn: &impl ConnectionTrait, row: seat_plan::Model) -> AppResult<()> {
    seat_plan::Entity::insert(seat_plan::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::sittings) async fn find_seat_plan(
    conn: &impl ConnectionTrait,
    id: SeatPlanId,
) -> AppResult<Option<seat_plan::Model>> {
    Ok(seat_plan::Entity::find_by_id(id).one(conn).await?)
}

/// A plan without what came of it: its id, how many have a seat and how many have none, when it was made, and what was
/// asked for.
pub(in crate::sittings) type Head = (SeatPlanId, i32, i32, Timestamp, String);

/// The plans of an exam session, the last first.
pub(in crate::sittings) async fn list_seat_plans(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
) -> AppResult<Vec<Head>> {
    use seat_plan::Column;
    let heads = seat_plan::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Seated, Column::Unseated, Column::PlannedAt, Column::Request])
        .filter(Column::ExamSessionId.eq(id))
        .order_by_desc(Column::PlannedAt)
        .order_by_desc(Column::Id);
    Ok(heads.into_tuple().all(conn).await?)
}

/// Which plan of an exam session was made to hold last.
pub(in crate::sittings) async fn last_confirmation(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
) -> AppResult<Option<seat_plan_confirmation::Model>> {
    use seat_plan_confirmation::Column;
    let of_it = seat_plan_confirmation::Entity::find().filter(Column::ExamSessionId.eq(id));
    Ok(of_it.order_by_desc(Column::Number).one(conn).await?)
}

/// The plans of an exam session that were made to hold, in that order; the last is in force.
pub(in crate::sittings) async fn list_held_plans(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
) -> AppResult<Vec<SeatPlanId>> {
    use seat_plan_confirmation::Column;
    let of_it = seat_plan_confirmation::Entity::find().filter(Column::ExamSessionId.eq(id));
    let plans = of_it.order_by_asc(Column::Number).select_only().column(Column::SeatPlanId);
    Ok(plans.into_tuple().all(conn).await?)
}

pub(in crate::sittings) async fn insert_confirmation(
    conn: &impl ConnectionTrait,
    row: seat_plan_confirmation::Model,
) -> AppResult<()> {
    let row = seat_plan_confirmation::ActiveModel::from(row);
    seat_plan_confirmation::Entity::insert(row).exec_without_returning(conn).await?;
    Ok(())
}

/// Keeps the seats of a plan, unless that was done when it was made to hold before.
pub(in crate::sittings) async fn insert_seats(
    conn: &impl ConnectionTrait,
    id: SeatPlanId,
    rows: Vec<seat::Model>,
) -> AppResult<()> {
    let kept = seat::Entity::find().filter(seat::Column::SeatPlanId.eq(id)).limit(1).one(conn).await?;
    if kept.is_some() {
        return Ok(());
    }
    for chunk in rows.chunks(ROWS) {
        let rows = chunk.iter().cloned().map(seat::ActiveModel::from);
        seat::Entity::insert_many(rows).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// Where everybody sits by a plan that was made to hold.
pub(in crate::sittings) async fn list_all_seats(
    conn: &impl ConnectionTrait,
    id: SeatPlanId,
) -> AppResult<Vec<seat::Model>> {
    Ok(seat::Entity::find().filter(seat::Column::SeatPlanId.eq(id)).all(conn).await?)
}

/// Where a candidate sits by each of these plans.
pub(in crate::sittings) async fn list_seats(
    conn: &impl ConnectionTrait,
    plans: &[SeatPlanId],
    sitting: SittingId,
) -> AppResult<Vec<seat::Model>> {
    use seat::Column;
    let by_them = seat::Entity::find().filter(Column::SeatPlanId.is_in(plans.iter().copied()));
    Ok(by_them.filter(Column::SittingId.eq(sitting)).all(conn).await?)
}

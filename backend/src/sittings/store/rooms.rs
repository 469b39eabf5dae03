//! Statements on the seats of a room, and on the working time of those who sit there.

use crate::{
    platform::error::AppResult,
    sittings::entity::{room_watch, seat, seat_change, sitting},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, SelectStatement},
};
use shared::{
    ids::{AccountId, ExamRoomId, ExamSessionId, ExamSiteId, SeatPlanId, SittingId},
    time::Timestamp,
};

/// Rows that one statement names.
const ROWS: usize = 500;

/// A room of a plan: its id, its site, where that lies and what it is called, its number and name, and how many have a
/// seat there, have begun and have ended.
pub(in crate::sittings) type Room =
    (ExamRoomId, Option<ExamSiteId>, Option<String>, String, i32, String, i64, i64, i64);

/// The rooms of a plan in which somebody has a seat, or the one of them that is asked for; by site and number.
pub(in crate::sittings) async fn list_rooms(
    conn: &impl ConnectionTrait,
    plan: SeatPlanId,
    room: Option<ExamRoomId>,
) -> AppResult<Vec<Room>> {
    use seat::Column;
    let told = [
        Column::ExamRoomId,
        Column::ExamSiteId,
        Column::Division,
        Column::SiteName,
        Column::RoomNumber,
        Column::RoomName,
    ];
    let mut query = seat::Entity::find()
        .select_only()
        .columns(told)
        .column_as(sitting::Column::Id.count(), "expected")
        .column_as(sitting::Column::OpenedAt.count(), "started")
        .column_as(sitting::Column::ClosedAt.count(), "closed")
        .inner_join(sitting::Entity)
        .filter(Column::SeatPlanId.eq(plan))
        .filter(Column::ExamRoomId.is_not_null())
        .filter(sitting::Column::WithdrawnAt.is_null());
    if let Some(room) = room {
        query = query.filter(Column::ExamRoomId.eq(room));
    }
    for column in told {
        query = query.group_by(column);
    }
    let query = query.order_by_asc(Column::SiteName).order_by_asc(Column::RoomNumber);
    Ok(query.into_tuple().all(conn).await?)
}

/// Who has which seat of a room.
pub(in crate::sittings) async fn list_seats_in(
    conn: &impl ConnectionTrait,
    plan: SeatPlanId,
    room: ExamRoomId,
) -> AppResult<Vec<(SittingId, i32)>> {
    use seat::Column;
    let seats = seat::Entity::find()
        .select_only()
        .columns([Column::SittingId, Column::Number])
        .filter(Column::SeatPlanId.eq(plan))
        .filter(Column::ExamRoomId.eq(room))
        .order_by_asc(Column::Number);
    Ok(seats.into_tuple().all(conn).await?)
}

/// A change of seats by a plan.
pub(in crate::sittings) async fn insert_seat_change(
    conn: &impl ConnectionTrait,
    row: seat_change::Model,
) -> AppResult<()> {
    seat_change::Entity::insert(seat_change::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// The changes of seats by a plan, the first first: who, and to which seat.
pub(in crate::sittings) async fn list_seat_changes(
    conn: &impl ConnectionTrait,
    plan: SeatPlanId,
) -> AppResult<Vec<(SittingId, i32)>> {
    use seat_change::Column;
    let changes = seat_change::Entity::find()
        .select_only()
        .columns([Column::SittingId, Column::Seat])
        .filter(Column::SeatPlanId.eq(plan))
        .order_by_asc(Column::Number);
    Ok(changes.into_tuple().all(conn).await?)
}

/// The seats that a plan gave to these candidates.
pub(in crate::sittings) async fn list_seats_of(
    conn: &impl ConnectionTrait,
    plan: SeatPlanId,
    ids: &[SittingId],
) -> AppResult<Vec<(SittingId, i32)>> {
    use seat::Column;
    let mut seats = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(ROWS) {
        let of_them = seat::Entity::find()
            .select_only()
            .columns([Column::SittingId, Column::Number])
            .filter(Column::SeatPlanId.eq(plan))
            .filter(Column::SittingId.is_in(chunk.iter().copied()));
        let found: Vec<(SittingId, i32)> = of_them.into_tuple().all(conn).await?;
        seats.extend(found);
    }
    Ok(seats)
}

/// How many of these sittings have a seat at each site.
pub(in crate::sittings) async fn count_by_site(
    conn: &impl ConnectionTrait,
    plan: SeatPlanId,
    among: SelectStatement,
) -> AppResult<Vec<(Option<ExamSiteId>, i64)>> {
    use seat::Column;
    let counted = seat::Entity::find()
        .select_only()
        .column(Column::ExamSiteId)
        .column_as(Column::SittingId.count(), "counted")
        .filter(Column::SeatPlanId.eq(plan))
        .filter(Column::SittingId.in_subquery(among))
        .group_by(Column::ExamSiteId);
    Ok(counted.into_tuple().all(conn).await?)
}

/// Who is at work in these rooms, and where.
pub(in crate::sittings) async fn list_working(
    conn: &impl ConnectionTrait,
    plan: SeatPlanId,
    rooms: &[ExamRoomId],
) -> AppResult<Vec<(SittingId, Option<ExamRoomId>)>> {
    use seat::Column;
    let working = seat::Entity::find()
        .select_only()
        .columns([Column::SittingId, Column::ExamRoomId])
        .inner_join(sitting::Entity)
        .filter(Column::SeatPlanId.eq(plan))
        .filter(Column::ExamRoomId.is_in(rooms.iter().copied()))
        .filter(sitting::Column::WithdrawnAt.is_null())
        .filter(sitting::Column::OpenedAt.is_not_null())
        .filter(sitting::Column::ClosedAt.is_null());
    Ok(working.into_tuple().all(conn).await?)
}

/// Which sittings have a seat in these rooms or at this site.
pub(in crate::sittings) fn seated(plan: SeatPlanId, at: Condition) -> Condition {
    let seats = seat::Entity::find()
        .select_only()
        .column(seat::Column::SittingId)
        .filter(seat::Column::SeatPlanId.eq(plan))
        .filter(at);
    Condition::all().add(sitting::Column::Id.in_subquery(sea_orm::QueryTrait::into_query(seats)))
}

/// The seats of one room, as a condition.
pub(in crate::sittings) fn in_room(room: ExamRoomId) -> Condition {
    Condition::all().add(seat::Column::ExamRoomId.eq(room))
}

/// The seats of one site, as a condition.
pub(in crate::sittings) fn at_site(site: ExamSiteId) -> Condition {
    Condition::all().add(seat::Column::ExamSiteId.eq(site))
}

/// One sitting, as a condition.
pub(in crate::sittings) fn one_sitting(id: SittingId) -> Condition {
    Condition::all().add(sitting::Column::Id.eq(id))
}

/// Sittings that were opened and are not over, as a condition.
pub(in crate::sittings) fn working() -> Condition {
    use sitting::Column;
    Condition::all().add(Column::OpenedAt.is_not_null()).add(Column::ClosedAt.is_null())
}

/// Those sittings of an exam session that are meant, as a query for their ids.
pub(in crate::sittings) fn sitting_ids(id: ExamSessionId, meant: Condition) -> SelectStatement {
    use sitting::Column;
    let ids = sitting::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::ExamSessionId.eq(id))
        .filter(Column::WithdrawnAt.is_null())
        .filter(meant);
    sea_orm::QueryTrait::into_query(ids)
}

/// The sitting of an exam session with a ticket number, unless its candidate was taken out.
pub(in crate::sittings) async fn find_sitting_by_ticket(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    ticket_number: &str,
) -> AppResult<Option<SittingId>> {
    use sitting::Column;
    let found = sitting::Entity::find()
        .filter(Column::ExamSessionId.eq(id))
        .filter(Column::TicketNumber.eq(ticket_number))
        .filter(Column::WithdrawnAt.is_null());
    Ok(found.one(conn).await?.map(|sitting| sitting.id))
}

/// The sitting with a ticket number, in whatever exam session.
pub(in crate::sittings) async fn list_of_ticket(
    conn: &impl ConnectionTrait,
    ticket_number: &str,
) -> AppResult<Vec<sitting::Model>> {
    Ok(sitting::Entity::find().filter(sitting::Column::TicketNumber.eq(ticket_number)).all(conn).await?)
}

/// Gives so many seconds back, in a column, to those of an exam session who are meant, are not over, and have not got so
/// much that it would be more than `most` in all there; how many there are.
pub(in crate::sittings) async fn return_time(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    meant: Condition,
    (given, seconds, most): (sitting::Column, i32, i32),
) -> AppResult<u64> {
    use sitting::Column;
    let extended = sitting::Entity::update_many()
        .col_expr(given, Expr::col(given).add(seconds))
        .filter(Column::ExamSessionId.eq(id))
        .filter(Column::WithdrawnAt.is_null())
        .filter(Column::ClosedAt.is_null())
        .filter(given.lte(most - seconds))
        .filter(meant)
        .exec(conn)
        .await?;
    Ok(extended.rows_affected)
}

/// How many of an exam session are meant, over or not.
pub(in crate::sittings) async fn count_meant(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    meant: Condition,
) -> AppResult<u64> {
    use sitting::Column;
    let found: Option<i64> = sitting::Entity::find()
        .select_only()
        .column_as(Column::Id.count(), "meant")
        .filter(Column::ExamSessionId.eq(id))
        .filter(Column::WithdrawnAt.is_null())
        .filter(meant)
        .into_tuple()
        .one(conn)
        .await?;
    Ok(u64::try_from(found.unwrap_or_default()).unwrap_or_default())
}

/// Lets working time stand still since an instant, or go on; and writes what was given back by then.
pub(in crate::sittings) async fn set_paused(
    conn: &impl ConnectionTrait,
    id: SittingId,
    paused_at: Option<Timestamp>,
    returned_s: i32,
) -> AppResult<()> {
    use sitting::Column;
    sitting::Entity::update_many()
        .col_expr(Column::PausedAt, Expr::value(paused_at.map(|at| at.0)))
        .col_expr(Column::ReturnedS, Expr::value(returned_s))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// How many sittings of an exam session were opened, and how many were closed, in each minute since 1970 in which any
/// was: minute, opened, closed.
pub(in crate::sittings) async fn count_by_minute(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
) -> AppResult<Vec<(i64, i64, i64)>> {
    let opened = by_minute(conn, id, "opened_at").await?;
    let closed = by_minute(conn, id, "closed_at").await?;
    let mut minutes: std::collections::BTreeMap<i64, (i64, i64)> = std::collections::BTreeMap::new();
    for (minute, count) in opened {
        minutes.entry(minute).or_default().0 = count;
    }
    for (minute, count) in closed {
        minutes.entry(minute).or_default().1 = count;
    }
    Ok(minutes.into_iter().map(|(minute, (opened, closed))| (minute, opened, closed)).collect())
}

async fn by_minute(conn: &impl ConnectionTrait, id: ExamSessionId, column: &'static str) -> AppResult<Vec<(i64, i64)>> {
    use sitting::Column;
    let minute = format!("{column} / 60000");
    let counted = sitting::Entity::find()
        .select_only()
        .column_as(Expr::cust(minute.clone()), "minute")
        .column_as(Column::Id.count(), "count")
        .filter(Column::ExamSessionId.eq(id))
        .filter(Column::WithdrawnAt.is_null())
        .filter(Expr::cust(format!("{column} IS NOT NULL")))
        .group_by(Expr::cust(minute));
    Ok(counted.into_tuple().all(conn).await?)
}

/// The seats of these sittings by a plan: sitting, room and site.
pub(in crate::sittings) async fn places_of(
    conn: &impl ConnectionTrait,
    plan: SeatPlanId,
    ids: &[SittingId],
) -> AppResult<Vec<(SittingId, Option<ExamRoomId>, Option<ExamSiteId>)>> {
    use seat::Column;
    let mut places = Vec::new();
    for chunk in ids.chunks(ROWS) {
        let seats = seat::Entity::find()
            .select_only()
            .columns([Column::SittingId, Column::ExamRoomId, Column::ExamSiteId])
            .filter(Column::SeatPlanId.eq(plan))
            .filter(Column::SittingId.is_in(chunk.iter().copied()));
        let found: Vec<(SittingId, Option<ExamRoomId>, Option<ExamSiteId>)> = seats.into_tuple().all(conn).await?;
        places.extend(found);
    }
    Ok(places)
}

/// Who watches the rooms of an exam session, or one of them.
pub(in crate::sittings) async fn list_watches(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    room: Option<ExamRoomId>,
) -> AppResult<Vec<room_watch::Model>> {
    use room_watch::Column;
    let mut query = room_watch::Entity::find().filter(Column::ExamSessionId.eq(id));
    if let Some(room) = room {
        query = query.filter(Column::ExamRoomId.eq(room));
    }
    Ok(query.order_by_asc(Column::AssignedAt).all(conn).await?)
}

/// Lets these watch a room, and nobody else.
pub(in crate::sittings) async fn replace_watches(
    conn: &impl ConnectionTrait,
    (id, room): (ExamSessionId, ExamRoomId),
    (people, by): (&[AccountId], AccountId),
    now: Timestamp,
) -> AppResult<()> {
    use room_watch::Column;
    room_watch::Entity::delete_many()
        .filter(Column::ExamSessionId.eq(id))
        .filter(Column::ExamRoomId.eq(room))
        .exec(conn)
        .await?;
    let row = |person: &AccountId| room_watch::Model {
        exam_session_id: id,
        exam_room_id: room,
        invigilator_id: *person,
        assigned_by: by,
        assigned_at: now,
    };
    if people.is_empty() {
        return Ok(());
    }
    let rows = people.iter().map(row).map(room_watch::ActiveModel::from);
    room_watch::Entity::insert_many(rows).exec_without_returning(conn).await?;
    Ok(())
}

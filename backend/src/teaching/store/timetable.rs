//! Rooms and meetings.

use super::ROWS;
use crate::{
    platform::error::AppResult,
    teaching::entity::{meeting, meeting_change, roll_call_entry, room, timetable_lock},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict, Query},
};
use shared::{
    ids::{AccountId, ClassId, MeetingId, RoomId, TeachingPointId},
    teaching::MeetingState,
    time::Timestamp,
};
use uuid::Uuid;

/// Inserts a room; whether its name was free.
pub(in crate::teaching) async fn insert_room(conn: &impl ConnectionTrait, row: room::Model) -> AppResult<bool> {
    use room::Column;
    let unless_taken = OnConflict::columns([Column::TeachingPointId, Column::Name]).do_nothing().to_owned();
    let insert = room::Entity::insert(row.into_active_model()).on_conflict(unless_taken);
    Ok(insert.exec_without_returning(conn).await? == 1)
}

pub(in crate::teaching) async fn find_room(conn: &impl ConnectionTrait, id: RoomId) -> AppResult<Option<room::Model>> {
    Ok(room::Entity::find_by_id(id).one(conn).await?)
}

/// Stores a room; whether its name was free.
pub(in crate::teaching) async fn update_room(conn: &impl ConnectionTrait, row: room::Model) -> AppResult<bool> {
    use room::Column;
    let id = row.id;
    let other =
        room::Entity::find().filter(Column::TeachingPointId.eq(row.teaching_point_id)).filter(Column::Id.ne(id));
    if other.filter(Column::Name.eq(row.name.as_str())).one(conn).await?.is_some() {
        return Ok(false);
    }
    let row = row.into_active_model().reset_all();
    room::Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(true)
}

/// The rooms of a teaching point, by name.
pub(in crate::teaching) async fn list_rooms(
    conn: &impl ConnectionTrait,
    id: TeachingPointId,
) -> AppResult<Vec<room::Model>> {
    use room::Column;
    Ok(room::Entity::find().filter(Column::TeachingPointId.eq(id)).order_by_asc(Column::Name).all(conn).await?)
}

pub(in crate::teaching) async fn list_rooms_by_ids(
    conn: &impl ConnectionTrait,
    ids: &[RoomId],
) -> AppResult<Vec<room::Model>> {
    Ok(room::Entity::find().filter(room::Column::Id.is_in(ids.iter().copied())).all(conn).await?)
}

/// Waits for others who write the timetables of these classes, teachers and rooms; in order, so that two
/// writers do not block each other.
pub(in crate::teaching) async fn lock_timetables(conn: &impl ConnectionTrait, mut of: Vec<Uuid>) -> AppResult<()> {
    use timetable_lock::{Column, Entity, Model};
    of.sort_unstable();
    of.dedup();
    for of in &of {
        Entity::insert(Model { of: *of }.into_active_model())
            .on_conflict(OnConflict::column(Column::Of).do_nothing().to_owned())
            .exec_without_returning(conn)
            .await?;
    }
    Entity::find().filter(Column::Of.is_in(of)).order_by_asc(Column::Of).lock_exclusive().all(conn).await?;
    Ok(())
}

pub(in crate::teaching) async fn insert_meetings(
    conn: &impl ConnectionTrait,
    rows: Vec<meeting::Model>,
) -> AppResult<()> {
    for rows in rows.chunks(ROWS) {
        let rows = rows.iter().cloned().map(meeting::ActiveModel::from);
        meeting::Entity::insert_many(rows).exec_without_returning(conn).await?;
    }
    Ok(())
}

pub(in crate::teaching) async fn find_meeting(
    conn: &impl ConnectionTrait,
    id: MeetingId,
) -> AppResult<Option<meeting::Model>> {
    Ok(meeting::Entity::find_by_id(id).one(conn).await?)
}

pub(in crate::teaching) async fn list_meetings_by_ids(
    conn: &impl ConnectionTrait,
    ids: &[MeetingId],
) -> AppResult<Vec<meeting::Model>> {
    Ok(meeting::Entity::find().filter(meeting::Column::Id.is_in(ids.iter().copied())).all(conn).await?)
}

/// Stores a meeting whose class is locked.
pub(in crate::teaching) async fn update_meeting(conn: &impl ConnectionTrait, row: meeting::Model) -> AppResult<()> {
    let id = row.id;
    let row = row.into_active_model().reset_all();
    meeting::Entity::update_many().set(row).filter(meeting::Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Meetings that take place, need one of these, and touch the time between two instants.
pub(in crate::teaching) async fn list_overlapping(
    conn: &impl ConnectionTrait,
    (from, to): (Timestamp, Timestamp),
    classes: &[ClassId],
    teachers: &[AccountId],
    rooms: &[RoomId],
) -> AppResult<Vec<meeting::Model>> {
    use meeting::Column;
    let needs = Condition::any()
        .add(Column::ClassId.is_in(classes.iter().copied()))
        .add(Column::TeacherId.is_in(teachers.iter().copied()))
        .add(Column::RoomId.is_in(rooms.iter().copied()));
    let query = meeting::Entity::find().filter(needs).filter(Column::State.eq(MeetingState::Planned.as_str()));
    Ok(query.filter(Column::StartsAt.lt(to)).filter(Column::EndsAt.gt(from)).all(conn).await?)
}

/// One page of the meetings of a class that begin between two instants, ascending.
pub(in crate::teaching) async fn list_meetings_of_class(
    conn: &impl ConnectionTrait,
    id: ClassId,
    (from, to): (Option<Timestamp>, Option<Timestamp>),
    after: Option<(Timestamp, MeetingId)>,
    rows: u64,
) -> AppResult<Vec<meeting::Model>> {
    use meeting::Column;
    let mut query = meeting::Entity::find().filter(Column::ClassId.eq(id));
    if let Some(from) = from {
        query = query.filter(Column::StartsAt.gte(from));
    }
    if let Some(to) = to {
        query = query.filter(Column::StartsAt.lt(to));
    }
    if let Some((starts_at, id)) = after {
        let at_once = Condition::all().add(Column::StartsAt.eq(starts_at)).add(Column::Id.gt(id));
        query = query.filter(Condition::any().add(Column::StartsAt.gt(starts_at)).add(at_once));
    }
    Ok(query.order_by_asc(Column::StartsAt).order_by_asc(Column::Id).limit(rows).all(conn).await?)
}

/// The first meetings of these classes or of this teacher that begin between two instants, ascending.
pub(in crate::teaching) async fn list_meetings_between(
    conn: &impl ConnectionTrait,
    (from, to): (Timestamp, Timestamp),
    classes: &[ClassId],
    teacher: AccountId,
    rows: u64,
) -> AppResult<Vec<meeting::Model>> {
    use meeting::Column;
    let mine = Condition::any().add(Column::ClassId.is_in(classes.iter().copied())).add(Column::TeacherId.eq(teacher));
    let query = meeting::Entity::find().filter(mine);
    let query = query.filter(Column::StartsAt.gte(from)).filter(Column::StartsAt.lt(to));
    Ok(query.order_by_asc(Column::StartsAt).order_by_asc(Column::Id).limit(rows).all(conn).await?)
}

/// Meetings that took place and of which nothing was noted.
pub(in crate::teaching) struct Unrecorded {
    /// They began at this instant or later.
    pub(in crate::teaching) from: Timestamp,
    /// They began at this instant or before.
    pub(in crate::teaching) to: Timestamp,
    /// They are of these classes,
    pub(in crate::teaching) classes: Vec<ClassId>,
    /// or this is who teaches.
    pub(in crate::teaching) teacher: AccountId,
}

impl Unrecorded {
    fn query(&self) -> sea_orm::Select<meeting::Entity> {
        use meeting::Column;
        let of_meeting = Expr::col((roll_call_entry::Entity, roll_call_entry::Column::MeetingId));
        let noted = Query::select()
            .expr(Expr::val(1))
            .from(roll_call_entry::Entity)
            .and_where(of_meeting.eq(Expr::col((meeting::Entity, Column::Id))))
            .take();
        let theirs = Condition::any()
            .add(Column::ClassId.is_in(self.classes.iter().copied()))
            .add(Column::TeacherId.eq(self.teacher));
        let query = meeting::Entity::find().filter(theirs).filter(Column::State.eq(MeetingState::Planned.as_str()));
        query
            .filter(Column::StartsAt.gte(self.from))
            .filter(Column::StartsAt.lte(self.to))
            .filter(Expr::exists(noted).not())
    }
}

pub(in crate::teaching) async fn count_unrecorded(conn: &impl ConnectionTrait, wanted: &Unrecorded) -> AppResult<u64> {
    Ok(wanted.query().count(conn).await?)
}

/// The first of these meetings, ascending.
pub(in crate::teaching) async fn list_unrecorded(
    conn: &impl ConnectionTrait,
    wanted: &Unrecorded,
    rows: u64,
) -> AppResult<Vec<meeting::Model>> {
    use meeting::Column;
    Ok(wanted.query().order_by_asc(Column::StartsAt).order_by_asc(Column::Id).limit(rows).all(conn).await?)
}

pub(in crate::teaching) async fn insert_change(
    conn: &impl ConnectionTrait,
    row: meeting_change::Model,
) -> AppResult<()> {
    meeting_change::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

/// What these meetings were before, the first change first.
pub(in crate::teaching) async fn list_changes(
    conn: &impl ConnectionTrait,
    meetings: &[MeetingId],
) -> AppResult<Vec<meeting_change::Model>> {
    use meeting_change::Column;
    let of_meetings = Column::MeetingId.is_in(meetings.iter().copied());
    Ok(meeting_change::Entity::find().filter(of_meetings).order_by_asc(Column::Id).all(conn).await?)
}

//! Statements on what is done in exam rooms, who watches them, and what devices tell of themselves.

use crate::{
    delivery::entity::{room_act, sitting_presence},
    platform::error::AppResult,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict, SelectStatement},
};
use shared::{
    delivery::RoomActKind,
    ids::{ExamRoomId, ExamSessionId, ExamSiteId, SittingId},
    time::Timestamp,
};

/// Rows that one statement names.
const ROWS: usize = 500;

/// An act, as far as it tells for whom it is: number, site, room, sitting.
pub(in crate::delivery) type ActHead = (i64, Option<ExamSiteId>, Option<ExamRoomId>, Option<SittingId>);

/// The acts of an exam session after a number, ascending.
pub(in crate::delivery) async fn list_act_heads(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    after: i64,
) -> AppResult<Vec<ActHead>> {
    use room_act::Column;
    let heads = room_act::Entity::find()
        .select_only()
        .columns([Column::Number, Column::ExamSiteId, Column::ExamRoomId, Column::SittingId])
        .filter(Column::ExamSessionId.eq(id))
        .filter(Column::Number.gt(after))
        .order_by_asc(Column::Number);
    Ok(heads.into_tuple().all(conn).await?)
}

/// The number of the last act of an exam session; 0 if there is none.
pub(in crate::delivery) async fn last_act(conn: &impl ConnectionTrait, id: ExamSessionId) -> AppResult<i64> {
    use room_act::Column;
    let last = room_act::Entity::find().filter(Column::ExamSessionId.eq(id)).order_by_desc(Column::Number);
    Ok(last.one(conn).await?.map_or(0, |row| row.number))
}

/// Keeps acts.
pub(in crate::delivery) async fn insert_acts(conn: &impl ConnectionTrait, rows: Vec<room_act::Model>) -> AppResult<()> {
    for chunk in rows.chunks(ROWS) {
        let rows = chunk.iter().cloned().map(room_act::ActiveModel::from);
        room_act::Entity::insert_many(rows).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// The acts of an exam session after a number that concern a room: its own, those of its site, and those for everybody;
/// ascending.
pub(in crate::delivery) async fn list_acts_of_room(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    (room, site): (ExamRoomId, ExamSiteId),
    after: i64,
) -> AppResult<Vec<room_act::Model>> {
    use room_act::Column;
    let of_site = Condition::all().add(Column::ExamRoomId.is_null()).add(Column::ExamSiteId.eq(site));
    let of_all = Condition::all().add(Column::ExamSiteId.is_null()).add(Column::SittingId.is_null());
    let concerned = Condition::any().add(Column::ExamRoomId.eq(room)).add(of_site).add(of_all);
    let acts = room_act::Entity::find().filter(Column::ExamSessionId.eq(id)).filter(Column::Number.gt(after));
    Ok(acts.filter(concerned).order_by_asc(Column::Number).all(conn).await?)
}

/// The acts of an exam session of these kinds, the last first.
pub(in crate::delivery) async fn list_acts(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    kinds: &[RoomActKind],
    rows: u64,
) -> AppResult<Vec<room_act::Model>> {
    use room_act::Column;
    let acts = room_act::Entity::find()
        .filter(Column::ExamSessionId.eq(id))
        .filter(Column::Kind.is_in(kinds.iter().map(|kind| kind.as_str())))
        .order_by_desc(Column::Number)
        .limit(rows);
    Ok(acts.all(conn).await?)
}

/// Who was let in to which room of an exam session after the act of a number; ascending.
pub(in crate::delivery) async fn list_admissions(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    after: i64,
) -> AppResult<Vec<(i64, ExamRoomId, SittingId)>> {
    use room_act::Column;
    let admissions = room_act::Entity::find()
        .select_only()
        .columns([Column::Number, Column::ExamRoomId, Column::SittingId])
        .filter(Column::ExamSessionId.eq(id))
        .filter(Column::Number.gt(after))
        .filter(Column::Kind.eq(RoomActKind::Admit.as_str()))
        .filter(Column::ExamRoomId.is_not_null())
        .filter(Column::SittingId.is_not_null())
        .order_by_asc(Column::Number);
    Ok(admissions.into_tuple().all(conn).await?)
}

/// When a key was read out first in a room of an exam session; in any of its rooms, if none is named.
pub(in crate::delivery) async fn find_reading(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    room: Option<ExamRoomId>,
) -> AppResult<Option<Timestamp>> {
    use room_act::Column;
    let read_out = Column::Kind.eq(RoomActKind::ReadOutKey.as_str());
    let acts = room_act::Entity::find().filter(Column::ExamSessionId.eq(id)).filter(read_out);
    let acts = match room {
        Some(room) => acts.filter(Column::ExamRoomId.eq(room)),
        None => acts,
    };
    Ok(acts.order_by_asc(Column::Number).one(conn).await?.map(|act| act.acted_at))
}

/// The acts that are of one sitting alone, ascending.
pub(in crate::delivery) async fn list_acts_of_sitting(
    conn: &impl ConnectionTrait,
    (id, sitting): (ExamSessionId, SittingId),
) -> AppResult<Vec<room_act::Model>> {
    use room_act::Column;
    let acts = room_act::Entity::find().filter(Column::ExamSessionId.eq(id)).filter(Column::SittingId.eq(sitting));
    Ok(acts.order_by_asc(Column::Number).all(conn).await?)
}

/// The acts that are of one sitting alone, and what was announced to more than one; ascending.
pub(in crate::delivery) async fn list_acts_for(
    conn: &impl ConnectionTrait,
    (id, sitting): (ExamSessionId, SittingId),
) -> AppResult<Vec<room_act::Model>> {
    use room_act::Column;
    let said = Column::Kind.eq(RoomActKind::Announce.as_str());
    let to_many = Condition::all().add(Column::SittingId.is_null()).add(said);
    let told = Condition::any().add(Column::SittingId.eq(sitting)).add(to_many);
    let acts = room_act::Entity::find().filter(Column::ExamSessionId.eq(id)).filter(told);
    Ok(acts.order_by_asc(Column::Number).all(conn).await?)
}

/// What devices told of these sittings.
pub(in crate::delivery) async fn list_presences(
    conn: &impl ConnectionTrait,
    ids: &[SittingId],
) -> AppResult<Vec<sitting_presence::Model>> {
    use sitting_presence::Column;
    Ok(sitting_presence::Entity::find().filter(Column::SittingId.is_in(ids.iter().copied())).all(conn).await?)
}

/// The sittings of an exam session of which a device has the sealed paper, as a query for their ids.
pub(in crate::delivery) fn ready_ids(id: ExamSessionId) -> SelectStatement {
    use sitting_presence::Column;
    let ready = sitting_presence::Entity::find()
        .select_only()
        .column(Column::SittingId)
        .filter(Column::ExamSessionId.eq(id))
        .filter(Column::IsReady.eq(true));
    sea_orm::QueryTrait::into_query(ready)
}

/// How many sittings of an exam session have a device with the sealed paper, and of how many of those `among` them a device
/// was heard since.
pub(in crate::delivery) async fn count_present(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    (among, since): (SelectStatement, Timestamp),
) -> AppResult<(i64, i64)> {
    use sitting_presence::Column;
    let of_test = || {
        let rows = sitting_presence::Entity::find()
            .select_only()
            .column_as(Expr::col(Column::SittingId).count_distinct(), "heard");
        rows.filter(Column::ExamSessionId.eq(id))
    };
    let ready: Option<i64> = of_test().filter(Column::IsReady.eq(true)).into_tuple().one(conn).await?;
    let heard = of_test().filter(Column::SeenAt.gte(since)).filter(Column::SittingId.in_subquery(among));
    let heard: Option<i64> = heard.into_tuple().one(conn).await?;
    Ok((ready.unwrap_or_default(), heard.unwrap_or_default()))
}

/// Those of these sittings of which a device was heard since.
pub(in crate::delivery) async fn list_heard(
    conn: &impl ConnectionTrait,
    ids: &[SittingId],
    since: Timestamp,
) -> AppResult<Vec<SittingId>> {
    use sitting_presence::Column;
    let mut heard = Vec::new();
    for chunk in ids.chunks(ROWS) {
        let rows = sitting_presence::Entity::find()
            .select_only()
            .column(Column::SittingId)
            .filter(Column::SittingId.is_in(chunk.iter().copied()))
            .filter(Column::SeenAt.gte(since));
        let found: Vec<SittingId> = rows.into_tuple().all(conn).await?;
        heard.extend(found);
    }
    Ok(heard)
}

/// Keeps what devices told last.
pub(in crate::delivery) async fn save_presences(
    conn: &impl ConnectionTrait,
    rows: Vec<sitting_presence::Model>,
) -> AppResult<()> {
    use sitting_presence::{ActiveModel, Column, Entity};
    let newest = OnConflict::columns([Column::SittingId, Column::Visit])
        .update_columns([
            Column::IsReady,
            Column::Unsent,
            Column::FocusLosses,
            Column::FocusLostS,
            Column::Heard,
            Column::SeenAt,
        ])
        .to_owned();
    for chunk in rows.chunks(ROWS) {
        let rows = chunk.iter().cloned().map(ActiveModel::from);
        Entity::insert_many(rows).on_conflict(newest.clone()).exec_without_returning(conn).await?;
    }
    Ok(())
}

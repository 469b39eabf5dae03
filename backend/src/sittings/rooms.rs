//! Exam rooms on the day of a test, as `delivery` needs them: which there are by the plan that holds, who sits where,
//! and the working time of those who do.

use super::{
    entity::{seat_change, sitting},
    facts::{self, SittingFacts},
    store,
};
use crate::{
    access::Actor,
    platform::{
        db::{IdQuery, Tx},
        error::{AppError, AppResult},
    },
};
use sea_orm::{Condition, ConnectionTrait};
use shared::{
    delivery::{MAX_EXTENDED_S, paused_s},
    ids::{AccountId, ExamRoomId, ExamSessionId, ExamSiteId, SeatPlanId, SittingId},
    rights::{self, Place, Right},
    sittings::{MAX_RETURNED_S, SeatMove},
    time::Timestamp,
};
use std::collections::HashMap;

/// One room of a test.
#[derive(Clone, Debug)]
pub struct RoomFacts {
    /// The exam session.
    pub exam_session_id: ExamSessionId,
    /// The room.
    pub exam_room_id: ExamRoomId,
    /// Its site.
    pub exam_site_id: ExamSiteId,
    /// Where that lies.
    pub place: Place,
    /// What that is called.
    pub site_name: String,
    /// Its number in its site.
    pub number: u16,
    /// Where to find it.
    pub name: String,
    /// How many have a seat there.
    pub expected: u32,
    /// How many have begun.
    pub started: u32,
    /// How many have ended.
    pub closed: u32,
}

/// Who gets time back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extended {
    /// One candidate.
    Sitting(SittingId),
    /// Who sits in one room.
    Room(ExamRoomId),
    /// Who sits at one site.
    Site(ExamSiteId),
    /// Everybody.
    All,
}

/// How many persons give time back: each has a limit of its own, so that what two gave leaves what one may give as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenBy {
    /// One person, after an interruption.
    One,
    /// Two persons, beyond that.
    Two,
}

async fn plan_in_force(conn: &impl ConnectionTrait, id: ExamSessionId) -> AppResult<Option<SeatPlanId>> {
    Ok(store::last_confirmation(conn, id).await?.map(|last| last.seat_plan_id))
}

/// The rooms of a test by the plan of seats that holds, by site and number; none without a plan.
///
/// # Errors
/// If the store fails.
pub async fn rooms_of(conn: &impl ConnectionTrait, id: ExamSessionId) -> AppResult<Vec<RoomFacts>> {
    let Some(plan) = plan_in_force(conn, id).await? else { return Ok(Vec::new()) };
    store::list_rooms(conn, plan, None).await?.into_iter().map(|row| room_facts(id, row)).collect()
}

/// One room of a test.
///
/// # Errors
/// `not-found` unless somebody has a seat there by the plan that holds.
pub async fn room_of(conn: &impl ConnectionTrait, id: ExamSessionId, room: ExamRoomId) -> AppResult<RoomFacts> {
    let plan = plan_in_force(conn, id).await?.ok_or_else(AppError::not_found)?;
    let row = store::list_rooms(conn, plan, Some(room)).await?.pop().ok_or_else(AppError::not_found)?;
    room_facts(id, row)
}

fn room_facts(exam_session_id: ExamSessionId, row: store::Room) -> AppResult<RoomFacts> {
    let (exam_room_id, site, division, site_name, number, name, expected, started, closed) = row;
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let nowhere = || AppError::internal("a seat in a room that lies nowhere");
    Ok(RoomFacts {
        exam_session_id,
        exam_room_id,
        exam_site_id: site.ok_or_else(nowhere)?,
        place: Place::division(&division.ok_or_else(nowhere)?),
        site_name,
        number: u16::try_from(number).map_err(AppError::internal)?,
        name,
        expected: count(expected),
        started: count(started),
        closed: count(closed),
    })
}

/// Who sits in a room of a test, by seat.
///
/// # Errors
/// If the store fails.
pub async fn seats_in(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    room: ExamRoomId,
) -> AppResult<Vec<(u8, SittingFacts)>> {
    let Some(plan) = plan_in_force(conn, id).await? else { return Ok(Vec::new()) };
    let seats = store::list_seats_in(conn, plan, room).await?;
    let ids: Vec<SittingId> = seats.iter().map(|(sitting, _)| *sitting).collect();
    let sittings = facts::join(conn, store::list_sittings(conn, &ids, false).await?).await?;
    let seat_of = |sitting: &SittingFacts| seats.iter().find(|(id, _)| *id == sitting.id).map(|(_, seat)| *seat);
    let with_seat = sittings.into_iter().filter_map(|sitting| Some((seat_of(&sitting)?, sitting)));
    let mut with_seat: Vec<_> =
        with_seat.map(|(seat, sitting)| (u8::try_from(seat).unwrap_or(u8::MAX), sitting)).collect();
    with_seat.sort_by_key(|(seat, _)| *seat);
    Ok(with_seat)
}

/// Puts a candidate on another seat of their room; the exam session is locked. Whether it is free, the caller has looked.
///
/// # Errors
/// `not-found` without a plan of seats that holds.
pub async fn change_seat(tx: &Tx, sitting: &SittingFacts, seat: u8) -> AppResult<()> {
    let plan = plan_in_force(tx.conn(), sitting.exam_session_id).await?.ok_or_else(AppError::not_found)?;
    let changes = store::list_seat_changes(tx.conn(), plan).await?.len();
    let row = seat_change::Model {
        seat_plan_id: plan,
        number: i32::try_from(changes + 1).map_err(AppError::internal)?,
        sitting_id: sitting.id,
        seat: i32::from(seat),
        changed_at: tx.now(),
    };
    store::insert_seat_change(tx.conn(), row).await
}

/// Who does not sit any more where the plan that holds has put them.
///
/// # Errors
/// If the store fails.
pub async fn seat_moves(conn: &impl ConnectionTrait, id: ExamSessionId) -> AppResult<HashMap<SittingId, SeatMove>> {
    let Some(plan) = plan_in_force(conn, id).await? else { return Ok(HashMap::new()) };
    // A later change of somebody goes before an earlier one.
    let last: HashMap<SittingId, i32> = store::list_seat_changes(conn, plan).await?.into_iter().collect();
    let ids: Vec<SittingId> = last.keys().copied().collect();
    let number = |seat: i32| u8::try_from(seat).unwrap_or(u8::MAX);
    let moved = |(sitting, from): (SittingId, i32)| {
        let to = *last.get(&sitting)?;
        (to != from).then(|| (sitting, SeatMove { from: number(from), to: number(to) }))
    };
    Ok(store::list_seats_of(conn, plan, &ids).await?.into_iter().filter_map(moved).collect())
}

/// Who is at work in these rooms of a test, and where.
///
/// # Errors
/// If the store fails.
pub async fn working_in(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    rooms: &[ExamRoomId],
) -> AppResult<Vec<(SittingId, ExamRoomId)>> {
    let Some(plan) = plan_in_force(conn, id).await? else { return Ok(Vec::new()) };
    let working = store::list_working(conn, plan, rooms).await?;
    Ok(working.into_iter().filter_map(|(sitting, room)| Some((sitting, room?))).collect())
}

/// How many of these sittings of a test have a seat at each site, by the plan that holds.
///
/// # Errors
/// If the store fails.
pub async fn count_by_site(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    among: IdQuery,
) -> AppResult<HashMap<ExamSiteId, u32>> {
    let Some(plan) = plan_in_force(conn, id).await? else { return Ok(HashMap::new()) };
    let counted = store::count_by_site(conn, plan, among).await?;
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(counted.into_iter().filter_map(|(site, counted)| Some((site?, count(counted)))).collect())
}

/// How many candidates of a test are at work.
///
/// # Errors
/// If the store fails.
pub async fn count_working(conn: &impl ConnectionTrait, id: ExamSessionId) -> AppResult<u64> {
    store::count_meant(conn, id, store::working()).await
}

/// The sittings of those who are, as a query for their ids: a large test has more than a statement can name.
#[must_use]
pub fn working_ids(id: ExamSessionId) -> IdQuery {
    store::sitting_ids(id, store::working())
}

/// All sittings of a test, as such a query.
#[must_use]
pub fn sitting_ids(id: ExamSessionId) -> IdQuery {
    store::sitting_ids(id, Condition::all())
}

/// In which room of which site somebody sits, if anybody has said.
///
/// # Errors
/// If the store fails.
pub async fn room_of_sitting(
    conn: &impl ConnectionTrait,
    sitting: &SittingFacts,
) -> AppResult<Option<(ExamRoomId, ExamSiteId)>> {
    let Some(plan) = plan_in_force(conn, sitting.exam_session_id).await? else { return Ok(None) };
    let places = store::places_of(conn, plan, &[sitting.id]).await?;
    Ok(places.into_iter().find_map(|(_, room, site)| room.zip(site)))
}

/// Gives so many seconds back; to how many, and how many were passed over because their sitting is over or they have got
/// all that so many persons may give back.
///
/// # Errors
/// If the store fails.
pub async fn return_time(
    tx: &Tx,
    id: ExamSessionId,
    to: Extended,
    (seconds, by): (u32, GivenBy),
) -> AppResult<(u32, u32)> {
    let conn = tx.conn();
    let plan = plan_in_force(conn, id).await?;
    let meant = match (to, plan) {
        (Extended::All, _) => Condition::all(),
        (Extended::Sitting(sitting), _) => store::one_sitting(sitting),
        (Extended::Room(room), Some(plan)) => store::seated(plan, store::in_room(room)),
        (Extended::Site(site), Some(plan)) => store::seated(plan, store::at_site(site)),
        (Extended::Room(_) | Extended::Site(_), None) => return Ok((0, 0)),
    };
    let all = store::count_meant(conn, id, meant.clone()).await?;
    let whole = |seconds: u32| i32::try_from(seconds).map_err(AppError::internal);
    let (column, most) = match by {
        GivenBy::One => (sitting::Column::ReturnedS, MAX_RETURNED_S),
        GivenBy::Two => (sitting::Column::ExtendedS, MAX_EXTENDED_S),
    };
    let given = store::return_time(conn, id, meant, (column, whole(seconds)?, whole(most)?)).await?;
    let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok((count(given), count(all.saturating_sub(given))))
}

/// Lets a locked sitting's working time stand still.
///
/// # Errors
/// If the store fails.
pub async fn pause(tx: &Tx, sitting: &SittingFacts) -> AppResult<()> {
    let returned_s = i32::try_from(sitting.returned_s).map_err(AppError::internal)?;
    store::set_paused(tx.conn(), sitting.id, Some(tx.now()), returned_s).await
}

/// Lets it go on, and gives the pause back; how many seconds.
///
/// # Errors
/// If the store fails.
pub async fn resume(tx: &Tx, sitting: &SittingFacts) -> AppResult<u32> {
    let Some(paused_at) = sitting.paused_at else { return Ok(0) };
    let seconds = paused_s(paused_at, tx.now(), sitting.returned_s);
    let returned_s = i32::try_from(sitting.returned_s + seconds).map_err(AppError::internal)?;
    store::set_paused(tx.conn(), sitting.id, None, returned_s).await?;
    Ok(seconds)
}

/// How many began and ended in each minute in which anybody did: its beginning, and both counts.
///
/// # Errors
/// If the store fails.
pub async fn count_by_minute(conn: &impl ConnectionTrait, id: ExamSessionId) -> AppResult<Vec<(Timestamp, u32, u32)>> {
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let minutes = store::count_by_minute(conn, id).await?;
    Ok(minutes
        .into_iter()
        .map(|(minute, opened, closed)| (Timestamp(minute * 60_000), count(opened), count(closed)))
        .collect())
}

/// The sitting of a test with this ticket number, if it counts.
///
/// # Errors
/// If the store fails.
pub async fn sitting_by_ticket(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    ticket_number: &str,
) -> AppResult<Option<SittingId>> {
    store::find_sitting_by_ticket(conn, id, ticket_number).await
}

/// Who watches one room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomWatch {
    /// The room.
    pub exam_room_id: ExamRoomId,
    /// Who.
    pub invigilator_id: AccountId,
}

/// Who watches the rooms of a test, or one of them.
///
/// # Errors
/// If the store fails.
pub async fn watches_of(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    room: Option<ExamRoomId>,
) -> AppResult<Vec<RoomWatch>> {
    let rows = store::list_watches(conn, id, room).await?;
    Ok(rows
        .into_iter()
        .map(|row| RoomWatch { exam_room_id: row.exam_room_id, invigilator_id: row.invigilator_id })
        .collect())
}

/// Lets these watch a room, as `by` says, and nobody else.
///
/// # Errors
/// If the store fails.
pub async fn replace_watches(
    tx: &Tx,
    room: (ExamSessionId, ExamRoomId),
    (people, by): (&[AccountId], AccountId),
) -> AppResult<()> {
    store::replace_watches(tx.conn(), room, (people, by), tx.now()).await
}

/// The rooms of a test that an invigilator keeps, if that is all that they see of it: once rooms are watched, who was told
/// to keep one sees who sits there alone. Nothing for who looks after the whole site.
///
/// # Errors
/// If the store fails.
pub(super) async fn only_rooms(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: ExamSessionId,
) -> AppResult<Option<Vec<ExamRoomId>>> {
    let carries = |right| actor.roles.iter().any(|held| rights::carries(held.role, right));
    if !carries(Right::KeepExamRoom) || carries(Right::AssignInvigilator) {
        return Ok(None);
    }
    let watches = watches_of(conn, id, None).await?;
    if watches.is_empty() {
        return Ok(None);
    }
    let own = watches.into_iter().filter(|watch| watch.invigilator_id == actor.account_id);
    Ok(Some(own.map(|watch| watch.exam_room_id).collect()))
}

/// The sittings of a test that have a seat in one of these rooms.
///
/// # Errors
/// If the store fails.
pub(super) async fn sittings_in(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    rooms: &[ExamRoomId],
) -> AppResult<Vec<sitting::Model>> {
    let Some(plan) = plan_in_force(conn, id).await? else { return Ok(Vec::new()) };
    let mut ids = Vec::new();
    for room in rooms {
        ids.extend(store::list_seats_in(conn, plan, *room).await?.into_iter().map(|(sitting, _)| sitting));
    }
    let mut sittings = store::list_sittings(conn, &ids, false).await?;
    sittings.retain(|sitting| sitting.withdrawn_at.is_none());
    Ok(sittings)
}

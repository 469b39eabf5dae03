//! Rooms of teaching points.

use super::{entity::room, store};
use crate::{
    access::{Actor, Permit, actions, authorize},
    learning::ClassHead,
    organisation::{self, TeachingPointFacts},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::{RoomId, TeachingPointId},
    organisation::{OpenState, may_meet_at},
    problem::ProblemCode,
    rights::{Place, Right},
    teaching::{ReplaceRoom, RoomEntry, RoomView},
};

actions! {
    /// Enter a room.
    EnterRoom(RoomId) = KeepTimetable;
    /// Give a room another name or other seats, or close it.
    ChangeRoom(RoomId) = KeepTimetable;
}

/// Characters of a room's name.
const MAX_NAME_CHARS: usize = 40;
/// Seats of a room.
const MAX_SEATS: u16 = 2_000;

/// A teaching point at which the actor may plan meetings; to others it is not there.
pub(super) async fn usable(cx: &Services, actor: &Actor, id: TeachingPointId) -> AppResult<TeachingPointFacts> {
    let point = organisation::teaching_point(cx, id).await?;
    let reads = |place: &Place| actor.has_any(&[Right::ReadOrganisation], place);
    let is_of_their_school = actor.roles.iter().any(|held| match &held.place {
        class @ Place::Class { provider, .. } => *provider == point.provider_id && reads(class),
        _ => false,
    });
    let may = reads(&point.place) || is_of_their_school;
    if may { Ok(point) } else { Err(AppError::not_found()) }
}

/// Refuses a class a room that is closed, and the room of a teaching point that is, unless it meets there; nobody closes
/// one that is not until the write ends.
pub(super) async fn hold_for(tx: &Tx, class: &ClassHead, id: Option<RoomId>) -> AppResult<()> {
    let Some(id) = id else { return Ok(()) };
    let room = store::find_room(tx.conn(), id).await?.ok_or_else(|| AppError::field("/room_id", "not-found"))?;
    let point = organisation::hold_teaching_point(tx, room.teaching_point_id).await?;
    // Who closes the room holds its teaching point, too.
    let room = store::find_room(tx.conn(), id).await?.ok_or_else(|| AppError::field("/room_id", "not-found"))?;
    if state_of(&room)? == OpenState::Closed {
        return Err(AppError::field("/room_id", "room-closed"));
    }
    if may_meet_at(point.state, class.teaching_point_id == Some(point.id)) {
        Ok(())
    } else {
        Err(AppError::field("/room_id", "point-closed"))
    }
}

/// Lets the actor enter a room of a teaching point that they may know of.
pub(super) async fn permit_new(cx: &Services, actor: &Actor, entry: &RoomEntry) -> AppResult<Permit<EnterRoom>> {
    let point = usable(cx, actor, entry.teaching_point_id).await;
    let point = point.map_err(|error| error.at_field("/teaching_point_id"))?;
    authorize(actor, cx.ids.new_id(), &point.place)
}

/// Enters a room of a teaching point that is in use.
pub(super) async fn create(
    cx: &Services,
    permit: &Permit<EnterRoom>,
    key: &IdempotencyKey,
    entry: &RoomEntry,
) -> AppResult<RoomView> {
    let (id, author) = (*permit.target(), permit.person()?);
    let name = checked(&entry.name, entry.seats)?;
    cx.db
        .write(permit, async |tx| {
            once(tx, author, key, entry, async || {
                let point = organisation::hold_teaching_point(tx, entry.teaching_point_id).await?;
                if point.state == OpenState::Closed {
                    return Err(AppError::field("/teaching_point_id", "point-closed"));
                }
                let row = room::Model {
                    id,
                    teaching_point_id: entry.teaching_point_id,
                    name: name.to_owned(),
                    seats: i32::from(entry.seats),
                    created_at: tx.now(),
                    state: OpenState::Open.as_str().to_owned(),
                    version: 1,
                };
                if !store::insert_room(tx.conn(), row.clone()).await? {
                    return Err(AppError::field("/name", "duplicate"));
                }
                view(row)
            })
            .await
        })
        .await
}

/// The name of a room as it is kept.
///
/// # Errors
/// The field that is wrong.
fn checked(name: &str, seats: u16) -> AppResult<&str> {
    let name = name.trim();
    match name.chars().count() {
        0 => return Err(AppError::field("/name", "required")),
        1..=MAX_NAME_CHARS => {}
        _ => return Err(AppError::field("/name", "too-long")),
    }
    if (1..=MAX_SEATS).contains(&seats) { Ok(name) } else { Err(AppError::field("/seats", "out-of-range")) }
}

/// Gives a room that is as the actor has seen it another name or other seats, closes it or opens it again. What is planned
/// in it stays.
///
/// # Errors
/// `not-found` for who may not know of its teaching point, `forbidden`, `stale`, or the fields that are wrong.
pub(super) async fn change(
    cx: &Services,
    actor: &Actor,
    (id, seen): (RoomId, i32),
    change: &ReplaceRoom,
) -> AppResult<RoomView> {
    let row = store::find_room(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let point = usable(cx, actor, row.teaching_point_id).await?;
    let permit: Permit<ChangeRoom> = authorize(actor, id, &point.place)?;
    let name = checked(&change.name, change.seats)?;
    cx.db
        .write(&permit, async |tx| {
            organisation::hold_teaching_point(tx, point.id).await?;
            let row = store::find_room(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            if row.version != seen {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            let row = room::Model {
                name: name.to_owned(),
                seats: i32::from(change.seats),
                state: change.state.as_str().to_owned(),
                version: row.version + 1,
                ..row
            };
            if !store::update_room(tx.conn(), row.clone()).await? {
                return Err(AppError::field("/name", "duplicate"));
            }
            tx.note("state", row.state.clone());
            view(row)
        })
        .await
}

/// The rooms of a teaching point, by name.
pub(super) async fn list(cx: &Services, actor: &Actor, id: TeachingPointId) -> AppResult<Vec<RoomView>> {
    let point = usable(cx, actor, id).await?;
    store::list_rooms(cx.db.read(), point.id).await?.into_iter().map(view).collect()
}

fn state_of(row: &room::Model) -> AppResult<OpenState> {
    OpenState::parse(&row.state).ok_or_else(|| AppError::internal(format!("room in {}", row.state)))
}

fn view(row: room::Model) -> AppResult<RoomView> {
    Ok(RoomView {
        state: state_of(&row)?,
        id: row.id,
        teaching_point_id: row.teaching_point_id,
        name: row.name,
        seats: u16::try_from(row.seats).unwrap_or(MAX_SEATS),
        version: row.version,
    })
}

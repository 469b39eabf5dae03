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
    rights::{Place, Right},
    teaching::{RoomEntry, RoomView},
};

actions! {
    /// Enter a room.
    EnterRoom(RoomId) = KeepTimetable;
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

/// Refuses a class the room of a teaching point that is closed, unless it meets there; nobody closes one that is not until
/// the write ends.
pub(super) async fn hold_for(tx: &Tx, class: &ClassHead, id: Option<RoomId>) -> AppResult<()> {
    let Some(id) = id else { return Ok(()) };
    let room = store::find_room(tx.conn(), id).await?.ok_or_else(|| AppError::field("/room_id", "not-found"))?;
    let point = organisation::hold_teaching_point(tx, room.teaching_point_id).await?;
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
    let name = entry.name.trim();
    match name.chars().count() {
        0 => return Err(AppError::field("/name", "required")),
        1..=MAX_NAME_CHARS => {}
        _ => return Err(AppError::field("/name", "too-long")),
    }
    if !(1..=MAX_SEATS).contains(&entry.seats) {
        return Err(AppError::field("/seats", "out-of-range"));
    }
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
                };
                if !store::insert_room(tx.conn(), row.clone()).await? {
                    return Err(AppError::field("/name", "duplicate"));
                }
                Ok(view(row))
            })
            .await
        })
        .await
}

/// The rooms of a teaching point, by name.
pub(super) async fn list(cx: &Services, actor: &Actor, id: TeachingPointId) -> AppResult<Vec<RoomView>> {
    let point = usable(cx, actor, id).await?;
    Ok(store::list_rooms(cx.db.read(), point.id).await?.into_iter().map(view).collect())
}

fn view(row: room::Model) -> RoomView {
    RoomView {
        id: row.id,
        teaching_point_id: row.teaching_point_id,
        name: row.name,
        seats: u16::try_from(row.seats).unwrap_or(MAX_SEATS),
    }
}

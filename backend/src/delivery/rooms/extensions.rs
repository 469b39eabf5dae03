//! Time that is given back to one candidate, a room, a site, or everybody, by who runs the day.

use super::{RunExamDay, acts};
use crate::{
    access::Permit,
    delivery::{entity::room_act, store::to_i32},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
    sittings::{self, Extended},
};
use shared::{
    delivery::{ExtensionOutcome, NewExtension, RoomActKind, RoomRefusal},
    ids::{ExamRoomId, ExamSessionId, ExamSiteId, SittingId},
    sittings::ExamSessionState,
};

/// For whom it is, and where that is.
struct Target {
    to: Extended,
    site: Option<ExamSiteId>,
    room: Option<ExamRoomId>,
    sitting: Option<SittingId>,
}

/// Gives time back. A repeat with the same key gives it once.
///
/// # Errors
/// The fields that are wrong; `wrong-state` unless the key is armed.
pub(super) async fn extend(
    cx: &Services,
    permit: &Permit<RunExamDay>,
    key: &IdempotencyKey,
    new: &NewExtension,
) -> AppResult<ExtensionOutcome> {
    let (id, person) = (*permit.target(), permit.person()?);
    let new = new.checked().map_err(AppError::Invalid)?;
    let extended = cx.db.write(permit, async |tx| {
        once(tx, person, key, &(id, &new), async || {
            let test = sittings::lock_exam_session(tx, id).await?;
            if test.state != ExamSessionState::Armed {
                return Err(AppError::refused(RoomRefusal::NotRunning));
            }
            let target = target(tx, id, &new).await?;
            let seconds = u32::from(new.minutes) * 60;
            let (extended, passed_over) = sittings::return_time(tx, id, target.to, seconds).await?;
            tx.note("seconds", seconds);
            tx.note("extended", extended);
            tx.note("passed_over", passed_over);
            let row = room_act::Model {
                exam_session_id: id,
                number: 0,
                exam_site_id: target.site,
                exam_room_id: target.room,
                sitting_id: target.sitting,
                kind: RoomActKind::ReturnTime.as_str().to_owned(),
                text: Some(new.reason.clone()),
                seconds: Some(to_i32(seconds)?),
                epoch: None,
                seat: None,
                is_identity_right: None,
                acted_by: person,
                acted_at: tx.now(),
            };
            acts::append(tx, id, vec![row]).await?;
            Ok(ExtensionOutcome { extended, passed_over })
        })
        .await
    });
    extended.await
}

async fn target(tx: &Tx, id: ExamSessionId, new: &NewExtension) -> AppResult<Target> {
    let everybody = Target { to: Extended::All, site: None, room: None, sitting: None };
    if let Some(ticket_number) = &new.ticket_number {
        let found = sittings::sitting_by_ticket(tx.conn(), id, ticket_number).await?;
        let sitting = found.ok_or_else(|| AppError::field("/ticket_number", "not-found"))?;
        let facts = sittings::lock_sittings(tx.conn(), &[sitting]).await?.pop();
        let place = match &facts {
            Some(facts) => sittings::room_of_sitting(tx.conn(), facts).await?,
            None => None,
        };
        let (room, site) = place.unzip();
        return Ok(Target { to: Extended::Sitting(sitting), site, room, sitting: Some(sitting) });
    }
    if new.exam_room_id.is_none() && new.exam_site_id.is_none() {
        return Ok(everybody);
    }
    let rooms = sittings::rooms_of(tx.conn(), id).await?;
    if let Some(room) = new.exam_room_id {
        let found = rooms.iter().find(|known| known.exam_room_id == room);
        let site = found.ok_or_else(|| AppError::field("/exam_room_id", "not-found"))?.exam_site_id;
        return Ok(Target { to: Extended::Room(room), site: Some(site), room: Some(room), ..everybody });
    }
    let found = rooms.iter().find(|known| Some(known.exam_site_id) == new.exam_site_id);
    let site = found.ok_or_else(|| AppError::field("/exam_site_id", "not-found"))?.exam_site_id;
    Ok(Target { to: Extended::Site(site), site: Some(site), ..everybody })
}

//! The portrait of somebody who is to be let in: looked at in their own room, and each look is audited.

use super::KeepExamRoom;
use crate::{
    access::Permit,
    enrolment,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
    sittings::{self, RoomFacts},
};
use shared::delivery::ShowPortrait;

/// The portrait of a candidate of the room, as JPEG.
///
/// # Errors
/// The field `/ticket_number` of nobody who sits there; `not-found` if there is no portrait.
pub(super) async fn show(
    cx: &Services,
    permit: &Permit<KeepExamRoom>,
    room: &RoomFacts,
    wanted: &ShowPortrait,
) -> AppResult<Vec<u8>> {
    let seats = sittings::seats_in(cx.db.read(), room.exam_session_id, room.exam_room_id).await?;
    let mut sittings = seats.into_iter().map(|(_, sitting)| sitting);
    let sitting = sittings.find(|sitting| sitting.ticket_number == wanted.ticket_number.trim());
    let sitting = sitting.ok_or_else(|| AppError::field("/ticket_number", "not-found"))?;
    let record = enrolment::record_of(cx, sitting.account_id).await?.ok_or_else(AppError::not_found)?;
    cx.db
        .write(permit, async |tx| {
            tx.note("looked_at", sitting.id.to_string());
            enrolment::portrait_of(cx, tx, record.record_id).await?.ok_or_else(AppError::not_found)
        })
        .await
}

//! What is done in a room: judged at every seat that it is about, carried out, and kept.

use super::{KeepExamRoom, store};
use crate::{
    access::Permit,
    delivery::{entity::room_act, service::merged, store::to_i32},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
    sittings::{self, Closing, Extended, GivenBy, RoomFacts, SittingFacts},
};
use shared::{
    delivery::{
        NewRoomAct, RoomActKind, RoomAnnouncement, RoomLogEntry, RoomRefusal, RoomSeatFacts, SeatAct, SeatLog, digest,
        judge_room_act, needs_ticket,
    },
    ids::{AccountId, ExamSessionId, SittingId},
    sittings::ExamSessionState,
    time::Timestamp,
};

/// Does something in a room. A repeat with the same key does it once.
///
/// # Errors
/// The fields that are wrong; as `judge_room_act` refuses, if it refuses at every seat that it is about.
pub(super) async fn act(
    cx: &Services,
    permit: &Permit<KeepExamRoom>,
    (room, key): (&RoomFacts, &IdempotencyKey),
    new: &NewRoomAct,
) -> AppResult<()> {
    let (id, person) = (room.exam_session_id, permit.person()?);
    let new = new.checked().map_err(AppError::Invalid)?;
    cx.db
        .write(permit, async |tx| {
            once(tx, person, key, &(id, room.exam_room_id, &new), async || {
                // Acts of a test are numbered one after another.
                sittings::lock_exam_session(tx, id).await?;
                let meant = meant(tx, room, new.ticket_number.as_deref()).await?;
                is_free(tx, room, &new).await?;
                tx.note("exam_session", id.to_string());
                tx.note("act", new.kind.as_str());
                if let [one] = meant.as_slice() {
                    tx.note("sitting", one.id.to_string());
                }
                let rows = carry_out(tx, room, (person, &new), &meant).await?;
                tx.note("seats", rows.len());
                append(tx, id, rows).await
            })
            .await
        })
        .await
}

/// Whom an act is about, locked: one candidate of the room, or all.
async fn meant(tx: &Tx, room: &RoomFacts, ticket_number: Option<&str>) -> AppResult<Vec<SittingFacts>> {
    let seats = sittings::seats_in(tx.conn(), room.exam_session_id, room.exam_room_id).await?;
    let is_meant = |sitting: &SittingFacts| ticket_number.is_none_or(|ticket| sitting.ticket_number == ticket);
    let ids: Vec<SittingId> =
        seats.into_iter().map(|(_, sitting)| sitting).filter(is_meant).map(|sitting| sitting.id).collect();
    if ids.is_empty() {
        return Err(AppError::field("/ticket_number", "not-found"));
    }
    sittings::lock_sittings(tx.conn(), &ids).await
}

/// Nobody is put on a seat where somebody else sits.
async fn is_free(tx: &Tx, room: &RoomFacts, new: &NewRoomAct) -> AppResult<()> {
    let Some(wanted) = new.seat else { return Ok(()) };
    let moves = sittings::seat_moves(tx.conn(), room.exam_session_id).await?;
    for (planned, sitting) in sittings::seats_in(tx.conn(), room.exam_session_id, room.exam_room_id).await? {
        let seat = moves.get(&sitting.id).map_or(planned, |moved| moved.to);
        if seat == wanted && Some(&sitting.ticket_number) != new.ticket_number.as_ref() {
            return Err(AppError::field("/seat", "duplicate"));
        }
    }
    Ok(())
}

/// Does it at every seat where it is allowed, and says what to keep of it.
async fn carry_out(
    tx: &Tx,
    room: &RoomFacts,
    (person, new): (AccountId, &NewRoomAct),
    meant: &[SittingFacts],
) -> AppResult<Vec<room_act::Model>> {
    if new.kind == RoomActKind::Announce && new.ticket_number.is_none() {
        return Ok(vec![row(tx, room, (person, new), None)]);
    }
    let is_for_all = !needs_ticket(new.kind) && new.ticket_number.is_none();
    let (mut rows, mut refusal) = (Vec::with_capacity(meant.len()), None);
    for sitting in meant {
        let log = super::log_of(tx.conn(), sitting).await?;
        let minutes = new.minutes.unwrap_or_default();
        match judge_room_act(new.kind, &facts(sitting, &log, tx.now()), (person, tx.now()), minutes) {
            Ok(()) => {
                let seconds = apply(tx, sitting, new).await?;
                let mut kept = row(tx, room, (person, new), Some(sitting));
                kept.seconds = seconds.map(to_i32).transpose()?;
                rows.push(kept);
            }
            Err(refused) if is_for_all => refusal = refusal.or(Some(refused)),
            Err(refused) => return Err(AppError::refused(refused)),
        }
    }
    match refusal {
        Some(refused) if rows.is_empty() => Err(AppError::refused(refused)),
        _ => Ok(rows),
    }
}

fn facts(sitting: &SittingFacts, log: &SeatLog, now: Timestamp) -> RoomSeatFacts {
    RoomSeatFacts {
        is_armed: sitting.state == ExamSessionState::Armed,
        starts_at: sitting.starts_at,
        admits_until: sitting.admits_until(now),
        coming: log.coming,
        late_proposed_by: log.late_proposed_by,
        is_opened: sitting.opened_at.is_some(),
        is_closed: sitting.closed_at.is_some(),
        paused_at: sitting.paused_at,
        returned_s: sitting.returned_s,
        submit_proposed_by: log.submit_proposed_by,
        has_paper: log.has_paper,
        needs_safe_browser: sitting.rules.needs_safe_browser && !log.is_safe_browser_waived,
    }
}

/// What an act does to a sitting; the seconds that it gave back.
async fn apply(tx: &Tx, sitting: &SittingFacts, new: &NewRoomAct) -> AppResult<Option<u32>> {
    match new.kind {
        RoomActKind::Pause => sittings::pause(tx, sitting).await.map(|()| None),
        RoomActKind::Resume => sittings::resume(tx, sitting).await.map(Some),
        RoomActKind::ReturnTime => {
            let seconds = u32::from(new.minutes.unwrap_or_default()) * 60;
            let (id, to) = (sitting.exam_session_id, Extended::Sitting(sitting.id));
            sittings::return_time(tx, id, to, (seconds, GivenBy::One)).await?;
            Ok(Some(seconds))
        }
        RoomActKind::ForceSubmit => close(tx, sitting).await.map(|()| None),
        RoomActKind::ChangeSeat => {
            let seat = new.seat.ok_or_else(|| AppError::field("/seat", "required"))?;
            tx.note("seat", seat);
            sittings::change_seat(tx, sitting, seat).await.map(|()| None)
        }
        RoomActKind::Admit
        | RoomActKind::ConsentTakeOver
        | RoomActKind::ProposeSubmit
        | RoomActKind::Announce
        | RoomActKind::HandOutPaper
        | RoomActKind::CollectPaper
        | RoomActKind::WaiveSafeBrowser
        | RoomActKind::AdmitLate
        | RoomActKind::ReadOutKey => Ok(None),
    }
}

/// Ends a sitting with what the server has of it. What the device wrote before may still arrive, with proof.
async fn close(tx: &Tx, sitting: &SittingFacts) -> AppResult<()> {
    let answers = merged(tx.conn(), &[sitting.id]).await?.remove(&sitting.id).unwrap_or_default();
    let (answered, digest) = (answers.answered(), digest(&answers));
    let closing = Closing { closed_at: tx.now(), by_candidate: false, answered, digest };
    if sittings::close_sitting(tx, sitting.id, &closing).await? {
        Ok(())
    } else {
        Err(AppError::refused(RoomRefusal::SittingOver))
    }
}

fn row(
    tx: &Tx,
    room: &RoomFacts,
    (person, new): (AccountId, &NewRoomAct),
    sitting: Option<&SittingFacts>,
) -> room_act::Model {
    // At another seat stands another device.
    let is_consent = matches!(new.kind, RoomActKind::ConsentTakeOver | RoomActKind::ChangeSeat);
    room_act::Model {
        exam_session_id: room.exam_session_id,
        number: 0,
        exam_site_id: Some(room.exam_site_id),
        exam_room_id: Some(room.exam_room_id),
        sitting_id: sitting.map(|sitting| sitting.id),
        kind: new.kind.as_str().to_owned(),
        text: new.text.clone(),
        seconds: None,
        epoch: sitting.filter(|_| is_consent).and_then(|sitting| i32::try_from(sitting.epoch).ok()),
        seat: new.seat.map(i32::from),
        is_identity_right: new.document_matches.zip(new.photo_matches).map(|(document, photo)| document && photo),
        acted_by: person,
        acted_at: tx.now(),
    }
}

/// Keeps acts of a locked exam session under the next numbers.
pub(super) async fn append(tx: &Tx, id: ExamSessionId, mut rows: Vec<room_act::Model>) -> AppResult<()> {
    let mut number = store::last_act(tx.conn(), id).await?;
    for row in &mut rows {
        number += 1;
        row.number = number;
    }
    store::insert_acts(tx.conn(), rows).await
}

/// What was done, as it was kept.
pub(super) fn kind_of(row: &room_act::Model) -> AppResult<RoomActKind> {
    RoomActKind::parse(&row.kind).ok_or_else(|| AppError::internal(format!("an act of kind {}", row.kind)))
}

/// An act, as far as it tells of its seat.
pub(super) fn seat_act(row: &room_act::Model) -> AppResult<SeatAct> {
    Ok(SeatAct {
        kind: kind_of(row)?,
        epoch: row.epoch.and_then(|epoch| u32::try_from(epoch).ok()),
        is_identity_right: row.is_identity_right,
        acted_by: row.acted_by,
        acted_at: row.acted_at,
    })
}

/// An act, as the log of its room takes it in.
pub(super) fn log_entry(row: room_act::Model) -> AppResult<RoomLogEntry> {
    Ok(RoomLogEntry { number: row.number, sitting_id: row.sitting_id, act: seat_act(&row)?, text: row.text })
}

/// What was said to candidates.
pub(super) fn announcement(row: room_act::Model) -> RoomAnnouncement {
    RoomAnnouncement { text: row.text.unwrap_or_default(), announced_at: row.acted_at }
}

//! What happened in a room, for the report that is signed when the test is over.

use super::{RoomKey, progress::lines, seen, store, view};
use crate::{
    access::{Actor, Permit, actions, authorize},
    delivery::entity::room_act,
    platform::{Services, error::AppResult},
    sittings,
};
use shared::{
    delivery::{RoomAccess, RoomActLine, RoomLog, WatchedRoom},
    ids::{ExamRoomId, ExamSessionId},
    rights::Right,
};
use std::collections::HashMap;

actions! {
    /// Print the report of a room, by who keeps it.
    PrintRoomReport(ExamRoomId) = KeepExamRoom;
    /// Print the report of a room, by who runs the day.
    PrintAnyRoomReport(ExamRoomId) = RunExamDay;
}

/// What the report of a room says.
#[derive(Clone, Debug)]
pub struct RoomReport {
    /// The room with its seats.
    pub room: WatchedRoom,
    /// What was done there, the first first.
    pub acts: Vec<RoomActLine>,
    /// Who watched it.
    pub invigilators: Vec<String>,
}

/// Who prints a report.
pub enum ReportPermit {
    /// Somebody who keeps the room.
    Keeper(Permit<PrintRoomReport>),
    /// Somebody who runs the day.
    Office(Permit<PrintAnyRoomReport>),
}

/// What the report of a room says, for who keeps it or runs the day.
///
/// # Errors
/// `not-found` if the room is not there for them, `forbidden` if they may only look at it.
pub async fn room_report(
    cx: &Services,
    actor: &Actor,
    (exam_session_id, exam_room_id): (ExamSessionId, ExamRoomId),
) -> AppResult<(ReportPermit, RoomReport)> {
    let key = RoomKey { exam_session_id, exam_room_id };
    let (_, facts, access) = seen(cx, actor, key).await?;
    let runs_day = actor.has_any(&[Right::RunExamDay], &facts.place);
    let permit = if access == RoomAccess::Keep || !runs_day {
        ReportPermit::Keeper(authorize(actor, exam_room_id, &facts.place)?)
    } else {
        ReportPermit::Office(authorize(actor, exam_room_id, &facts.place)?)
    };
    let base = view::base(cx, key).await?;
    let room = view::room(cx, &base, (&mut RoomLog::default(), None), |_| Vec::new()).await?;
    let rows = store::list_acts_of_room(cx.db.read(), exam_session_id, (exam_room_id, facts.exam_site_id), 0).await?;
    // That somebody was let in stands at their seat.
    let is_told = |row: &room_act::Model| row.kind != shared::delivery::RoomActKind::Admit.as_str();
    let rows = rows.into_iter().filter(is_told).collect();
    let acts = lines(cx, rows, &HashMap::from([(exam_room_id, facts.number)])).await?;
    let watches = sittings::watches_of(cx.db.read(), exam_session_id, Some(exam_room_id)).await?;
    let people: Vec<_> = watches.iter().map(|watch| watch.invigilator_id).collect();
    let mut invigilators: Vec<String> = crate::identity::names_of(cx, &people).await?.into_values().collect();
    invigilators.sort_unstable();
    Ok((permit, RoomReport { room, acts, invigilators }))
}

/// Notes that the report of a room was printed.
///
/// # Errors
/// If the store fails.
pub async fn note_room_report(cx: &Services, permit: &ReportPermit, id: ExamSessionId) -> AppResult<()> {
    match permit {
        ReportPermit::Keeper(permit) => cx.db.write(permit, async |tx| note(tx, id)).await,
        ReportPermit::Office(permit) => cx.db.write(permit, async |tx| note(tx, id)).await,
    }
}

fn note(tx: &crate::platform::db::Tx, id: ExamSessionId) -> AppResult<()> {
    tx.note("printed", "room_report");
    tx.note("exam_session", id.to_string());
    Ok(())
}

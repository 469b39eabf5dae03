//! Exam rooms on the day of a test: who watches them, what is done there, and how every seat is at the moment.
//!
//! What devices tell and what consoles show goes through [`Live`]: one task of each node reads for all who look on.

mod acts;
mod answer_files;
mod beats;
mod board;
mod entry_codes;
mod extensions;
mod line;
mod live;
pub(super) mod papers;
mod portraits;
mod progress;
mod report;
pub(super) mod routes;
mod spoken_keys;
mod view;
mod watches;

use self::board::{Place, concerns};
pub(super) use entry_codes::{asks_entry_code, lacks_entry_code};
pub use live::Live;
pub use report::{RoomReport, note_room_report, room_report};
pub(super) use spoken_keys::key_read_out_at;

use super::{entity::room_act, store};
use crate::{
    access::{Actor, Permit, actions, authorize},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
    sittings::{self, ExamSessionFacts, RoomFacts, SittingFacts},
};
use sea_orm::ConnectionTrait;
use shared::{
    delivery::{RoomAccess, RoomActKind, RoomAnnouncement, RoomHolder, SeatAct, SeatLog, is_room_open, room_access},
    ids::{ExamRoomId, ExamSessionId},
    rights::Right,
};

actions! {
    /// Do something in an exam room.
    KeepExamRoom(ExamRoomId) = KeepExamRoom;
    /// Say who watches an exam room.
    AssignInvigilator(ExamRoomId) = AssignInvigilator;
    /// Follow a test over all its sites, and give time back to any of its candidates.
    RunExamDay(ExamSessionId) = RunExamDay;
}

/// One room of one test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct RoomKey {
    pub(super) exam_session_id: ExamSessionId,
    pub(super) exam_room_id: ExamRoomId,
}

/// What the actor may do with a room. `is_assigned` says whether they were told to watch it.
fn access_to(cx: &Services, actor: &Actor, test: &ExamSessionFacts, room: &RoomFacts, is_assigned: bool) -> RoomAccess {
    let has = |right| actor.has_any(&[right], &room.place);
    let days = (test.starts_at.date_in_china(), cx.clock.now().date_in_china());
    room_access(RoomHolder {
        runs_day: has(Right::RunExamDay),
        assigns: has(Right::AssignInvigilator),
        keeps: has(Right::KeepExamRoom),
        watches: has(Right::WatchExamSession),
        is_assigned,
        is_today: is_room_open(test.state, days),
    })
}

/// A room, and what the actor may do with it.
///
/// # Errors
/// `not-found` if it is not there for them.
async fn seen(cx: &Services, actor: &Actor, key: RoomKey) -> AppResult<(ExamSessionFacts, RoomFacts, RoomAccess)> {
    let test = sittings::exam_session_facts(cx, key.exam_session_id).await?;
    let room = sittings::room_of(cx.db.read(), key.exam_session_id, key.exam_room_id).await?;
    let watches = sittings::watches_of(cx.db.read(), key.exam_session_id, Some(key.exam_room_id)).await?;
    let is_assigned = watches.iter().any(|watch| watch.invigilator_id == actor.account_id);
    match access_to(cx, actor, &test, &room, is_assigned) {
        RoomAccess::Hidden => Err(AppError::not_found()),
        access => Ok((test, room, access)),
    }
}

/// Lets the actor do something in a room.
///
/// # Errors
/// `not-found` if it is not there for them, `forbidden` if they may only look at it.
async fn permit_keep(cx: &Services, actor: &Actor, key: RoomKey) -> AppResult<(Permit<KeepExamRoom>, RoomFacts)> {
    let (_, room, access) = seen(cx, actor, key).await?;
    if access != RoomAccess::Keep {
        return Err(AppError::Problem(shared::problem::ProblemCode::Forbidden));
    }
    Ok((authorize(actor, key.exam_room_id, &room.place)?, room))
}

/// Whether somebody watches the room of a sitting who has not consented to another device.
pub(super) async fn lacks_consent(conn: &impl ConnectionTrait, sitting: &SittingFacts) -> AppResult<bool> {
    let Some((room, _)) = sittings::room_of_sitting(conn, sitting).await? else { return Ok(false) };
    if sittings::watches_of(conn, sitting.exam_session_id, Some(room)).await?.is_empty() {
        return Ok(false);
    }
    Ok(!log_of(conn, sitting).await?.consents_to(sitting.epoch))
}

/// Whether somebody who begins has to be let in to their room first, and was not. Who has no seat has nobody to do it.
pub(super) async fn lacks_admission(conn: &impl ConnectionTrait, sitting: &SittingFacts) -> AppResult<bool> {
    if !sitting.rules.needs_admission || sitting.epoch > 0 {
        return Ok(false);
    }
    let has_seat = sittings::room_of_sitting(conn, sitting).await?.is_some();
    Ok(has_seat && log_of(conn, sitting).await?.admitted.is_none())
}

/// What was done at the seat of one sitting.
pub(super) async fn log_of(conn: &impl ConnectionTrait, sitting: &SittingFacts) -> AppResult<SeatLog> {
    let acts = store::list_acts_of_sitting(conn, (sitting.exam_session_id, sitting.id)).await?;
    let acts: Vec<SeatAct> = acts.iter().map(acts::seat_act).collect::<AppResult<_>>()?;
    Ok(SeatLog::of(acts))
}

/// What was announced to one candidate, the last first, and whether they go on on paper. One statement, as long as nobody
/// has spoken to a whole room.
pub(super) async fn told_to(
    conn: &impl ConnectionTrait,
    sitting: &SittingFacts,
) -> AppResult<(Vec<RoomAnnouncement>, bool)> {
    let rows = store::list_acts_for(conn, (sitting.exam_session_id, sitting.id)).await?;
    let is_of_some_room = rows.iter().any(|row| row.sitting_id.is_none() && row.exam_site_id.is_some());
    let room = if is_of_some_room { sittings::room_of_sitting(conn, sitting).await? } else { None };
    let place = Place { sitting_id: sitting.id, exam_session_id: sitting.exam_session_id, room };
    let own = rows.iter().filter(|row| row.sitting_id.is_some()).map(acts::seat_act);
    let has_paper = SeatLog::of(own.collect::<AppResult<Vec<_>>>()?).has_paper;
    let is_said = |row: &room_act::Model| {
        let head = (row.number, row.exam_site_id, row.exam_room_id, row.sitting_id);
        row.kind == RoomActKind::Announce.as_str() && concerns(&head, &place)
    };
    let mut said: Vec<_> = rows.into_iter().filter(is_said).map(acts::announcement).collect();
    said.reverse();
    Ok((said, has_paper))
}

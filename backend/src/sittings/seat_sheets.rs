//! What is printed for the rooms of a test: who sits on which seat, by the plan that holds.

use super::{entity::sitting, forms, rooms, seat_plans, service::PlanExamSession, store};
use crate::{
    access::{Actor, Permit},
    identity,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, ExamRoomId, ExamSessionId, ExamSiteId, SeatPlanId, SittingId},
    sittings::{ExamSessionRefusal, ExamSessionState, PlannedRoom, PlannedSeat, PlannedSite, SeatPlanRefusal},
    time::Timestamp,
};
use std::collections::{HashMap, HashSet};

/// The sheets of one test at one site.
#[derive(Clone, Debug)]
pub struct SeatSheets {
    /// The title of the exam session.
    pub title: String,
    /// When candidates may begin.
    pub starts_at: Timestamp,
    /// When working time ends, extra time apart.
    pub ends_at: Timestamp,
    /// The name of the site.
    pub site_name: String,
    /// Its rooms, by number.
    pub rooms: Vec<RoomSheet>,
}

/// One room.
#[derive(Clone, Debug)]
pub struct RoomSheet {
    /// The number of the room.
    pub number: u16,
    /// Where to find it.
    pub name: String,
    /// The names of those who are to watch it.
    pub invigilators: Vec<String>,
    /// Who sits there, by seat.
    pub seats: Vec<SeatLine>,
}

/// One candidate.
#[derive(Clone, Debug)]
pub struct SeatLine {
    /// The number of the seat.
    pub seat: u8,
    /// The seat that they had by the plan, if they go on at another one.
    pub moved_from: Option<u8>,
    /// The ticket number.
    pub ticket_number: String,
    /// The candidate's name.
    pub candidate_name: String,
    /// Which form of the paper they sit, from 0, if not all sit the same.
    pub form: Option<u8>,
}

/// What is printed of a plan for one of its sites, for who plans its exam session.
///
/// # Errors
/// `not-found` and `forbidden` as for the plan itself; `wrong-state` unless it is the one that holds, or if the test was
/// called off; the field if nobody sits at the site.
pub async fn seat_sheets(
    cx: &Services,
    actor: &Actor,
    id: SeatPlanId,
    site_id: ExamSiteId,
) -> AppResult<(Permit<PlanExamSession>, SeatSheets)> {
    let (permit, plan) = seat_plans::permit(cx, actor, id).await?;
    let conn = cx.db.read();
    let last = store::last_confirmation(conn, plan.exam_session_id).await?;
    if last.is_none_or(|last| last.seat_plan_id != id) {
        return Err(AppError::refused(SeatPlanRefusal::DoesNotHold));
    }
    let exam_session = super::exam_session_facts(cx, plan.exam_session_id).await?;
    let sittings = store::list_sittings_of(conn, plan.exam_session_id).await?;
    // What lies on a seat is what its candidate sits, whatever a plan that came to hold later says.
    let held = forms::held(exam_session.state, &exam_session.papers, &sittings);
    let outcome = seat_plans::outcome(&plan)?.with_forms(&held);
    let (has_forms, mut sites) = (outcome.has_forms(), outcome.sites.into_iter());
    let site = sites.find(|site| site.exam_site_id == site_id && !site.rooms.is_empty());
    let site = site.ok_or_else(|| AppError::field("/exam_site_id", "not-found"))?;
    if exam_session.state == ExamSessionState::Cancelled {
        return Err(AppError::refused(ExamSessionRefusal::Cancelled));
    }
    let candidates = candidates(cx, sittings, &site).await?;
    let mut watching = invigilators(cx, plan.exam_session_id).await?;
    let moves = rooms::seat_moves(conn, plan.exam_session_id).await?;
    let room = |room: PlannedRoom| {
        let line = |planned: &PlannedSeat| {
            let (ticket_number, candidate_name) = candidates.get(&planned.sitting_id).cloned().unwrap_or_default();
            let moved = moves.get(&planned.sitting_id);
            SeatLine {
                seat: moved.map_or(planned.seat, |moved| moved.to),
                moved_from: moved.map(|moved| moved.from),
                ticket_number,
                candidate_name,
                form: has_forms.then_some(planned.form),
            }
        };
        let mut seats: Vec<SeatLine> = room.seats.iter().map(line).collect();
        seats.sort_by_key(|line| line.seat);
        let invigilators = watching.remove(&room.room.id).unwrap_or_default();
        RoomSheet { number: room.room.number, name: room.room.name, invigilators, seats }
    };
    let rooms = site.rooms.into_iter().map(room).collect();
    let (title, starts_at, ends_at) = (exam_session.title, exam_session.starts_at, exam_session.ends_at);
    Ok((permit, SeatSheets { title, starts_at, ends_at, site_name: site.name, rooms }))
}

/// The ticket number and name of each candidate who sits at a site.
async fn candidates(
    cx: &Services,
    mut sittings: Vec<sitting::Model>,
    site: &PlannedSite,
) -> AppResult<HashMap<SittingId, (String, String)>> {
    let seats = site.rooms.iter().flat_map(|room| &room.seats);
    let here: HashSet<SittingId> = seats.map(|seat| seat.sitting_id).collect();
    sittings.retain(|sitting| here.contains(&sitting.id));
    let accounts: Vec<AccountId> = sittings.iter().map(|sitting| sitting.account_id).collect();
    let names = identity::names_of(cx, &accounts).await?;
    let candidate = |sitting: sitting::Model| {
        let name = names.get(&sitting.account_id).cloned().unwrap_or_default();
        (sitting.id, (sitting.ticket_number, name))
    };
    Ok(sittings.into_iter().map(candidate).collect())
}

/// The names of those who are to watch the rooms of a test, by room.
async fn invigilators(cx: &Services, id: ExamSessionId) -> AppResult<HashMap<ExamRoomId, Vec<String>>> {
    let watches = rooms::watches_of(cx.db.read(), id, None).await?;
    let people: Vec<AccountId> = watches.iter().map(|watch| watch.invigilator_id).collect();
    let names = identity::names_of(cx, &people).await?;
    let mut by_room: HashMap<_, Vec<String>> = HashMap::new();
    for watch in watches {
        let name = names.get(&watch.invigilator_id).cloned().unwrap_or_default();
        by_room.entry(watch.exam_room_id).or_default().push(name);
    }
    Ok(by_room)
}

/// Notes that the sheets of a site were printed by a plan.
///
/// # Errors
/// If the store fails.
pub async fn note_seat_sheets(
    cx: &Services,
    permit: &Permit<PlanExamSession>,
    (id, site_id): (SeatPlanId, ExamSiteId),
) -> AppResult<()> {
    cx.db
        .write(permit, async |tx| {
            tx.note("printed", "seat_sheets");
            tx.note("seat_plan", id.to_string());
            tx.note("exam_site", site_id.to_string());
            Ok(())
        })
        .await
}

//! What is printed for the rooms of a test: who sits on which seat, by the plan that holds.

use super::{entity::sitting, seat_plans, service::PlanExamSession, store};
use crate::{
    access::{Actor, Permit},
    identity,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, SeatPlanId},
    sittings::{PlannedRoom, PlannedSeat, SeatPlanRefusal},
    time::Timestamp,
};
use std::collections::HashMap;

/// The sheets of one test.
#[derive(Clone, Debug)]
pub struct SeatSheets {
    /// The title of the exam session.
    pub title: String,
    /// When candidates may begin.
    pub starts_at: Timestamp,
    /// When working time ends, extra time apart.
    pub ends_at: Timestamp,
    /// The rooms, by site and number.
    pub rooms: Vec<RoomSheet>,
}

/// One room.
#[derive(Clone, Debug)]
pub struct RoomSheet {
    /// The name of the site.
    pub site_name: String,
    /// The number of the room.
    pub number: u16,
    /// Where to find it.
    pub name: String,
    /// Who sits there, by seat.
    pub seats: Vec<SeatLine>,
}

/// One candidate.
#[derive(Clone, Debug)]
pub struct SeatLine {
    /// The number of the seat.
    pub seat: u8,
    /// The ticket number.
    pub ticket_number: String,
    /// The candidate's name.
    pub candidate_name: String,
}

/// What is printed of a plan, for who plans its exam session.
///
/// # Errors
/// `not-found` and `forbidden` as for the plan itself; `wrong-state` unless it is the one that holds.
pub async fn seat_sheets(
    cx: &Services,
    actor: &Actor,
    id: SeatPlanId,
) -> AppResult<(Permit<PlanExamSession>, SeatSheets)> {
    let (permit, plan) = seat_plans::permit(cx, actor, id).await?;
    let conn = cx.db.read();
    let last = store::last_confirmation(conn, plan.exam_session_id).await?;
    if last.is_none_or(|last| last.seat_plan_id != id) {
        return Err(AppError::refused(SeatPlanRefusal::DoesNotHold));
    }
    let exam_session = super::exam_session_facts(cx, plan.exam_session_id).await?;
    let sittings = store::list_sittings_of(conn, plan.exam_session_id).await?;
    let accounts: Vec<AccountId> = sittings.iter().map(|sitting| sitting.account_id).collect();
    let names = identity::names_of(cx, &accounts).await?;
    let candidate = |sitting: sitting::Model| {
        let name = names.get(&sitting.account_id).cloned().unwrap_or_default();
        (sitting.id, (sitting.ticket_number, name))
    };
    let candidates: HashMap<_, _> = sittings.into_iter().map(candidate).collect();
    let lines = |room: &PlannedRoom| {
        let line = |planned: &PlannedSeat| {
            let (ticket_number, candidate_name) = candidates.get(&planned.sitting_id).cloned().unwrap_or_default();
            SeatLine { seat: planned.seat, ticket_number, candidate_name }
        };
        room.seats.iter().map(line).collect::<Vec<_>>()
    };
    let mut rooms = Vec::new();
    for site in seat_plans::outcome(&plan)?.sites {
        rooms.extend(site.rooms.iter().map(|room| RoomSheet {
            site_name: site.name.clone(),
            number: room.room.number,
            name: room.room.name.clone(),
            seats: lines(room),
        }));
    }
    let (title, starts_at, ends_at) = (exam_session.title, exam_session.starts_at, exam_session.ends_at);
    Ok((permit, SeatSheets { title, starts_at, ends_at, rooms }))
}

/// Notes that the sheets of a plan were printed.
///
/// # Errors
/// If the store fails.
pub async fn note_seat_sheets(cx: &Services, permit: &Permit<PlanExamSession>, id: SeatPlanId) -> AppResult<()> {
    cx.db
        .write(permit, async |tx| {
            tx.note("printed", "seat_sheets");
            tx.note("seat_plan", id.to_string());
            Ok(())
        })
        .await
}

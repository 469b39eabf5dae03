//! The sites and rooms that a plan of seats may use: those in use where the test is held, but for those in which somebody
//! sits another test at that time, with the extra time that they have.

use super::{entity::exam_session, facts::state_of, seat_plans, store, working_time::time_plan};
use crate::{
    organisation::{self, ExamSiteInUse},
    platform::error::{AppError, AppResult},
};
use sea_orm::ConnectionTrait;
use shared::{
    delivery::deadline,
    ids::{ExamSessionId, ExamSiteId, SittingId},
    organisation::DivisionCode,
    sittings::{
        EXTRA_PCT, ExamSessionState, NewSeatPlanSite, PlannedRoom, PlannedSite, SeatPlanOutcome, SeatingSite,
        are_at_once, extra_minutes,
    },
    time::Timestamp,
};
use std::collections::HashMap;

/// Seconds of a day: no test takes longer.
const DAY_S: i64 = 24 * 60 * 60;

/// From when until when a test is sat with so much extra time, in minutes.
fn time(row: &exam_session::Model, extra_min: i32) -> (Timestamp, Timestamp) {
    (row.starts_at, deadline(&time_plan(row, extra_min)))
}

/// The same with the most extra time that anybody can have.
fn longest(row: &exam_session::Model) -> (Timestamp, Timestamp) {
    let most = EXTRA_PCT.into_iter().max().unwrap_or_default();
    let duration_min = u16::try_from(row.duration_min).unwrap_or_default();
    time(row, i32::from(extra_minutes(duration_min, most)))
}

/// The extra time of the candidates of a test, in minutes.
async fn extra_of(conn: &impl ConnectionTrait, id: ExamSessionId) -> AppResult<HashMap<SittingId, i32>> {
    let sittings = store::list_sittings_of(conn, id).await?;
    Ok(sittings.into_iter().map(|sitting| (sitting.id, sitting.extra_min)).collect())
}

/// The rooms of another test in which somebody works while this one is sat, whose candidates have so much extra time at
/// most. Who has extra time sits in rooms for such candidates alone.
async fn taken_by(
    conn: &impl ConnectionTrait,
    other: &exam_session::Model,
    (row, most_extra_min): (&exam_session::Model, i32),
) -> AppResult<Vec<PlannedSite>> {
    if other.id == row.id || !are_at_once(longest(row), longest(other)) {
        return Ok(Vec::new());
    }
    let (mut held, extra) = (held_by(conn, other).await?, extra_of(conn, other.id).await?);
    let is_taken = |planned: &PlannedRoom| {
        let theirs = planned.seats.iter().filter_map(|seat| extra.get(&seat.sitting_id)).max();
        let ours = if planned.room.has_extra_time { most_extra_min } else { 0 };
        are_at_once(time(row, ours), time(other, theirs.copied().unwrap_or_default()))
    };
    for site in &mut held {
        site.rooms.retain(&is_taken);
    }
    Ok(held)
}

/// How many have a seat by a plan of this test in a room that another test has at that time: somebody may have been
/// granted more time since it was drawn.
pub(super) async fn crowded(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    outcome: &SeatPlanOutcome,
) -> AppResult<usize> {
    let (row, around) = around(conn, id).await?;
    let most_extra_min = extra_of(conn, id).await?.into_values().max().unwrap_or_default();
    let mut taken = Vec::new();
    for other in &around {
        let sites = taken_by(conn, other, (&row, most_extra_min)).await?;
        taken.extend(sites.into_iter().flat_map(|site| site.rooms).map(|room| room.room.id));
    }
    let rooms = outcome.sites.iter().flat_map(|site| &site.rooms);
    Ok(rooms.filter(|room| taken.contains(&room.room.id)).map(|room| room.seats.len()).sum())
}

/// Between which instants every test starts that may be sat at the same time as this one, itself among them.
fn starts_around(row: &exam_session::Model) -> (Timestamp, Timestamp) {
    let (starts_at, ends_at) = longest(row);
    (starts_at.plus_s(-DAY_S), ends_at)
}

/// An exam session, and all around it. Nobody else changes one of them until the write ends, or makes a plan hold there:
/// no two tests get a room at once.
pub(super) async fn lock(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
) -> AppResult<(exam_session::Model, Vec<exam_session::Model>)> {
    let row = store::find_exam_session(conn, id).await?.ok_or_else(AppError::not_found)?;
    let (from, until) = starts_around(&row);
    let around = store::lock_exam_sessions_between(conn, from, until).await?;
    let row = around.iter().find(|row| row.id == id).cloned().ok_or_else(AppError::not_found)?;
    Ok((row, around))
}

/// An exam session with all around it, as they stand.
pub(super) async fn around(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
) -> AppResult<(exam_session::Model, Vec<exam_session::Model>)> {
    let row = store::find_exam_session(conn, id).await?.ok_or_else(AppError::not_found)?;
    let (from, until) = starts_around(&row);
    let around = store::list_exam_sessions_between(conn, from, until).await?;
    Ok((row, around))
}

/// The sites that are wanted: those in use where the test is held.
///
/// # Errors
/// The field of one that is not.
pub(super) async fn wanted(
    conn: &impl ConnectionTrait,
    (exam_session, around): (&exam_session::Model, &[exam_session::Model]),
    wanted: &[NewSeatPlanSite],
) -> AppResult<Vec<SeatingSite>> {
    let home = DivisionCode::parse(&exam_session.division).ok_or_else(|| AppError::internal("a test lies nowhere"))?;
    let ids: Vec<ExamSiteId> = wanted.iter().map(|site| site.exam_site_id).collect();
    let free = free(conn, (exam_session, around), &ids).await?;
    let mut sites = Vec::with_capacity(wanted.len());
    for (nth, wanted) in wanted.iter().enumerate() {
        let found = free.iter().find(|(division, site)| site.id == wanted.exam_site_id && home.contains(division));
        let unknown = || AppError::field(&format!("/sites/{nth}/exam_site_id"), "not-found");
        let (division, site) = found.ok_or_else(unknown)?;
        let serves = match wanted.serves.is_empty() {
            true => vec![division.county().unwrap_or(*division)],
            false => wanted.serves.clone(),
        };
        sites.push(SeatingSite { serves, ..site.clone() });
    }
    Ok(sites)
}

/// Those of these sites that are in use, each with where it lies and with the rooms that the tests `around` leave it.
pub(super) async fn free(
    conn: &impl ConnectionTrait,
    (exam_session, around): (&exam_session::Model, &[exam_session::Model]),
    ids: &[ExamSiteId],
) -> AppResult<Vec<(DivisionCode, SeatingSite)>> {
    let in_use = organisation::exam_sites_in_use(conn, ids).await?;
    let mut sites: Vec<_> = in_use.into_iter().map(seating_site).collect();
    let most_extra_min = extra_of(conn, exam_session.id).await?.into_values().max().unwrap_or_default();
    for other in around {
        for held in taken_by(conn, other, (exam_session, most_extra_min)).await? {
            if let Some((_, site)) = sites.iter_mut().find(|(_, site)| site.id == held.exam_site_id) {
                site.leave_to(&held);
            }
        }
    }
    Ok(sites)
}

/// In which divisions these sites lie.
pub(super) async fn divisions(
    conn: &impl ConnectionTrait,
    sites: &[PlannedSite],
) -> AppResult<HashMap<ExamSiteId, DivisionCode>> {
    let ids: Vec<ExamSiteId> = sites.iter().map(|site| site.exam_site_id).collect();
    let in_use = organisation::exam_sites_in_use(conn, &ids).await?;
    Ok(in_use.into_iter().map(|site| (site.id, site.division)).collect())
}

/// Where the candidates of another test sit by the plan that holds; nowhere once it is over or called off.
async fn held_by(conn: &impl ConnectionTrait, other: &exam_session::Model) -> AppResult<Vec<PlannedSite>> {
    if !matches!(state_of(other)?, ExamSessionState::Arranged | ExamSessionState::Armed) {
        return Ok(Vec::new());
    }
    let Some(last) = store::last_confirmation(conn, other.id).await? else { return Ok(Vec::new()) };
    let plan = store::find_seat_plan(conn, last.seat_plan_id).await?;
    let plan = plan.ok_or_else(|| AppError::internal("a plan of seats that holds is missing"))?;
    Ok(seat_plans::outcome(&plan)?.sites)
}

/// A site as a plan needs it, and where it lies.
fn seating_site(site: ExamSiteInUse) -> (DivisionCode, SeatingSite) {
    let seating = SeatingSite {
        id: site.id,
        name: site.name,
        address: site.address,
        capacity: site.capacity,
        serves: Vec::new(),
        rooms: site.rooms,
    };
    (site.division, seating)
}

//! The sites and rooms that a plan of seats may use: those in use where the test is held, but for those that another test
//! has which is sat at the same time.

use super::{
    entity::exam_session,
    facts::{state_of, time_plan},
    seat_plans, store,
};
use crate::{
    organisation::{self, ExamSiteInUse},
    platform::error::{AppError, AppResult},
};
use sea_orm::ConnectionTrait;
use shared::{
    delivery::deadline,
    ids::{ExamRoomId, ExamSessionId, ExamSiteId},
    organisation::DivisionCode,
    sittings::{ExamSessionState, NewSeatPlanSite, PlannedSite, SeatPlanOutcome, SeatingSite, are_at_once},
    time::Timestamp,
};
use std::collections::BTreeSet;

/// Seconds of a day: no test takes longer.
const DAY_S: i64 = 24 * 60 * 60;

/// From when until when a test is sat, extra time apart.
fn time(row: &exam_session::Model) -> (Timestamp, Timestamp) {
    (row.starts_at, deadline(&time_plan(row, 0)))
}

/// Whether another test is sat at the same time.
fn is_at_once(row: &exam_session::Model, other: &exam_session::Model) -> bool {
    other.id != row.id && are_at_once(time(row), time(other))
}

/// Between which instants every test starts that may be sat at the same time as this one, itself among them.
fn starts_around(row: &exam_session::Model) -> (Timestamp, Timestamp) {
    let (starts_at, ends_at) = time(row);
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
    for other in around {
        if !is_at_once(exam_session, other) {
            continue;
        }
        for held in held_by(conn, other).await? {
            if let Some((_, site)) = sites.iter_mut().find(|(_, site)| site.id == held.exam_site_id) {
                site.leave_to(&held);
            }
        }
    }
    Ok(sites)
}

/// How many rooms of a plan another test has by now that is sat at the same time.
pub(super) async fn taken(
    conn: &impl ConnectionTrait,
    exam_session: &exam_session::Model,
    outcome: &SeatPlanOutcome,
) -> AppResult<usize> {
    let rooms = |sites: &[PlannedSite]| -> BTreeSet<ExamRoomId> {
        sites.iter().flat_map(|site| &site.rooms).map(|room| room.room.id).collect()
    };
    let (ours, mut taken) = (rooms(&outcome.sites), BTreeSet::new());
    let (from, until) = starts_around(exam_session);
    for other in store::list_exam_sessions_between(conn, from, until).await? {
        if is_at_once(exam_session, &other) {
            taken.extend(rooms(&held_by(conn, &other).await?).intersection(&ours).copied());
        }
    }
    Ok(taken.len())
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

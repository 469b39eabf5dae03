//! Plans of seats: drawn as often as one likes, looked at, and one of them made to hold. To plan anew after a site has
//! failed, and to take that back, is to make another plan hold.

use super::{
    entity::{exam_session, seat, seat_plan, seat_plan_confirmation},
    facts::{SittingFacts, authorize_exam_session, state_of},
    service::PlanExamSession,
    store,
};
use crate::{
    access::{Actor, Permit},
    learning, organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once, replayed},
    },
};
use actix_web::web::block;
use sea_orm::ConnectionTrait;
use shared::{
    ids::{AccountId, ExamSessionId, ExamSiteId, SeatPlanId},
    organisation::DivisionCode,
    problem::FieldError,
    sittings::{
        ExamSessionState, MAX_PLAN_SITES, MAX_SERVED_DIVISIONS, MySeat, NewSeatPlan, NewSeatPlanSite, PlannedRoom,
        PlannedSeat, PlannedSite, SEATING_ALGORITHM, SeatPlanCandidate, SeatPlanHead, SeatPlanOutcome, SeatPlanView,
        SeatingCandidate, SeatingSite, may_hold, may_plan_seats, plan_sites,
    },
};
use std::collections::BTreeSet;

/// Forms of a test's paper: everybody sits the one that the exam session names.
const FORMS: u8 = 1;

/// A plan, for who plans its exam session.
pub(super) async fn permit(
    cx: &Services,
    actor: &Actor,
    id: SeatPlanId,
) -> AppResult<(Permit<PlanExamSession>, seat_plan::Model)> {
    let row = store::find_seat_plan(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    Ok((authorize_exam_session(cx, actor, row.exam_session_id).await?, row))
}

/// Draws a plan for the candidates and rooms that there are now. It is kept, and holds nowhere yet.
///
/// # Errors
/// The fields that are wrong; `wrong-state` unless there are candidates and the test has not begun.
pub(super) async fn draw(
    cx: &Services,
    permit: &Permit<PlanExamSession>,
    key: &IdempotencyKey,
    new: &NewSeatPlan,
) -> AppResult<SeatPlanId> {
    let (id, person) = (*permit.target(), permit.person()?);
    let conn = cx.db.read();
    if let Some(earlier) = replayed(conn, person, key, &(id, new)).await? {
        return Ok(earlier);
    }
    let exam_session = store::find_exam_session(conn, id).await?.ok_or_else(AppError::not_found)?;
    let state = state_of(&exam_session)?;
    may_plan_seats(state, exam_session.starts_at, cx.clock.now()).map_err(AppError::refused)?;
    check(new)?;
    let sites = sites(conn, &exam_session, &new.sites).await?;
    let candidates = candidates(conn, &exam_session, new).await?;
    let seed = new.seed.unwrap_or_else(|| u32::from_be_bytes(cx.ids.secret()));
    let outcome = block(move || plan_sites(&sites, &candidates, FORMS, u64::from(seed))).await;
    let outcome = outcome.map_err(AppError::internal)?;
    let request = serde_json::to_string(new).map_err(AppError::internal)?;
    cx.db
        .write(permit, async |tx| {
            once(tx, person, key, &(id, new), async || {
                let plan_id: SeatPlanId = cx.ids.new_id();
                let seats: usize = outcome.sites.iter().flat_map(|site| &site.rooms).map(|room| room.seats.len()).sum();
                tx.note("seat_plan", plan_id.to_string());
                tx.note("seed", seed);
                tx.note("unseated", outcome.unseated.len());
                let row = seat_plan::Model {
                    id: plan_id,
                    exam_session_id: id,
                    request: request.clone(),
                    seed: i64::from(seed),
                    algorithm: i32::from(SEATING_ALGORITHM),
                    outcome: serde_json::to_string(&outcome).map_err(AppError::internal)?,
                    seated: count(seats)?,
                    unseated: count(outcome.unseated.len())?,
                    planned_by: person,
                    planned_at: tx.now(),
                };
                store::insert_seat_plan(tx.conn(), row).await?;
                Ok(plan_id)
            })
            .await
        })
        .await
}

fn count(number: usize) -> AppResult<i32> {
    i32::try_from(number).map_err(AppError::internal)
}

/// Makes a plan hold instead of the one that holds. Repeating it changes nothing.
///
/// # Errors
/// `not-found` if it is no plan of the exam session; `wrong-state` once the test has begun, or unless the plan gives
/// every candidate a seat in a room that is as it was.
pub(super) async fn confirm(cx: &Services, permit: &Permit<PlanExamSession>, plan_id: SeatPlanId) -> AppResult<()> {
    let person = permit.person()?;
    cx.db
        .write(permit, async |tx| {
            let conn = tx.conn();
            let id = *permit.target();
            let exam_session = store::lock_exam_session(conn, id).await?.ok_or_else(AppError::not_found)?;
            let plan = store::find_seat_plan(conn, plan_id).await?.filter(|plan| plan.exam_session_id == id);
            let plan = plan.ok_or_else(AppError::not_found)?;
            let last = store::last_confirmation(conn, id).await?;
            if last.as_ref().is_some_and(|last| last.seat_plan_id == plan_id) {
                return Ok(());
            }
            may_plan_seats(state_of(&exam_session)?, exam_session.starts_at, tx.now()).map_err(AppError::refused)?;
            let outcome = outcome(&plan)?;
            check_holds(conn, id, &outcome).await?;
            if let Some(last) = &last {
                tx.note("instead_of", last.seat_plan_id.to_string());
            }
            tx.note("seat_plan", plan_id.to_string());
            let row = seat_plan_confirmation::Model {
                exam_session_id: id,
                number: last.map_or(1, |last| last.number + 1),
                seat_plan_id: plan_id,
                confirmed_by: person,
                confirmed_at: tx.now(),
            };
            store::insert_confirmation(conn, row).await?;
            store::insert_seats(conn, plan_id, seats(plan_id, &outcome)).await
        })
        .await
}

/// Whether a plan may hold for the candidates and rooms that there are now.
async fn check_holds(conn: &impl ConnectionTrait, id: ExamSessionId, outcome: &SeatPlanOutcome) -> AppResult<()> {
    let sittings = store::list_sittings_of(conn, id).await?;
    let sittings: BTreeSet<_> = sittings.into_iter().map(|sitting| sitting.id).collect();
    let sites: Vec<ExamSiteId> = outcome.sites.iter().map(|site| site.exam_site_id).collect();
    let sites = organisation::exam_sites_in_use(conn, &sites).await?;
    let rooms: Vec<_> = sites.into_iter().flat_map(|site| site.rooms).collect();
    may_hold(outcome, &sittings, &rooms).map_err(AppError::refused)
}

/// Who sits where by a plan.
fn seats(seat_plan_id: SeatPlanId, outcome: &SeatPlanOutcome) -> Vec<seat::Model> {
    let rooms = outcome.sites.iter().flat_map(|site| site.rooms.iter().map(move |room| (site, room)));
    let of_room = |(site, room): (&PlannedSite, &PlannedRoom)| {
        let seat = |planned: &PlannedSeat| seat::Model {
            seat_plan_id,
            sitting_id: planned.sitting_id,
            site_name: site.name.clone(),
            address: site.address.clone(),
            room_number: i32::from(room.room.number),
            room_name: room.room.name.clone(),
            number: i32::from(planned.seat),
            form: i32::from(planned.form),
        };
        room.seats.iter().map(seat).collect::<Vec<_>>()
    };
    rooms.flat_map(of_room).collect()
}

/// Where a candidate sits by the plan that holds, until the test is over.
pub(super) async fn own_seat(cx: &Services, sitting: &SittingFacts) -> AppResult<Option<MySeat>> {
    if !matches!(sitting.state, ExamSessionState::Arranged | ExamSessionState::Armed) {
        return Ok(None);
    }
    let conn = cx.db.read();
    let Some(last) = store::last_confirmation(conn, sitting.exam_session_id).await? else { return Ok(None) };
    let Some(row) = store::find_seat(conn, last.seat_plan_id, sitting.id).await? else { return Ok(None) };
    Ok(Some(MySeat {
        site_name: row.site_name,
        address: row.address,
        room_number: u16::try_from(row.room_number).map_err(AppError::internal)?,
        room_name: row.room_name,
        seat: u8::try_from(row.number).map_err(AppError::internal)?,
    }))
}

/// What came of a plan.
pub(super) fn outcome(row: &seat_plan::Model) -> AppResult<SeatPlanOutcome> {
    serde_json::from_str(&row.outcome).map_err(AppError::internal)
}

/// The plans of an exam session, the last first.
pub(super) async fn list(cx: &Services, permit: &Permit<PlanExamSession>) -> AppResult<Vec<SeatPlanHead>> {
    let id = *permit.target();
    let last = store::last_confirmation(cx.db.read(), id).await?;
    let in_force = last.map(|last| last.seat_plan_id);
    let head = |(id, seated, unseated, planned_at): store::Head| SeatPlanHead {
        id,
        is_in_force: in_force == Some(id),
        seated: u32::try_from(seated).unwrap_or_default(),
        unseated: u32::try_from(unseated).unwrap_or_default(),
        planned_at,
    };
    Ok(store::list_seat_plans(cx.db.read(), id).await?.into_iter().map(head).collect())
}

/// A plan with its rooms and seats.
pub(super) async fn view(
    cx: &Services,
    permit: &Permit<PlanExamSession>,
    row: seat_plan::Model,
) -> AppResult<SeatPlanView> {
    let exam_session_id = *permit.target();
    let last = store::last_confirmation(cx.db.read(), exam_session_id).await?;
    let sittings = store::list_sittings_of(cx.db.read(), exam_session_id).await?.into_iter();
    let candidates = sittings.map(|row| SeatPlanCandidate { sitting_id: row.id, ticket_number: row.ticket_number });
    Ok(SeatPlanView {
        id: row.id,
        exam_session_id,
        is_in_force: last.is_some_and(|last| last.seat_plan_id == row.id),
        seed: u32::try_from(row.seed).map_err(AppError::internal)?,
        algorithm: u16::try_from(row.algorithm).map_err(AppError::internal)?,
        planned_at: row.planned_at,
        outcome: outcome(&row)?,
        candidates: candidates.collect(),
    })
}

/// Refuses a request that is wrong by itself.
fn check(new: &NewSeatPlan) -> AppResult<()> {
    let mut errors = Vec::new();
    match new.sites.len() {
        0 => errors.push(FieldError::new("/sites", "required")),
        1..=MAX_PLAN_SITES => {}
        _ => errors.push(FieldError::new("/sites", "too-long")),
    }
    let mut seen = BTreeSet::new();
    for (nth, site) in new.sites.iter().enumerate() {
        if !seen.insert(site.exam_site_id) {
            errors.push(FieldError::new(format!("/sites/{nth}/exam_site_id"), "duplicate"));
        }
        if site.serves.len() > MAX_SERVED_DIVISIONS {
            errors.push(FieldError::new(format!("/sites/{nth}/serves"), "too-long"));
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(AppError::Invalid(errors)) }
}

/// The sites that are wanted, with their rooms: those in use where the test is held.
async fn sites(
    conn: &impl ConnectionTrait,
    exam_session: &exam_session::Model,
    wanted: &[NewSeatPlanSite],
) -> AppResult<Vec<SeatingSite>> {
    let home = DivisionCode::parse(&exam_session.division).ok_or_else(|| AppError::internal("a test lies nowhere"))?;
    let ids: Vec<ExamSiteId> = wanted.iter().map(|site| site.exam_site_id).collect();
    let in_use = organisation::exam_sites_in_use(conn, &ids).await?;
    let mut sites = Vec::with_capacity(wanted.len());
    for (nth, wanted) in wanted.iter().enumerate() {
        let found = in_use.iter().find(|site| site.id == wanted.exam_site_id && home.contains(&site.division));
        let unknown = || AppError::field(&format!("/sites/{nth}/exam_site_id"), "not-found");
        let site = found.ok_or_else(unknown)?;
        let serves = match wanted.serves.is_empty() {
            true => vec![site.division.county().unwrap_or(site.division)],
            false => wanted.serves.clone(),
        };
        sites.push(SeatingSite {
            id: site.id,
            name: site.name.clone(),
            address: site.address.clone(),
            capacity: site.capacity,
            serves,
            rooms: site.rooms.clone(),
        });
    }
    Ok(sites)
}

/// The candidates, with the division that each comes from.
async fn candidates(
    conn: &impl ConnectionTrait,
    exam_session: &exam_session::Model,
    new: &NewSeatPlan,
) -> AppResult<Vec<(Option<DivisionCode>, SeatingCandidate)>> {
    let sittings = store::list_sittings_of(conn, exam_session.id).await?;
    let known: BTreeSet<_> = sittings.iter().map(|sitting| sitting.ticket_number.as_str()).collect();
    if let Some(nth) = new.accessible.iter().position(|ticket| !known.contains(ticket.as_str())) {
        return Err(AppError::field(&format!("/accessible/{nth}"), "not-found"));
    }
    let accessible: BTreeSet<_> = new.accessible.iter().collect();
    let accounts: Vec<AccountId> = sittings.iter().map(|sitting| sitting.account_id).collect();
    let classes = learning::classes_by_learner(conn, exam_session.course_id, &accounts).await?;
    let candidates = sittings.into_iter().map(|sitting| {
        let class = classes.get(&sitting.account_id);
        let candidate = SeatingCandidate {
            sitting_id: sitting.id,
            class_id: class.map(|(class_id, _)| *class_id),
            employer: None,
            needs_accessible: sitting.needs_accessible || accessible.contains(&sitting.ticket_number),
            // Who sits apart sits in a room for such candidates, as those with extra time do.
            has_extra_time: sitting.extra_min > 0 || sitting.needs_separate_room,
        };
        (class.and_then(|(_, division)| DivisionCode::parse(division)), candidate)
    });
    Ok(candidates.collect())
}

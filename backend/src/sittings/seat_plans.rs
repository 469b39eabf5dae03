//! Plans of seats: drawn as often as one likes, looked at, and one of them made to hold. To plan anew after a site has
//! failed, and to take that back, is to make another plan hold.

use super::{
    entity::{exam_session, seat, seat_plan, seat_plan_confirmation, sitting},
    facts::{SittingFacts, state_of},
    forms::{self, papers_of},
    news::{self, News},
    rooms, seat_sites,
    seeing::authorize_exam_session,
    service::PlanExamSession,
    store,
};
use crate::{
    access::{Actor, Permit},
    learning,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once, replayed},
    },
};
use actix_web::web::block;
use sea_orm::ConnectionTrait;
use shared::{
    ids::{AccountId, ExamSiteId, SeatPlanId},
    organisation::DivisionCode,
    problem::FieldError,
    sittings::{
        ExamSessionState, MAX_PLAN_SITES, MAX_SERVED_DIVISIONS, MovedCandidate, MySeat, NewSeatPlan, PlannedRoom,
        PlannedSeat, PlannedSite, SEATING_ALGORITHM, SeatPlanCandidate, SeatPlanHead, SeatPlanOutcome, SeatPlanRefusal,
        SeatPlanView, SeatingCandidate, may_hold, may_plan_seats, plan_sites,
    },
};
use std::collections::{BTreeSet, HashMap};

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
    let (exam_session, around) = seat_sites::around(conn, id).await?;
    let state = state_of(&exam_session)?;
    may_plan_seats(state, exam_session.starts_at, cx.clock.now()).map_err(AppError::refused)?;
    check(new)?;
    let sites = seat_sites::wanted(conn, (&exam_session, &around), &new.sites).await?;
    let candidates = candidates(conn, &exam_session, new).await?;
    let forms = u8::try_from(papers_of(&exam_session)?.len()).map_err(AppError::internal)?;
    let seed = new.seed.unwrap_or_else(|| u32::from_be_bytes(cx.ids.secret()));
    let outcome = block(move || plan_sites(&sites, &candidates, forms, u64::from(seed))).await;
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
/// `wrong-state` once the test has begun, or unless the plan gives every candidate a seat at sites and in rooms that are
/// as they were.
pub(super) async fn confirm(cx: &Services, permit: &Permit<PlanExamSession>, plan: &seat_plan::Model) -> AppResult<()> {
    let person = permit.person()?;
    // A plan never changes, and the largest takes a while to read: nobody waits for that at the lock.
    let outcome = outcome(plan)?;
    cx.db
        .write(permit, async |tx| {
            let conn = tx.conn();
            let id = plan.exam_session_id;
            let (exam_session, around) = seat_sites::lock(conn, id).await?;
            let last = store::last_confirmation(conn, id).await?;
            if last.as_ref().is_some_and(|last| last.seat_plan_id == plan.id) {
                return Ok(());
            }
            may_plan_seats(state_of(&exam_session)?, exam_session.starts_at, tx.now()).map_err(AppError::refused)?;
            let sittings = store::list_sittings_of(conn, id).await?;
            let held = may_hold_now(conn, (&exam_session, &around), &sittings, &outcome).await?;
            held.map_err(AppError::refused)?;
            if let Some(last) = &last {
                tx.note("instead_of", last.seat_plan_id.to_string());
                news::tell(tx, id, News::Reseated([last.seat_plan_id, plan.id]), person)?;
            }
            tx.note("seat_plan", plan.id.to_string());
            let row = seat_plan_confirmation::Model {
                exam_session_id: id,
                number: last.map_or(1, |last| last.number + 1),
                seat_plan_id: plan.id,
                confirmed_by: person,
                confirmed_at: tx.now(),
            };
            store::insert_confirmation(conn, row).await?;
            // Once the key is armed, devices have fetched what they sit.
            if state_of(&exam_session)? == ExamSessionState::Arranged {
                forms::hand_out(tx, &exam_session, &outcome).await?;
            }
            let seats = seats(plan.id, &outcome, &seat_sites::divisions(conn, &outcome.sites).await?);
            store::insert_seats(conn, plan.id, seats).await
        })
        .await
}

/// Whether a plan may hold for these candidates, and for the sites and rooms that there are now.
async fn may_hold_now(
    conn: &impl ConnectionTrait,
    (exam_session, around): (&exam_session::Model, &[exam_session::Model]),
    sittings: &[sitting::Model],
    outcome: &SeatPlanOutcome,
) -> AppResult<Result<(), SeatPlanRefusal>> {
    let sittings: BTreeSet<_> = sittings.iter().map(|sitting| sitting.id).collect();
    let sites: Vec<ExamSiteId> = outcome.sites.iter().map(|site| site.exam_site_id).collect();
    let sites = seat_sites::free(conn, (exam_session, around), &sites).await?;
    let sites: Vec<_> = sites.into_iter().map(|(_, site)| site).collect();
    Ok(may_hold(outcome, &sittings, &sites))
}

/// Who sits where by a plan, whose sites lie in these divisions.
fn seats(
    seat_plan_id: SeatPlanId,
    outcome: &SeatPlanOutcome,
    divisions: &HashMap<ExamSiteId, DivisionCode>,
) -> Vec<seat::Model> {
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
            exam_site_id: Some(site.exam_site_id),
            exam_room_id: Some(room.room.id),
            division: divisions.get(&site.exam_site_id).map(ToString::to_string),
        };
        room.seats.iter().map(seat).collect::<Vec<_>>()
    };
    rooms.flat_map(of_room).collect()
}

/// Where a candidate sits by the plan that holds, until the test is over, and whether another one held before by which it
/// was elsewhere.
pub(super) async fn own_seat(cx: &Services, sitting: &SittingFacts) -> AppResult<Option<MySeat>> {
    if !matches!(sitting.state, ExamSessionState::Arranged | ExamSessionState::Armed) {
        return Ok(None);
    }
    let conn = cx.db.read();
    let held = store::list_held_plans(conn, sitting.exam_session_id).await?;
    let Some(in_force) = held.last() else { return Ok(None) };
    let rows = store::list_seats(conn, &held, sitting.id).await?;
    let Some(row) = rows.iter().find(|row| row.seat_plan_id == *in_force) else { return Ok(None) };
    let moved = rooms::seat_moves(conn, sitting.exam_session_id).await?.remove(&sitting.id);
    let has_changed = moved.is_some() || rows.iter().any(|earlier| earlier.place() != row.place());
    let planned = u8::try_from(row.number).map_err(AppError::internal)?;
    Ok(Some(MySeat {
        site_name: row.site_name.clone(),
        address: row.address.clone(),
        room_number: u16::try_from(row.room_number).map_err(AppError::internal)?,
        room_name: row.room_name.clone(),
        seat: moved.map_or(planned, |moved| moved.to),
        has_changed,
    }))
}

/// What came of a plan.
pub(super) fn outcome(row: &seat_plan::Model) -> AppResult<SeatPlanOutcome> {
    serde_json::from_str(&row.outcome).map_err(AppError::internal)
}

/// What was asked for, as it was kept.
fn wanted(request: &str) -> AppResult<NewSeatPlan> {
    serde_json::from_str(request).map_err(AppError::internal)
}

/// The plans of an exam session, the last first.
pub(super) async fn list(cx: &Services, permit: &Permit<PlanExamSession>) -> AppResult<Vec<SeatPlanHead>> {
    let id = *permit.target();
    let last = store::last_confirmation(cx.db.read(), id).await?;
    let in_force = last.map(|last| last.seat_plan_id);
    let head = |(id, seated, unseated, planned_at, request): store::Head| {
        Ok(SeatPlanHead {
            id,
            is_in_force: in_force == Some(id),
            seated: u32::try_from(seated).unwrap_or_default(),
            unseated: u32::try_from(unseated).unwrap_or_default(),
            planned_at,
            wanted: wanted(&request)?,
        })
    };
    store::list_seat_plans(cx.db.read(), id).await?.into_iter().map(head).collect()
}

/// A plan with its rooms and seats.
pub(super) async fn view(
    cx: &Services,
    permit: &Permit<PlanExamSession>,
    row: seat_plan::Model,
) -> AppResult<SeatPlanView> {
    let (conn, exam_session_id) = (cx.db.read(), *permit.target());
    let last = store::last_confirmation(conn, exam_session_id).await?;
    let (exam_session, around) = seat_sites::around(conn, exam_session_id).await?;
    let (sittings, state) = (store::list_sittings_of(conn, exam_session_id).await?, state_of(&exam_session)?);
    let outcome = outcome(&row)?.with_forms(&forms::held(state, &papers_of(&exam_session)?, &sittings));
    let is_ahead = matches!(state, ExamSessionState::Arranged | ExamSessionState::Armed);
    let held = may_hold_now(conn, (&exam_session, &around), &sittings, &outcome).await?;
    let candidate = |row: sitting::Model| SeatPlanCandidate { sitting_id: row.id, ticket_number: row.ticket_number };
    let is_in_force = last.is_some_and(|last| last.seat_plan_id == row.id);
    let moved = if is_in_force { rooms::seat_moves(conn, exam_session_id).await? } else { HashMap::new() };
    let mut moved: Vec<_> = moved.into_iter().map(|(sitting_id, seats)| MovedCandidate { sitting_id, seats }).collect();
    moved.sort_by_key(|moved| moved.sitting_id);
    Ok(SeatPlanView {
        id: row.id,
        exam_session_id,
        is_in_force,
        is_outdated: is_ahead && held == Err(SeatPlanRefusal::Outdated),
        wanted: wanted(&row.request)?,
        seed: u32::try_from(row.seed).map_err(AppError::internal)?,
        algorithm: u16::try_from(row.algorithm).map_err(AppError::internal)?,
        planned_at: row.planned_at,
        outcome,
        candidates: sittings.into_iter().map(candidate).collect(),
        moved,
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
    let forms = forms::held(state_of(exam_session)?, &papers_of(exam_session)?, &sittings);
    let candidates = sittings.into_iter().map(|sitting| {
        let class = classes.get(&sitting.account_id);
        let candidate = SeatingCandidate {
            sitting_id: sitting.id,
            class_id: class.map(|class| class.id),
            employer: class.and_then(|class| class.employer.clone()),
            needs_accessible: sitting.needs_accessible || accessible.contains(&sitting.ticket_number),
            // Who sits apart sits in a room for such candidates, as those with extra time do.
            has_extra_time: sitting.extra_min > 0 || sitting.needs_separate_room,
            has_elsewhere: false,
            form: forms.get(&sitting.id).copied(),
        };
        (class.and_then(|class| DivisionCode::parse(&class.division)), candidate)
    });
    Ok(candidates.collect())
}

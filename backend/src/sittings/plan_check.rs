//! The facts by which a plan is checked, shown to who plans and asked for before each step that learners rely on.

use super::{
    entity::{exam_session, sitting},
    exam_rules::rules_of,
    facts::{kind_of, state_of},
    forms::papers_of,
    seat_plans::outcome,
    seat_sites,
    service::PlanExamSession,
    store,
    working_time::time_plan,
};
use crate::{
    access::Permit,
    organisation, papers,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use sea_orm::ConnectionTrait;
use shared::{
    delivery::deadline,
    ids::{AccountId, ExamSessionId, SittingId},
    organisation::DivisionCode,
    sittings::{
        ExamSessionState, PlanCheck, PlanFacts, PlannedRoom, PlannedSeat, RehearsedPlan, SeatingFacts, check_plan,
        may_go_on, overlaps,
    },
    time::Timestamp,
};
use std::collections::{BTreeMap, BTreeSet};

/// No test takes longer than this, in seconds: 300 minutes, and half of that for who has the most extra time.
const LONGEST_S: i64 = 450 * 60;

/// What is wrong with a plan, and when each kind of candidate would end.
///
/// # Errors
/// If the store fails.
pub(super) async fn check(cx: &Services, permit: &Permit<PlanExamSession>) -> AppResult<PlanCheck> {
    let (conn, id) = (cx.db.read(), *permit.target());
    let row = store::find_exam_session(conn, id).await?.ok_or_else(AppError::not_found)?;
    let has_paper = has_paper(cx, id).await?;
    Ok(check_plan(&facts(conn, &row, has_paper, cx.clock.now()).await?))
}

/// Whether there is a sealed paper of the course, in every form; a sealed one stays so.
pub(super) async fn has_paper(cx: &Services, id: ExamSessionId) -> AppResult<bool> {
    let row = store::find_exam_session(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    for paper_id in papers_of(&row)? {
        let paper = papers::paper(cx, paper_id).await?;
        if paper.course_id != row.course_id || paper.sealed_at.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Refuses the next step of a locked exam session while its plan cannot be right.
///
/// # Errors
/// `wrong-state` with the first thing that stops it.
pub(super) async fn goes_on(tx: &Tx, row: &exam_session::Model, has_paper: bool) -> AppResult<()> {
    let check = check_plan(&facts(tx.conn(), row, has_paper, tx.now()).await?);
    may_go_on(&check).map_err(AppError::refused)
}

/// Whether somebody with so much extra time is to sit another test at the time of this one: a blocker ([D] DOMAIN §4.1).
/// Who practises sits at any time.
pub(super) async fn sits_another(
    tx: &Tx,
    id: ExamSessionId,
    (account_id, extra_min): (AccountId, i32),
) -> AppResult<bool> {
    let row = store::find_exam_session(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
    if !kind_of(&row)?.counts() {
        return Ok(false);
    }
    let others = Others::of(tx.conn(), &row, &Candidates::from([(account_id, extra_min)]), tx.now()).await?;
    Ok(!others.ahead.is_empty())
}

async fn facts(
    conn: &impl ConnectionTrait,
    row: &exam_session::Model,
    has_paper: bool,
    now: Timestamp,
) -> AppResult<PlanFacts> {
    let sittings = store::list_sittings_of(conn, row.id).await?;
    let candidates = candidates(conn, row.id, &sittings).await?;
    let others = Others::of(conn, row, &candidates, now).await?;
    let most_extra_min = sittings.iter().map(|sitting| sitting.extra_min).max();
    let minutes = |minutes: i32| u16::try_from(minutes).map_err(AppError::internal);
    Ok(PlanFacts {
        state: state_of(row)?,
        kind: kind_of(row)?,
        now,
        plan: RehearsedPlan {
            starts_at: row.starts_at,
            duration_min: minutes(row.duration_min)?,
            rules: rules_of(row)?,
        },
        hard_stop_at: row.hard_stop_at,
        has_paper,
        is_practised: is_practised(conn, row).await?,
        candidates: count(candidates.len()),
        most_extra_min: most_extra_min.map(minutes).transpose()?,
        overlapping: count(others.ahead.len()),
        overlapping_running: count(others.running.len()),
        same_course: others.same_course,
        same_time: others.same_time,
        seats: seats(conn, row).await?,
        seating: seating(conn, row, &sittings).await?,
    })
}

/// Whether a test for practice and one that counts, of which this is one, have a paper in common.
async fn is_practised(conn: &impl ConnectionTrait, row: &exam_session::Model) -> AppResult<bool> {
    let kind = kind_of(row)?;
    for paper_id in papers_of(row)? {
        for other in store::list_exam_sessions_with(conn, paper_id).await? {
            if other.id != row.id && kind.is_kept_from((kind_of(&other)?, state_of(&other)?)) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Candidates, each with their extra time in minutes.
type Candidates = BTreeMap<AccountId, i32>;

/// Those who have a sitting that is not closed; before the sittings are there, those who are registered.
async fn candidates(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    sittings: &[sitting::Model],
) -> AppResult<Candidates> {
    if sittings.is_empty() {
        let registered = store::list_registered(conn, id).await?;
        return Ok(registered.into_iter().map(|account_id| (account_id, 0)).collect());
    }
    let open = sittings.iter().filter(|sitting| sitting.closed_at.is_none());
    Ok(open.map(|sitting| (sitting.account_id, sitting.extra_min)).collect())
}

/// The time that a candidate with so much extra time sits a test.
pub(super) fn window(row: &exam_session::Model, extra_min: i32) -> (Timestamp, Timestamp) {
    (row.starts_at, deadline(&time_plan(row, extra_min)))
}

/// The time in which a test is sat, with the most extra time that anybody has who sits it.
pub(super) async fn latest_window(
    conn: &impl ConnectionTrait,
    row: &exam_session::Model,
) -> AppResult<(Timestamp, Timestamp)> {
    Ok(window(row, store::most_extra_min(conn, row.id).await?.unwrap_or_default()))
}

/// Who is to sit a test.
pub(super) async fn sitters_of(conn: &impl ConnectionTrait, id: ExamSessionId) -> AppResult<BTreeSet<AccountId>> {
    let sittings = store::list_sittings_of(conn, id).await?;
    Ok(candidates(conn, id, &sittings).await?.into_keys().collect())
}

/// What other tests are in the way.
#[derive(Default)]
struct Others {
    /// Candidates who sit another one at that time that has not begun.
    ahead: BTreeSet<AccountId>,
    /// Candidates who sit another one that runs by now, and may go on until then.
    running: BTreeSet<AccountId>,
    /// Others of the same course that are open to the same learners at that time.
    same_course: u32,
    /// Those of other courses that are planned for the same learners at that time, drafts among them.
    same_time: u32,
}

impl Others {
    async fn of(
        conn: &impl ConnectionTrait,
        row: &exam_session::Model,
        candidates: &Candidates,
        now: Timestamp,
    ) -> AppResult<Self> {
        let mut found = Self::default();
        let until = row.starts_at.plus_s(LONGEST_S);
        for other in store::list_exam_sessions_between(conn, row.starts_at.plus_s(-LONGEST_S), until).await? {
            if other.id == row.id || !kind_of(&other)?.counts() {
                continue;
            }
            let (is_of_course, is_beside) = (other.course_id == row.course_id, is_for_the_same(row, &other));
            found.same_time += u32::from(is_beside && !is_of_course && is_planned(&other)?);
            if !is_told(&other)? {
                continue;
            }
            found.same_course += u32::from(is_beside && is_of_course);
            let sitters = sitters(conn, row, &other, candidates).await?;
            let group = if now < other.starts_at { &mut found.ahead } else { &mut found.running };
            group.extend(sitters);
        }
        Ok(found)
    }
}

/// Which of these candidates of one test sit another at the same time.
async fn sitters(
    conn: &impl ConnectionTrait,
    row: &exam_session::Model,
    other: &exam_session::Model,
    ours: &Candidates,
) -> AppResult<Vec<AccountId>> {
    if ours.is_empty() {
        return Ok(Vec::new());
    }
    let sittings = store::list_sittings_of(conn, other.id).await?;
    let theirs = candidates(conn, other.id, &sittings).await?;
    let sits_both = |(account_id, extra_min): (&AccountId, &i32)| {
        let there = window(other, *theirs.get(account_id)?);
        overlaps(window(row, *extra_min), there).then_some(*account_id)
    };
    Ok(ours.iter().filter_map(sits_both).collect())
}

/// Whether learners know of a test that is not over.
pub(super) fn is_told(row: &exam_session::Model) -> AppResult<bool> {
    let told = [ExamSessionState::Registering, ExamSessionState::Arranged, ExamSessionState::Armed];
    Ok(told.contains(&state_of(row)?))
}

/// Whether a test is planned that is not over.
fn is_planned(row: &exam_session::Model) -> AppResult<bool> {
    Ok(state_of(row)? == ExamSessionState::Draft || is_told(row)?)
}

/// Whether two tests are open to learners of the same places at one time.
fn is_for_the_same(one: &exam_session::Model, other: &exam_session::Model) -> bool {
    let is_nested = one.division.starts_with(&other.division) || other.division.starts_with(&one.division);
    is_nested && overlaps(window(one, 0), window(other, 0))
}

/// Seats where the test is held, as far as sites and rooms are in use; `None` if no rooms are. A site whose rooms nobody
/// has entered may hold as many as it says: seats that nobody knows of stop no test.
async fn seats(conn: &impl ConnectionTrait, row: &exam_session::Model) -> AppResult<Option<u32>> {
    let home = DivisionCode::parse(&row.division).ok_or_else(|| AppError::internal("a test lies nowhere"))?;
    let sites = organisation::exam_sites_in(conn, home).await?;
    let of_site = |site: &organisation::ExamSiteInUse| {
        let rooms: u32 = site.rooms.iter().map(|room| u32::from(room.takes())).sum();
        if site.rooms.is_empty() { site.capacity } else { rooms.min(site.capacity) }
    };
    let has_rooms = sites.iter().any(|site| !site.rooms.is_empty());
    Ok(has_rooms.then(|| sites.iter().map(of_site).sum()))
}

/// What the plan of seats that holds leaves undone; `None` if none holds.
async fn seating(
    conn: &impl ConnectionTrait,
    row: &exam_session::Model,
    sittings: &[sitting::Model],
) -> AppResult<Option<SeatingFacts>> {
    let Some(last) = store::last_confirmation(conn, row.id).await? else { return Ok(None) };
    let Some(plan) = store::find_seat_plan(conn, last.seat_plan_id).await? else { return Ok(None) };
    let outcome = outcome(&plan)?;
    let rooms = outcome.sites.iter().flat_map(|site| &site.rooms);
    let seats = rooms.flat_map(|room| room.seats.iter().map(move |seat| (seat.sitting_id, (room, seat))));
    let seats: BTreeMap<SittingId, (&PlannedRoom, &PlannedSeat)> = seats.collect();
    let seated: Vec<_> = sittings.iter().map(|sitting| seats.get(&sitting.id).map(|seat| (sitting, *seat))).collect();
    let unmet = seated.iter().flatten().filter(|(sitting, (room, seat))| !is_fit(sitting, room, seat));
    Ok(Some(SeatingFacts {
        unseated: count(seated.iter().filter(|seat| seat.is_none()).count()),
        needs_unmet: count(unmet.count()),
        crowded: count(seat_sites::crowded(conn, row.id, &outcome).await?),
    }))
}

/// Whether a seat is as its candidate was granted.
fn is_fit(sitting: &sitting::Model, room: &PlannedRoom, seat: &PlannedSeat) -> bool {
    let needs_room = sitting.extra_min > 0 || sitting.needs_separate_room;
    (!needs_room || room.room.has_extra_time)
        && (!sitting.needs_accessible || room.room.accessible_seats.contains(&seat.seat))
}

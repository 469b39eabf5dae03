//! What those see of a test who are there where it is sat, on its day. Not a word of what is answered.

use super::{
    entity::{exam_session, sitting},
    facts::{facts_of_exam_session, kind_of, state_of},
    rooms,
    seeing::seen_divisions,
    store,
};
use crate::{
    access::Actor,
    identity, learning,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, ExamSessionId},
    organisation::DivisionCode,
    problem::ProblemCode,
    rights::Right,
    sittings::{SignInList, SignInRow, WatchedExamSession, may_watch},
    time::Timestamp,
};
use std::collections::HashMap;

/// Seconds of a day.
const DAY_S: i64 = 24 * 60 * 60;

/// The tests that are sat today at the actor's places.
///
/// # Errors
/// `forbidden` for who watches nowhere.
pub(super) async fn list(cx: &Services, actor: &Actor) -> AppResult<Vec<WatchedExamSession>> {
    let held = held(actor, Right::WatchExamSession);
    if held.is_empty() {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let mut watched = Vec::new();
    for row in todays(cx, &held).await? {
        let here = candidates(cx, actor, &row, &held).await?;
        watched.push(view(cx, row, &here).await?);
    }
    Ok(watched)
}

/// Who is to come to a test at the actor's places, and who has.
///
/// # Errors
/// `not-found` unless it is one of those that the actor watches there today.
pub(super) async fn sign_in_list(cx: &Services, actor: &Actor, id: ExamSessionId) -> AppResult<SignInList> {
    let held = held(actor, Right::ReadSignIn);
    let row = todays(cx, &held).await?.into_iter().find(|row| row.id == id).ok_or_else(AppError::not_found)?;
    let here = candidates(cx, actor, &row, &held).await?;
    let accounts: Vec<AccountId> = here.iter().map(|(sitting, _)| sitting.account_id).collect();
    let names = identity::names_of(cx, &accounts).await?;
    let moves = rooms::seat_moves(cx.db.read(), id).await?;
    let exam_session = view(cx, row, &here).await?;
    let candidate = |(sitting, class_name): (sitting::Model, String)| SignInRow {
        ticket_number: sitting.ticket_number,
        candidate_name: names.get(&sitting.account_id).cloned().unwrap_or_default(),
        class_name,
        moved: moves.get(&sitting.id).copied(),
        extra_min: u16::try_from(sitting.extra_min).unwrap_or_default(),
        started_at: sitting.opened_at,
        is_closed: sitting.closed_at.is_some(),
    };
    Ok(SignInList { exam_session, candidates: here.into_iter().map(candidate).collect() })
}

/// How many tests are sat today at the actor's places.
pub(super) async fn count_today(cx: &Services, actor: &Actor) -> AppResult<u64> {
    let held = held(actor, Right::WatchExamSession);
    Ok(todays(cx, &held).await?.len() as u64)
}

/// The divisions at which the actor holds a right.
pub(super) fn held(actor: &Actor, right: Right) -> Vec<DivisionCode> {
    seen_divisions(actor, &[right]).iter().filter_map(|code| DivisionCode::parse(code)).collect()
}

/// The tests that are sat today at these places.
pub(super) async fn todays(cx: &Services, held: &[DivisionCode]) -> AppResult<Vec<exam_session::Model>> {
    let now = cx.clock.now();
    let midnight = Timestamp::of_day_in_china(now.date_in_china());
    let rows = match held {
        [] => Vec::new(),
        _ => store::list_exam_sessions_between(cx.db.read(), midnight, midnight.plus_s(DAY_S)).await?,
    };
    let mut watched = Vec::with_capacity(rows.len());
    for row in rows {
        let division = DivisionCode::parse(&row.division).ok_or_else(|| AppError::internal("a test lies nowhere"))?;
        let facts = (division, state_of(&row)?, row.starts_at);
        // Who practises is watched by nobody.
        if kind_of(&row)?.counts() && held.iter().any(|held| may_watch(facts, *held, now)) {
            watched.push(row);
        }
    }
    Ok(watched)
}

/// The sittings of those who study the course at these places, each with their class, by ticket number. An invigilator who
/// was told to keep a room sees who sits there, wherever they study, and nobody else.
pub(super) async fn candidates(
    cx: &Services,
    actor: &Actor,
    row: &exam_session::Model,
    held: &[DivisionCode],
) -> AppResult<Vec<(sitting::Model, String)>> {
    let learners = learning::learners_within(cx, row.course_id, held).await?;
    let mut classes: HashMap<AccountId, String> = learners.into_iter().collect();
    let conn = cx.db.read();
    let mut sittings = match rooms::only_rooms(conn, actor, row.id).await? {
        Some(own) => rooms::sittings_in(conn, row.id, &own).await?,
        None => {
            let mut accounts: Vec<AccountId> = classes.keys().copied().collect();
            accounts.sort_unstable();
            store::list_sittings_of_accounts(conn, row.id, &accounts).await?
        }
    };
    sittings.sort_by(|one, other| one.ticket_number.cmp(&other.ticket_number));
    let with_class = |sitting: sitting::Model| {
        let class_name = classes.remove(&sitting.account_id).unwrap_or_default();
        (sitting, class_name)
    };
    Ok(sittings.into_iter().map(with_class).collect())
}

async fn view(
    cx: &Services,
    row: exam_session::Model,
    here: &[(sitting::Model, String)],
) -> AppResult<WatchedExamSession> {
    let count = |is_so: fn(&sitting::Model) -> bool| {
        u32::try_from(here.iter().filter(|(sitting, _)| is_so(sitting)).count()).unwrap_or(u32::MAX)
    };
    let course_title = learning::course(cx, row.course_id).await?.title;
    let facts = facts_of_exam_session(row)?;
    Ok(WatchedExamSession {
        exam_session_id: facts.id,
        exam_session_title: facts.title,
        course_title,
        starts_at: facts.starts_at,
        ends_at: facts.ends_at,
        state: facts.state,
        expected: count(|_| true),
        started: count(|sitting| sitting.opened_at.is_some()),
        closed: count(|sitting| sitting.closed_at.is_some()),
    })
}

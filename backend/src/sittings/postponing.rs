//! A test is put off. Everything that hangs on its start moves along, and two persons arm its key anew.

use super::{
    calendar::{calendar_of, text_of},
    entity::{exam_postponement, exam_session},
    facts::state_of,
    forms::papers_of,
    key_shares,
    news::{self, News},
    service::PlanExamSession,
    store::{self, PutOff},
};
use crate::{
    access::Permit,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use sea_orm::ConnectionTrait;
use shared::{
    ids::ExamSessionId,
    people::check_reason,
    problem::ProblemCode,
    sittings::{PostponeExamSession, Postponed, check_postponement, may_postpone, state_when_postponed},
    time::Timestamp,
};
use std::collections::HashMap;

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// Puts a test off, over the version that its planner has seen.
///
/// # Errors
/// The fields that are wrong; `stale` if somebody else has changed it since; `wrong-state` while it is a draft and once it
/// has begun, `exam-cancelled` if it was called off.
pub(super) async fn postpone(
    cx: &Services,
    permit: &Permit<PlanExamSession>,
    seen: i32,
    request: &PostponeExamSession,
) -> AppResult<()> {
    let reason = check_reason(&request.reason, "/reason").map_err(|wrong| AppError::Invalid(vec![wrong]))?;
    let (person, id) = (permit.person()?, *permit.target());
    cx.db
        .write(permit, async |tx| {
            let row = store::lock_exam_session(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            if row.version != seen {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            may_postpone(state_of(&row)?, row.starts_at, tx.now()).map_err(AppError::refused)?;
            check_postponement(row.starts_at, request.starts_at, tx.now())
                .map_err(|wrong| AppError::Invalid(vec![wrong]))?;
            tx.note("was_at", row.starts_at.0);
            tx.note("starts_at", request.starts_at.0);
            tx.note("reason", reason.clone());
            news::tell(tx, id, News::Postponed(row.starts_at), person)?;
            store::put_off(tx.conn(), id, put_off(&row, request.starts_at, tx.now())?).await?;
            key_shares::forget(tx, (state_of(&row)?, papers_of(&row)?.as_slice())).await?;
            let row = exam_postponement::Model {
                id: cx.ids.uuid(),
                exam_session_id: id,
                was_at: row.starts_at,
                starts_at: request.starts_at,
                reason: reason.clone(),
                decided_by: person,
                decided_at: tx.now(),
            };
            store::insert_postponement(tx.conn(), row).await
        })
        .await
}

/// What an exam session is when it begins at another time: its rooms are closed, and its days come, so much later.
fn put_off(row: &exam_session::Model, starts_at: Timestamp, now: Timestamp) -> AppResult<PutOff> {
    let days = Timestamp::of_day_in_china(starts_at.date_in_china())
        .ms_since(Timestamp::of_day_in_china(row.starts_at.date_in_china()))
        / DAY_MS;
    let later = |at: Option<Timestamp>| at.map(|at| at.plus_ms(starts_at.ms_since(row.starts_at)));
    let calendar = calendar_of(row)?.map(|calendar| calendar.moved(days, now.date_in_china()));
    Ok(PutOff {
        state: state_when_postponed(state_of(row)?),
        starts_at,
        closes_at: later(row.closes_at),
        hard_stop_at: later(row.hard_stop_at),
        calendar: text_of(calendar.as_ref())?,
    })
}

/// How these exam sessions were put off last; those that never were are left out.
pub(super) async fn postponed(
    conn: &impl ConnectionTrait,
    ids: &[ExamSessionId],
) -> AppResult<HashMap<ExamSessionId, Postponed>> {
    let rows = store::list_postponements(conn, ids).await?;
    let told =
        |row: exam_postponement::Model| (row.exam_session_id, Postponed { was_at: row.was_at, because: row.reason });
    // Of those of one test the last stays.
    Ok(rows.into_iter().map(told).collect())
}

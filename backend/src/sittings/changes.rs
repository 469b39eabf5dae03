//! Mistakes in a plan are put right: a draft is changed, and what does not run yet is called off.

use super::{
    facts::state_of,
    key_shares,
    news::{self, News},
    service::{PlanExamSession, check, note_uses, owner},
    store,
};
use crate::{
    access::{Actor, Permit},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    people::check_reason,
    problem::ProblemCode,
    sittings::{CancelExamSession, ExamSessionState, NewExamSession, may_cancel, may_change_plan},
    time::write_date,
};

/// Changes a draft over the version that its planner has seen.
///
/// # Errors
/// The fields that are wrong; `stale` if somebody else has changed it since, `wrong-state` unless it is a draft.
pub(super) async fn replace(
    cx: &Services,
    (actor, permit): (&Actor, &Permit<PlanExamSession>),
    seen: i32,
    new: &NewExamSession,
) -> AppResult<()> {
    check(cx, new).await?;
    let named = match new.division {
        Some(_) => Some(owner(cx, actor, new.division).await?),
        None => None,
    };
    let id = *permit.target();
    cx.db
        .write(permit, async |tx| {
            let row = store::lock_exam_session(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            if row.version != seen {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            may_change_plan(state_of(&row)?).map_err(AppError::refused)?;
            tx.note("version", seen + 1);
            tx.note("paper", new.paper_id.to_string());
            tx.note("starts_at", new.starts_at.0);
            tx.note("duration_min", new.duration_min);
            if let Some(calendar) = &new.calendar {
                tx.note("registration_closes_on", write_date(calendar.registration_closes_on));
            }
            let division = named.as_deref().unwrap_or(&row.division);
            tx.note("division", division);
            note_uses(tx, id, new).await?;
            if store::replace_plan(tx.conn(), (id, seen), (new, division)).await? {
                Ok(())
            } else {
                Err(AppError::internal("a locked exam session changed"))
            }
        })
        .await
}

/// Calls an exam session off. What has been called off stays so for its first reason.
///
/// # Errors
/// The reason if it is none; `wrong-state` once the test has begun.
pub(super) async fn cancel(
    cx: &Services,
    permit: &Permit<PlanExamSession>,
    request: &CancelExamSession,
) -> AppResult<()> {
    let reason = check_reason(&request.reason, "/reason").map_err(|wrong| AppError::Invalid(vec![wrong]))?;
    let person = permit.person()?;
    cx.db
        .write(permit, async |tx| {
            let exam_session = super::lock_exam_session(tx, *permit.target()).await?;
            if exam_session.state == ExamSessionState::Cancelled {
                return Ok(());
            }
            may_cancel(exam_session.state, exam_session.starts_at, tx.now()).map_err(AppError::refused)?;
            tx.note("from", exam_session.state.as_str());
            tx.note("state", ExamSessionState::Cancelled.as_str());
            tx.note("reason", reason.clone());
            news::tell(tx, exam_session.id, News::Cancelled(exam_session.starts_at), person)?;
            store::cancel(tx.conn(), exam_session.id, (person, tx.now()), &reason).await?;
            key_shares::forget(tx, (exam_session.state, exam_session.papers.as_slice())).await
        })
        .await
}

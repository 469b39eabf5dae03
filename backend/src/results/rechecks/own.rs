//! What candidates ask for, and what they are told.

use super::{AskForRecheck, state_of};
use crate::{
    access::{Actor, Permit, authorize},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
    results::{
        entity::{result, score_recheck},
        service::{ReadOwnResults, bars_of},
        store,
    },
    sittings::{self, ExamSessionFacts},
};
use shared::{
    ids::{AccountId, SittingId},
    results::{MyRecheck, RecheckState, may_ask_recheck, recheck_answer_by, recheck_until},
    rights::Place,
    time::Timestamp,
};
use std::collections::HashMap;

/// Asks for a recheck of an own result. There is one for each: repeating it changes nothing.
///
/// # Errors
/// `not-found` for what is no result that the actor is told of, `wrong-state` after the days for it, or of practice.
pub(in crate::results) async fn ask(cx: &Services, actor: &Actor, id: SittingId) -> AppResult<()> {
    let account = actor.account_id;
    let found = store::find_released(cx.db.read(), id).await?.filter(|row| row.account_id == account);
    let row = found.ok_or_else(AppError::not_found)?;
    let permit: Permit<AskForRecheck> = authorize(actor, id, &Place::Own { account })?;
    let exam_session = sittings::exam_session_facts(cx, row.exam_session_id).await?;
    let until = recheck_until(row.released_at, exam_session.recheck_until);
    let division = division_of(&exam_session)?;
    cx.db
        .write(&permit, async |tx| {
            store::lock(tx.conn(), id).await?;
            // What is not told is not there.
            if sittings::hold_bar(tx, id).await?.is_some() {
                return Err(AppError::not_found());
            }
            if !store::list_rechecks_of(tx.conn(), &[id]).await?.is_empty() {
                tx.note("repeated", true);
                return Ok(());
            }
            may_ask_recheck(exam_session.kind.counts(), until, tx.now()).map_err(AppError::refused)?;
            let asked = score_recheck::Model {
                id: cx.ids.new_id(),
                sitting_id: id,
                exam_session_id: exam_session.id,
                division: division.clone(),
                state: RecheckState::Asked.as_str().to_owned(),
                asked_at: tx.now(),
                settled_by: None,
                settled_at: None,
                reason: None,
                corrections: None,
                score_after: None,
                confirmed_by: None,
                confirmed_at: None,
            };
            tx.note("recheck", asked.id.to_string());
            store::insert_recheck(tx.conn(), asked).await
        })
        .await
}

fn division_of(exam_session: &ExamSessionFacts) -> AppResult<String> {
    match &exam_session.place {
        Place::Division { code } => Ok(code.clone()),
        _ => Err(AppError::internal("an exam session lies in no division")),
    }
}

/// For each result that the actor is told of and that counts: whether they may ask, and what came of it.
///
/// # Errors
/// `forbidden` for who is no learner.
pub(in crate::results) async fn list_own(cx: &Services, actor: &Actor) -> AppResult<Vec<MyRecheck>> {
    let account = actor.account_id;
    let _: Permit<ReadOwnResults> = authorize(actor, account, &Place::Own { account })?;
    told(cx, account).await
}

/// The rechecks that a learner has asked for.
///
/// # Errors
/// If the store fails.
pub async fn rechecks_of(cx: &Services, account: AccountId) -> AppResult<Vec<MyRecheck>> {
    let mut told = told(cx, account).await?;
    told.retain(|recheck| recheck.state.is_some());
    Ok(told)
}

async fn told(cx: &Services, account: AccountId) -> AppResult<Vec<MyRecheck>> {
    let rows = store::list_released(cx.db.read(), account).await?;
    let bars = bars_of(cx, &rows).await?;
    let ids: Vec<SittingId> = rows.iter().map(|row| row.sitting_id).collect();
    let asked = store::list_rechecks_of(cx.db.read(), &ids).await?;
    let mut asked: HashMap<SittingId, score_recheck::Model> =
        asked.into_iter().map(|recheck| (recheck.sitting_id, recheck)).collect();
    let mut own = Vec::new();
    for row in rows.into_iter().filter(|row| !bars.contains_key(&row.sitting_id)) {
        let exam_session = sittings::exam_session_facts(cx, row.exam_session_id).await?;
        if exam_session.kind.counts() {
            let until = recheck_until(row.released_at, exam_session.recheck_until);
            own.push(view(&row, asked.remove(&row.sitting_id), (until, cx.clock.now()))?);
        }
    }
    Ok(own)
}

/// What a candidate is told. That one person found something is not told before another has confirmed it.
fn view(
    row: &result::Model,
    asked: Option<score_recheck::Model>,
    (until, now): (Timestamp, Timestamp),
) -> AppResult<MyRecheck> {
    let state = asked.as_ref().map(state_of).transpose()?;
    let is_open = matches!(state, Some(RecheckState::Asked | RecheckState::Proposed));
    let is_corrected = state == Some(RecheckState::Corrected);
    Ok(MyRecheck {
        sitting_id: row.sitting_id,
        ask_until: (state.is_none() && now < until).then_some(until),
        state: state.map(|state| if is_open { RecheckState::Asked } else { state }),
        asked_at: asked.as_ref().map(|asked| asked.asked_at),
        answer_until: asked.as_ref().filter(|_| is_open).map(|asked| recheck_answer_by(asked.asked_at)),
        reason: asked.and_then(|asked| asked.reason).filter(|_| !is_open),
        score_before: is_corrected.then_some(row.score),
    })
}

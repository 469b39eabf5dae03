//! What those see of rechecks who settle them. The candidate is told apart by the ticket number alone.

use super::{facts_of, permit, sheet::sheet, state_of};
use crate::{
    access::{Actor, Scope},
    identity,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
    results::{
        entity::score_recheck::{Column, Model},
        store,
    },
    sittings::{self, SittingFacts},
};
use sea_orm::{ColumnTrait, Condition};
use serde::Deserialize;
use shared::{
    ids::{AccountId, ScoreRecheckId, SittingId},
    page::{Page, PageQuery},
    results::{RecheckFinding, RecheckHead, RecheckState, RecheckStep, RecheckView, judge_recheck, recheck_answer_by},
    rights::Right,
};
use std::collections::HashMap;

/// Which rechecks a client asks for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub(in crate::results) struct RecheckQuery {
    /// Only those that wait for the reader.
    waits: Option<bool>,
    /// Only those that stand there.
    state: Option<RecheckState>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

/// How many rechecks wait for the actor.
///
/// # Errors
/// If the store fails.
pub(in crate::results) async fn count_waiting(cx: &Services, actor: &Actor) -> AppResult<u64> {
    let Ok(scope) = Scope::of(actor, Right::ReleaseResults) else { return Ok(0) };
    let within = Condition::all().add(scope.within(Column::Division, None)).add(of_others(cx, actor).await?);
    store::count_rechecks(cx.db.read(), within.add(store::waiting_for(actor.account_id))).await
}

/// Staff may be candidates, too; their own is settled by others.
async fn of_others(cx: &Services, actor: &Actor) -> AppResult<Condition> {
    let own = store::list_released(cx.db.read(), actor.account_id).await?;
    Ok(Condition::all().add(Column::SittingId.is_not_in(own.into_iter().map(|row| row.sitting_id))))
}

/// The rechecks of tests at the actor's places, the newest first.
///
/// # Errors
/// `forbidden` for who releases no results anywhere.
pub(in crate::results) async fn list(
    cx: &Services,
    actor: &Actor,
    query: RecheckQuery,
) -> AppResult<Page<RecheckHead>> {
    let scope = Scope::of(actor, Right::ReleaseResults)?;
    let waiting = query.waits.unwrap_or_default().then(|| store::waiting_for(actor.account_id));
    let within = Condition::all()
        .add(scope.within(Column::Division, None))
        .add(of_others(cx, actor).await?)
        .add_option(waiting)
        .add_option(query.state.map(|state| Column::State.eq(state.as_str())));
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let rows = store::list_rechecks(cx.db.read(), within, decode_cursor(&of_page)?, of_page.rows() + 1).await?;
    let found = page(rows, &of_page, |row| row.id);
    let ids: Vec<SittingId> = found.items.iter().map(|row| row.sitting_id).collect();
    let sittings = sittings::list_sittings(cx, &ids).await?;
    let sittings: HashMap<SittingId, SittingFacts> = sittings.into_iter().map(|one| (one.id, one)).collect();
    let head = |row: &Model| {
        let sitting = sittings.get(&row.sitting_id).ok_or_else(|| AppError::internal("a recheck of no sitting"))?;
        head(row, sitting)
    };
    let items = found.items.iter().map(head).collect::<AppResult<Vec<_>>>()?;
    Ok(Page { items, next_cursor: found.next_cursor })
}

fn head(row: &Model, sitting: &SittingFacts) -> AppResult<RecheckHead> {
    Ok(RecheckHead {
        id: row.id,
        exam_session_title: sitting.title.clone(),
        ticket_number: sitting.ticket_number.clone(),
        state: state_of(row)?,
        asked_at: row.asked_at,
        answer_by: recheck_answer_by(row.asked_at),
    })
}

/// One recheck with what is looked at.
///
/// # Errors
/// `not-found` or `forbidden`; `not-found` for the candidate.
pub(in crate::results) async fn get(cx: &Services, actor: &Actor, id: ScoreRecheckId) -> AppResult<RecheckView> {
    let (_, row) = permit(cx, actor, id).await?;
    let sitting = sittings::sitting_facts(cx, row.sitting_id).await?;
    if sitting.account_id == actor.account_id {
        return Err(AppError::not_found());
    }
    let result = store::find_released(cx.db.read(), row.sitting_id).await?.ok_or_else(AppError::not_found)?;
    Ok(RecheckView {
        head: head(&row, &sitting)?,
        score: result.score,
        max_score: result.max_score,
        items: sheet(cx, &sitting).await?,
        open_steps: open_steps(&row, sitting.account_id, actor.account_id)?,
        finding: finding(cx, row).await?,
    })
}

fn open_steps(row: &Model, candidate: AccountId, reader: AccountId) -> AppResult<Vec<RecheckStep>> {
    let facts = facts_of(row, candidate)?;
    let is_open = |step: &RecheckStep| judge_recheck(&facts, *step, reader).is_ok();
    Ok(RecheckStep::ALL.iter().copied().filter(is_open).collect())
}

/// What was found, if somebody has looked.
async fn finding(cx: &Services, row: Model) -> AppResult<Option<RecheckFinding>> {
    let (Some(by), Some(at), Some(reason)) = (row.settled_by, row.settled_at, row.reason) else { return Ok(None) };
    let names = identity::names_of(cx, &[by]).await?;
    Ok(Some(RecheckFinding {
        corrections: serde_json::from_str(row.corrections.as_deref().unwrap_or("[]")).map_err(AppError::internal)?,
        score: row.score_after.unwrap_or_default(),
        reason,
        by_name: names.get(&by).cloned().unwrap_or_default(),
        at,
    }))
}

//! Tools are registered by the province's office: one person proposes, another approves, and anyone of them switches off.

use super::state_of;
use crate::{
    access::{Actor, Permit, actions, authorize},
    identity,
    learning::{entity::external_tool, store},
    organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once, replayed},
    },
};
use sea_orm::ConnectionTrait;
use shared::{
    ids::{AccountId, ExternalToolId},
    learning::{
        EXTERNAL_DEPLOYMENT, ExternalPlatform, ExternalTool, ExternalToolBook, ExternalToolCase, ExternalToolChoice,
        ExternalToolState, ExternalToolStep, NewExternalTool, ToolKey, next_external_tool_state,
    },
    people::check_reason,
    problem::ProblemCode,
    rights::{Right, places},
    work::{WorkKind, WorkLine},
};
use std::collections::BTreeSet;

actions! {
    /// Propose a tool, approve it, refuse it or switch it off.
    KeepExternalTool(ExternalToolId) = KeepExternalTools;
}

/// Where a tool asks who a learner is.
fn authorization_url(cx: &Services) -> String {
    format!("{}/lti/authorize", cx.config.public_url)
}

/// Where a tool gets tokens.
pub(super) fn token_url(cx: &Services) -> String {
    format!("{}/lti/token", cx.config.public_url)
}

/// Proposes a tool.
///
/// # Errors
/// `forbidden`, or the fields that are wrong.
pub(super) async fn propose(
    cx: &Services,
    actor: &Actor,
    key: &IdempotencyKey,
    wanted: &NewExternalTool,
) -> AppResult<ExternalToolId> {
    let id: ExternalToolId = cx.ids.new_id();
    let permit: Permit<KeepExternalTool> = authorize(actor, id, &organisation::catalogue())?;
    let by = permit.person()?;
    if let Some(earlier) = replayed(cx.db.read(), by, key, wanted).await? {
        return Ok(earlier);
    }
    let checked = wanted.check().map_err(AppError::Invalid)?;
    let redirect_urls = serde_json::to_string(&wanted.redirect_urls).map_err(AppError::internal)?;
    let keys = serde_json::to_string(&checked.keys).map_err(AppError::internal)?;
    cx.db
        .write(&permit, async |tx| {
            once(tx, by, key, wanted, async || {
                let row = external_tool::Model {
                    id,
                    title: checked.title.clone(),
                    login_url: wanted.login_url.clone(),
                    redirect_urls: redirect_urls.clone(),
                    keys: keys.clone(),
                    reason: checked.reason.clone(),
                    state: ExternalToolState::Proposed.as_str().to_owned(),
                    proposed_by: by,
                    proposed_at: tx.now(),
                    approved_by: None,
                    approved_at: None,
                    ended_by: None,
                    ended_at: None,
                    answer: None,
                };
                store::insert_external_tool(tx.conn(), row).await?;
                tx.note("title", checked.title.clone());
                tx.note("state", ExternalToolState::Proposed.as_str());
                Ok(id)
            })
            .await
        })
        .await
}

/// Approves a tool, refuses it or switches it off.
///
/// # Errors
/// `not-found` for who may not; why it is not decided so.
pub(super) async fn decide(
    cx: &Services,
    actor: &Actor,
    id: ExternalToolId,
    step: ExternalToolStep,
    answer: Option<&str>,
) -> AppResult<()> {
    store::find_external_tool(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let permit = authorize(actor, id, &organisation::catalogue());
    let permit: Permit<KeepExternalTool> = permit.map_err(|_| AppError::not_found())?;
    let answer = answer.map(|answer| check_reason(answer, "/reason")).transpose();
    let answer = answer.map_err(|error| AppError::Invalid(vec![error]))?;
    let by = permit.person()?;
    cx.db
        .write(&permit, async |tx| {
            let row = store::lock_external_tool(tx.conn(), id).await?;
            let case = ExternalToolCase { state: state_of(&row)?, proposed_by: row.proposed_by };
            let next = next_external_tool_state(&case, step, by).map_err(AppError::refused)?;
            tx.note("title", row.title.clone());
            tx.note("state", next.as_str());
            let hand = (by, tx.now());
            match next {
                ExternalToolState::Active => store::approve_external_tool(tx.conn(), id, hand).await,
                _ => store::end_external_tool(tx.conn(), id, next, hand, answer.clone()).await,
            }
        })
        .await
}

/// The tools of others that the actor is to decide.
///
/// # Errors
/// If the store fails.
pub(in crate::learning) async fn work(cx: &Services, actor: &Actor) -> AppResult<Option<WorkLine>> {
    if !actor.has_any(&[Right::KeepExternalTools], &organisation::catalogue()) {
        return Ok(None);
    }
    let tools = store::list_external_tools(cx.db.read()).await?;
    let waits = |row: &&external_tool::Model| {
        row.state == ExternalToolState::Proposed.as_str() && row.proposed_by != actor.account_id
    };
    let waiting = tools.iter().filter(waits).count();
    Ok(WorkLine::some(WorkKind::ExternalToolsToApprove, u64::try_from(waiting).unwrap_or(u64::MAX)))
}

/// Every tool, and what is entered there about this installation.
///
/// # Errors
/// `forbidden` for who keeps no tools.
pub(super) async fn book(cx: &Services, actor: &Actor) -> AppResult<ExternalToolBook> {
    if places(&actor.roles, Right::KeepExternalTools).next().is_none() {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let platform = ExternalPlatform {
        issuer: cx.config.public_url.clone(),
        authorization_url: authorization_url(cx),
        token_url: token_url(cx),
        keys_url: format!("{}/lti/keys.json", cx.config.public_url),
        deployment_id: EXTERNAL_DEPLOYMENT.to_owned(),
        has_key: cx.keys.external_tools.is_some(),
    };
    let tools = views(cx, store::list_external_tools(cx.db.read()).await?).await?;
    Ok(ExternalToolBook { platform, tools })
}

/// One tool.
pub(super) async fn tool(cx: &Services, id: ExternalToolId) -> AppResult<ExternalTool> {
    let row = store::find_external_tool(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    views(cx, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

/// The tools that an author may choose.
///
/// # Errors
/// `forbidden` for who writes no courses.
pub(super) async fn choices(cx: &Services, actor: &Actor) -> AppResult<Vec<ExternalToolChoice>> {
    if places(&actor.roles, Right::AuthorCourse).next().is_none() {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let mut tools = store::list_external_tools(cx.db.read()).await?;
    tools.retain(|row| row.state == ExternalToolState::Active.as_str());
    Ok(tools.into_iter().map(|row| ExternalToolChoice { id: row.id, title: row.title }).collect())
}

/// The tools that learners are sent to.
///
/// # Errors
/// If the store fails.
pub(in crate::learning) async fn active_tools(conn: &impl ConnectionTrait) -> AppResult<BTreeSet<ExternalToolId>> {
    let tools = store::list_external_tools(conn).await?;
    let active = tools.into_iter().filter(|row| row.state == ExternalToolState::Active.as_str());
    Ok(active.map(|row| row.id).collect())
}

async fn views(cx: &Services, rows: Vec<external_tool::Model>) -> AppResult<Vec<ExternalTool>> {
    let people = rows.iter().flat_map(|row| [Some(row.proposed_by), row.approved_by, row.ended_by]);
    let names = identity::names_of(cx, &people.flatten().collect::<Vec<_>>()).await?;
    let name = |id: Option<AccountId>| id.and_then(|id| names.get(&id)).cloned().unwrap_or_default();
    let view = |row: external_tool::Model| {
        let keys: Vec<ToolKey> = serde_json::from_str(&row.keys).map_err(AppError::internal)?;
        Ok(ExternalTool {
            id: row.id,
            state: state_of(&row)?,
            redirect_urls: serde_json::from_str(&row.redirect_urls).map_err(AppError::internal)?,
            key_ids: keys.into_iter().map(|key| key.kid).collect(),
            proposed_by: row.proposed_by,
            proposed_by_name: name(Some(row.proposed_by)),
            proposed_at: row.proposed_at,
            approved_by_name: name(row.approved_by),
            ended_by_name: name(row.ended_by),
            title: row.title,
            login_url: row.login_url,
            reason: row.reason,
            answer: row.answer,
        })
    };
    rows.into_iter().map(view).collect()
}

//! The province's office keeps the rules of attendance: one person proposes one for days to come, another approves it,
//! and it is withdrawn until its first day has come. What has begun is never changed; a class keeps the rule of its
//! first day.

pub(super) mod routes;

use super::{
    classes::rules,
    entity::{attendance_rule, attendance_rule_proposal},
    store,
};
use crate::{
    access::{Actor, Permit, actions, authorize},
    identity, organisation,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once, replayed},
    },
};
use shared::{
    dated_rules::{
        RuleChangeRefusal, RuleProposalCase, RuleProposalState, RuleProposalStep, next_rule_proposal_state,
        sees_rules_of,
    },
    ids::{AccountId, AttendanceRuleProposalId},
    learning::{
        AttendanceRule, AttendanceRuleBook, AttendanceRuleProposal, AttendanceRuleVersion, ProposeAttendanceRule,
        keeps_attendance_rules_of,
    },
    people::check_reason,
    problem::ProblemCode,
    rights::{Right, places},
    time::write_date,
    work::{WorkKind, WorkLine},
};
use std::{cmp::Reverse, collections::HashMap};

actions! {
    /// Propose a rule of attendance, decide a proposal, or withdraw a rule.
    KeepAttendanceRule(AttendanceRuleProposalId) = KeepAttendanceRules;
}

/// Proposes a rule.
///
/// # Errors
/// `forbidden`, the fields that are wrong, or that there is such a rule.
async fn propose(
    cx: &Services,
    actor: &Actor,
    key: &IdempotencyKey,
    wanted: &ProposeAttendanceRule,
) -> AppResult<AttendanceRuleProposalId> {
    let (id, rule): (AttendanceRuleProposalId, _) = (cx.ids.new_id(), &wanted.rule);
    let permit: Permit<KeepAttendanceRule> = authorize(actor, id, &rule.region.place())?;
    let by = permit.person()?;
    // Whose reply was lost may ask again when the first day has come.
    if let Some(earlier) = replayed(cx.db.read(), by, key, wanted).await? {
        return Ok(earlier);
    }
    let reason = wanted.check(cx.clock.now().date_in_china()).map_err(AppError::Invalid)?;
    if !organisation::has_division(cx, rule.region.as_str()).await? {
        return Err(AppError::field("/rule/region", "not-found"));
    }
    cx.db
        .write(&permit, async |tx| {
            once(tx, by, key, wanted, async || {
                tx.note("version", rule.version());
                let row = attendance_rule_proposal::Model {
                    id,
                    region: rule.region.as_str().to_owned(),
                    valid_from: write_date(rule.valid_from),
                    late_min: i16::try_from(rule.late_min).map_err(AppError::internal)?,
                    class_hour_min: i16::try_from(rule.class_hour_min).map_err(AppError::internal)?,
                    face_min_pct: i16::try_from(rule.face_min_pct).map_err(AppError::internal)?,
                    reason: reason.clone(),
                    state: RuleProposalState::Proposed.as_str().to_owned(),
                    proposed_by: by,
                    proposed_at: tx.now(),
                    approved_by: None,
                    approved_at: None,
                    ended_by: None,
                    ended_at: None,
                    answer: None,
                };
                if store::has_attendance_rule(tx.conn(), (&row.region, &row.valid_from)).await? {
                    return Err(AppError::refused(RuleChangeRefusal::AlreadyThere));
                }
                if store::insert_attendance_rule_proposal(tx.conn(), row).await? == 0 {
                    return Err(AppError::refused(RuleChangeRefusal::AlreadyProposed));
                }
                Ok(id)
            })
            .await
        })
        .await
}

/// Approves a proposal, or ends it; a rule that was approved and has not begun is withdrawn.
///
/// # Errors
/// `not-found` for who may not; why it is not decided so.
async fn decide(
    cx: &Services,
    actor: &Actor,
    id: AttendanceRuleProposalId,
    step: RuleProposalStep,
    answer: Option<&str>,
) -> AppResult<()> {
    let row = store::find_attendance_rule_proposal(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let place = rules::proposed_rule(&row)?.region.place();
    let permit: Permit<KeepAttendanceRule> = authorize(actor, id, &place).map_err(|_| AppError::not_found())?;
    let answer = answer.map(|answer| check_reason(answer, "/reason")).transpose();
    let answer = answer.map_err(|error| AppError::Invalid(vec![error]))?;
    let by = permit.person()?;
    cx.db
        .write(&permit, async |tx| {
            let row = store::lock_attendance_rule_proposal(tx.conn(), id).await?;
            let rule = rules::proposed_rule(&row)?;
            let case =
                RuleProposalCase { state: state_of(&row)?, proposed_by: row.proposed_by, valid_from: rule.valid_from };
            let next = next_rule_proposal_state(&case, step, by, tx.now().date_in_china());
            let next = next.map_err(AppError::refused)?;
            tx.note("version", rule.version());
            tx.note("state", next.as_str());
            match next {
                RuleProposalState::Approved => approve(tx, (id, &rule), by).await,
                _ => end(tx, &case, (&row, next), by, answer.clone()).await,
            }
        })
        .await
}

/// Puts a rule among those that hold. Classes that are to begin by it, and were planned before, are given it.
async fn approve(tx: &Tx, (id, rule): (AttendanceRuleProposalId, &AttendanceRule), by: AccountId) -> AppResult<()> {
    store::approve_attendance_rule(tx.conn(), id, (by, tx.now())).await?;
    tx.note("classes", rules::take_up(tx, rule).await?);
    Ok(())
}

/// Ends a proposal. Classes that were to begin by it, because it was approved, are given another rule.
async fn end(
    tx: &Tx,
    case: &RuleProposalCase,
    (row, next): (&attendance_rule_proposal::Model, RuleProposalState),
    by: AccountId,
    answer: Option<String>,
) -> AppResult<()> {
    store::end_attendance_rule_proposal(tx.conn(), row.id, next, (by, tx.now()), answer).await?;
    if case.state == RuleProposalState::Approved {
        let version = rules::proposed_rule(row)?.version();
        tx.note("classes", rules::give_up(tx, &version).await?);
    }
    Ok(())
}

/// Whether somebody keeps any rules.
fn keeps_some(actor: &Actor) -> bool {
    places(&actor.roles, Right::KeepAttendanceRules).next().is_some()
}

/// The proposals of others that the actor is to decide.
///
/// # Errors
/// If the store fails.
pub(super) async fn work(cx: &Services, actor: &Actor) -> AppResult<Option<WorkLine>> {
    if !keeps_some(actor) {
        return Ok(None);
    }
    let mut count = 0;
    for row in store::list_waiting_attendance_rules(cx.db.read()).await? {
        let is_decided_here = keeps_attendance_rules_of(&actor.roles, rules::proposed_rule(&row)?.region);
        count += u64::from(is_decided_here && row.proposed_by != actor.account_id);
    }
    Ok(WorkLine::some(WorkKind::AttendanceRulesToApprove, count))
}

/// The rules around the reader, and the proposals that they decide.
///
/// # Errors
/// `forbidden` for who keeps no rules.
async fn book(cx: &Services, actor: &Actor) -> AppResult<AttendanceRuleBook> {
    if !keeps_some(actor) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let proposals = store::list_attendance_rule_proposals(cx.db.read()).await?;
    let came = store::list_all_attendance_rules(cx.db.read()).await?;
    let mut held = all(&came, &proposals)?;
    held.retain(|rule| sees_rules_of(&actor.roles, &[Right::KeepAttendanceRules], rule.region));
    held.sort_by_key(|rule| (Reverse(rule.valid_from), rule.region));
    let regions = organisation::division_names(cx, held.iter().map(|rule| rule.region.as_str())).await?;
    let mut proposals = views(cx, proposals).await?;
    proposals.retain(|proposal| keeps_attendance_rules_of(&actor.roles, proposal.version.rule.region));
    Ok(AttendanceRuleBook { versions: held.iter().map(|rule| version(*rule, &regions)).collect(), proposals })
}

/// Every rule: those that came with the program, and those that were approved since.
fn all(
    came: &[attendance_rule::Model],
    proposals: &[attendance_rule_proposal::Model],
) -> AppResult<Vec<AttendanceRule>> {
    let approved = proposals.iter().filter(|row| row.state == RuleProposalState::Approved.as_str());
    came.iter().map(rules::rule).chain(approved.map(rules::proposed_rule)).collect()
}

async fn proposal(cx: &Services, id: AttendanceRuleProposalId) -> AppResult<AttendanceRuleProposal> {
    let row = store::find_attendance_rule_proposal(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    views(cx, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

async fn views(cx: &Services, rows: Vec<attendance_rule_proposal::Model>) -> AppResult<Vec<AttendanceRuleProposal>> {
    let people = rows.iter().flat_map(|row| [Some(row.proposed_by), row.approved_by, row.ended_by]);
    let names = identity::names_of(cx, &people.flatten().collect::<Vec<_>>()).await?;
    let name = |id: Option<AccountId>| id.and_then(|id| names.get(&id)).cloned().unwrap_or_default();
    let regions = organisation::division_names(cx, rows.iter().map(|row| row.region.as_str())).await?;
    let view = |row: attendance_rule_proposal::Model| {
        Ok(AttendanceRuleProposal {
            id: row.id,
            version: version(rules::proposed_rule(&row)?, &regions),
            state: state_of(&row)?,
            proposed_by: row.proposed_by,
            proposed_by_name: name(Some(row.proposed_by)),
            proposed_at: row.proposed_at,
            approved_by_name: name(row.approved_by),
            approved_at: row.approved_at,
            ended_by_name: name(row.ended_by),
            ended_at: row.ended_at,
            reason: row.reason,
            answer: row.answer,
        })
    };
    rows.into_iter().map(view).collect()
}

fn version(rule: AttendanceRule, regions: &HashMap<String, String>) -> AttendanceRuleVersion {
    AttendanceRuleVersion { rule, region_name: regions.get(rule.region.as_str()).cloned().unwrap_or_default() }
}

fn state_of(row: &attendance_rule_proposal::Model) -> AppResult<RuleProposalState> {
    let unknown = || AppError::internal(format!("a proposal in {}", row.state));
    RuleProposalState::parse(&row.state).ok_or_else(unknown)
}

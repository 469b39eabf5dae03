//! The province's office keeps the rules of graduation: one person proposes one for days to come, another approves it,
//! and it is withdrawn until its first day has come. What has begun is never changed; a learner keeps the rule of the
//! day on which they enrolled.

mod routes;

pub(super) use routes::routes;

use super::standing::rule;
use crate::{
    access::{Actor, Permit, actions, authorize},
    credit_bank::{
        entity::graduation_rule_proposal,
        store::{self, rule_of_proposal},
    },
    identity, organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once, replayed},
    },
};
use shared::{
    credit_bank::{
        GraduationRule, GraduationRuleBook, GraduationRuleProposal, GraduationRuleVersion, ProposeGraduationRule,
        keeps_graduation_rules_of,
    },
    dated_rules::{
        RuleChangeRefusal, RuleProposalCase, RuleProposalState, RuleProposalStep, next_rule_proposal_state,
        sees_rules_of,
    },
    ids::{AccountId, GraduationRuleProposalId},
    people::check_reason,
    problem::ProblemCode,
    rights::{Right, places},
    time::write_date,
    work::{WorkKind, WorkLine},
};
use std::{cmp::Reverse, collections::HashMap};

actions! {
    /// Propose a rule of graduation, decide a proposal, or withdraw a rule.
    KeepGraduationRule(GraduationRuleProposalId) = KeepGraduationRules;
}

/// Proposes a rule.
///
/// # Errors
/// `forbidden`, the fields that are wrong, or that there is such a rule.
async fn propose(
    cx: &Services,
    actor: &Actor,
    key: &IdempotencyKey,
    wanted: &ProposeGraduationRule,
) -> AppResult<GraduationRuleProposalId> {
    let (id, rule): (GraduationRuleProposalId, _) = (cx.ids.new_id(), &wanted.rule);
    let permit: Permit<KeepGraduationRule> = authorize(actor, id, &rule.region.place())?;
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
                let row = graduation_rule_proposal::Model {
                    id,
                    region: rule.region.as_str().to_owned(),
                    level: rule.level.as_str().to_owned(),
                    valid_from: write_date(rule.valid_from),
                    needs_skill_certificate: rule.needs_skill_certificate,
                    credits: rule.credits.into(),
                    culture_cap: rule.culture_cap.into(),
                    skill_cap: rule.skill_cap.into(),
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
                tx.note("version", named(&row));
                if store::has_graduation_rule(tx.conn(), (&row.region, &row.level, &row.valid_from)).await? {
                    return Err(AppError::refused(RuleChangeRefusal::AlreadyThere));
                }
                if store::insert_graduation_rule_proposal(tx.conn(), row).await? == 0 {
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
    id: GraduationRuleProposalId,
    step: RuleProposalStep,
    answer: Option<&str>,
) -> AppResult<()> {
    let row = store::find_graduation_rule_proposal(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let place = proposed(&row)?.region.place();
    let permit: Permit<KeepGraduationRule> = authorize(actor, id, &place).map_err(|_| AppError::not_found())?;
    let answer = answer.map(|answer| check_reason(answer, "/reason")).transpose();
    let answer = answer.map_err(|error| AppError::Invalid(vec![error]))?;
    let by = permit.person()?;
    cx.db
        .write(&permit, async |tx| {
            let row = store::lock_graduation_rule_proposal(tx.conn(), id).await?;
            let valid_from = proposed(&row)?.valid_from;
            let case = RuleProposalCase { state: state_of(&row)?, proposed_by: row.proposed_by, valid_from };
            let next = next_rule_proposal_state(&case, step, by, tx.now().date_in_china());
            let next = next.map_err(AppError::refused)?;
            tx.note("version", named(&row));
            tx.note("state", next.as_str());
            let hand = (by, tx.now());
            match next {
                RuleProposalState::Approved => store::approve_graduation_rule(tx.conn(), id, hand).await,
                _ => store::end_graduation_rule_proposal(tx.conn(), id, next, hand, answer.clone()).await,
            }
        })
        .await
}

/// Whether somebody keeps any rules.
fn keeps_some(actor: &Actor) -> bool {
    places(&actor.roles, Right::KeepGraduationRules).next().is_some()
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
    for row in store::list_waiting_graduation_rules(cx.db.read()).await? {
        let is_decided_here = keeps_graduation_rules_of(&actor.roles, proposed(&row)?.region);
        count += u64::from(is_decided_here && row.proposed_by != actor.account_id);
    }
    Ok(WorkLine::some(WorkKind::GraduationRulesToApprove, count))
}

/// The rules around the reader, and the proposals that they decide.
///
/// # Errors
/// `forbidden` for who keeps no rules.
async fn book(cx: &Services, actor: &Actor) -> AppResult<GraduationRuleBook> {
    if !keeps_some(actor) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let proposals = store::list_graduation_rule_proposals(cx.db.read()).await?;
    let held = store::list_graduation_rules(cx.db.read()).await?;
    let mut held = held.iter().map(rule).collect::<AppResult<Vec<_>>>()?;
    held.retain(|rule| sees_rules_of(&actor.roles, &[Right::KeepGraduationRules], rule.region));
    held.sort_by_key(|rule| (rule.region, rule.level, Reverse(rule.valid_from)));
    let regions = organisation::division_names(cx, held.iter().map(|rule| rule.region.as_str())).await?;
    let mut proposals = views(cx, proposals).await?;
    proposals.retain(|proposal| keeps_graduation_rules_of(&actor.roles, proposal.version.rule.region));
    Ok(GraduationRuleBook { versions: held.iter().map(|rule| version(*rule, &regions)).collect(), proposals })
}

async fn proposal(cx: &Services, id: GraduationRuleProposalId) -> AppResult<GraduationRuleProposal> {
    let row = store::find_graduation_rule_proposal(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    views(cx, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

async fn views(cx: &Services, rows: Vec<graduation_rule_proposal::Model>) -> AppResult<Vec<GraduationRuleProposal>> {
    let people = rows.iter().flat_map(|row| [Some(row.proposed_by), row.approved_by, row.ended_by]);
    let names = identity::names_of(cx, &people.flatten().collect::<Vec<_>>()).await?;
    let name = |id: Option<AccountId>| id.and_then(|id| names.get(&id)).cloned().unwrap_or_default();
    let regions = organisation::division_names(cx, rows.iter().map(|row| row.region.as_str())).await?;
    let view = |row: graduation_rule_proposal::Model| {
        Ok(GraduationRuleProposal {
            id: row.id,
            version: version(proposed(&row)?, &regions),
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

fn version(rule: GraduationRule, regions: &HashMap<String, String>) -> GraduationRuleVersion {
    GraduationRuleVersion { rule, region_name: regions.get(rule.region.as_str()).cloned().unwrap_or_default() }
}

/// The rule that a proposal is of.
fn proposed(row: &graduation_rule_proposal::Model) -> AppResult<GraduationRule> {
    rule(&rule_of_proposal(row))
}

/// What names a version.
fn named(row: &graduation_rule_proposal::Model) -> String {
    format!("{}/{}/{}", row.region, row.level, row.valid_from)
}

fn state_of(row: &graduation_rule_proposal::Model) -> AppResult<RuleProposalState> {
    let unknown = || AppError::internal(format!("a proposal in {}", row.state));
    RuleProposalState::parse(&row.state).ok_or_else(unknown)
}

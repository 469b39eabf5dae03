//! The province's office keeps what courses are in the standard catalogue: one person proposes a rule for days to come,
//! another approves it, and it is withdrawn until its first day has come. What has begun is never changed; a learner
//! keeps the rule of the day on which they enrolled (ADR 41).

pub(super) mod kept;
pub(super) mod routes;

use super::{
    entity::{course, course_rule_proposal},
    store,
};
use crate::{
    access::{Actor, Permit, actions, authorize},
    identity, organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once, replayed},
    },
};
use kept::{entered, proposed_rule};
use shared::{
    dated_rules::{RuleChangeRefusal, RuleProposalCase, RuleProposalState, RuleProposalStep, next_rule_proposal_state},
    ids::{AccountId, CourseId, CourseRuleProposalId},
    learning::{CourseRule, CourseRuleBook, CourseRuleProposal, CourseRuleVersion, ProposeCourseRule},
    people::check_reason,
    problem::ProblemCode,
    rights::{Right, places},
    time::write_date,
    work::{WorkKind, WorkLine},
};
use std::{cmp::Reverse, collections::HashMap};

actions! {
    /// Propose a rule of a course, decide a proposal, or withdraw a rule.
    KeepCourseRule(CourseRuleProposalId) = KeepCourseRules;
}

/// Proposes a rule.
///
/// # Errors
/// `forbidden`, the fields that are wrong, or that there is such a rule.
async fn propose(
    cx: &Services,
    actor: &Actor,
    key: &IdempotencyKey,
    wanted: &ProposeCourseRule,
) -> AppResult<CourseRuleProposalId> {
    let (id, rule): (CourseRuleProposalId, _) = (cx.ids.new_id(), &wanted.rule);
    let permit: Permit<KeepCourseRule> = authorize(actor, id, &organisation::catalogue())?;
    let by = permit.person()?;
    // Whose reply was lost may ask again when the first day has come.
    if let Some(earlier) = replayed(cx.db.read(), by, key, wanted).await? {
        return Ok(earlier);
    }
    let reason = wanted.check(cx.clock.now().date_in_china()).map_err(AppError::Invalid)?;
    if store::find_course(cx.db.read(), rule.course_id).await?.is_none() {
        return Err(AppError::field("/rule/course_id", "not-found"));
    }
    cx.db
        .write(&permit, async |tx| {
            once(tx, by, key, wanted, async || {
                let row = course_rule_proposal::Model {
                    id,
                    course_id: rule.course_id,
                    valid_from: write_date(rule.valid_from),
                    class_hours: rule.class_hours.into(),
                    face_to_face_hours: rule.face_to_face_hours.into(),
                    credits: rule.credits.into(),
                    pass_pct: rule.pass_pct.into(),
                    gate_task_pct: rule.gate_task_pct.into(),
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
                if store::has_course_rule(tx.conn(), (row.course_id, &row.valid_from)).await? {
                    return Err(AppError::refused(RuleChangeRefusal::AlreadyThere));
                }
                if store::insert_course_rule_proposal(tx.conn(), row).await? == 0 {
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
    id: CourseRuleProposalId,
    step: RuleProposalStep,
    answer: Option<&str>,
) -> AppResult<()> {
    store::find_course_rule_proposal(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let permit = authorize(actor, id, &organisation::catalogue());
    let permit: Permit<KeepCourseRule> = permit.map_err(|_| AppError::not_found())?;
    let answer = answer.map(|answer| check_reason(answer, "/reason")).transpose();
    let answer = answer.map_err(|error| AppError::Invalid(vec![error]))?;
    let by = permit.person()?;
    cx.db
        .write(&permit, async |tx| {
            let row = store::lock_course_rule_proposal(tx.conn(), id).await?;
            let rule = proposed_rule(&row)?;
            let case =
                RuleProposalCase { state: state_of(&row)?, proposed_by: row.proposed_by, valid_from: rule.valid_from };
            let next = next_rule_proposal_state(&case, step, by, tx.now().date_in_china());
            let next = next.map_err(AppError::refused)?;
            tx.note("version", named(&row));
            tx.note("state", next.as_str());
            let hand = (by, tx.now());
            match next {
                RuleProposalState::Approved => store::approve_course_rule(tx.conn(), id, hand).await,
                _ => store::end_course_rule_proposal(tx.conn(), id, next, hand, answer.clone()).await,
            }
        })
        .await
}

/// The proposals of others that the actor is to decide.
///
/// # Errors
/// If the store fails.
pub(super) async fn work(cx: &Services, actor: &Actor) -> AppResult<Option<WorkLine>> {
    if !actor.has_any(&[Right::KeepCourseRules], &organisation::catalogue()) {
        return Ok(None);
    }
    let waiting = store::list_waiting_course_rules(cx.db.read()).await?;
    let of_others = waiting.iter().filter(|row| row.proposed_by != actor.account_id).count();
    Ok(WorkLine::some(WorkKind::CourseRulesToApprove, u64::try_from(of_others).unwrap_or(u64::MAX)))
}

/// The rules of all courses, and the proposals.
///
/// # Errors
/// `forbidden` for who keeps no rules.
async fn book(cx: &Services, actor: &Actor) -> AppResult<CourseRuleBook> {
    if places(&actor.roles, Right::KeepCourseRules).next().is_none() {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let courses = courses(cx).await?;
    let proposals = store::list_course_rule_proposals(cx.db.read()).await?;
    let approved = proposals.iter().filter(|row| row.state == RuleProposalState::Approved.as_str());
    let rules: Vec<CourseRule> =
        courses.values().map(entered).chain(approved.map(proposed_rule)).collect::<AppResult<_>>()?;
    let mut versions: Vec<_> = rules.into_iter().map(|rule| version(rule, &courses)).collect();
    versions.sort_by_key(|version| (version.course_code.clone(), Reverse(version.rule.valid_from)));
    Ok(CourseRuleBook { versions, proposals: views(cx, proposals, &courses).await? })
}

async fn proposal(cx: &Services, id: CourseRuleProposalId) -> AppResult<CourseRuleProposal> {
    let row = store::find_course_rule_proposal(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    views(cx, vec![row], &courses(cx).await?).await?.pop().ok_or_else(AppError::not_found)
}

async fn courses(cx: &Services) -> AppResult<HashMap<CourseId, course::Model>> {
    Ok(store::list_courses(cx.db.read()).await?.into_iter().map(|row| (row.id, row)).collect())
}

async fn views(
    cx: &Services,
    rows: Vec<course_rule_proposal::Model>,
    courses: &HashMap<CourseId, course::Model>,
) -> AppResult<Vec<CourseRuleProposal>> {
    let people = rows.iter().flat_map(|row| [Some(row.proposed_by), row.approved_by, row.ended_by]);
    let names = identity::names_of(cx, &people.flatten().collect::<Vec<_>>()).await?;
    let name = |id: Option<AccountId>| id.and_then(|id| names.get(&id)).cloned().unwrap_or_default();
    let view = |row: course_rule_proposal::Model| {
        Ok(CourseRuleProposal {
            id: row.id,
            version: version(proposed_rule(&row)?, courses),
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

fn version(rule: CourseRule, courses: &HashMap<CourseId, course::Model>) -> CourseRuleVersion {
    let (course_code, course_title) =
        courses.get(&rule.course_id).map(|row| (row.code.clone(), row.title.clone())).unwrap_or_default();
    CourseRuleVersion { rule, course_code, course_title }
}

/// What names a version.
fn named(row: &course_rule_proposal::Model) -> String {
    format!("{}/{}", row.course_id, row.valid_from)
}

fn state_of(row: &course_rule_proposal::Model) -> AppResult<RuleProposalState> {
    let unknown = || AppError::internal(format!("a proposal in {}", row.state));
    RuleProposalState::parse(&row.state).ok_or_else(unknown)
}

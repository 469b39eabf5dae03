//! The province's office keeps the rules of enrolment, a city's bureau the senior ones of its city, a county's bureau
//! the junior ones of its county: one person proposes a version for days to come, another approves it. Until it begins
//! it is withdrawn; from then on it is never changed, and who has enrolled keeps theirs.

use super::{
    entity::rule_proposal,
    rows,
    store::{self, version_of},
};
use crate::{
    access::{Action, Actor, Permit, actions, authorize},
    identity, organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, Routes, once, replayed},
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use shared::{
    dated_rules::{
        RefuseRule, RuleChangeRefusal, RuleProposalCase, RuleProposalState, RuleProposalStep, next_rule_proposal_state,
        sees_rules_of,
    },
    enrolment::{
        BureauRegion, EnrolmentRule, ProposeRule, RULE_RIGHTS, RuleBook, RuleProposal, RuleVersion, bureau_regions,
        right_over_rules,
    },
    ids::{AccountId, EnrolmentRuleProposalId},
    learning::CourseLevel,
    organisation::DivisionCode,
    people::check_reason,
    problem::{Problem, ProblemCode},
    rights::{Right, places},
    time::write_date,
};
use std::{cmp::Reverse, collections::HashMap};

actions! {
    /// Propose a version of any rules, or decide one.
    KeepRules(EnrolmentRuleProposalId) = KeepEnrolmentRules;
    /// Propose a version of the senior rules of a city, or decide one.
    KeepSenior(EnrolmentRuleProposalId) = KeepSeniorRules;
    /// Propose a version of the junior rules of a county, or decide one.
    KeepJunior(EnrolmentRuleProposalId) = KeepJuniorRules;
}

/// Adds the routes of who keeps rules.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_enrolment_rule_versions).service(propose_enrolment_rule);
    cfg.service(approve_enrolment_rule).service(refuse_enrolment_rule);
}

/// The versions of the rules around the reader, and the proposals that they decide.
#[utoipa::path(tag = "enrolment", responses((status = 200, body = RuleBook), (status = 403, body = Problem)))]
#[get("/enrolment_rules/versions")]
async fn list_enrolment_rule_versions(actor: Actor, cx: Data<Services>) -> AppResult<Json<RuleBook>> {
    Ok(Json(book(&cx, &actor).await?))
}

/// Proposes a version of the rules, to be in force from a day to come.
#[utoipa::path(tag = "enrolment", request_body = ProposeRule, responses(
    (status = 201, body = RuleProposal), (status = 403, body = Problem), (status = 409, body = Problem),
    (status = 422, body = Problem)))]
#[post("/enrolment_rules/proposals")]
async fn propose_enrolment_rule(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<ProposeRule>,
) -> AppResult<HttpResponse> {
    let id = propose(&cx, &actor, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(proposal(&cx, id).await?))
}

/// Puts a version that another person proposed among the rules.
#[utoipa::path(tag = "enrolment", params(("id" = EnrolmentRuleProposalId, Path)), responses(
    (status = 200, body = RuleProposal), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/enrolment_rules/proposals/{id}/approve")]
async fn approve_enrolment_rule(
    actor: Actor,
    cx: Data<Services>,
    id: Path<EnrolmentRuleProposalId>,
) -> AppResult<Json<RuleProposal>> {
    decide(&cx, &actor, *id, RuleProposalStep::Approve, None).await?;
    Ok(Json(proposal(&cx, *id).await?))
}

/// Leaves the rules as they are, and says why. Who proposed the version takes it back so.
#[utoipa::path(tag = "enrolment", params(("id" = EnrolmentRuleProposalId, Path)), request_body = RefuseRule, responses(
    (status = 200, body = RuleProposal), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/enrolment_rules/proposals/{id}/refuse")]
async fn refuse_enrolment_rule(
    actor: Actor,
    cx: Data<Services>,
    id: Path<EnrolmentRuleProposalId>,
    body: Body<RefuseRule>,
) -> AppResult<Json<RuleProposal>> {
    decide(&cx, &actor, *id, RuleProposalStep::Refuse, Some(&body.0.reason)).await?;
    Ok(Json(proposal(&cx, *id).await?))
}

async fn propose(
    cx: &Services,
    actor: &Actor,
    key: &IdempotencyKey,
    wanted: &ProposeRule,
) -> AppResult<EnrolmentRuleProposalId> {
    match right_over_rules(&actor.roles, wanted.rule.region, wanted.rule.level) {
        Some(Right::KeepEnrolmentRules) => propose_by::<KeepRules>(cx, actor, key, wanted).await,
        Some(Right::KeepSeniorRules) => propose_by::<KeepSenior>(cx, actor, key, wanted).await,
        Some(Right::KeepJuniorRules) => propose_by::<KeepJunior>(cx, actor, key, wanted).await,
        _ => Err(AppError::Problem(ProblemCode::Forbidden)),
    }
}

async fn propose_by<A: Action<Target = EnrolmentRuleProposalId>>(
    cx: &Services,
    actor: &Actor,
    key: &IdempotencyKey,
    wanted: &ProposeRule,
) -> AppResult<EnrolmentRuleProposalId> {
    let (id, rule): (EnrolmentRuleProposalId, _) = (cx.ids.new_id(), &wanted.rule);
    let permit: Permit<A> = authorize(actor, id, &rule.region.place())?;
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
                let row = rule_proposal::Model {
                    id,
                    region: rule.region.as_str().to_owned(),
                    level: rule.level.as_str().to_owned(),
                    valid_from: write_date(rule.valid_from),
                    youngest: rule.youngest,
                    oldest: rule.oldest,
                    prior: rule.prior.code().to_owned(),
                    is_literacy_enough: rule.is_literacy_enough,
                    reason: reason.clone(),
                    state: RuleProposalState::Proposed.as_str().to_owned(),
                    proposed_by: by,
                    proposed_at: tx.now(),
                    decided_by: None,
                    decided_at: None,
                    withdrawn_by: None,
                    withdrawn_at: None,
                    answer: None,
                };
                tx.note("version", named(&row));
                if store::has_rule(tx.conn(), (&row.region, &row.level, &row.valid_from)).await? {
                    return Err(AppError::refused(RuleChangeRefusal::AlreadyThere));
                }
                if store::insert_rule_proposal(tx.conn(), row).await? == 0 {
                    return Err(AppError::refused(RuleChangeRefusal::AlreadyProposed));
                }
                Ok(id)
            })
            .await
        })
        .await
}

async fn decide(
    cx: &Services,
    actor: &Actor,
    id: EnrolmentRuleProposalId,
    step: RuleProposalStep,
    answer: Option<&str>,
) -> AppResult<()> {
    let row = store::find_rule_proposal(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let rule = rows::rule(&version_of(&row))?;
    let place = rule.region.place();
    match right_over_rules(&actor.roles, rule.region, rule.level) {
        Some(Right::KeepEnrolmentRules) => {
            decide_by::<KeepRules>(cx, authorize(actor, id, &place)?, step, answer).await
        }
        Some(Right::KeepSeniorRules) => decide_by::<KeepSenior>(cx, authorize(actor, id, &place)?, step, answer).await,
        Some(Right::KeepJuniorRules) => decide_by::<KeepJunior>(cx, authorize(actor, id, &place)?, step, answer).await,
        _ => Err(AppError::not_found()),
    }
}

async fn decide_by<A: Action<Target = EnrolmentRuleProposalId>>(
    cx: &Services,
    permit: Permit<A>,
    step: RuleProposalStep,
    answer: Option<&str>,
) -> AppResult<()> {
    let id = *permit.target();
    let answer = answer.map(|answer| check_reason(answer, "/reason")).transpose();
    let answer = answer.map_err(|error| AppError::Invalid(vec![error]))?;
    let by = permit.person()?;
    cx.db
        .write(&permit, async |tx| {
            let row = store::lock_rule_proposal(tx.conn(), id).await?;
            let (state, valid_from) = (state_of(&row)?, rows::day(&row.valid_from)?);
            let case = RuleProposalCase { state, proposed_by: row.proposed_by, valid_from };
            let next = next_rule_proposal_state(&case, step, by, tx.now().date_in_china());
            let next = next.map_err(AppError::refused)?;
            tx.note("version", named(&row));
            tx.note("state", next.as_str());
            let (conn, hand, answer) = (tx.conn(), (by, tx.now()), answer.clone());
            if state == RuleProposalState::Approved {
                return store::withdraw_rule(conn, id, hand, answer).await;
            }
            let key = (&*row.region, &*row.level, &*row.valid_from);
            if next == RuleProposalState::Approved && store::has_rule(conn, key).await? {
                return Err(AppError::refused(RuleChangeRefusal::AlreadyThere));
            }
            store::decide_rule_proposal(conn, id, next, hand, answer).await
        })
        .await
}

/// Whether somebody keeps any rules.
fn keeps_some(actor: &Actor) -> bool {
    RULE_RIGHTS.iter().any(|right| places(&actor.roles, *right).next().is_some())
}

/// How many proposals of others the actor is to decide.
pub(super) async fn count_waiting(cx: &Services, actor: &Actor) -> AppResult<u64> {
    if !keeps_some(actor) {
        return Ok(0);
    }
    let mut count = 0;
    for row in store::list_waiting_rule_proposals(cx.db.read()).await? {
        let rule = rows::rule(&version_of(&row))?;
        let is_decided_here = right_over_rules(&actor.roles, rule.region, rule.level).is_some();
        count += u64::from(is_decided_here && row.proposed_by != actor.account_id);
    }
    Ok(count)
}

async fn book(cx: &Services, actor: &Actor) -> AppResult<RuleBook> {
    if !keeps_some(actor) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let versions = store::list_all_rules(cx.db.read()).await?;
    let mut versions = versions.iter().map(rows::rule).collect::<AppResult<Vec<_>>>()?;
    versions.retain(|rule| sees_rules_of(&actor.roles, &RULE_RIGHTS, rule.region));
    versions.sort_by_key(|rule| (rule.region.as_str().to_owned(), rule.level, Reverse(rule.valid_from)));
    let own = bureau_regions(&actor.roles);
    let named = versions.iter().map(|rule| rule.region.as_str()).chain(own.iter().map(|(region, _)| region.as_str()));
    let regions = organisation::division_names(cx, named).await?;
    let mut proposals = views(cx, store::list_rule_proposals(cx.db.read()).await?).await?;
    let is_decided_here = |rule: &EnrolmentRule| right_over_rules(&actor.roles, rule.region, rule.level).is_some();
    proposals.retain(|proposal| is_decided_here(&proposal.version.rule));
    let bureau_region = |(region, level): (DivisionCode, CourseLevel)| {
        let name = regions.get(region.as_str()).cloned().unwrap_or_default();
        BureauRegion { region, name, level }
    };
    let versions = versions.iter().map(|rule| version(*rule, &regions)).collect();
    Ok(RuleBook { versions, proposals, bureau_regions: own.into_iter().map(bureau_region).collect() })
}

async fn proposal(cx: &Services, id: EnrolmentRuleProposalId) -> AppResult<RuleProposal> {
    let row = store::find_rule_proposal(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    views(cx, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

async fn views(cx: &Services, rows: Vec<rule_proposal::Model>) -> AppResult<Vec<RuleProposal>> {
    let hands = |row: &rule_proposal::Model| [Some(row.proposed_by), row.decided_by, row.withdrawn_by];
    let people: Vec<AccountId> = rows.iter().flat_map(hands).flatten().collect();
    let names = identity::names_of(cx, &people).await?;
    let name = |id: Option<AccountId>| id.and_then(|id| names.get(&id)).cloned().unwrap_or_default();
    let regions = organisation::division_names(cx, rows.iter().map(|row| row.region.as_str())).await?;
    let view = |row: rule_proposal::Model| {
        Ok(RuleProposal {
            id: row.id,
            version: version(rows::rule(&version_of(&row))?, &regions),
            state: state_of(&row)?,
            proposed_by: row.proposed_by,
            proposed_by_name: name(Some(row.proposed_by)),
            proposed_at: row.proposed_at,
            decided_by_name: name(row.decided_by),
            decided_at: row.decided_at,
            withdrawn_by_name: name(row.withdrawn_by),
            withdrawn_at: row.withdrawn_at,
            reason: row.reason,
            answer: row.answer,
        })
    };
    rows.into_iter().map(view).collect()
}

fn version(rule: EnrolmentRule, regions: &HashMap<String, String>) -> RuleVersion {
    RuleVersion { rule, region_name: regions.get(rule.region.as_str()).cloned().unwrap_or_default() }
}

/// What names a version.
fn named(row: &rule_proposal::Model) -> String {
    format!("{}/{}/{}", row.region, row.level, row.valid_from)
}

fn state_of(row: &rule_proposal::Model) -> AppResult<RuleProposalState> {
    let unknown = || AppError::internal(format!("a proposal in {}", row.state));
    RuleProposalState::parse(&row.state).ok_or_else(unknown)
}

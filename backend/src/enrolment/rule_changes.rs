//! The province's office keeps the rules of enrolment: one person proposes a version for days to come, another
//! approves it. Versions are added, never changed; who has enrolled keeps theirs.

use super::{
    entity::{enrolment_rule, rule_proposal},
    rows, store,
};
use crate::{
    access::{Actor, Scope, actions, authorize},
    identity, organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, once},
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use shared::{
    enrolment::{
        EnrolmentRule, ProposeRule, RefuseRule, RuleBook, RuleChangeRefusal, RuleProposal, RuleProposalCase,
        RuleProposalState, RuleProposalStep, RuleVersion, next_rule_proposal_state,
    },
    ids::{AccountId, EnrolmentRuleProposalId},
    people::check_reason,
    problem::Problem,
    rights::Right,
    time::write_date,
};
use std::{cmp::Reverse, collections::HashMap};
use utoipa_actix_web::service_config::ServiceConfig;

actions! {
    /// Propose a version of the rules.
    ProposeVersion(EnrolmentRuleProposalId) = KeepEnrolmentRules;
    /// Approve a version, refuse it, or take it back.
    DecideVersion(EnrolmentRuleProposalId) = KeepEnrolmentRules;
}

/// Adds the routes of the province's office.
pub(super) fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_enrolment_rule_versions).service(propose_enrolment_rule);
    cfg.service(approve_enrolment_rule).service(refuse_enrolment_rule);
}

/// Every version of the rules, and every proposal.
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
    let (id, rule): (EnrolmentRuleProposalId, _) = (cx.ids.new_id(), &wanted.rule);
    let permit = authorize::<ProposeVersion>(actor, id, &rule.region.place())?;
    let reason = wanted.check(cx.clock.now().date_in_china()).map_err(AppError::Invalid)?;
    if !organisation::has_division(cx, rule.region.as_str()).await? {
        return Err(AppError::field("/rule/region", "not-found"));
    }
    let by = permit.person()?;
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
    let place = rows::rule(&version_of(&row))?.region.place();
    if !actor.has_any(&[Right::KeepEnrolmentRules], &place) {
        return Err(AppError::not_found());
    }
    let permit = authorize::<DecideVersion>(actor, id, &place)?;
    let answer = answer.map(|answer| check_reason(answer, "/reason")).transpose();
    let answer = answer.map_err(|error| AppError::Invalid(vec![error]))?;
    let by = permit.person()?;
    cx.db
        .write(&permit, async |tx| {
            let row = store::lock_rule_proposal(tx.conn(), id).await?;
            let valid_from = rows::day(&row.valid_from)?;
            let case = RuleProposalCase { state: state_of(&row)?, proposed_by: row.proposed_by, valid_from };
            let next = next_rule_proposal_state(&case, step, by, tx.now().date_in_china());
            let next = next.map_err(AppError::refused)?;
            let is_approved = next == RuleProposalState::Approved;
            if is_approved && store::insert_rule(tx.conn(), version_of(&row)).await? == 0 {
                return Err(AppError::refused(RuleChangeRefusal::AlreadyThere));
            }
            tx.note("version", named(&row));
            tx.note("state", next.as_str());
            store::decide_rule_proposal(tx.conn(), id, next, (by, tx.now()), answer.clone()).await
        })
        .await
}

async fn book(cx: &Services, actor: &Actor) -> AppResult<RuleBook> {
    Scope::of(actor, Right::KeepEnrolmentRules)?;
    let versions = store::list_all_rules(cx.db.read()).await?;
    let mut versions = versions.iter().map(rows::rule).collect::<AppResult<Vec<_>>>()?;
    versions.sort_by_key(|rule| (rule.region.as_str().to_owned(), rule.level, Reverse(rule.valid_from)));
    let regions = organisation::division_names(cx, versions.iter().map(|rule| rule.region.as_str())).await?;
    let proposals = views(cx, store::list_rule_proposals(cx.db.read()).await?).await?;
    Ok(RuleBook { versions: versions.iter().map(|rule| version(*rule, &regions)).collect(), proposals })
}

async fn proposal(cx: &Services, id: EnrolmentRuleProposalId) -> AppResult<RuleProposal> {
    let row = store::find_rule_proposal(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    views(cx, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

async fn views(cx: &Services, rows: Vec<rule_proposal::Model>) -> AppResult<Vec<RuleProposal>> {
    let people: Vec<AccountId> =
        rows.iter().map(|row| row.proposed_by).chain(rows.iter().filter_map(|row| row.decided_by)).collect();
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
            reason: row.reason,
            answer: row.answer,
        })
    };
    rows.into_iter().map(view).collect()
}

fn version(rule: EnrolmentRule, regions: &HashMap<String, String>) -> RuleVersion {
    RuleVersion { rule, region_name: regions.get(rule.region.as_str()).cloned().unwrap_or_default() }
}

/// The row that an approval adds.
fn version_of(row: &rule_proposal::Model) -> enrolment_rule::Model {
    enrolment_rule::Model {
        region: row.region.clone(),
        level: row.level.clone(),
        valid_from: row.valid_from.clone(),
        youngest: row.youngest,
        oldest: row.oldest,
        prior: row.prior.clone(),
        is_literacy_enough: row.is_literacy_enough,
    }
}

/// What names a version.
fn named(row: &rule_proposal::Model) -> String {
    format!("{}/{}/{}", row.region, row.level, row.valid_from)
}

fn state_of(row: &rule_proposal::Model) -> AppResult<RuleProposalState> {
    let unknown = || AppError::internal(format!("a proposal in {}", row.state));
    RuleProposalState::parse(&row.state).ok_or_else(unknown)
}

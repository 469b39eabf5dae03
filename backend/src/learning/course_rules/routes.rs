//! `/course_rules` and its proposals.

use super::{book, decide, proposal, propose};
use crate::{
    access::Actor,
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, Routes},
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use shared::{
    dated_rules::{RefuseRule, RuleProposalStep},
    ids::CourseRuleProposalId,
    learning::{CourseRuleBook, CourseRuleProposal, ProposeCourseRule},
    problem::Problem,
};

/// Adds these routes.
pub(in crate::learning) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_course_rules).service(propose_course_rule);
    cfg.service(approve_course_rule).service(refuse_course_rule);
}

/// The rules of all courses, and the proposals.
#[utoipa::path(tag = "learning", responses((status = 200, body = CourseRuleBook), (status = 403, body = Problem)))]
#[get("/course_rules")]
async fn list_course_rules(actor: Actor, cx: Data<Services>) -> AppResult<Json<CourseRuleBook>> {
    Ok(Json(book(&cx, &actor).await?))
}

/// Proposes a rule of a course, to be in force from a day to come.
#[utoipa::path(tag = "learning", request_body = ProposeCourseRule, responses(
    (status = 201, body = CourseRuleProposal), (status = 403, body = Problem), (status = 409, body = Problem),
    (status = 422, body = Problem)))]
#[post("/course_rules/proposals")]
async fn propose_course_rule(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<ProposeCourseRule>,
) -> AppResult<HttpResponse> {
    let id = propose(&cx, &actor, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(proposal(&cx, id).await?))
}

/// Puts a rule that another person proposed among the rules.
#[utoipa::path(tag = "learning", params(("id" = CourseRuleProposalId, Path)), responses(
    (status = 200, body = CourseRuleProposal), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/course_rules/proposals/{id}/approve")]
async fn approve_course_rule(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CourseRuleProposalId>,
) -> AppResult<Json<CourseRuleProposal>> {
    decide(&cx, &actor, *id, RuleProposalStep::Approve, None).await?;
    Ok(Json(proposal(&cx, *id).await?))
}

/// Leaves the rules as they are, and says why. Who proposed the rule takes it back so; one that was approved is
/// withdrawn so until it begins.
#[utoipa::path(tag = "learning", params(("id" = CourseRuleProposalId, Path)), request_body = RefuseRule, responses(
    (status = 200, body = CourseRuleProposal), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/course_rules/proposals/{id}/refuse")]
async fn refuse_course_rule(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CourseRuleProposalId>,
    body: Body<RefuseRule>,
) -> AppResult<Json<CourseRuleProposal>> {
    decide(&cx, &actor, *id, RuleProposalStep::Refuse, Some(&body.0.reason)).await?;
    Ok(Json(proposal(&cx, *id).await?))
}

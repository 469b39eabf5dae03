//! `/attendance_rules` and its proposals.

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
    ids::AttendanceRuleProposalId,
    learning::{AttendanceRuleBook, AttendanceRuleProposal, ProposeAttendanceRule},
    problem::Problem,
};

/// Adds these routes.
pub(in crate::learning) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_attendance_rules).service(propose_attendance_rule);
    cfg.service(approve_attendance_rule).service(refuse_attendance_rule);
}

/// The rules of attendance around the reader, and the proposals that they decide.
#[utoipa::path(tag = "learning", responses((status = 200, body = AttendanceRuleBook), (status = 403, body = Problem)))]
#[get("/attendance_rules")]
async fn list_attendance_rules(actor: Actor, cx: Data<Services>) -> AppResult<Json<AttendanceRuleBook>> {
    Ok(Json(book(&cx, &actor).await?))
}

/// Proposes a rule of attendance, to be in force from a day to come.
#[utoipa::path(tag = "learning", request_body = ProposeAttendanceRule, responses(
    (status = 201, body = AttendanceRuleProposal), (status = 403, body = Problem), (status = 409, body = Problem),
    (status = 422, body = Problem)))]
#[post("/attendance_rules/proposals")]
async fn propose_attendance_rule(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<ProposeAttendanceRule>,
) -> AppResult<HttpResponse> {
    let id = propose(&cx, &actor, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(proposal(&cx, id).await?))
}

/// Puts a rule that another person proposed among the rules.
#[utoipa::path(tag = "learning", params(("id" = AttendanceRuleProposalId, Path)), responses(
    (status = 200, body = AttendanceRuleProposal), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/attendance_rules/proposals/{id}/approve")]
async fn approve_attendance_rule(
    actor: Actor,
    cx: Data<Services>,
    id: Path<AttendanceRuleProposalId>,
) -> AppResult<Json<AttendanceRuleProposal>> {
    decide(&cx, &actor, *id, RuleProposalStep::Approve, None).await?;
    Ok(Json(proposal(&cx, *id).await?))
}

/// Leaves the rules as they are, and says why. Who proposed the rule takes it back so; one that was approved is
/// withdrawn so until it begins.
#[utoipa::path(tag = "learning", params(("id" = AttendanceRuleProposalId, Path)), request_body = RefuseRule, responses(
    (status = 200, body = AttendanceRuleProposal), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/attendance_rules/proposals/{id}/refuse")]
async fn refuse_attendance_rule(
    actor: Actor,
    cx: Data<Services>,
    id: Path<AttendanceRuleProposalId>,
    body: Body<RefuseRule>,
) -> AppResult<Json<AttendanceRuleProposal>> {
    decide(&cx, &actor, *id, RuleProposalStep::Refuse, Some(&body.0.reason)).await?;
    Ok(Json(proposal(&cx, *id).await?))
}

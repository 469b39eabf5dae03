//! `/graduation_rules` and its proposals.

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
    credit_bank::{GraduationRuleBook, GraduationRuleProposal, ProposeGraduationRule},
    dated_rules::{RefuseRule, RuleProposalStep},
    ids::GraduationRuleProposalId,
    problem::Problem,
};

/// Adds these routes.
pub(in crate::credit_bank) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_graduation_rules).service(propose_graduation_rule);
    cfg.service(approve_graduation_rule).service(refuse_graduation_rule);
}

/// The rules of graduation around the reader, and the proposals that they decide.
#[utoipa::path(tag = "credit_bank", responses((status = 200, body = GraduationRuleBook), (status = 403, body = Problem)))]
#[get("/graduation_rules")]
async fn list_graduation_rules(actor: Actor, cx: Data<Services>) -> AppResult<Json<GraduationRuleBook>> {
    Ok(Json(book(&cx, &actor).await?))
}

/// Proposes a rule of graduation, to be in force from a day to come.
#[utoipa::path(tag = "credit_bank", request_body = ProposeGraduationRule, responses(
    (status = 201, body = GraduationRuleProposal), (status = 403, body = Problem), (status = 409, body = Problem),
    (status = 422, body = Problem)))]
#[post("/graduation_rules/proposals")]
async fn propose_graduation_rule(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<ProposeGraduationRule>,
) -> AppResult<HttpResponse> {
    let id = propose(&cx, &actor, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(proposal(&cx, id).await?))
}

/// Puts a rule that another person proposed among the rules.
#[utoipa::path(tag = "credit_bank", params(("id" = GraduationRuleProposalId, Path)), responses(
    (status = 200, body = GraduationRuleProposal), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/graduation_rules/proposals/{id}/approve")]
async fn approve_graduation_rule(
    actor: Actor,
    cx: Data<Services>,
    id: Path<GraduationRuleProposalId>,
) -> AppResult<Json<GraduationRuleProposal>> {
    decide(&cx, &actor, *id, RuleProposalStep::Approve, None).await?;
    Ok(Json(proposal(&cx, *id).await?))
}

/// Leaves the rules as they are, and says why. Who proposed the rule takes it back so; one that was approved is
/// withdrawn so until it begins.
#[utoipa::path(tag = "credit_bank", params(("id" = GraduationRuleProposalId, Path)), request_body = RefuseRule, responses(
    (status = 200, body = GraduationRuleProposal), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/graduation_rules/proposals/{id}/refuse")]
async fn refuse_graduation_rule(
    actor: Actor,
    cx: Data<Services>,
    id: Path<GraduationRuleProposalId>,
    body: Body<RefuseRule>,
) -> AppResult<Json<GraduationRuleProposal>> {
    decide(&cx, &actor, *id, RuleProposalStep::Refuse, Some(&body.0.reason)).await?;
    Ok(Json(proposal(&cx, *id).await?))
}

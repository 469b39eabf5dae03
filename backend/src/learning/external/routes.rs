//! `/external_tools`, `/external_tool_choices` and `/me/activities/{id}/launches`.

use super::{launch, tools};
use crate::{
    access::Actor,
    learning::study,
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, Routes},
    },
};
use actix_web::{
    HttpResponse, get,
    http::header::CACHE_CONTROL,
    post,
    web::{Data, Json, Path},
};
use shared::{
    dated_rules::RefuseRule,
    ids::{ActivityId, ExternalToolId},
    learning::{ExternalLaunch, ExternalTool, ExternalToolBook, ExternalToolChoice, ExternalToolStep, NewExternalTool},
    problem::Problem,
};

/// Adds these routes.
pub(in crate::learning) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_external_tools).service(propose_external_tool).service(list_external_tool_choices);
    cfg.service(approve_external_tool).service(refuse_external_tool).service(launch_external_activity);
}

/// Every tool of others, and what is entered there about this installation.
#[utoipa::path(tag = "learning", responses((status = 200, body = ExternalToolBook), (status = 403, body = Problem)))]
#[get("/external_tools")]
async fn list_external_tools(actor: Actor, cx: Data<Services>) -> AppResult<Json<ExternalToolBook>> {
    Ok(Json(tools::book(&cx, &actor).await?))
}

/// Proposes a tool to which learners are to be sent.
#[utoipa::path(tag = "learning", request_body = NewExternalTool, responses(
    (status = 201, body = ExternalTool), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/external_tools")]
async fn propose_external_tool(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<NewExternalTool>,
) -> AppResult<HttpResponse> {
    let id = tools::propose(&cx, &actor, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(tools::tool(&cx, id).await?))
}

/// Lets learners be sent to a tool that another person proposed.
#[utoipa::path(tag = "learning", params(("id" = ExternalToolId, Path)), responses(
    (status = 200, body = ExternalTool), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/external_tools/{id}/approve")]
async fn approve_external_tool(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExternalToolId>,
) -> AppResult<Json<ExternalTool>> {
    tools::decide(&cx, &actor, *id, ExternalToolStep::Approve, None).await?;
    Ok(Json(tools::tool(&cx, *id).await?))
}

/// Refuses a tool, and says why. Who proposed it takes it back so; one that is in use is switched off so, at once.
#[utoipa::path(tag = "learning", params(("id" = ExternalToolId, Path)), request_body = RefuseRule, responses(
    (status = 200, body = ExternalTool), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/external_tools/{id}/refuse")]
async fn refuse_external_tool(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExternalToolId>,
    body: Body<RefuseRule>,
) -> AppResult<Json<ExternalTool>> {
    tools::decide(&cx, &actor, *id, ExternalToolStep::End, Some(&body.0.reason)).await?;
    Ok(Json(tools::tool(&cx, *id).await?))
}

/// The tools that an author may choose for an activity.
#[utoipa::path(tag = "learning", responses(
    (status = 200, body = Vec<ExternalToolChoice>), (status = 403, body = Problem)))]
#[get("/external_tool_choices")]
async fn list_external_tool_choices(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<ExternalToolChoice>>> {
    Ok(Json(tools::choices(&cx, &actor).await?))
}

/// Sends the learner to the tool in which an activity lies: where their browser goes now. The address is good once, for a
/// few minutes and in this browser, which gets a cookie with it.
#[utoipa::path(tag = "learning", params(("id" = ActivityId, Path)), responses(
    (status = 200, body = ExternalLaunch), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 429, body = Problem)))]
#[post("/me/activities/{id}/launches")]
async fn launch_external_activity(actor: Actor, cx: Data<Services>, id: Path<ActivityId>) -> AppResult<HttpResponse> {
    let (launch, cookie) = launch::begin(&cx, &study::permit_study(&actor)?, *id).await?;
    Ok(HttpResponse::Ok().cookie(cookie).insert_header((CACHE_CONTROL, "no-store")).json(launch))
}

//! What markers ask for and give.

use super::{claims, service};
use crate::{
    access::Actor,
    platform::{Services, error::AppResult, http::Body},
    sittings::authorize_exam_session,
};
use actix_web::{
    HttpResponse, post,
    web::{Data, Json, Path},
};
use shared::{
    ids::ExamSessionId,
    marking::{MarkingWork, NewMark},
    problem::Problem,
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Adds this feature's routes.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(claim_responses).service(mark_response);
}

/// Claims the next responses to mark. Nobody else gets them for a while, which begins anew whenever
/// their marker asks or marks. A marker sees no identity.
#[utoipa::path(tag = "marking", params(("id" = ExamSessionId, Path)), responses(
    (status = 200, body = MarkingWork), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/exam_sessions/{id}/marking_claims")]
async fn claim_responses(actor: Actor, cx: Data<Services>, id: Path<ExamSessionId>) -> AppResult<Json<MarkingWork>> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    Ok(Json(claims::claim(&cx, &permit).await?))
}

/// Marks a response that the marker has claimed, once. Repeating it changes nothing.
#[utoipa::path(tag = "marking", params(("id" = Uuid, Path)), request_body = NewMark, responses(
    (status = 204), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/marking_tasks/{id}/mark")]
async fn mark_response(
    actor: Actor,
    cx: Data<Services>,
    id: Path<Uuid>,
    body: Body<NewMark>,
) -> AppResult<HttpResponse> {
    let permit = service::permit_mark(&cx, &actor, *id).await?;
    service::mark(&cx, &permit, &body.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

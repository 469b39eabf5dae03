//! What markers ask for and give.

use super::{claims, leading, service};
use crate::{
    access::Actor,
    platform::{
        Services,
        error::AppResult,
        http::{Body, Query, Routes},
    },
    sittings::authorize_exam_session,
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use shared::{
    ids::ExamSessionId,
    marking::{MarkedResponse, MarkingProgress, MarkingWork, NewMark, ReopenResponse, RubricView},
    page::{Page, PageQuery},
    problem::Problem,
};
use uuid::Uuid;

/// Adds this feature's routes.
pub fn routes(cfg: &mut Routes<'_>) {
    cfg.service(claim_responses).service(mark_response);
    cfg.service(get_marking_progress).service(list_marked_responses).service(see_rubric).service(reopen_response);
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

/// How far the marking is, marker by marker.
#[utoipa::path(tag = "marking", params(("id" = ExamSessionId, Path)), responses(
    (status = 200, body = MarkingProgress), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/exam_sessions/{id}/marking_progress")]
async fn get_marking_progress(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
) -> AppResult<Json<MarkingProgress>> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    Ok(Json(leading::progress(&cx, &permit).await?))
}

/// The responses that markers gave points, without a word of whose they are.
#[utoipa::path(tag = "marking", params(("id" = ExamSessionId, Path), PageQuery), responses(
    (status = 200, body = Page<MarkedResponse>), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[get("/exam_sessions/{id}/marked_responses")]
async fn list_marked_responses(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<MarkedResponse>>> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    Ok(Json(leading::marked(&cx, &permit, &query).await?))
}

/// What the markers of a response look for, for who leads them. Every look is in the audit log, so this is no `GET`.
#[utoipa::path(tag = "marking", params(("id" = Uuid, Path)), responses(
    (status = 200, body = RubricView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/marking_tasks/{id}/rubric_views")]
async fn see_rubric(actor: Actor, cx: Data<Services>, id: Path<Uuid>) -> AppResult<Json<RubricView>> {
    let permit = service::permit_response(&cx, &actor, *id).await?;
    Ok(Json(leading::see_rubric(&cx, &permit).await?))
}

/// Takes the points of a response back, so that it is marked again.
#[utoipa::path(tag = "marking", params(("id" = Uuid, Path)), request_body = ReopenResponse, responses(
    (status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem),
    (status = 422, body = Problem)))]
#[post("/marking_tasks/{id}/reopen")]
async fn reopen_response(
    actor: Actor,
    cx: Data<Services>,
    id: Path<Uuid>,
    body: Body<ReopenResponse>,
) -> AppResult<HttpResponse> {
    let permit = service::permit_response(&cx, &actor, *id).await?;
    leading::reopen(&cx, &permit, &body.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

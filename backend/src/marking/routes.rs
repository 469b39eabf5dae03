//! `/marking_tasks`.

use super::service;
use crate::{
    access::Actor,
    platform::{Services, error::AppResult, http::Body},
    sittings::authorize_exam_session,
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path, Query},
};
use serde::Deserialize;
use shared::{
    ids::ExamSessionId,
    marking::{MarkingTask, NewMark},
    problem::Problem,
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Adds this feature's routes.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_marking_tasks).service(mark_response);
}

/// Whose tasks are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
struct TaskQuery {
    /// The exam session.
    exam_session_id: ExamSessionId,
}

/// The next 20 responses to mark. A marker sees no identity.
#[utoipa::path(tag = "marking", params(TaskQuery), responses(
    (status = 200, body = Vec<MarkingTask>), (status = 404, body = Problem)))]
#[get("/marking_tasks")]
async fn list_marking_tasks(
    actor: Actor,
    cx: Data<Services>,
    query: Query<TaskQuery>,
) -> AppResult<Json<Vec<MarkingTask>>> {
    let permit = authorize_exam_session(&cx, &actor, query.exam_session_id).await?;
    Ok(Json(service::tasks(&cx, &permit).await?))
}

/// Marks one response, once.
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

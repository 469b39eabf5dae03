//! The release of results, `/me/results`, and the gradebook of a class.

use super::{gradebook, service};
use crate::{
    access::Actor,
    platform::{Services, error::AppResult, http::Query},
    sittings::{authorize_exam_session, exam_session},
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use shared::{
    ids::{ClassId, ExamSessionId},
    page::{Page, PageQuery},
    problem::Problem,
    results::{GradebookRow, MyResult},
    sittings::ExamSessionView,
};
use utoipa_actix_web::service_config::ServiceConfig;

/// Adds this feature's routes.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(release_results).service(list_my_results).service(list_gradebook).service(export_gradebook);
}

/// Releases the results of an exam session; it takes two persons.
#[utoipa::path(tag = "results", params(("id" = ExamSessionId, Path)), responses(
    (status = 200, body = ExamSessionView), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/exam_sessions/{id}/release")]
async fn release_results(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
) -> AppResult<Json<ExamSessionView>> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    service::release(&cx, &permit).await?;
    Ok(Json(exam_session(&cx, *id).await?))
}

/// The learner's released results, the latest first.
#[utoipa::path(tag = "results", responses((status = 200, body = Vec<MyResult>), (status = 403, body = Problem)))]
#[get("/me/results")]
async fn list_my_results(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<MyResult>>> {
    Ok(Json(service::list_own(&cx, &actor).await?))
}

/// What came of the learners of a class, page by page: exercises, class hours, released results, grades.
#[utoipa::path(tag = "results", params(("id" = ClassId, Path), PageQuery), responses(
    (status = 200, body = Page<GradebookRow>), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
#[get("/classes/{id}/gradebook")]
async fn list_gradebook(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<GradebookRow>>> {
    let permit = gradebook::permit(&cx, &actor, *id).await?;
    Ok(Json(gradebook::list(&cx, &permit, &query).await?))
}

/// The same as a file (.xlsx). A POST, because who took it is audited.
#[utoipa::path(tag = "results", params(("id" = ClassId, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/classes/{id}/gradebook/exports")]
async fn export_gradebook(actor: Actor, cx: Data<Services>, id: Path<ClassId>) -> AppResult<HttpResponse> {
    gradebook::export(&cx, &actor, *id).await
}

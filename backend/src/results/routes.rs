//! The release of results, and `/me/results`.

use super::service;
use crate::{
    access::Actor,
    platform::{Services, error::AppResult},
    sittings::{authorize_exam_session, exam_session},
};
use actix_web::{
    get, post,
    web::{Data, Json, Path},
};
use shared::{ids::ExamSessionId, problem::Problem, results::MyResult, sittings::ExamSessionView};
use utoipa_actix_web::service_config::ServiceConfig;

/// Adds this feature's routes.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(release_results).service(list_my_results);
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

//! `/exam_windows` and `/exam_sessions/{id}/window`.

use super::{
    seeing::authorize_exam_session,
    service::{self, PlanExamSession},
    windows::{self, PlanExamWindow},
};
use crate::{
    access::{Actor, Permit, authorize},
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
    ids::ExamSessionId,
    problem::Problem,
    rights::Place,
    sittings::{ExamWindowView, NewExamWindow},
};

/// Adds these routes.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(create_exam_window).service(get_exam_window);
}

/// Plans unified tests of several courses at once, as drafts: all of them, or none.
#[utoipa::path(tag = "sittings", request_body = NewExamWindow, responses(
    (status = 201, body = ExamWindowView), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/exam_windows")]
async fn create_exam_window(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<NewExamWindow>,
) -> AppResult<HttpResponse> {
    let division = service::owner(&cx, &actor, body.0.division).await?;
    let permit: Permit<PlanExamWindow> = authorize(&actor, cx.ids.new_id(), &Place::division(&division))?;
    let first = windows::create(&cx, &permit, &division, &key, &body.0).await?;
    let permit: Permit<PlanExamSession> = authorize_exam_session(&cx, &actor, first).await?;
    Ok(HttpResponse::Created().json(windows::window(&cx, &actor, &permit).await?))
}

/// The tests that were planned together with one, by time, and where they clash: learners, rooms and persons who watch that
/// two of them need at the same time. A test that was planned alone stands alone.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), responses(
    (status = 200, body = ExamWindowView), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/exam_sessions/{id}/window")]
async fn get_exam_window(actor: Actor, cx: Data<Services>, id: Path<ExamSessionId>) -> AppResult<Json<ExamWindowView>> {
    let permit: Permit<PlanExamSession> = authorize_exam_session(&cx, &actor, *id).await?;
    Ok(Json(windows::window(&cx, &actor, &permit).await?))
}

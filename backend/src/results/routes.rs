//! The release of results, `/me/results`, rechecks, and the gradebook of a class.

use super::{
    gradebook,
    rechecks::{self, RecheckQuery},
    service,
};
use crate::{
    access::Actor,
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, Query, Routes},
    },
    sittings::{authorize_exam_session, exam_session},
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use shared::{
    ids::{ClassId, ExamSessionId, ScoreRecheckId, SittingId},
    page::{Page, PageQuery},
    problem::Problem,
    results::{GradebookRow, MyRecheck, MyResult, RecheckHead, RecheckView, SettleRecheck},
    sittings::ExamSessionView,
};

/// Adds this feature's routes.
pub fn routes(cfg: &mut Routes<'_>) {
    cfg.service(release_results).service(list_my_results).service(list_gradebook).service(export_gradebook);
    cfg.service(list_my_rechecks).service(ask_recheck).service(list_rechecks).service(get_recheck);
    cfg.service(settle_recheck).service(confirm_recheck).service(return_recheck);
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
    Ok(Json(exam_session(&cx, Some(&actor), *id).await?))
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

/// For each of the learner's results that counts: until when a recheck may be asked for, and what came of it.
#[utoipa::path(tag = "results", responses((status = 200, body = Vec<MyRecheck>), (status = 403, body = Problem)))]
#[get("/me/rechecks")]
async fn list_my_rechecks(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<MyRecheck>>> {
    Ok(Json(rechecks::list_own(&cx, &actor).await?))
}

/// Asks for a recheck of an own result. Repeating it changes nothing.
#[utoipa::path(tag = "results", params(("id" = SittingId, Path)), responses(
    (status = 200, body = Vec<MyRecheck>), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/me/results/{id}/recheck")]
async fn ask_recheck(actor: Actor, cx: Data<Services>, id: Path<SittingId>) -> AppResult<Json<Vec<MyRecheck>>> {
    rechecks::ask(&cx, &actor, *id).await?;
    Ok(Json(rechecks::list_own(&cx, &actor).await?))
}

/// The rechecks of tests at the actor's places, the newest first.
#[utoipa::path(tag = "results", params(RecheckQuery), responses(
    (status = 200, body = Page<RecheckHead>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/rechecks")]
async fn list_rechecks(
    actor: Actor,
    cx: Data<Services>,
    query: Query<RecheckQuery>,
) -> AppResult<Json<Page<RecheckHead>>> {
    Ok(Json(rechecks::list(&cx, &actor, query.into_inner()).await?))
}

/// One recheck with what is looked at.
#[utoipa::path(tag = "results", params(("id" = ScoreRecheckId, Path)), responses(
    (status = 200, body = RecheckView), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/rechecks/{id}")]
async fn get_recheck(actor: Actor, cx: Data<Services>, id: Path<ScoreRecheckId>) -> AppResult<Json<RecheckView>> {
    Ok(Json(rechecks::get(&cx, &actor, *id).await?))
}

/// Says what was found; where the result is another, a second person is to confirm it.
#[utoipa::path(tag = "results", params(("id" = ScoreRecheckId, Path)), request_body = SettleRecheck, responses(
    (status = 200, body = RecheckView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/rechecks/{id}/settle")]
async fn settle_recheck(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ScoreRecheckId>,
    key: IdempotencyKey,
    body: Body<SettleRecheck>,
) -> AppResult<Json<RecheckView>> {
    rechecks::settle(&cx, &actor, *id, &key, &body.0).await?;
    Ok(Json(rechecks::get(&cx, &actor, *id).await?))
}

/// Confirms as the second person that a result is another, and corrects it.
#[utoipa::path(tag = "results", params(("id" = ScoreRecheckId, Path)), responses(
    (status = 200, body = RecheckView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/rechecks/{id}/confirm")]
async fn confirm_recheck(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ScoreRecheckId>,
    key: IdempotencyKey,
) -> AppResult<Json<RecheckView>> {
    rechecks::confirm(&cx, &actor, *id, &key).await?;
    Ok(Json(rechecks::get(&cx, &actor, *id).await?))
}

/// Has a result looked at once more: what was found does not stand.
#[utoipa::path(tag = "results", params(("id" = ScoreRecheckId, Path)), responses(
    (status = 200, body = RecheckView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/rechecks/{id}/return")]
async fn return_recheck(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ScoreRecheckId>,
    key: IdempotencyKey,
) -> AppResult<Json<RecheckView>> {
    rechecks::give_back(&cx, &actor, *id, &key).await?;
    Ok(Json(rechecks::get(&cx, &actor, *id).await?))
}

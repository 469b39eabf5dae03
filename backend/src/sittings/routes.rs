//! `/exam_sessions` and `/me/exams`.

use super::{
    accommodations, candidates, changes, class_registration,
    facts::exam_session_facts,
    incidents, key_shares, late_changes, leak_trace, plan_check, postponing, released_keys, review_routes,
    seat_plan_routes,
    seeing::{authorize_exam_session, may_see_exam_session},
    service::{self, ExamSessionQuery},
    views::exam_session,
    watch, window_routes,
};
use crate::{
    access::{Actor, authorize},
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, IfMatch, Query, Routes, with_etag},
    },
};
use actix_web::{
    HttpResponse, get,
    http::header::CACHE_CONTROL,
    post, put,
    web::{Data, Json, Path},
};
use shared::{
    ids::{ClassId, ExamSessionId},
    page::Page,
    problem::Problem,
    rights::Place,
    sittings::{
        CancelExamSession, ClassExam, ClassRegistration, ExamSessionView, LateAddition, LateChange, LateWithdrawal,
        LeakTraceView, MyExam, NewClassRegistration, NewExamSession, NewLeakTrace, PlanCheck, PostponeExamSession,
        SignInList, TraceItem, WatchedExamSession,
    },
};

/// Adds this feature's routes.
pub fn routes(cfg: &mut Routes<'_>) {
    cfg.service(create_exam_session).service(list_exam_sessions).service(get_exam_session).service(check_exam_plan);
    cfg.service(replace_exam_session)
        .service(cancel_exam_session)
        .service(postpone_exam_session)
        .service(open_registration)
        .service(arrange_exam_session)
        .service(arm_exam_session);
    cfg.service(list_my_exams).service(register_for_exam_session).service(withdraw_registration);
    cfg.service(list_class_exams).service(register_class);
    cfg.service(list_watched_exam_sessions).service(get_sign_in_list);
    key_shares::routes(cfg);
    released_keys::routes(cfg);
    accommodations::routes::routes(cfg);
    incidents::routes::routes(cfg);
    cfg.service(list_late_changes).service(add_late_candidate).service(withdraw_late_candidate);
    cfg.service(list_trace_items).service(trace_leak);
    seat_plan_routes::routes(cfg);
    review_routes::routes(cfg);
    window_routes::routes(cfg);
}

/// Plans an exam session, as a draft, in the division that is named, or for which the actor runs tests.
#[utoipa::path(tag = "sittings", request_body = NewExamSession, responses(
    (status = 201, body = ExamSessionView), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/exam_sessions")]
async fn create_exam_session(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<NewExamSession>,
) -> AppResult<HttpResponse> {
    let division = service::owner(&cx, &actor, body.0.division).await?;
    let permit = authorize(&actor, cx.ids.new_id(), &Place::division(&division))?;
    let id = service::create(&cx, &permit, &division, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(exam_session(&cx, Some(&actor), id).await?))
}

/// The exam sessions that the actor's roles let them know of, the last to start first.
#[utoipa::path(tag = "sittings", params(ExamSessionQuery), responses(
    (status = 200, body = Page<ExamSessionView>), (status = 403, body = Problem)))]
#[get("/exam_sessions")]
async fn list_exam_sessions(
    actor: Actor,
    cx: Data<Services>,
    query: Query<ExamSessionQuery>,
) -> AppResult<Json<Page<ExamSessionView>>> {
    Ok(Json(service::list(&cx, &actor, query.into_inner()).await?))
}

/// One exam session.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), responses(
    (status = 200, body = ExamSessionView), (status = 404, body = Problem)))]
#[get("/exam_sessions/{id}")]
async fn get_exam_session(actor: Actor, cx: Data<Services>, id: Path<ExamSessionId>) -> AppResult<HttpResponse> {
    if !may_see_exam_session(&actor, &exam_session_facts(&cx, *id).await?.place) {
        return Err(AppError::not_found());
    }
    let view = exam_session(&cx, Some(&actor), *id).await?;
    Ok(with_etag(&view, view.version))
}

/// What is wrong with the plan of an exam session, and when each kind of candidate would end.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), responses(
    (status = 200, body = PlanCheck), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/exam_sessions/{id}/check")]
async fn check_exam_plan(actor: Actor, cx: Data<Services>, id: Path<ExamSessionId>) -> AppResult<Json<PlanCheck>> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    Ok(Json(plan_check::check(&cx, &permit).await?))
}

/// Changes a draft over the version in `If-Match`.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), request_body = NewExamSession, responses(
    (status = 200, body = ExamSessionView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[put("/exam_sessions/{id}")]
async fn replace_exam_session(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
    seen: IfMatch,
    body: Body<NewExamSession>,
) -> AppResult<HttpResponse> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    changes::replace(&cx, (&actor, &permit), seen.0, &body.0).await?;
    let view = exam_session(&cx, Some(&actor), *id).await?;
    Ok(with_etag(&view, view.version))
}

/// Calls an exam session off that does not run yet. Repeating it changes nothing.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), request_body = CancelExamSession, responses(
    (status = 200, body = ExamSessionView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/exam_sessions/{id}/cancel")]
async fn cancel_exam_session(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
    body: Body<CancelExamSession>,
) -> AppResult<Json<ExamSessionView>> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    changes::cancel(&cx, &permit, &body.0).await?;
    Ok(Json(exam_session(&cx, Some(&actor), *id).await?))
}

/// Puts off an exam session that learners know of and that does not run yet, over the version in `If-Match`. A key that was
/// armed is armed anew.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), request_body = PostponeExamSession, responses(
    (status = 200, body = ExamSessionView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[post("/exam_sessions/{id}/postpone")]
async fn postpone_exam_session(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
    seen: IfMatch,
    body: Body<PostponeExamSession>,
) -> AppResult<HttpResponse> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    postponing::postpone(&cx, &permit, seen.0, &body.0).await?;
    let view = exam_session(&cx, Some(&actor), *id).await?;
    Ok(with_etag(&view, view.version))
}

/// Lets learners register; it takes two persons.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), responses(
    (status = 200, body = ExamSessionView), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/exam_sessions/{id}/open_registration")]
async fn open_registration(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
) -> AppResult<Json<ExamSessionView>> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    service::open_registration(&cx, &permit).await?;
    Ok(Json(exam_session(&cx, Some(&actor), *id).await?))
}

/// Ends registration and creates the sittings. Repeating it creates what is missing.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), responses(
    (status = 200, body = ExamSessionView), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/exam_sessions/{id}/arrange")]
async fn arrange_exam_session(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
) -> AppResult<Json<ExamSessionView>> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    service::arrange(&cx, &permit).await?;
    Ok(Json(exam_session(&cx, Some(&actor), *id).await?))
}

/// Arms the release of the key; it takes two persons.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), responses(
    (status = 200, body = ExamSessionView), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/exam_sessions/{id}/arm")]
async fn arm_exam_session(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
) -> AppResult<Json<ExamSessionView>> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    service::arm(&cx, &permit).await?;
    Ok(Json(exam_session(&cx, Some(&actor), *id).await?))
}

/// The tests that the learner may register for or is registered for.
#[utoipa::path(tag = "sittings", responses((status = 200, body = Vec<MyExam>), (status = 403, body = Problem)))]
#[get("/me/exams")]
async fn list_my_exams(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<MyExam>>> {
    Ok(Json(candidates::list_own(&cx, &actor).await?))
}

/// Registers the learner. Repeating it changes nothing.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), responses(
    (status = 200, body = MyExam), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/exam_sessions/{id}/registrations")]
async fn register_for_exam_session(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
) -> AppResult<Json<MyExam>> {
    let permit = candidates::permit_register(&cx, &actor, *id).await?;
    Ok(Json(candidates::register(&cx, &permit).await?))
}

/// Takes the learner's registration back, as long as registration is open. Repeating it changes nothing.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), responses(
    (status = 200, body = MyExam), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/exam_sessions/{id}/registrations/withdraw")]
async fn withdraw_registration(actor: Actor, cx: Data<Services>, id: Path<ExamSessionId>) -> AppResult<Json<MyExam>> {
    let permit = candidates::permit_register(&cx, &actor, *id).await?;
    Ok(Json(candidates::withdraw(&cx, &permit).await?))
}

/// The tests that a class can be registered for, with the numbers of its learners.
#[utoipa::path(tag = "sittings", params(("id" = ClassId, Path)), responses(
    (status = 200, body = Vec<ClassExam>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/classes/{id}/exams")]
async fn list_class_exams(actor: Actor, cx: Data<Services>, id: Path<ClassId>) -> AppResult<Json<Vec<ClassExam>>> {
    Ok(Json(class_registration::list(&cx, &actor, *id).await?))
}

/// Registers all learners of a class who may be registered; tells who cannot be, and why.
#[utoipa::path(tag = "sittings", params(("id" = ClassId, Path)), request_body = NewClassRegistration, responses(
    (status = 200, body = ClassRegistration), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/classes/{id}/exam_registrations")]
async fn register_class(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    key: IdempotencyKey,
    body: Body<NewClassRegistration>,
) -> AppResult<Json<ClassRegistration>> {
    Ok(Json(class_registration::register(&cx, &actor, *id, &key, &body.0).await?))
}

/// The tests that are sat today at the actor's places, with the numbers of those places.
#[utoipa::path(tag = "sittings", responses(
    (status = 200, body = Vec<WatchedExamSession>), (status = 403, body = Problem)))]
#[get("/watched_exam_sessions")]
async fn list_watched_exam_sessions(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<WatchedExamSession>>> {
    Ok(Json(watch::list(&cx, &actor).await?))
}

/// The candidates of the actor's places, on the day of the test.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), responses(
    (status = 200, body = SignInList), (status = 404, body = Problem)))]
#[get("/exam_sessions/{id}/sign_in_list")]
async fn get_sign_in_list(actor: Actor, cx: Data<Services>, id: Path<ExamSessionId>) -> AppResult<Json<SignInList>> {
    Ok(Json(watch::sign_in_list(&cx, &actor, *id).await?))
}

/// Who was added or taken out since registration ended, the last first.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), responses(
    (status = 200, body = Vec<LateChange>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/exam_sessions/{id}/late_changes")]
async fn list_late_changes(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
) -> AppResult<Json<Vec<LateChange>>> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    Ok(Json(late_changes::list(&cx, &permit).await?))
}

/// Adds a candidate after registration has ended, for a reason.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), request_body = LateAddition, responses(
    (status = 200, body = Vec<LateChange>), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/exam_sessions/{id}/late_additions")]
async fn add_late_candidate(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
    key: IdempotencyKey,
    body: Body<LateAddition>,
) -> AppResult<Json<Vec<LateChange>>> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    late_changes::add(&cx, &permit, &key, &body.0).await?;
    Ok(Json(late_changes::list(&cx, &permit).await?))
}

/// Takes a candidate out after registration has ended, for a reason that they read.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), request_body = LateWithdrawal, responses(
    (status = 200, body = Vec<LateChange>), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/exam_sessions/{id}/late_withdrawals")]
async fn withdraw_late_candidate(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
    key: IdempotencyKey,
    body: Body<LateWithdrawal>,
) -> AppResult<Json<Vec<LateChange>>> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    late_changes::withdraw(&cx, &permit, &key, &body.0).await?;
    Ok(Json(late_changes::list(&cx, &permit).await?))
}

/// The items of the paper as its candidates saw them, without keys, to read a leaked photo by; once the test has begun.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), responses(
    (status = 200, body = Vec<TraceItem>), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[get("/exam_sessions/{id}/trace_items")]
async fn list_trace_items(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
) -> AppResult<Json<Vec<TraceItem>>> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    Ok(Json(leak_trace::items(&cx, &permit).await?))
}

/// Says whose screen a leaked photo shows, as well as the orders in it tell: a lead, no proof. The audit log keeps the
/// reason, and only so many are asked for in an hour.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), request_body = NewLeakTrace, responses(
    (status = 200, body = LeakTraceView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/exam_sessions/{id}/leak_traces")]
async fn trace_leak(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
    body: Body<NewLeakTrace>,
) -> AppResult<HttpResponse> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    let traced = leak_trace::trace(&cx, &actor, &permit, &body.0).await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(traced))
}

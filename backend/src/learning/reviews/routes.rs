//! `/course_reviews`, and what is done with the draft of a course.

use super::{approve, send_back, submit, take_back, waiting};
use crate::{
    access::{Actor, Permit, authorize},
    learning::authoring::{self, AuthorCourse, PublishCourse},
    organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, IfMatch, Routes, with_etag},
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use shared::{
    ids::CourseId,
    learning::{CourseDraft, CourseView, ReturnDraft, WaitingReview},
    problem::{Problem, ProblemCode},
    rights::Right,
};

/// Adds these routes.
pub(in crate::learning) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_course_reviews).service(submit_course).service(take_back_course);
    cfg.service(return_course).service(publish_course);
}

/// The drafts that wait for a reviewer, the first submitted first.
#[utoipa::path(tag = "learning", responses(
    (status = 200, body = Vec<WaitingReview>), (status = 403, body = Problem)))]
#[get("/course_reviews")]
async fn list_course_reviews(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<WaitingReview>>> {
    if !actor.has_any(&[Right::AuthorCourse], &organisation::catalogue()) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    Ok(Json(waiting(&cx, actor.account_id).await?))
}

/// Submits the draft at the version in `If-Match`; nobody changes it until somebody else has decided about it, or it
/// is taken back.
#[utoipa::path(tag = "learning", params(("id" = CourseId, Path)), responses(
    (status = 200, body = CourseDraft), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem),
    (status = 428, body = Problem)))]
#[post("/courses/{id}/submit")]
async fn submit_course(actor: Actor, cx: Data<Services>, id: Path<CourseId>, seen: IfMatch) -> AppResult<HttpResponse> {
    let permit: Permit<AuthorCourse> = authorize(&actor, *id, &organisation::catalogue())?;
    submit(&cx, &permit, seen.0).await?;
    reply(&cx, &permit).await
}

/// Takes the draft back from review.
#[utoipa::path(tag = "learning", params(("id" = CourseId, Path)), responses(
    (status = 200, body = CourseDraft), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/courses/{id}/take_back")]
async fn take_back_course(actor: Actor, cx: Data<Services>, id: Path<CourseId>) -> AppResult<HttpResponse> {
    let permit: Permit<AuthorCourse> = authorize(&actor, *id, &organisation::catalogue())?;
    take_back(&cx, &permit).await?;
    reply(&cx, &permit).await
}

/// Sends the draft at the version in `If-Match` back to its authors, and says why.
#[utoipa::path(tag = "learning", params(("id" = CourseId, Path)), request_body = ReturnDraft, responses(
    (status = 200, body = CourseView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem),
    (status = 428, body = Problem)))]
#[post("/courses/{id}/return")]
async fn return_course(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CourseId>,
    seen: IfMatch,
    body: Body<ReturnDraft>,
) -> AppResult<Json<CourseView>> {
    let permit: Permit<PublishCourse> = authorize(&actor, *id, &organisation::catalogue())?;
    send_back(&cx, &permit, seen.0, &body.0).await?;
    Ok(Json(crate::learning::course(&cx, *id).await?))
}

/// Publishes the draft that somebody else has submitted, at the version in `If-Match`; what is published never
/// changes.
#[utoipa::path(tag = "learning", params(("id" = CourseId, Path)), responses(
    (status = 200, body = CourseView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem),
    (status = 428, body = Problem)))]
#[post("/courses/{id}/publish")]
async fn publish_course(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CourseId>,
    seen: IfMatch,
) -> AppResult<Json<CourseView>> {
    let permit: Permit<PublishCourse> = authorize(&actor, *id, &organisation::catalogue())?;
    approve(&cx, &permit, seen.0).await?;
    Ok(Json(crate::learning::course(&cx, *id).await?))
}

async fn reply(cx: &Services, permit: &Permit<AuthorCourse>) -> AppResult<HttpResponse> {
    let draft = authoring::draft(cx, permit).await?;
    Ok(with_etag(&draft, draft.version))
}

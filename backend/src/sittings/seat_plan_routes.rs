//! `/exam_sessions/{id}/seat_plans` and `/seat_plans`.

use super::{seat_plans, seeing::authorize_exam_session};
use crate::{
    access::Actor,
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
    ids::{ExamSessionId, SeatPlanId},
    problem::Problem,
    sittings::{NewSeatPlan, SeatPlanHead, SeatPlanView},
};

/// Adds the routes of plans of seats.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_seat_plans).service(create_seat_plan).service(get_seat_plan).service(confirm_seat_plan);
}

/// The plans of seats of an exam session, the last first.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), responses(
    (status = 200, body = Vec<SeatPlanHead>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/exam_sessions/{id}/seat_plans")]
async fn list_seat_plans(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
) -> AppResult<Json<Vec<SeatPlanHead>>> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    Ok(Json(seat_plans::list(&cx, &permit).await?))
}

/// Draws a plan of seats, which holds only when it is confirmed.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), request_body = NewSeatPlan, responses(
    (status = 201, body = SeatPlanView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/exam_sessions/{id}/seat_plans")]
async fn create_seat_plan(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
    key: IdempotencyKey,
    body: Body<NewSeatPlan>,
) -> AppResult<HttpResponse> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    let plan_id = seat_plans::draw(&cx, &permit, &key, &body.0).await?;
    let (permit, row) = seat_plans::permit(&cx, &actor, plan_id).await?;
    Ok(HttpResponse::Created().json(seat_plans::view(&cx, &permit, row).await?))
}

/// A plan of seats.
#[utoipa::path(tag = "sittings", params(("id" = SeatPlanId, Path)), responses(
    (status = 200, body = SeatPlanView), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/seat_plans/{id}")]
async fn get_seat_plan(actor: Actor, cx: Data<Services>, id: Path<SeatPlanId>) -> AppResult<Json<SeatPlanView>> {
    let (permit, row) = seat_plans::permit(&cx, &actor, *id).await?;
    Ok(Json(seat_plans::view(&cx, &permit, row).await?))
}

/// Makes a plan of seats hold instead of the one that holds, be it a newer or an earlier one. Repeating it changes
/// nothing.
#[utoipa::path(tag = "sittings", params(("id" = SeatPlanId, Path)), responses(
    (status = 200, body = SeatPlanView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/seat_plans/{id}/confirm")]
async fn confirm_seat_plan(actor: Actor, cx: Data<Services>, id: Path<SeatPlanId>) -> AppResult<Json<SeatPlanView>> {
    let (permit, row) = seat_plans::permit(&cx, &actor, *id).await?;
    seat_plans::confirm(&cx, &permit, &row).await?;
    Ok(Json(seat_plans::view(&cx, &permit, row).await?))
}

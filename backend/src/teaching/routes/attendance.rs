//! `/roll_calls`, the roll and the code of a meeting, and class hours.

use crate::{
    access::Actor,
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, Routes},
        texts::Language,
    },
    teaching::{check_in, export, hours, makeups, register_export, roll, work},
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use shared::{
    ids::{ClassId, MeetingId},
    learning::RecordedCourse,
    problem::Problem,
    teaching::{
        CheckIn, CheckInCode, CheckInReceipt, CourseHours, GrantMakeup, LearnerHours, MeetingMakeups, MeetingRoll,
        MeetingView, RollCallAck, SendRollCalls, WithdrawMakeup,
    },
};

/// Adds the routes of attendance.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(send_roll_calls).service(get_roll).service(get_check_in_code).service(check_myself_in);
    cfg.service(list_meetings_without_roll).service(list_my_class_hours).service(list_class_hours);
    cfg.service(list_my_recorded_hours);
    cfg.service(list_makeups).service(grant_makeup).service(withdraw_makeup);
    cfg.service(export_class_hours).service(export_attendance);
}

/// Takes what a teacher's phone has gathered: each entry once, whatever is wrong with others.
#[utoipa::path(tag = "teaching", request_body = SendRollCalls, responses(
    (status = 200, body = Vec<RollCallAck>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/roll_calls")]
async fn send_roll_calls(
    actor: Actor,
    cx: Data<Services>,
    language: Language,
    body: Body<SendRollCalls>,
) -> AppResult<Json<Vec<RollCallAck>>> {
    Ok(Json(roll::record(&cx, &actor, &body.0, language).await?))
}

/// Today's meetings that have begun and of which nothing was noted: those that the actor teaches, and those of
/// the classes whose timetable they keep; ascending.
#[utoipa::path(tag = "teaching", responses((status = 200, body = Vec<MeetingView>), (status = 401, body = Problem)))]
#[get("/me/meetings_without_roll")]
async fn list_meetings_without_roll(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<MeetingView>>> {
    Ok(Json(work::meetings_without_roll(&cx, &actor).await?))
}

/// The roll of a meeting: who came, and everything that was noted.
#[utoipa::path(tag = "teaching", params(("id" = MeetingId, Path)), responses(
    (status = 200, body = MeetingRoll), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/meetings/{id}/roll")]
async fn get_roll(actor: Actor, cx: Data<Services>, id: Path<MeetingId>) -> AppResult<Json<MeetingRoll>> {
    Ok(Json(roll::of_meeting(&cx, &actor, *id).await?))
}

/// Who missed a meeting, who has made it up, and by which other meetings of the course that can be done.
#[utoipa::path(tag = "teaching", params(("id" = MeetingId, Path)), responses(
    (status = 200, body = MeetingMakeups), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/meetings/{id}/makeups")]
async fn list_makeups(actor: Actor, cx: Data<Services>, id: Path<MeetingId>) -> AppResult<Json<MeetingMakeups>> {
    Ok(Json(makeups::of_meeting(&cx, &actor, *id).await?))
}

/// Approves that a learner has made up a meeting which they missed: at another meeting of the course, or by a task.
#[utoipa::path(tag = "teaching", params(("id" = MeetingId, Path)), request_body = GrantMakeup, responses(
    (status = 201, body = MeetingMakeups), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
#[post("/meetings/{id}/makeups")]
async fn grant_makeup(
    actor: Actor,
    cx: Data<Services>,
    id: Path<MeetingId>,
    key: IdempotencyKey,
    body: Body<GrantMakeup>,
) -> AppResult<HttpResponse> {
    makeups::grant(&cx, &actor, *id, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(makeups::of_meeting(&cx, &actor, *id).await?))
}

/// Takes back that a learner has made a meeting up: it does not count any more.
#[utoipa::path(tag = "teaching", params(("id" = MeetingId, Path)), request_body = WithdrawMakeup, responses(
    (status = 200, body = MeetingMakeups), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
#[post("/meetings/{id}/makeups/withdraw")]
async fn withdraw_makeup(
    actor: Actor,
    cx: Data<Services>,
    id: Path<MeetingId>,
    body: Body<WithdrawMakeup>,
) -> AppResult<Json<MeetingMakeups>> {
    makeups::withdraw(&cx, &actor, *id, &body.0).await?;
    Ok(Json(makeups::of_meeting(&cx, &actor, *id).await?))
}

/// The code that the classroom's screen shows now.
#[utoipa::path(tag = "teaching", params(("id" = MeetingId, Path)), responses(
    (status = 200, body = CheckInCode), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[get("/meetings/{id}/check_in_code")]
async fn get_check_in_code(actor: Actor, cx: Data<Services>, id: Path<MeetingId>) -> AppResult<HttpResponse> {
    let code: CheckInCode = check_in::code(&cx, &actor, *id).await?;
    Ok(HttpResponse::Ok().insert_header(("cache-control", "no-store")).json(code))
}

/// Checks the learner in by the code on the screen. A repeat changes nothing.
#[utoipa::path(tag = "teaching", params(("id" = MeetingId, Path)), request_body = CheckIn, responses(
    (status = 200, body = CheckInReceipt), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 429, body = Problem)))]
#[post("/meetings/{id}/check_ins")]
async fn check_myself_in(
    actor: Actor,
    cx: Data<Services>,
    id: Path<MeetingId>,
    body: Body<CheckIn>,
) -> AppResult<Json<CheckInReceipt>> {
    Ok(Json(check_in::check_in(&cx, &check_in::permit(&actor, *id)?, &body.0).await?))
}

/// The learner's class hours, course by course.
#[utoipa::path(tag = "teaching", responses((status = 200, body = Vec<CourseHours>), (status = 401, body = Problem)))]
#[get("/me/class_hours")]
async fn list_my_class_hours(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<CourseHours>>> {
    Ok(Json(hours::hours_of(&cx, actor.account_id).await?))
}

/// All class hours of the learner, those of study online too, against the rule of each course.
#[utoipa::path(tag = "teaching",
    responses((status = 200, body = Vec<RecordedCourse>), (status = 401, body = Problem)))]
#[get("/me/recorded_hours")]
async fn list_my_recorded_hours(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<RecordedCourse>>> {
    Ok(Json(hours::recorded_of(&cx, actor.account_id).await?))
}

/// The class hours of the learners of a class, by name.
#[utoipa::path(tag = "teaching", params(("id" = ClassId, Path)), responses(
    (status = 200, body = Vec<LearnerHours>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/classes/{id}/class_hours")]
async fn list_class_hours(actor: Actor, cx: Data<Services>, id: Path<ClassId>) -> AppResult<Json<Vec<LearnerHours>>> {
    Ok(Json(hours::of_class(&cx, &actor, *id).await?))
}

/// The same as a file (.xlsx). A POST, because who took it is audited.
#[utoipa::path(tag = "teaching", params(("id" = ClassId, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 429, body = Problem)))]
#[post("/classes/{id}/class_hours/exports")]
async fn export_class_hours(actor: Actor, cx: Data<Services>, id: Path<ClassId>) -> AppResult<HttpResponse> {
    export::export(&cx, &actor, *id).await
}

/// The register of a class as a file (.xlsx): who was at which meeting. A POST, because who took it is audited.
#[utoipa::path(tag = "teaching", params(("id" = ClassId, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 429, body = Problem)))]
#[post("/classes/{id}/attendance/exports")]
async fn export_attendance(actor: Actor, cx: Data<Services>, id: Path<ClassId>) -> AppResult<HttpResponse> {
    register_export::export(&cx, &actor, *id).await
}

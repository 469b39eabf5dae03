//! `/holidays`, `/rooms`, `/classes/{id}/meetings`, `/meetings` and `/me/meetings`.

use crate::{
    access::{Actor, Permit, authorize},
    organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, IfMatch, Routes, with_etag},
    },
    teaching::{
        calendar::{self, KeepHoliday},
        changes,
        mine::{self, Span},
        rooms, timetable, timetable_export,
        views::{self, MeetingQuery},
    },
};
use actix_web::{
    HttpResponse, get, post, put,
    web::{Data, Json, Path, Query},
};
use serde::Deserialize;
use shared::{
    ids::{ClassId, MeetingId, RoomId, TeachingPointId},
    page::Page,
    problem::Problem,
    teaching::{
        CancelMeeting, Holiday, HolidayEntry, MeetingEntry, MeetingSeries, MeetingView, MyMeeting, ReplaceRoom,
        Reschedule, RoomEntry, RoomView, SeriesReply,
    },
    time::read_date,
};

/// Adds the routes of timetables.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_holidays).service(say_holiday).service(list_rooms).service(create_room).service(replace_room);
    cfg.service(list_meetings).service(export_meetings).service(create_meeting).service(create_meeting_series);
    cfg.service(get_meeting).service(reschedule_meeting).service(cancel_meeting).service(list_my_meetings);
}

/// Which year's days are listed.
#[derive(Deserialize, utoipa::IntoParams)]
struct OfYear {
    /// The year.
    year: i16,
}

/// Where the rooms are that are listed.
#[derive(Deserialize, utoipa::IntoParams)]
struct AtPoint {
    /// The teaching point.
    teaching_point_id: TeachingPointId,
}

/// The days off and worked weekend days of a year, ascending.
#[utoipa::path(tag = "teaching", params(OfYear), responses(
    (status = 200, body = Vec<Holiday>), (status = 401, body = Problem), (status = 422, body = Problem)))]
#[get("/holidays")]
async fn list_holidays(_actor: Actor, cx: Data<Services>, of: Query<OfYear>) -> AppResult<Json<Vec<Holiday>>> {
    Ok(Json(calendar::of_year(&cx, of.year).await?))
}

/// Says what a day is, for the whole province.
#[utoipa::path(tag = "teaching", params(("date" = String, Path)), request_body = HolidayEntry, responses(
    (status = 200, body = Holiday), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[put("/holidays/{date}")]
async fn say_holiday(
    actor: Actor,
    cx: Data<Services>,
    date: Path<String>,
    body: Body<HolidayEntry>,
) -> AppResult<Json<Holiday>> {
    let day = read_date(&date).ok_or_else(|| AppError::field("/date", "date-malformed"))?;
    let permit: Permit<KeepHoliday> = authorize(&actor, day, &organisation::catalogue())?;
    Ok(Json(calendar::say(&cx, &permit, &body.0).await?))
}

/// The rooms of a teaching point, by name.
#[utoipa::path(tag = "teaching", params(AtPoint), responses(
    (status = 200, body = Vec<RoomView>), (status = 404, body = Problem)))]
#[get("/rooms")]
async fn list_rooms(actor: Actor, cx: Data<Services>, at: Query<AtPoint>) -> AppResult<Json<Vec<RoomView>>> {
    Ok(Json(rooms::list(&cx, &actor, at.teaching_point_id).await?))
}

/// Enters a room of a teaching point.
#[utoipa::path(tag = "teaching", request_body = RoomEntry, responses(
    (status = 201, body = RoomView), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/rooms")]
async fn create_room(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<RoomEntry>,
) -> AppResult<HttpResponse> {
    let permit = rooms::permit_new(&cx, &actor, &body.0).await?;
    Ok(HttpResponse::Created().json(rooms::create(&cx, &permit, &key, &body.0).await?))
}

/// Gives a room another name or other seats, closes it, or opens it again, over the version in `If-Match`.
#[utoipa::path(tag = "teaching", params(("id" = RoomId, Path)), request_body = ReplaceRoom, responses(
    (status = 200, body = RoomView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
#[put("/rooms/{id}")]
async fn replace_room(
    actor: Actor,
    cx: Data<Services>,
    id: Path<RoomId>,
    seen: IfMatch,
    body: Body<ReplaceRoom>,
) -> AppResult<HttpResponse> {
    let room = rooms::change(&cx, &actor, (*id, seen.0), &body.0).await?;
    Ok(with_etag(&room, room.version))
}

/// The meetings of a class, ascending.
#[utoipa::path(tag = "teaching", params(("id" = ClassId, Path), MeetingQuery), responses(
    (status = 200, body = Page<MeetingView>), (status = 404, body = Problem)))]
#[get("/classes/{id}/meetings")]
async fn list_meetings(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    query: Query<MeetingQuery>,
) -> AppResult<Json<Page<MeetingView>>> {
    Ok(Json(views::of_class(&cx, &actor, *id, query.into_inner()).await?))
}

/// The same meetings as a file (.xlsx). A POST, because who took it is audited.
#[utoipa::path(tag = "teaching", params(("id" = ClassId, Path), MeetingQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 404, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/classes/{id}/meetings/exports")]
async fn export_meetings(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    query: Query<MeetingQuery>,
) -> AppResult<HttpResponse> {
    timetable_export::export(&cx, &actor, *id, &query).await
}

/// Enters a meeting of a class. A clash is named in `params`, a `Clashes`.
#[utoipa::path(tag = "teaching", params(("id" = ClassId, Path)), request_body = MeetingEntry, responses(
    (status = 201, body = MeetingView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/classes/{id}/meetings")]
async fn create_meeting(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    key: IdempotencyKey,
    body: Body<MeetingEntry>,
) -> AppResult<HttpResponse> {
    Ok(HttpResponse::Created().json(timetable::enter(&cx, &actor, &key, (*id, &body.0)).await?))
}

/// Enters a meeting that takes place each week but on holidays: all of them, or none.
#[utoipa::path(tag = "teaching", params(("id" = ClassId, Path)), request_body = MeetingSeries, responses(
    (status = 201, body = SeriesReply), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/classes/{id}/meeting_series")]
async fn create_meeting_series(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    key: IdempotencyKey,
    body: Body<MeetingSeries>,
) -> AppResult<HttpResponse> {
    Ok(HttpResponse::Created().json(timetable::enter_series(&cx, &actor, &key, (*id, &body.0)).await?))
}

/// A meeting, with what was changed of it.
#[utoipa::path(tag = "teaching", params(("id" = MeetingId, Path)), responses(
    (status = 200, body = MeetingView), (status = 404, body = Problem)))]
#[get("/meetings/{id}")]
async fn get_meeting(actor: Actor, cx: Data<Services>, id: Path<MeetingId>) -> AppResult<HttpResponse> {
    let meeting = views::get(&cx, &actor, *id).await?;
    Ok(with_etag(&meeting, meeting.version))
}

/// Moves a meeting over the version in `If-Match`.
#[utoipa::path(tag = "teaching", params(("id" = MeetingId, Path)), request_body = Reschedule, responses(
    (status = 200, body = MeetingView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[post("/meetings/{id}/reschedule")]
async fn reschedule_meeting(
    actor: Actor,
    cx: Data<Services>,
    id: Path<MeetingId>,
    seen: IfMatch,
    body: Body<Reschedule>,
) -> AppResult<HttpResponse> {
    let meeting = changes::reschedule(&cx, &actor, (*id, seen.0), &body.0).await?;
    Ok(with_etag(&meeting, meeting.version))
}

/// Cancels a meeting over the version in `If-Match`.
#[utoipa::path(tag = "teaching", params(("id" = MeetingId, Path)), request_body = CancelMeeting, responses(
    (status = 200, body = MeetingView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[post("/meetings/{id}/cancel")]
async fn cancel_meeting(
    actor: Actor,
    cx: Data<Services>,
    id: Path<MeetingId>,
    seen: IfMatch,
    body: Body<CancelMeeting>,
) -> AppResult<HttpResponse> {
    let meeting = changes::cancel(&cx, &actor, (*id, seen.0), &body.0).await?;
    Ok(with_etag(&meeting, meeting.version))
}

/// The meetings of one's classes, and those that one teaches, ascending.
#[utoipa::path(tag = "teaching", params(Span), responses(
    (status = 200, body = Vec<MyMeeting>), (status = 401, body = Problem), (status = 422, body = Problem)))]
#[get("/me/meetings")]
async fn list_my_meetings(actor: Actor, cx: Data<Services>, span: Query<Span>) -> AppResult<Json<Vec<MyMeeting>>> {
    Ok(Json(mine::meetings(&cx, &actor, &span).await?))
}

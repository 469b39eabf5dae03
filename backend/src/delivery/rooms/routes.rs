//! `/exam_sessions/{id}/rooms`, `/exam_sessions/{id}/progress` and `/sittings/{id}/heartbeat`.

use super::{
    Live, RoomKey, acts, answer_files, beats, extensions, papers, permit_keep, portraits, progress, seen, spoken_keys,
    watches,
};
use crate::{
    access::{Actor, TokenHolder},
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, Routes, unless_known},
    },
    sittings::authorize_exam_session,
};
use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE},
    post,
    web::{Data, Json, Path},
};
use sha2::{Digest, Sha256};
use shared::{
    delivery::{
        AssignInvigilators, DecideExtension, ExamProgress, ExtensionOutcome, NewExtension, NewPaperAnswers, NewRoomAct,
        PaperEntries, ReadOutKeys, RoomHead, ShowPortrait, SittingHeartbeat, SittingNews, SpokenKey, WatchedRoom,
    },
    ids::{ExamRoomId, ExamSessionId, SittingId},
    problem::Problem,
};

/// Adds the routes of rooms.
pub(in crate::delivery) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(beat_sitting);
    cfg.service(list_exam_session_rooms).service(follow_exam_session_room).service(get_exam_session_room);
    cfg.service(act_in_room).service(show_portrait).service(assign_invigilators);
    cfg.service(get_exam_progress).service(extend_time).service(decide_extension).service(read_out_keys);
    cfg.service(list_paper_answers).service(enter_paper_answers);
    answer_files::routes(cfg);
}

fn key(path: &Path<(ExamSessionId, ExamRoomId)>) -> RoomKey {
    let (exam_session_id, exam_room_id) = **path;
    RoomKey { exam_session_id, exam_room_id }
}

/// How a candidate's device is. The reply comes when there is news for it, or when it does not want to wait any longer.
#[utoipa::path(tag = "delivery", params(("id" = SittingId, Path)), request_body = SittingHeartbeat, responses(
    (status = 200, body = SittingNews), (status = 404, body = Problem), (status = 422, body = Problem)))]
#[post("/sittings/{id}/heartbeat")]
async fn beat_sitting(
    holder: TokenHolder,
    live: Data<Live>,
    id: Path<SittingId>,
    body: Body<SittingHeartbeat>,
) -> AppResult<Json<SittingNews>> {
    holder.hold_to(*id)?;
    Ok(Json(beats::beat(&live, holder.account_id, *id, &body.0).await?))
}

/// The rooms of a test that the actor may see, with who watches them.
#[utoipa::path(tag = "delivery", params(("id" = ExamSessionId, Path)), responses(
    (status = 200, body = Vec<RoomHead>), (status = 404, body = Problem)))]
#[get("/exam_sessions/{id}/rooms")]
async fn list_exam_session_rooms(
    actor: Actor,
    live: Data<Live>,
    id: Path<ExamSessionId>,
) -> AppResult<Json<Vec<RoomHead>>> {
    Ok(Json(watches::list(&live, &actor, *id).await?))
}

/// A room with its seats, on the day of the test. 304 if the client has it already.
#[utoipa::path(tag = "delivery", params(("id" = ExamSessionId, Path), ("room_id" = ExamRoomId, Path)), responses(
    (status = 200, body = WatchedRoom), (status = 404, body = Problem)))]
#[get("/exam_sessions/{id}/rooms/{room_id}")]
async fn get_exam_session_room(
    request: HttpRequest,
    actor: Actor,
    cx: Data<Services>,
    live: Data<Live>,
    path: Path<(ExamSessionId, ExamRoomId)>,
) -> AppResult<HttpResponse> {
    seen(&cx, &actor, key(&path)).await?;
    let told = live.room(key(&path)).await?;
    Ok(unless_known(&request, &told.view, &told.tag))
}

/// The same as a line of server-sent events: `room` with all of it (`WatchedRoom`), then `change` with what is other than
/// before (`RoomChange`). It ends after five minutes at the latest; who goes on asks again.
#[utoipa::path(tag = "delivery", params(("id" = ExamSessionId, Path), ("room_id" = ExamRoomId, Path)), responses(
    (status = 200, body = String, content_type = "text/event-stream"), (status = 404, body = Problem)))]
#[get("/exam_sessions/{id}/rooms/{room_id}/live")]
async fn follow_exam_session_room(
    actor: Actor,
    cx: Data<Services>,
    live: Data<Live>,
    path: Path<(ExamSessionId, ExamRoomId)>,
) -> AppResult<HttpResponse> {
    seen(&cx, &actor, key(&path)).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/event-stream"))
        .insert_header((CACHE_CONTROL, "no-store"))
        // Compressed, an event would wait for the next.
        .insert_header((CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(live.follow(key(&path))))
}

/// Does something in a room, on the day of the test.
#[utoipa::path(tag = "delivery", params(("id" = ExamSessionId, Path), ("room_id" = ExamRoomId, Path)),
    request_body = NewRoomAct, responses(
    (status = 200, body = WatchedRoom), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/exam_sessions/{id}/rooms/{room_id}/acts")]
async fn act_in_room(
    actor: Actor,
    cx: Data<Services>,
    live: Data<Live>,
    path: Path<(ExamSessionId, ExamRoomId)>,
    idempotency_key: IdempotencyKey,
    body: Body<NewRoomAct>,
) -> AppResult<Json<WatchedRoom>> {
    let (permit, room) = permit_keep(&cx, &actor, key(&path)).await?;
    acts::act(&cx, &permit, (&room, &idempotency_key), &body.0).await?;
    live.wake();
    Ok(Json(live.fresh_room(key(&path)).await?.view.clone()))
}

/// The portrait of a candidate of the room, to look at who comes. A POST, because each look is audited.
#[utoipa::path(tag = "delivery", params(("id" = ExamSessionId, Path), ("room_id" = ExamRoomId, Path)),
    request_body = ShowPortrait, responses(
    (status = 200, body = Vec<u8>, content_type = "image/jpeg"), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 422, body = Problem)))]
#[post("/exam_sessions/{id}/rooms/{room_id}/portrait")]
async fn show_portrait(
    actor: Actor,
    cx: Data<Services>,
    path: Path<(ExamSessionId, ExamRoomId)>,
    body: Body<ShowPortrait>,
) -> AppResult<HttpResponse> {
    let (permit, room) = permit_keep(&cx, &actor, key(&path)).await?;
    let photo = portraits::show(&cx, &permit, &room, &body.0).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "image/jpeg"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(photo))
}

/// Says who watches a room from now on. Repeating it changes nothing.
#[utoipa::path(tag = "delivery", params(("id" = ExamSessionId, Path), ("room_id" = ExamRoomId, Path)),
    request_body = AssignInvigilators, responses(
    (status = 200, body = Vec<RoomHead>), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
#[post("/exam_sessions/{id}/rooms/{room_id}/invigilators")]
async fn assign_invigilators(
    actor: Actor,
    cx: Data<Services>,
    live: Data<Live>,
    path: Path<(ExamSessionId, ExamRoomId)>,
    body: Body<AssignInvigilators>,
) -> AppResult<Json<Vec<RoomHead>>> {
    watches::assign(&cx, &actor, key(&path), &body.0).await?;
    Ok(Json(watches::list(&live, &actor, key(&path).exam_session_id).await?))
}

/// How a test goes over all its sites. 304 if the client has it already.
#[utoipa::path(tag = "delivery", params(("id" = ExamSessionId, Path)), responses(
    (status = 200, body = ExamProgress), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/exam_sessions/{id}/progress")]
async fn get_exam_progress(
    request: HttpRequest,
    actor: Actor,
    cx: Data<Services>,
    live: Data<Live>,
    id: Path<ExamSessionId>,
) -> AppResult<HttpResponse> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    let progress = progress::progress(&live, &actor, &permit).await?;
    let json = serde_json::to_vec(&progress).map_err(crate::platform::error::AppError::internal)?;
    Ok(unless_known(&request, &progress, &hex::encode(Sha256::digest(&json))))
}

/// Gives time back to one candidate, a room, a site, or everybody; what is more than half an hour waits for a second person.
#[utoipa::path(tag = "delivery", params(("id" = ExamSessionId, Path)), request_body = NewExtension, responses(
    (status = 200, body = ExtensionOutcome), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/exam_sessions/{id}/extensions")]
async fn extend_time(
    actor: Actor,
    cx: Data<Services>,
    live: Data<Live>,
    id: Path<ExamSessionId>,
    idempotency_key: IdempotencyKey,
    body: Body<NewExtension>,
) -> AppResult<Json<ExtensionOutcome>> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    let outcome = extensions::extend(&cx, &permit, &idempotency_key, &body.0).await?;
    live.wake();
    Ok(Json(outcome))
}

/// Gives time that another person proposed, or lets it be: who proposed it may take it back alone.
#[utoipa::path(tag = "delivery", params(("id" = ExamSessionId, Path)), request_body = DecideExtension, responses(
    (status = 200, body = ExtensionOutcome), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/exam_sessions/{id}/extension_decisions")]
async fn decide_extension(
    actor: Actor,
    cx: Data<Services>,
    live: Data<Live>,
    id: Path<ExamSessionId>,
    idempotency_key: IdempotencyKey,
    body: Body<DecideExtension>,
) -> AppResult<Json<ExtensionOutcome>> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    let outcome = extensions::decide(&cx, &permit, &idempotency_key, body.0).await?;
    live.wake();
    Ok(Json(outcome))
}

/// The keys of a test's papers, to be read out in a room that has no network. A POST, because each reading is noted.
#[utoipa::path(tag = "delivery", params(("id" = ExamSessionId, Path)), request_body = ReadOutKeys, responses(
    (status = 200, body = Vec<SpokenKey>), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/exam_sessions/{id}/spoken_keys")]
async fn read_out_keys(
    actor: Actor,
    cx: Data<Services>,
    live: Data<Live>,
    id: Path<ExamSessionId>,
    idempotency_key: IdempotencyKey,
    body: Body<ReadOutKeys>,
) -> AppResult<HttpResponse> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    let keys = spoken_keys::read_out(&cx, &permit, &idempotency_key, &body.0).await?;
    live.wake();
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(keys))
}

/// The papers that were handed out in a test, and what is asked on them, without keys.
#[utoipa::path(tag = "delivery", params(("id" = ExamSessionId, Path)), responses(
    (status = 200, body = PaperEntries), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/exam_sessions/{id}/paper_answers")]
async fn list_paper_answers(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
) -> AppResult<Json<PaperEntries>> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    Ok(Json(papers::list(&cx, &actor, &permit).await?))
}

/// Enters what was written on a paper; it counts when a second person says the same.
#[utoipa::path(tag = "delivery", params(("id" = ExamSessionId, Path)), request_body = NewPaperAnswers, responses(
    (status = 200, body = PaperEntries), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/exam_sessions/{id}/paper_answers")]
async fn enter_paper_answers(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
    idempotency_key: IdempotencyKey,
    body: Body<NewPaperAnswers>,
) -> AppResult<Json<PaperEntries>> {
    let permit = authorize_exam_session(&cx, &actor, *id).await?;
    papers::enter(&cx, &permit, &idempotency_key, &body.0).await?;
    Ok(Json(papers::list(&cx, &actor, &permit).await?))
}

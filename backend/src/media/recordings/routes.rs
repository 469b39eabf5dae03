//! `/recordings`.

use super::{AddRecording, serve, spool::Spool};
use crate::{
    access::{Actor, Permit, authorize},
    organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Allowance, Routes},
    },
};
use actix_web::{
    HttpRequest, HttpResponse, get, post,
    web::{Data, Path, Payload},
};
use shared::{media::recording::RecordingView, problem::Problem, rights::Right};
use tokio::sync::Semaphore;

/// Recordings that one account may add in a window: a course has fewer, and each fills the store for good.
const RECORDINGS: Allowance = Allowance::hourly("recording", 60);

/// Recordings that one node receives at the same time, each of which lies whole on its disk; more are refused until one has ended.
static TURNS: Semaphore = Semaphore::const_new(4);

/// Adds the routes of recordings.
pub(in crate::media) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(add_recording).service(get_recording);
}

/// Adds video (MP4 with H.264 and AAC, or `WebM`) or sound (MP3, M4A or Ogg) for lessons. It is told by its content, and
/// freed of the place where it was taken. The same recording is kept once.
#[utoipa::path(tag = "media", request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 201, body = RecordingView), (status = 403, body = Problem), (status = 413, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
#[post("/recordings")]
async fn add_recording(
    actor: Actor,
    cx: Data<Services>,
    request: HttpRequest,
    payload: Payload,
) -> AppResult<HttpResponse> {
    let permit: Permit<AddRecording> =
        authorize(&actor, "recording".to_owned(), &organisation::catalogue_for(&actor, Right::AddPicture))?;
    let full = |_| AppError::Unavailable { reason: "too many recordings come in already".to_owned() };
    let _turn = TURNS.try_acquire().map_err(full)?;
    RECORDINGS.take(&cx, actor.account_id).await?;
    let spool = Spool::receive(&request, payload, cx.config.recordings).await?;
    Ok(HttpResponse::Created().json(super::add(&cx, &permit, spool).await?))
}

/// A recording, or with `Range` a part of it. Who does not know its name does not find it; who does has it from a
/// lesson that shows it.
#[utoipa::path(tag = "media", params(("name" = String, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "video/*"), (status = 206, body = Vec<u8>, content_type = "video/*"),
    (status = 304), (status = 404, body = Problem), (status = 416, body = Problem)))]
#[get("/recordings/{name}")]
async fn get_recording(cx: Data<Services>, request: HttpRequest, name: Path<String>) -> AppResult<HttpResponse> {
    serve::answer(&cx, &request, &name).await
}

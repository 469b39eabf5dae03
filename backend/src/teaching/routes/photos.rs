//! `/meetings/{id}/roll_photos`.

use crate::{
    access::Actor,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, Routes},
    },
    teaching::photos,
};
use actix_web::{
    HttpResponse, get,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    post,
    web::{Data, Json, Path, Payload},
};
use serde::Deserialize;
use shared::{
    ids::{MeetingId, RollPhotoId},
    problem::{Problem, ProblemCode},
    teaching::{MAX_ROLL_PHOTO_BYTES, RollPhotoRemoval, RollPhotoView},
};

/// Adds the routes of photos of rolls.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_roll_photos).service(add_roll_photo).service(remove_roll_photo).service(look_at_roll_photo);
}

/// A photo of a meeting's roll.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
struct PhotoPath {
    /// The meeting.
    id: MeetingId,
    /// The photo.
    photo_id: RollPhotoId,
}

/// The photos of a meeting's signed roll, the oldest first.
#[utoipa::path(tag = "teaching", params(("id" = MeetingId, Path)), responses(
    (status = 200, body = Vec<RollPhotoView>), (status = 404, body = Problem)))]
#[get("/meetings/{id}/roll_photos")]
async fn list_roll_photos(
    actor: Actor,
    cx: Data<Services>,
    id: Path<MeetingId>,
) -> AppResult<Json<Vec<RollPhotoView>>> {
    Ok(Json(photos::of_meeting(&cx, &actor, *id).await?))
}

/// Adds a photo of a meeting's signed roll (JPEG, PNG or WebP, at most 12 MB). It is turned upright, made
/// small, freed of what the camera wrote into it, and sealed.
#[utoipa::path(tag = "teaching", params(("id" = MeetingId, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 201, body = RollPhotoView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)))]
#[post("/meetings/{id}/roll_photos")]
async fn add_roll_photo(
    actor: Actor,
    cx: Data<Services>,
    id: Path<MeetingId>,
    key: IdempotencyKey,
    payload: Payload,
) -> AppResult<HttpResponse> {
    let permit = photos::permit_to_add(&cx, &actor, *id).await?;
    let too_large = |_| AppError::Problem(ProblemCode::TooLarge);
    let bytes = payload.to_bytes_limited(MAX_ROLL_PHOTO_BYTES).await.map_err(too_large)?;
    let broken_off = |error| AppError::Malformed { pointer: "/photo".to_owned(), reason: format!("{error}") };
    let added = photos::add(&cx, &permit, &key, bytes.map_err(broken_off)?.to_vec()).await?;
    Ok(HttpResponse::Created().json(added))
}

/// Takes a photo away that proves nothing, such as one of another sheet.
#[utoipa::path(tag = "teaching", params(PhotoPath), request_body = RollPhotoRemoval, responses(
    (status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
#[post("/meetings/{id}/roll_photos/{photo_id}/remove")]
async fn remove_roll_photo(
    actor: Actor,
    cx: Data<Services>,
    path: Path<PhotoPath>,
    body: Body<RollPhotoRemoval>,
) -> AppResult<HttpResponse> {
    photos::remove(&cx, &actor, (path.id, path.photo_id), &body.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Shows a photo. A POST, because each look is in the audit log.
#[utoipa::path(tag = "teaching", params(PhotoPath), responses(
    (status = 200, body = Vec<u8>, content_type = "image/jpeg"), (status = 403, body = Problem),
    (status = 404, body = Problem)))]
#[post("/meetings/{id}/roll_photos/{photo_id}/look")]
async fn look_at_roll_photo(actor: Actor, cx: Data<Services>, path: Path<PhotoPath>) -> AppResult<HttpResponse> {
    let photo = photos::look(&cx, &actor, (path.id, path.photo_id)).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "image/jpeg"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(photo))
}

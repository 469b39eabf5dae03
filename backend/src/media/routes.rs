//! `/pictures`.

use super::{
    recordings,
    service::{self, AddPicture},
};
use crate::{
    access::{Actor, Permit, authorize},
    organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::Routes,
    },
};
use actix_web::{
    HttpResponse, get,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    post,
    web::{Data, Path, Payload},
};
use shared::{
    media::{MAX_PICTURE_BYTES, PictureView},
    problem::{Problem, ProblemCode},
    rights::Right,
};

/// Adds this feature's routes.
pub fn routes(cfg: &mut Routes<'_>) {
    cfg.service(add_picture).service(get_picture);
    recordings::routes(cfg);
}

/// Adds a picture (JPEG, PNG or WebP, at most 12 MB). It is turned upright, made small and freed of
/// what the camera wrote into it. The same picture is kept once.
#[utoipa::path(tag = "media", request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 201, body = PictureView), (status = 403, body = Problem), (status = 413, body = Problem),
    (status = 422, body = Problem)))]
#[post("/pictures")]
async fn add_picture(actor: Actor, cx: Data<Services>, payload: Payload) -> AppResult<HttpResponse> {
    let permit: Permit<AddPicture> =
        authorize(&actor, "picture".to_owned(), &organisation::catalogue_for(&actor, Right::AddPicture))?;
    let too_large = |_| AppError::Problem(ProblemCode::TooLarge);
    let bytes = payload.to_bytes_limited(MAX_PICTURE_BYTES).await.map_err(too_large)?;
    let broken_off = |error| AppError::Malformed { pointer: "/picture".to_owned(), reason: format!("{error}") };
    let bytes = bytes.map_err(broken_off)?;
    Ok(HttpResponse::Created().json(service::add(&cx, &permit, bytes.to_vec()).await?))
}

/// A picture. Who does not know its hash does not find it; who does has its content already.
#[utoipa::path(tag = "media", params(("sha256" = String, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "image/*"), (status = 404, body = Problem)))]
#[get("/pictures/{sha256}")]
async fn get_picture(cx: Data<Services>, sha256: Path<String>) -> AppResult<HttpResponse> {
    let (media_type, content) = service::content(&cx, &sha256).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media_type))
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(content))
}

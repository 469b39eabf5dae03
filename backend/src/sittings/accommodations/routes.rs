//! `/accommodations` and `/me/accommodations`.

use super::{
    decide,
    list::{self, AccommodationQuery},
    own, photos,
};
use crate::{
    access::Actor,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, Query, Routes},
    },
};
use actix_web::{
    HttpResponse, get,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    post,
    web::{Data, Json, Path, Payload},
};
use shared::{
    ids::AccommodationId,
    page::Page,
    problem::{Problem, ProblemCode},
    sittings::{AccommodationDecision, AccommodationView, MAX_ACCOMMODATION_PHOTO_BYTES, NewAccommodation},
};

/// Adds the routes of accommodations.
pub(in crate::sittings) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_my_accommodations).service(apply_for_accommodation).service(withdraw_accommodation);
    cfg.service(add_accommodation_photo).service(look_at_accommodation_photo);
    cfg.service(list_accommodations).service(get_accommodation);
    cfg.service(check_accommodation).service(confirm_accommodation);
}

/// What the reader applied for, the newest first.
#[utoipa::path(tag = "sittings", responses(
    (status = 200, body = Vec<AccommodationView>), (status = 403, body = Problem)))]
#[get("/me/accommodations")]
async fn list_my_accommodations(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<AccommodationView>>> {
    Ok(Json(own::list(&cx, &actor).await?))
}

/// Applies for what one needs at tests; all that one applied for, the newest first.
#[utoipa::path(tag = "sittings", request_body = NewAccommodation, responses(
    (status = 201, body = Vec<AccommodationView>), (status = 403, body = Problem), (status = 409, body = Problem),
    (status = 422, body = Problem)))]
#[post("/me/accommodations")]
async fn apply_for_accommodation(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<NewAccommodation>,
) -> AppResult<HttpResponse> {
    Ok(HttpResponse::Created().json(own::apply(&cx, &actor, &key, &body.0).await?))
}

/// Takes back what one applied for, or was granted. Repeating it changes nothing.
#[utoipa::path(tag = "sittings", params(("id" = AccommodationId, Path)), responses(
    (status = 200, body = Vec<AccommodationView>), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/me/accommodations/{id}/withdraw")]
async fn withdraw_accommodation(
    actor: Actor,
    cx: Data<Services>,
    id: Path<AccommodationId>,
) -> AppResult<Json<Vec<AccommodationView>>> {
    Ok(Json(own::withdraw(&cx, &actor, *id).await?))
}

/// Adds the photo of a paper (JPEG, PNG or WebP, at most 12 MB), or puts another in its place. It is turned upright,
/// made small, freed of what the camera wrote into it, and sealed.
#[utoipa::path(tag = "sittings", params(("id" = AccommodationId, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 201, body = Vec<AccommodationView>), (status = 404, body = Problem), (status = 409, body = Problem),
    (status = 413, body = Problem), (status = 422, body = Problem)))]
#[post("/me/accommodations/{id}/photo")]
async fn add_accommodation_photo(
    actor: Actor,
    cx: Data<Services>,
    id: Path<AccommodationId>,
    key: IdempotencyKey,
    payload: Payload,
) -> AppResult<HttpResponse> {
    let permit = photos::permit_to_add(&cx, &actor, *id).await?;
    let too_large = |_| AppError::Problem(ProblemCode::TooLarge);
    let bytes = payload.to_bytes_limited(MAX_ACCOMMODATION_PHOTO_BYTES).await.map_err(too_large)?;
    let broken_off = |error| AppError::Malformed { pointer: "/photo".to_owned(), reason: format!("{error}") };
    let added = photos::add(&cx, &permit, &key, bytes.map_err(broken_off)?.to_vec()).await?;
    Ok(HttpResponse::Created().json(added))
}

/// Shows the photo of a paper to a bureau that decides. A POST, because each look is in the audit log.
#[utoipa::path(tag = "sittings", params(("id" = AccommodationId, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "image/jpeg"), (status = 404, body = Problem)))]
#[post("/accommodations/{id}/photo/look")]
async fn look_at_accommodation_photo(
    actor: Actor,
    cx: Data<Services>,
    id: Path<AccommodationId>,
) -> AppResult<HttpResponse> {
    let photo = photos::look(&cx, &actor, *id).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "image/jpeg"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(photo))
}

/// The accommodations that the actor's office may see, the newest first.
#[utoipa::path(tag = "sittings", params(AccommodationQuery), responses(
    (status = 200, body = Page<AccommodationView>), (status = 403, body = Problem)))]
#[get("/accommodations")]
async fn list_accommodations(
    actor: Actor,
    cx: Data<Services>,
    query: Query<AccommodationQuery>,
) -> AppResult<Json<Page<AccommodationView>>> {
    Ok(Json(list::list(&cx, &actor, query.into_inner()).await?))
}

/// One accommodation, with what the offices said.
#[utoipa::path(tag = "sittings", params(("id" = AccommodationId, Path)), responses(
    (status = 200, body = AccommodationView), (status = 404, body = Problem)))]
#[get("/accommodations/{id}")]
async fn get_accommodation(
    actor: Actor,
    cx: Data<Services>,
    id: Path<AccommodationId>,
) -> AppResult<Json<AccommodationView>> {
    Ok(Json(list::get(&cx, &actor, *id).await?))
}

/// Decides for the county: grants it at the junior level, passes it on to the city at the senior level, or refuses it.
#[utoipa::path(tag = "sittings", params(("id" = AccommodationId, Path)), request_body = AccommodationDecision,
    responses((status = 200, body = AccommodationView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/accommodations/{id}/check")]
async fn check_accommodation(
    actor: Actor,
    cx: Data<Services>,
    id: Path<AccommodationId>,
    key: IdempotencyKey,
    body: Body<AccommodationDecision>,
) -> AppResult<Json<AccommodationView>> {
    decide::check(&cx, &actor, *id, &key, &body.0).await?;
    Ok(Json(list::get(&cx, &actor, *id).await?))
}

/// Decides for the city, after the county.
#[utoipa::path(tag = "sittings", params(("id" = AccommodationId, Path)), request_body = AccommodationDecision,
    responses((status = 200, body = AccommodationView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/accommodations/{id}/confirm")]
async fn confirm_accommodation(
    actor: Actor,
    cx: Data<Services>,
    id: Path<AccommodationId>,
    key: IdempotencyKey,
    body: Body<AccommodationDecision>,
) -> AppResult<Json<AccommodationView>> {
    decide::confirm(&cx, &actor, *id, &key, &body.0).await?;
    Ok(Json(list::get(&cx, &actor, *id).await?))
}

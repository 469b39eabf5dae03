//! `/me/units/{id}/assignments`, `/me/assignments`, `/me/assignment_photos` and `/hand_ins`.

use super::{
    hand_in,
    mark::{self, MarkHandIn},
    photos::{self, Opened},
    sheet::{self, HandInQuery},
    views,
};
use crate::{
    access::Actor,
    learning::study,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, Query, Routes},
    },
};
use actix_web::{
    HttpResponse, get,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    post,
    web::{Data, Json, Path, Payload},
};
use serde::Deserialize;
use shared::{
    ids::{ActivityId, AssignmentPhotoId, HandInId, UnitId},
    learning::{
        AssignmentPhotoView, HandInFile, HandInMark, HandInReceipt, HandInRow, HandInSheet, MAX_HAND_IN_FILE_BYTES,
        MAX_HAND_IN_PHOTO_BYTES, NewHandIn, OwnAssignment,
    },
    page::Page,
    problem::{Problem, ProblemCode},
};

/// Adds the routes of assignments.
pub(in crate::learning) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_unit_assignments).service(hand_in_assignment);
    cfg.service(add_assignment_photo).service(add_assignment_file).service(get_my_assignment_photo);
    cfg.service(list_hand_ins).service(get_hand_in).service(mark_hand_in).service(look_at_hand_in_photo);
}

/// A photo or a file of a hand-in.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
struct HandInPhotoPath {
    /// The hand-in.
    id: HandInId,
    /// The photo, or the file.
    photo_id: AssignmentPhotoId,
}

/// What the learner handed in of each assignment of a unit.
#[utoipa::path(tag = "learning", params(("id" = UnitId, Path)), responses(
    (status = 200, body = Vec<OwnAssignment>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/me/units/{id}/assignments")]
async fn list_unit_assignments(
    actor: Actor,
    cx: Data<Services>,
    id: Path<UnitId>,
) -> AppResult<Json<Vec<OwnAssignment>>> {
    Ok(Json(views::of_unit(&cx, &study::permit_study(&actor)?, *id).await?))
}

/// Hands in an assignment: for the first time, or again after it was returned.
#[utoipa::path(tag = "learning", params(("id" = ActivityId, Path)), request_body = NewHandIn, responses(
    (status = 201, body = HandInReceipt), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/me/assignments/{id}/hand_ins")]
async fn hand_in_assignment(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ActivityId>,
    key: IdempotencyKey,
    body: Body<NewHandIn>,
) -> AppResult<HttpResponse> {
    let permit = study::permit_study(&actor)?;
    let progress = hand_in::hand_in(&cx, &permit, &key, *id, &body.0).await?;
    let assignment = views::of_assignment(&cx, &permit, *id).await?;
    Ok(HttpResponse::Created().json(HandInReceipt { assignment, progress }))
}

/// Keeps a photo (JPEG, PNG or WebP, at most 12 MB) to be handed in. It is turned upright, made small, freed of what
/// the camera wrote into it, and sealed.
#[utoipa::path(tag = "learning", params(("id" = ActivityId, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 201, body = AssignmentPhotoView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)))]
#[post("/me/assignments/{id}/photos")]
async fn add_assignment_photo(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ActivityId>,
    key: IdempotencyKey,
    payload: Payload,
) -> AppResult<HttpResponse> {
    let permit = study::permit_study(&actor)?;
    photos::may_add(&cx, &permit, *id).await?;
    let too_large = |_| AppError::Problem(ProblemCode::TooLarge);
    let bytes = payload.to_bytes_limited(MAX_HAND_IN_PHOTO_BYTES).await.map_err(too_large)?;
    let broken_off = |error| AppError::Malformed { pointer: "/photo".to_owned(), reason: format!("{error}") };
    let added = photos::add(&cx, &permit, &key, *id, bytes.map_err(broken_off)?.to_vec()).await?;
    Ok(HttpResponse::Created().json(added))
}

/// Keeps a file (PDF, or a document, workbook or slides of Office Open XML without programs, at most 10 MB) to be handed
/// in, sealed. What it is, its content tells.
#[utoipa::path(tag = "learning", params(("id" = ActivityId, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 201, body = HandInFile), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)))]
#[post("/me/assignments/{id}/files")]
async fn add_assignment_file(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ActivityId>,
    key: IdempotencyKey,
    payload: Payload,
) -> AppResult<HttpResponse> {
    let permit = study::permit_study(&actor)?;
    photos::may_add_file(&cx, &permit, *id).await?;
    let too_large = |_| AppError::Problem(ProblemCode::TooLarge);
    let bytes = payload.to_bytes_limited(MAX_HAND_IN_FILE_BYTES).await.map_err(too_large)?;
    let broken_off = |error| AppError::Malformed { pointer: "/file".to_owned(), reason: format!("{error}") };
    let added = photos::add_file(&cx, &permit, &key, *id, bytes.map_err(broken_off)?).await?;
    Ok(HttpResponse::Created().json(added))
}

/// A photo or a file that the learner sent themselves.
#[utoipa::path(tag = "learning", params(("id" = AssignmentPhotoId, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 404, body = Problem)))]
#[get("/me/assignment_photos/{id}")]
async fn get_my_assignment_photo(
    actor: Actor,
    cx: Data<Services>,
    id: Path<AssignmentPhotoId>,
) -> AppResult<HttpResponse> {
    Ok(served(photos::own(&cx, &study::permit_study(&actor)?, *id).await?))
}

/// Hand-ins of the classes that the actor keeps or teaches: those that wait in the order in which they came in, all
/// others the last first.
#[utoipa::path(tag = "learning", params(HandInQuery), responses(
    (status = 200, body = Page<HandInRow>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/hand_ins")]
async fn list_hand_ins(
    actor: Actor,
    cx: Data<Services>,
    query: Query<HandInQuery>,
) -> AppResult<Json<Page<HandInRow>>> {
    Ok(Json(sheet::list(&cx, &actor, query.into_inner()).await?))
}

/// A hand-in with all that it takes to mark it.
#[utoipa::path(tag = "learning", params(("id" = HandInId, Path)), responses(
    (status = 200, body = HandInSheet), (status = 404, body = Problem)))]
#[get("/hand_ins/{id}")]
async fn get_hand_in(actor: Actor, cx: Data<Services>, id: Path<HandInId>) -> AppResult<Json<HandInSheet>> {
    Ok(Json(sheet::get(&cx, &actor, *id).await?))
}

/// Marks a hand-in or returns it for correction, once.
#[utoipa::path(tag = "learning", params(("id" = HandInId, Path)), request_body = HandInMark, responses(
    (status = 200, body = HandInSheet), (status = 404, body = Problem), (status = 409, body = Problem),
    (status = 422, body = Problem)))]
#[post("/hand_ins/{id}/mark")]
async fn mark_hand_in(
    actor: Actor,
    cx: Data<Services>,
    id: Path<HandInId>,
    key: IdempotencyKey,
    body: Body<HandInMark>,
) -> AppResult<Json<HandInSheet>> {
    mark::mark(&cx, &mark::permit::<MarkHandIn>(&cx, &actor, *id).await?, &key, &body.0).await?;
    Ok(Json(sheet::get(&cx, &actor, *id).await?))
}

/// Shows a photo of a hand-in, or gives a file of it. A POST, because each look is in the audit log.
#[utoipa::path(tag = "learning", params(HandInPhotoPath), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 404, body = Problem)))]
#[post("/hand_ins/{id}/photos/{photo_id}/look")]
async fn look_at_hand_in_photo(
    actor: Actor,
    cx: Data<Services>,
    path: Path<HandInPhotoPath>,
) -> AppResult<HttpResponse> {
    Ok(served(photos::look(&cx, &actor, (path.id, path.photo_id)).await?))
}

/// Never a page of ours: whoever opens a file opens it on their own device.
fn served(Opened { media_type, content }: Opened) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media_type))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, "attachment"))
        .body(content)
}

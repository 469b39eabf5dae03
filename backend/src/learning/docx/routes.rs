//! `/courses/{id}/docx_previews` and `/courses/{id}/docx_imports`.

use super::{DocxQuery, import, preview};
use crate::{
    access::{Actor, Permit, authorize},
    learning::authoring::{self, AuthorCourse},
    media::AddPicture,
    organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Allowance, IdempotencyKey, IfMatch, Query, Routes, with_etag},
    },
};
use actix_web::{
    HttpResponse, post,
    web::{Bytes, Data, Json, Path, Payload},
};
use shared::{
    ids::CourseId,
    learning::{CourseDraft, DocxPreview, MAX_DOCX_BYTES},
    problem::{Problem, ProblemCode},
};

/// Documents that one account may have read in a window: each is unpacked, with its formulas and pictures.
const DOCUMENTS: Allowance = Allowance::hourly("docx", 120);

/// Adds these routes.
pub(in crate::learning) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(preview_docx).service(import_docx);
}

/// Says what a document (.docx, at most 20 MB) would become in the draft of a course, and what of it would not
/// be taken. Stores nothing.
#[utoipa::path(tag = "learning", params(("id" = CourseId, Path), DocxQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 200, body = DocxPreview), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 413, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/courses/{id}/docx_previews")]
async fn preview_docx(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CourseId>,
    query: Query<DocxQuery>,
    payload: Payload,
) -> AppResult<Json<DocxPreview>> {
    let permit: Permit<AuthorCourse> = authorize(&actor, *id, &organisation::catalogue())?;
    DOCUMENTS.take(&cx, actor.account_id).await?;
    Ok(Json(preview(&cx, *permit.target(), &query, whole(payload).await?).await?))
}

/// Adds what a document (.docx, at most 20 MB) says to the end of the draft, over the version in `If-Match`.
#[utoipa::path(tag = "learning", params(("id" = CourseId, Path), DocxQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 200, body = CourseDraft), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem),
    (status = 428, body = Problem), (status = 429, body = Problem)))]
#[post("/courses/{id}/docx_imports")]
async fn import_docx(
    actor: Actor,
    cx: Data<Services>,
    path: Path<CourseId>,
    seen: IfMatch,
    key: IdempotencyKey,
    query: Query<DocxQuery>,
    payload: Payload,
) -> AppResult<HttpResponse> {
    let permit: Permit<AuthorCourse> = authorize(&actor, *path, &organisation::catalogue())?;
    let adding: Permit<AddPicture> = authorize(&actor, "picture".to_owned(), &organisation::catalogue())?;
    DOCUMENTS.take(&cx, actor.account_id).await?;
    let bytes = whole(payload).await?;
    import(&cx, &permit, &adding, (seen.0, &key), &query, bytes).await?;
    let draft = authoring::draft(&cx, &permit).await?;
    Ok(with_etag(&draft, draft.version))
}

/// The whole file.
///
/// # Errors
/// `too-large`, or that it broke off.
async fn whole(payload: Payload) -> AppResult<Bytes> {
    let too_large = |_| AppError::Problem(ProblemCode::TooLarge);
    let bytes = payload.to_bytes_limited(MAX_DOCX_BYTES).await.map_err(too_large)?;
    bytes.map_err(|error| AppError::Malformed { pointer: "/file".to_owned(), reason: format!("{error}") })
}

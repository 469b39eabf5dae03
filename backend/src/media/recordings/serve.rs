//! A recording on its way out, part by part: no more of it is in memory than one part.

use super::{super::store, PART_BYTES, is_named};
use crate::platform::{
    Services,
    error::{AppError, AppResult},
    http::{Wanted, wanted},
};
use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError,
    body::SizedStream,
    http::header::{ACCEPT_RANGES, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, ContentEncoding, ETAG, HeaderValue},
    web::Bytes,
};
use futures::{Stream, stream::try_unfold};
use shared::{media::recording::RecordingName, problem::ProblemCode};

/// The content of a name never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// What a request wants of the recording with this name.
///
/// # Errors
/// `not-found` if there is none.
pub(super) async fn answer(cx: &Services, request: &HttpRequest, name: &str) -> AppResult<HttpResponse> {
    let name = RecordingName::parse(name).ok_or_else(AppError::not_found)?;
    let row = store::find_recording(cx.db.read(), &name.sha256).await?.ok_or_else(AppError::not_found)?;
    if !is_named(&row, &name) {
        return Err(AppError::not_found());
    }
    let tag = format!("\"{}\"", name.sha256);
    match wanted(request, &tag, name.bytes) {
        Wanted::Known => {
            let mut response = HttpResponse::NotModified();
            Ok(response.insert_header((ETAG, tag)).insert_header((CACHE_CONTROL, FOR_EVER)).finish())
        }
        Wanted::Whole => Ok(send(cx, &name, HttpResponse::Ok(), (0, name.bytes.saturating_sub(1)))),
        Wanted::Part(first, last) => {
            let mut response = HttpResponse::PartialContent();
            response.insert_header((CONTENT_RANGE, format!("bytes {first}-{last}/{}", name.bytes)));
            Ok(send(cx, &name, response, (first, last)))
        }
        Wanted::Beyond => {
            let mut response = AppError::Problem(ProblemCode::RangeNotSatisfiable).error_response();
            let whole = HeaderValue::from_str(&format!("bytes */{}", name.bytes)).map_err(AppError::internal)?;
            response.headers_mut().insert(CONTENT_RANGE, whole);
            Ok(response)
        }
    }
}

/// The bytes from the first to the last. They are compressed already.
fn send(
    cx: &Services,
    name: &RecordingName,
    mut response: HttpResponseBuilder,
    (first, last): (u64, u64),
) -> HttpResponse {
    response
        .insert_header((CONTENT_TYPE, name.kind.media_type()))
        .insert_header((ACCEPT_RANGES, "bytes"))
        .insert_header((ETAG, format!("\"{}\"", name.sha256)))
        .insert_header((CACHE_CONTROL, FOR_EVER))
        .insert_header(ContentEncoding::Identity)
        .body(SizedStream::new(last - first + 1, bytes(cx.clone(), name.sha256.clone(), first, last)))
}

fn bytes(cx: Services, sha256: String, first: u64, last: u64) -> impl Stream<Item = AppResult<Bytes>> {
    try_unfold((cx, sha256, first), move |(cx, sha256, at)| async move {
        if at > last {
            return Ok(None);
        }
        let next = next_bytes(&cx, &sha256, at, last).await?;
        let after = at + next.len() as u64;
        Ok(Some((next, (cx, sha256, after))))
    })
}

/// What the part in which the byte `at` lies holds from there on, and not behind the last.
async fn next_bytes(cx: &Services, sha256: &str, at: u64, last: u64) -> AppResult<Bytes> {
    let part = i32::try_from(at / PART_BYTES).map_err(AppError::internal)?;
    let content = store::find_recording_part(cx.db.read(), sha256, part).await?;
    let content = Bytes::from(content.unwrap_or_default());
    let from = usize::try_from(at % PART_BYTES).map_err(AppError::internal)?;
    let wanted = usize::try_from(last - at + 1).map_err(AppError::internal)?;
    if from >= content.len() {
        return Err(AppError::internal("a part of a recording is missing"));
    }
    Ok(content.slice(from..content.len().min(from.saturating_add(wanted))))
}

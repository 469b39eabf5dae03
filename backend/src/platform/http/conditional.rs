//! `ETag` and `If-Match`: nobody overwrites what they have not seen. `If-None-Match`: nobody fetches again
//! what they have.

use crate::platform::error::{AppError, AppResult};
use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::header::{self, ContentType},
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use shared::problem::ProblemCode;
use std::future::{Ready, ready};

/// The version that the client has seen; the one after it is a number too.
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(pub i32);

impl FromRequest for IfMatch {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let header = request.headers().get(header::IF_MATCH).and_then(|value| value.to_str().ok());
        ready(match header {
            None => Err(AppError::Problem(ProblemCode::PreconditionRequired)),
            Some(tag) => {
                let version =
                    tag.trim_matches('"').parse::<i32>().ok().filter(|version| (1..i32::MAX).contains(version));
                version.map(Self).ok_or(AppError::Problem(ProblemCode::Stale))
            }
        })
    }
}

/// A JSON reply with its version as `ETag`.
pub fn with_etag<T: Serialize>(value: &T, version: i32) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::ETAG, format!("\"{version}\""))).json(value)
}

/// A JSON reply for anybody, with the hash of its content as `ETag`: caches may keep it and ask whether it still
/// holds, and who has it already gets 304 without it.
///
/// # Errors
/// If the value is no JSON.
pub fn kept_by_caches<T: Serialize>(request: &HttpRequest, value: &T) -> AppResult<HttpResponse> {
    let body = serde_json::to_vec(value).map_err(AppError::internal)?;
    let tag = format!("\"{}\"", hex::encode(Sha256::digest(&body)));
    let is_known = is_known(request, &tag);
    let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, tag)).insert_header((header::CACHE_CONTROL, "public, no-cache"));
    Ok(if is_known { response.finish() } else { response.insert_header(ContentType::json()).body(body) })
}

/// A JSON reply, or that the client has it already: `tag` stands for all of it that matters (RFC 9110 §13.1.2).
pub fn unless_known<T: Serialize>(request: &HttpRequest, value: &T, tag: &str) -> HttpResponse {
    let tag = format!("\"{tag}\"");
    let is_known = is_known(request, &tag);
    let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, format!("W/{tag}")));
    if is_known { response.finish() } else { response.json(value) }
}

/// Whether the client says that it has what this tag stands for.
pub(super) fn is_known(request: &HttpRequest, tag: &str) -> bool {
    let mut seen = request.headers().get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    seen.any(|list| names_tag(list, tag))
}

/// Whether a list of an `If-None-Match` names this tag. A cache that compressed the reply may have made it weak.
fn names_tag(list: &str, tag: &str) -> bool {
    list.split(',').map(|named| named.trim().trim_start_matches("W/")).any(|named| named == tag || named == "*")
}

#[cfg(test)]
mod tests {
    use super::names_tag;

    #[test]
    fn a_tag_is_named_alone_in_a_list_weakly_or_by_all() {
        for list in ["\"a\"", "\"b\", \"a\"", "W/\"a\"", "*"] {
            assert!(names_tag(list, "\"a\""), "{list}");
        }
        for list in ["", "\"b\"", "a"] {
            assert!(!names_tag(list, "\"a\""), "{list}");
        }
    }
}

//! `ETag` and `If-Match`: nobody overwrites what they have not seen.

use crate::platform::error::AppError;
use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload, http::header};
use serde::Serialize;
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

//! What holds for every request: security headers, and that a safe method changes nothing.

use crate::platform::{Services, db, error::AppError};
use actix_web::{
    Error, ResponseError,
    body::{BodySize, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{
        CONTENT_ENCODING, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
        X_CONTENT_TYPE_OPTIONS,
    },
    middleware::Next,
    web::Data,
};
use shared::problem::ProblemCode;

/// No script but our own, no plug-in, no frame; WASM may be compiled. Why no Trusted Types: ADR 16.
const SITE_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; media-src 'self' data: blob:; \
    manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What the pages carry.
static OF_THE_SITE: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, SITE_POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(self), microphone=(), geolocation=()"),
];

/// What the API's replies carry: they are no pages, and a candidate on a weak network gets a hundred.
static OF_THE_API: [(HeaderName, &str); 4] = [
    (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Where the world reaches us by TLS, a browser that was here once does not come without it for two years. Of other
/// names below ours it says nothing: they may belong to others.
const ENCRYPTED_FROM_NOW_ON: &str = "max-age=63072000";

/// What a reply that must not be compressed is marked with, until it has passed the one that compresses.
const AS_IT_IS: &str = "identity";

/// Replies of fewer bytes are sent as they are: there is little to save in them.
const WORTH_COMPRESSING: u64 = 1_024;

/// Middleware: the security headers that every response carries. A page that says itself what it may do keeps to that.
///
/// # Errors
/// Never by itself.
pub async fn security_headers<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let headers: &'static [(HeaderName, &str)] =
        if request.path().starts_with("/api/") { &OF_THE_API } else { &OF_THE_SITE };
    let is_encrypted =
        request.app_data::<Data<Services>>().is_some_and(|cx| cx.config.public_url.starts_with("https:"));
    let mut response = next.call(request).await?;
    for (name, value) in headers {
        if !response.headers().contains_key(name) {
            response.headers_mut().insert(name.clone(), HeaderValue::from_static(value));
        }
    }
    if is_encrypted {
        response.headers_mut().insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ENCRYPTED_FROM_NOW_ON));
    }
    Ok(response)
}

/// Middleware, within the one that compresses: keeps small replies from it.
///
/// # Errors
/// Never by itself.
pub async fn small_as_it_is<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let mut response = next.call(request).await?;
    let is_small = matches!(response.response().body().size(), BodySize::Sized(bytes) if bytes < WORTH_COMPRESSING);
    if is_small && !response.headers().contains_key(CONTENT_ENCODING) {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(AS_IT_IS));
    }
    Ok(response)
}

/// Middleware, outside the one that compresses: what is not encoded says nothing of it (RFC 9110 §8.4.1).
///
/// # Errors
/// Never by itself.
pub async fn nothing_of_no_encoding<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let mut response = next.call(request).await?;
    if response.headers().get(CONTENT_ENCODING).is_some_and(|encoding| encoding == AS_IT_IS) {
        response.headers_mut().remove(CONTENT_ENCODING);
    }
    Ok(response)
}

/// Middleware: an address with a character of number 0 means nothing, and a store may refuse it.
///
/// # Errors
/// Never by itself; such an address is answered with `malformed`.
pub async fn readable_addresses<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    if request.uri().to_string().contains("%00") {
        let problem = AppError::Problem(ProblemCode::Malformed).error_response();
        return Ok(request.into_response(problem).map_into_right_body());
    }
    Ok(next.call(request).await?.map_into_left_body())
}

/// Middleware: GET and HEAD cannot write, whatever their handlers call.
///
/// # Errors
/// Never by itself.
pub async fn safe_methods_only_read<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    if request.method().is_safe() { db::reading(next.call(request)).await } else { next.call(request).await }
}

//! How many requests there are, what they get, and how long that takes.

use crate::platform::telemetry;
use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
};
use std::time::Instant;

/// What a label says of a path that is no operation, and of a method that nobody uses: labels have few values.
const OTHER: &str = "other";

/// The methods that are told apart.
const METHODS: [Method; 7] =
    [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];

/// Middleware: counts the request by route, method and status, and adds up how long replies took to begin.
///
/// # Errors
/// Never by itself.
#[expect(clippy::disallowed_methods, reason = "a duration, by which nothing is decided")]
pub async fn measured<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let begin = Instant::now();
    telemetry::metrics();
    let response = next.call(request).await?;
    let (request, status) = (response.request(), response.status());
    let route = request.match_pattern().unwrap_or_else(|| OTHER.to_owned());
    let method = METHODS.iter().find(|method| *method == request.method()).map_or(OTHER, Method::as_str).to_owned();
    metrics::histogram!("http.seconds", "route" => route.clone()).record(begin.elapsed().as_secs_f64());
    metrics::counter!("http.requests", "route" => route, "method" => method, "status" => status.as_str().to_owned())
        .increment(1);
    Ok(response)
}

//! Logs and metrics. What may be logged: docs/logging.md.

use super::http::RequestId;
use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use tracing::{Span, field::Empty};
use tracing_actix_web::RootSpanBuilder;
use tracing_subscriber::{EnvFilter, layer::SubscriberExt, util::SubscriberInitExt};

/// A value that must not reach a log: phone, document number, answer, token.
#[derive(Clone, PartialEq, Eq)]
pub struct Masked<T>(pub T);

impl<T> std::fmt::Debug for Masked<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// Starts logging to the standard error stream what `filter` lets through. A second call changes nothing.
pub fn start_logging(filter: &str, json: bool) {
    let registry = tracing_subscriber::registry().with(EnvFilter::new(filter));
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let outcome =
        if json { registry.with(layer.json()).try_init() } else { registry.with(layer.with_target(false)).try_init() };
    drop(outcome);
}

/// The metrics of this process, in the text form of Prometheus.
pub fn metrics() -> &'static PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(|| {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        drop(metrics::set_global_recorder(recorder));
        handle
    })
}

/// What every line of a log says of the request that it belongs to: its operation, never its address. An
/// address holds what people search for.
pub struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let route = request.match_pattern().unwrap_or_default();
        let id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
        tracing::info_span!("request", method = %request.method(), route, request_id = id, status = Empty, error = Empty)
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let status = match outcome {
            Ok(response) => response.status(),
            Err(error) => error.as_response_error().status_code(),
        };
        span.record("status", status.as_u16());
        let error = match outcome {
            Ok(response) => response.response().error(),
            Err(error) => Some(error),
        };
        if let Some(error) = error.filter(|_| status.is_server_error()) {
            span.record("error", tracing::field::display(error));
        }
    }
}

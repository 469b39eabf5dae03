//! Problem documents: the error becomes a draft, and the edge adds language and request id.

use super::request_id::RequestId;
use crate::platform::{
    error::AppError,
    texts::{Language, text},
};
use actix_web::{
    Error, HttpMessage, HttpResponse, ResponseError,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{StatusCode, header},
    middleware::Next,
};
use shared::problem::{FieldError, Problem, ProblemCode};

/// When something that is unavailable may be there again, in seconds.
const UNAVAILABLE_S: u64 = 2;

/// What the error knows; the edge makes a [`Problem`] of it.
#[derive(Clone)]
struct Draft {
    code: ProblemCode,
    message_key: &'static str,
    errors: Vec<FieldError>,
    params: serde_json::Value,
}

impl Draft {
    fn plain(code: ProblemCode) -> Self {
        Self { code, message_key: code.as_str(), errors: Vec::new(), params: serde_json::Value::Null }
    }
}

impl AppError {
    /// In how many seconds another try may do better.
    fn retry_after_s(&self) -> Option<u64> {
        match self {
            Self::TooMany { retry_after_s } => Some(*retry_after_s),
            _ if self.code() == ProblemCode::Unavailable => Some(UNAVAILABLE_S),
            Self::Refused(refusal) => refusal.retry_after_s().and_then(|seconds| u64::try_from(seconds).ok()),
            _ => None,
        }
    }
}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let mut draft = Draft::plain(self.code());
        match self {
            Self::Refused(refusal) => {
                draft.message_key = refusal.message_key();
                draft.params = refusal.params();
            }
            Self::Invalid(errors) => draft.errors.clone_from(errors),
            Self::Malformed { pointer, .. } => draft.errors.push(FieldError::new(pointer, "wrong-type")),
            _ => {}
        }
        let mut response = HttpResponse::build(self.status_code());
        if let Some(seconds) = self.retry_after_s() {
            response.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        match self {
            _ if self.code() == ProblemCode::Unavailable => tracing::error!(error = %self, "request.unavailable"),
            Self::Store(_) | Self::Internal(_) => tracing::error!(error = ?self, "request.failed"),
            _ => {}
        }
        let mut response = response.finish();
        response.extensions_mut().insert(draft);
        response
    }
}

/// Middleware: gives every failed API response its problem document.
///
/// # Errors
/// Never by itself.
pub async fn problems(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody, BoxBody>>, Error> {
    let response = match next.call(request).await {
        Ok(response) => response.map_into_boxed_body(),
        Err(error) => return Err(error),
    };
    let status = response.status();
    let draft = response.response().extensions().get::<Draft>().cloned();
    let is_api = response.request().path().starts_with("/api/");
    let draft = match draft {
        Some(draft) => draft,
        None if is_api && (status.is_client_error() || status.is_server_error()) => Draft::plain(code_for(status)),
        None => return Ok(response.map_into_left_body()),
    };
    Ok(finish(response, draft).map_into_right_body())
}

fn code_for(status: StatusCode) -> ProblemCode {
    match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => ProblemCode::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => ProblemCode::TooLarge,
        status if status.is_client_error() => ProblemCode::Malformed,
        _ => ProblemCode::Internal,
    }
}

/// What the code alone says.
#[must_use]
pub fn describe(code: ProblemCode, language: Language) -> Problem {
    let say = |part: &str| text(language, &format!("{}.{part}", code.as_str()), &serde_json::Value::Null);
    Problem {
        kind: format!("/problems/{}", code.as_str()),
        title: say("title"),
        status: code.status(),
        detail: say("detail"),
        instance: String::new(),
        code,
        errors: Vec::new(),
        params: serde_json::Value::Null,
    }
}

fn finish(response: ServiceResponse<BoxBody>, draft: Draft) -> ServiceResponse<BoxBody> {
    let (request, response) = response.into_parts();
    let language = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = language.map(Language::accepted).unwrap_or_default();
    let instance = request.extensions().get::<RequestId>().map(|id| id.0.clone());
    let mut errors = draft.errors;
    for error in &mut errors {
        error.detail = text(language, &format!("field.{}", error.code), &serde_json::Value::Null);
    }
    let problem = Problem {
        status: response.status().as_u16(),
        detail: text(language, &format!("{}.detail", draft.message_key), &draft.params),
        instance: instance.unwrap_or_default(),
        errors,
        title: text(language, &format!("{}.title", draft.code.as_str()), &draft.params),
        params: draft.params,
        ..describe(draft.code, language)
    };
    let mut finished = HttpResponse::build(response.status());
    for (name, value) in response.headers() {
        finished.append_header((name.clone(), value.clone()));
    }
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let finished = finished.content_type("application/problem+json").body(body);
    ServiceResponse::new(request, finished)
}

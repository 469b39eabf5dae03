//! The name of a request: in the log, the audit, the problem document and a header of the reply.

use crate::platform::Services;
use actix_web::{
    Error, FromRequest, HttpMessage, HttpRequest,
    body::MessageBody,
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::header::{HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    web::Data,
};
use std::future::{Ready, ready};

/// Where a client or a proxy says it, and where the reply does.
const HEADER: &str = "x-request-id";
/// Longest name that is taken over.
const MAX_LEN: usize = 64;

/// Names the request in logs, audit rows and problem documents.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

impl FromRequest for RequestId {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(request.extensions().get::<Self>().cloned().unwrap_or_else(|| Self(String::new()))))
    }
}

/// Middleware, the outermost: the request gets its name, and the reply says it. A well-formed one that the client
/// or a proxy gave it is taken over, so that one name leads through the logs of both.
///
/// # Errors
/// Never by itself.
pub async fn named_requests<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let said = said(request.headers());
    let own = || request.app_data::<Data<Services>>().map(|cx| cx.ids.uuid().to_string());
    let id = said.or_else(own).unwrap_or_default();
    let header = HeaderValue::from_str(&id);
    request.extensions_mut().insert(RequestId(id));
    let mut response = next.call(request).await?;
    if let Ok(header) = header {
        response.headers_mut().insert(HeaderName::from_static(HEADER), header);
    }
    Ok(response)
}

/// The name that a request comes with, if it can stand in a log: letters, digits, `-`, `_` and `.`.
fn said(headers: &HeaderMap) -> Option<String> {
    let said = headers.get(HEADER)?.to_str().ok()?;
    let is_plain = said.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    (is_plain && (1..=MAX_LEN).contains(&said.len())).then(|| said.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{HEADER, said};
    use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};

    #[test]
    fn a_name_is_taken_over_if_it_can_stand_in_a_log() {
        let said = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(HeaderName::from_static(HEADER), HeaderValue::from_str(text).unwrap());
            said(&headers)
        };
        for good in ["019ab000-0000-7000-8000-000000000001", "lb_7.fra-1", &"a".repeat(64)] {
            assert_eq!(said(good).as_deref(), Some(good));
        }
        for bad in ["", "two words", "a\"b", "a=b", &"a".repeat(65)] {
            assert_eq!(said(bad), None, "{bad}");
        }
    }
}

//! `/xapi`: what a system of others reads of a class, asked and answered as the standard of statements has it (xAPI 1.0.3,
//! part three). It is no part of the API's own document; docs/lrs-conformance.md says what of the standard holds.

use super::{ADDRESS, Told};
use crate::{
    learning::{class_study::taught, statement_readers, store},
    platform::{
        Services,
        error::{AppError, AppResult},
        http::Stranger,
    },
};
use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError,
    http::{
        StatusCode,
        header::{AUTHORIZATION, CACHE_CONTROL, ContentType, HeaderName, HeaderValue, LastModified, WWW_AUTHENTICATE},
    },
    web::{self, Data, ServiceConfig},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use shared::{
    ids::{AccountId, ClassId, StatementReaderId},
    learning::{
        IntervalRules, MemberState, OfflineRules, ReadableStatements, StatementKey, StatementQuestion, XAPI_VERSION,
        consistent_through, is_known_xapi_version,
    },
    problem::ProblemCode,
    time::Timestamp,
};
use std::time::{Duration, UNIX_EPOCH};

/// In which version somebody asks, and is answered.
const VERSION: &str = "x-experience-api-version";
/// Until when a reader has everything.
const THROUGH: &str = "x-experience-api-consistent-through";
/// How a system says who it is.
const CHALLENGE: &str = "Basic realm=\"xapi\", charset=\"UTF-8\"";
/// What parts a reply that could have attachments. No text within JSON can begin a line with it.
const BOUNDARY: &str = "chengxi-statements";

/// Questions that one system may ask in a window: each has the whole class worked out.
const QUESTIONS: u64 = 120;
/// Length of the window, in seconds.
const WINDOW_S: u32 = 60;

/// Adds the resources to a worker's app. A HEAD is answered as the GET, without its body.
pub fn statement_resources(cfg: &mut ServiceConfig) {
    let statements = web::resource(format!("{ADDRESS}/statements"));
    let about = web::resource(format!("{ADDRESS}/about"));
    cfg.service(statements.route(web::get().to(get_statements)).route(web::head().to(get_statements)));
    cfg.service(about.route(web::get().to(get_about)).route(web::head().to(get_about)));
}

/// By which versions is asked. For anybody, in whatever version they ask.
async fn get_about(_: Stranger) -> HttpResponse {
    let mut response = HttpResponse::Ok().json(json!({ "version": [XAPI_VERSION] }));
    response.headers_mut().insert(HeaderName::from_static(VERSION), HeaderValue::from_static(XAPI_VERSION));
    response
}

/// One statement, or a page of those that are asked for. Whatever comes of it is answered with the two headers of the
/// standard.
async fn get_statements(request: HttpRequest, cx: Data<Services>) -> HttpResponse {
    let mut response = answer(&request, &cx).await.unwrap_or_else(|error| error.error_response());
    let is_nobody = response.status() == StatusCode::UNAUTHORIZED;
    let through = consistent_through(cx.clock.now(), OfflineRules::default(), IntervalRules::default());
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static(VERSION), HeaderValue::from_static(XAPI_VERSION));
    if let Ok(through) = HeaderValue::from_str(&through.to_string()) {
        headers.insert(HeaderName::from_static(THROUGH), through);
    }
    if is_nobody {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(CHALLENGE));
    }
    response
}

async fn answer(request: &HttpRequest, cx: &Services) -> AppResult<HttpResponse> {
    let class_id = class_of_reader(request, cx).await?;
    let version = request.headers().get(VERSION).and_then(|value| value.to_str().ok());
    if !version.is_some_and(is_known_xapi_version) {
        return Err(wrong(VERSION, "is not spoken here"));
    }
    let parameters: Vec<(String, String)> =
        form_urlencoded::parse(request.query_string().as_bytes()).into_owned().collect();
    let pairs = parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let question = StatementQuestion::read(pairs).map_err(|fault| wrong(fault.parameter(), &format!("{fault:?}")))?;
    if question.voided_statement_id.is_some() {
        // Nothing is taken back here.
        return Err(AppError::not_found());
    }
    let readable = readable(cx, class_id).await?;
    let Some(id) = question.statement_id else {
        let page = readable.page(&question);
        let found = json!({ "statements": page.statements, "more": more(&parameters, page.next) });
        return Ok(document(HttpResponse::Ok(), &found, question.has_attachments));
    };
    let (stored, found) = readable.find(id, question.format).ok_or_else(AppError::not_found)?;
    let mut response = HttpResponse::Ok();
    response.insert_header(last_modified(stored));
    Ok(document(response, &found, question.has_attachments))
}

/// A parameter or header is not as the standard has it. Such a question is answered 400.
fn wrong(name: &str, reason: &str) -> AppError {
    AppError::Malformed { pointer: format!("/{name}"), reason: reason.to_owned() }
}

/// The class that who asks may read.
///
/// # Errors
/// `unauthenticated`; [`AppError::TooMany`].
async fn class_of_reader(request: &HttpRequest, cx: &Services) -> AppResult<ClassId> {
    let nobody = || AppError::Problem(ProblemCode::Unauthenticated);
    let (id, secret) = credential(request).ok_or_else(nobody)?;
    let class_id = statement_readers::class_read_by(cx, id, &secret).await?.ok_or_else(nobody)?;
    if cx.coordination.count(&format!("statement-reader:{id}"), WINDOW_S).await > QUESTIONS {
        return Err(AppError::TooMany { retry_after_s: u64::from(WINDOW_S) });
    }
    Ok(class_id)
}

/// Who says that they ask, and by which word (RFC 7617).
fn credential(request: &HttpRequest) -> Option<(StatementReaderId, String)> {
    let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = header.split_once(' ')?;
    let decoded = STANDARD.decode(encoded.trim()).ok().filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let text = String::from_utf8(decoded).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((id.parse().ok()?, secret.to_owned()))
}

/// What the learners who are in a class did in its courses.
async fn readable(cx: &Services, class_id: ClassId) -> AppResult<ReadableStatements> {
    let members = store::list_all_members(cx.db.read(), class_id, Some(MemberState::In)).await?;
    let accounts: Vec<AccountId> = members.iter().map(|member| member.account_id).collect();
    let Told { deeds, words } = Told::of_class(cx, &accounts, &taught(cx, class_id).await?).await?;
    let since = members.iter().map(|member| (member.account_id, member.joined_at)).collect();
    Ok(ReadableStatements { deeds, words, since })
}

/// Where the next page is; empty on the last one.
fn more(asked: &[(String, String)], next: Option<StatementKey>) -> String {
    let Some(next) = next else { return String::new() };
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(asked.iter().filter(|(name, _)| name != "after"));
    query.append_pair("after", &next.to_string());
    format!("{ADDRESS}/statements?{}", query.finish())
}

/// The reply, in one part or in the form of those with attachments, of which there are none.
fn document(mut response: HttpResponseBuilder, found: &Value, has_parts: bool) -> HttpResponse {
    response.insert_header((CACHE_CONTROL, "no-store"));
    if has_parts {
        let body = format!("--{BOUNDARY}\r\nContent-Type: application/json\r\n\r\n{found}\r\n--{BOUNDARY}--\r\n");
        response.content_type(format!("multipart/mixed; boundary={BOUNDARY}")).body(body)
    } else {
        response.content_type(ContentType::json()).body(found.to_string())
    }
}

/// When a statement came, as HTTP writes it.
fn last_modified(stored: Timestamp) -> LastModified {
    let since = Duration::from_millis(u64::try_from(stored.0).unwrap_or_default());
    LastModified((UNIX_EPOCH + since).into())
}

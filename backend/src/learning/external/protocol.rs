//! What tools speak: the keys by which they believe us, the question who was sent to them, tokens, and scores. It is not of
//! our API: forms, errors and media types are those of OIDC, OAuth 2.0 and AGS 2.0.

use super::{
    browser::{ANSWER_PATH, BrowserSecret},
    launch, pages, scores, tokens,
};
use crate::platform::{
    Services,
    error::AppResult,
    http::{Body, ToolCaller},
    texts::Language,
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method,
        header::{CACHE_CONTROL, HeaderValue},
    },
    web::{self, Bytes, Data, Path},
};
use serde::de::DeserializeOwned;
use serde_json::json;
use shared::{
    ids::ActivityId,
    learning::{AuthorizationRequest, SCORE_SCOPE, ScoreMessage, TOOL_TOKEN_S, TokenRefusal, TokenRequest},
};

/// Adds what tools ask for.
pub fn serve_tools(cfg: &mut web::ServiceConfig) {
    let authorize = web::resource("/lti/authorize").route(web::get().to(go_on)).route(web::post().to(go_on));
    cfg.service(authorize)
        .route(ANSWER_PATH, web::post().to(answer))
        .route("/lti/keys.json", web::get().to(get_keys))
        .route("/lti/token", web::post().to(give_token))
        .route("/lti/line_items/{id}/scores", web::post().to(take_score));
}

/// A form; what cannot be read is as if nothing had been sent.
fn form<T: DeserializeOwned + Default>(text: &[u8]) -> T {
    serde_urlencoded::from_bytes(text).unwrap_or_default()
}

/// The keys that verify what tools are told.
async fn get_keys(cx: Data<Services>) -> HttpResponse {
    let keys: Vec<_> = cx.keys.external_tools.iter().map(|key| key.public_jwk()).collect();
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, max-age=3600")).json(json!({ "keys": keys }))
}

/// A tool sends the browser here to ask who the learner is, by GET or by POST. Nothing is decided yet: the browser asks
/// again by POST from our own page, and with that it sends what it holds of the launch.
async fn go_on(request: HttpRequest, cx: Data<Services>, language: Language, body: Bytes) -> HttpResponse {
    let text = if request.method() == Method::POST { &body[..] } else { request.query_string().as_bytes() };
    let asked: AuthorizationRequest = form(text);
    let fields = [
        ("scope", asked.scope.as_str()),
        ("response_type", asked.response_type.as_str()),
        ("response_mode", asked.response_mode.as_str()),
        ("prompt", asked.prompt.as_str()),
        ("client_id", asked.client_id.as_str()),
        ("redirect_uri", asked.redirect_uri.as_str()),
        ("login_hint", asked.login_hint.as_str()),
        ("lti_message_hint", asked.lti_message_hint.as_str()),
        ("state", asked.state.as_str()),
        ("nonce", asked.nonce.as_str()),
    ];
    pages::posting(language, &format!("{}{ANSWER_PATH}", cx.config.public_url), &fields)
}

/// Tells the tool who the learner is, by a form that the browser posts to it.
async fn answer(
    _: ToolCaller,
    request: HttpRequest,
    cx: Data<Services>,
    language: Language,
    body: Bytes,
) -> AppResult<HttpResponse> {
    let asked: AuthorizationRequest = form(&body);
    let secret = BrowserSecret::sent(&request, &asked.lti_message_hint);
    match launch::answer(&cx, &asked, secret.as_ref()).await {
        Ok(answer) => {
            let mut fields = vec![("id_token", answer.id_token.as_str())];
            if !asked.state.is_empty() {
                fields.push(("state", asked.state.as_str()));
            }
            Ok(pages::posting(language, &answer.url, &fields))
        }
        Err(error) => pages::refusing(language, error),
    }
}

/// Gives a tool a token (RFC 6749 §4.4 with RFC 7523).
async fn give_token(_: ToolCaller, cx: Data<Services>, body: Bytes) -> AppResult<HttpResponse> {
    let mut response = match tokens::give(&cx, &form::<TokenRequest>(&body)).await? {
        Ok(token) => {
            let given = json!({ "access_token": token, "token_type": "Bearer", "expires_in": TOOL_TOKEN_S,
                "scope": SCORE_SCOPE });
            HttpResponse::Ok().json(given)
        }
        Err(refusal) => {
            let mut response = match refusal {
                TokenRefusal::InvalidClient => HttpResponse::Unauthorized(),
                _ => HttpResponse::BadRequest(),
            };
            response.json(json!({ "error": refusal.to_string() }))
        }
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Takes a score of a learner in an activity (AGS 2.0 §3.4).
async fn take_score(
    _: ToolCaller,
    request: HttpRequest,
    cx: Data<Services>,
    id: Path<ActivityId>,
    body: Bytes,
) -> AppResult<HttpResponse> {
    let tool = tokens::bearer(&cx, &request).await?;
    let message: ScoreMessage = Body::read(&body)?.0;
    scores::take(&cx, &tool, *id, &message).await?;
    Ok(HttpResponse::NoContent().finish())
}

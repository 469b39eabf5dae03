//! `/logins`.

use crate::{
    access::{Actor, Entrant},
    identity::{
        devices::KNOWN_S,
        logins::{Caller, Granted, Identity},
    },
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, Routes, client_network},
    },
};
use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
    delete, get,
    http::header,
    post,
    web::{Data, Json, Path},
};
use shared::{
    identity::{LoginReply, LoginRequest, LoginView},
    ids::LoginId,
    problem::{Problem, ProblemCode},
};

const REFRESH_COOKIE: &str = "chengxi_refresh";
/// By it an account knows a device again. It lets nobody in.
const DEVICE_COOKIE: &str = "chengxi_device";
/// Where both cookies are sent to: to nothing but log-ins.
const COOKIE_PATH: &str = "/api/v1/logins";

pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(log_in).service(refresh_login).service(end_current_login).service(end_login);
    cfg.service(list_logins).service(end_all_logins);
}

/// Logs in with name and password. The refresh token comes in a cookie that scripts cannot read; another is kept by
/// which the account knows the device, where wrong tries of others do not count.
#[utoipa::path(tag = "identity", request_body = LoginRequest, responses(
    (status = 200, body = LoginReply), (status = 401, body = Problem), (status = 429, body = Problem),
    (status = 503, body = Problem)))]
#[post("/logins")]
async fn log_in(
    identity: Data<Identity>,
    cx: Data<Services>,
    request: HttpRequest,
    body: Body<LoginRequest>,
) -> AppResult<HttpResponse> {
    let granted = identity.log_in(body.0, caller_of(&request, &cx)).await?;
    Ok(granted_response(granted, &cx))
}

/// Renews the log-in by its cookie.
#[utoipa::path(tag = "identity", responses((status = 200, body = LoginReply), (status = 401, body = Problem)))]
#[post("/logins/refresh")]
async fn refresh_login(identity: Data<Identity>, cx: Data<Services>, request: HttpRequest) -> AppResult<HttpResponse> {
    let cookie = request.cookie(REFRESH_COOKIE).ok_or(AppError::Problem(ProblemCode::Unauthenticated))?;
    let granted = identity.refresh(cookie.value()).await?;
    Ok(granted_response(granted, &cx))
}

/// Logs out.
#[utoipa::path(tag = "identity", responses((status = 204)))]
#[delete("/logins/current")]
async fn end_current_login(identity: Data<Identity>, cx: Data<Services>, entrant: Entrant) -> AppResult<HttpResponse> {
    identity.end_login(&entrant.actor, entrant.actor.login_id).await?;
    Ok(logged_out(&cx))
}

/// Ends one of the actor's own log-ins on whatever device.
#[utoipa::path(tag = "identity", params(("id" = LoginId, Path)), responses((status = 204), (status = 404, body = Problem)))]
#[delete("/logins/{id}")]
async fn end_login(identity: Data<Identity>, actor: Actor, id: Path<LoginId>) -> AppResult<HttpResponse> {
    identity.end_login(&actor, id.into_inner()).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The actor's own log-ins.
#[utoipa::path(tag = "identity", responses((status = 200, body = Vec<LoginView>)))]
#[get("/logins")]
async fn list_logins(identity: Data<Identity>, actor: Actor) -> AppResult<Json<Vec<LoginView>>> {
    Ok(Json(identity.logins(&actor).await?))
}

/// Logs out on every device, this one too.
#[utoipa::path(tag = "identity", responses((status = 204)))]
#[delete("/logins")]
async fn end_all_logins(identity: Data<Identity>, cx: Data<Services>, entrant: Entrant) -> AppResult<HttpResponse> {
    identity.end_all_logins(&entrant.of_account()?).await?;
    Ok(logged_out(&cx))
}

/// Where a log-in comes from.
#[must_use]
pub fn caller_of(request: &HttpRequest, cx: &Services) -> Caller {
    Caller {
        agent: header_text(request, header::USER_AGENT),
        network: client_network(request, &cx.config.trusted_proxies),
        device_cookie: request.cookie(DEVICE_COOKIE).map(|cookie| cookie.value().to_owned()),
    }
}

/// The reply to whoever is in, with the cookies that belong to it.
pub fn granted_response(granted: Granted, cx: &Services) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.cookie(own_cookie(REFRESH_COOKIE, granted.refresh_token, cx).max_age(Duration::days(14)).finish());
    if let Some(token) = granted.device_token {
        response.cookie(own_cookie(DEVICE_COOKIE, token, cx).max_age(Duration::seconds(KNOWN_S)).finish());
    }
    response.insert_header((header::CACHE_CONTROL, "no-store")).json(granted.reply)
}

fn logged_out(cx: &Services) -> HttpResponse {
    let gone = own_cookie(REFRESH_COOKIE, String::new(), cx).max_age(Duration::ZERO).finish();
    HttpResponse::NoContent().cookie(gone).finish()
}

/// A cookie that no script reads and that nothing but log-ins is sent.
fn own_cookie(name: &'static str, value: String, cx: &Services) -> actix_web::cookie::CookieBuilder<'static> {
    let is_secure = cx.config.public_url.starts_with("https:");
    Cookie::build(name, value).path(COOKIE_PATH).http_only(true).secure(is_secure).same_site(SameSite::Strict)
}

fn header_text(request: &HttpRequest, name: header::HeaderName) -> String {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

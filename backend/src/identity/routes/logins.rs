//! `/logins`.

use crate::{
    access::{Actor, Entrant},
    identity::logins::{Granted, Identity},
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, client_network},
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
use utoipa_actix_web::service_config::ServiceConfig;

const REFRESH_COOKIE: &str = "chengxi_refresh";
const REFRESH_PATH: &str = "/api/v1/logins";

pub(super) fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(log_in).service(refresh_login).service(end_current_login).service(end_login);
    cfg.service(list_logins).service(end_all_logins);
}

/// Logs in with name and password. The refresh token comes in a cookie that scripts cannot read.
#[utoipa::path(tag = "identity", request_body = LoginRequest, responses(
    (status = 200, body = LoginReply), (status = 401, body = Problem), (status = 429, body = Problem)))]
#[post("/logins")]
async fn log_in(
    identity: Data<Identity>,
    cx: Data<Services>,
    request: HttpRequest,
    body: Body<LoginRequest>,
) -> AppResult<HttpResponse> {
    let device = header_text(&request, header::USER_AGENT);
    let network = client_network(&request, &cx.config.trusted_proxies);
    let granted = identity.log_in(body.0, device, &network).await?;
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
    identity.end_all_logins(&entrant.actor).await?;
    Ok(logged_out(&cx))
}

fn granted_response(granted: Granted, cx: &Services) -> HttpResponse {
    let cookie = refresh_cookie(granted.refresh_token, cx).max_age(Duration::days(14)).finish();
    HttpResponse::Ok().cookie(cookie).insert_header((header::CACHE_CONTROL, "no-store")).json(granted.reply)
}

fn logged_out(cx: &Services) -> HttpResponse {
    let gone = refresh_cookie(String::new(), cx).max_age(Duration::ZERO).finish();
    HttpResponse::NoContent().cookie(gone).finish()
}

fn refresh_cookie(value: String, cx: &Services) -> actix_web::cookie::CookieBuilder<'static> {
    let is_secure = cx.config.public_url.starts_with("https:");
    Cookie::build(REFRESH_COOKIE, value)
        .path(REFRESH_PATH)
        .http_only(true)
        .secure(is_secure)
        .same_site(SameSite::Strict)
}

fn header_text(request: &HttpRequest, name: header::HeaderName) -> String {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

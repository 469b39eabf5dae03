//! Routes about the program itself and what it is doing.

use crate::{
    access::Actor,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::is_from_within,
        jobs, telemetry,
        texts::Language,
    },
};
use actix_web::{
    Error, HttpRequest, HttpResponse,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    get,
    http::{ConnectionType, header::ContentType},
    middleware::Next,
    web::{Bytes, Data, Json, Path},
};
use shared::{ids::JobId, jobs::JobView, problem::Problem};
use std::sync::{
    LazyLock,
    atomic::{AtomicBool, Ordering},
};

/// Whether this node is about to stop: it then finishes what it has begun and takes nothing new.
#[derive(Default)]
pub struct Draining(AtomicBool);

impl Draining {
    /// From now on `/readyz` says no, and each connection ends with its next response.
    pub fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn has_begun(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Middleware: a node that is about to stop lets go of its clients one by one.
///
/// # Errors
/// Never by itself.
pub async fn let_go(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let draining = request.app_data::<Data<Draining>>().cloned();
    let mut response = next.call(request).await?;
    if draining.is_some_and(|draining| draining.has_begun()) {
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    Ok(response)
}

/// Long work that the actor asked for: how far it is, and what it brought.
#[utoipa::path(tag = "jobs", params(("id" = JobId, Path)), responses(
    (status = 200, body = JobView), (status = 404, body = Problem)))]
#[get("/jobs/{id}")]
pub(super) async fn get_job(
    actor: Actor,
    cx: Data<Services>,
    language: Language,
    id: Path<JobId>,
) -> AppResult<Json<JobView>> {
    Ok(Json(jobs::view(&cx, *id, actor.account_id, language).await?))
}

/// The API's document, written down once, when somebody first asks for it: a stranger may, and as often as they like.
static DOCUMENT: LazyLock<Option<Bytes>> =
    LazyLock::new(|| serde_json::to_vec(&super::openapi()).map(Bytes::from).ok());

/// The API's document.
#[get("/api/v1/openapi.json")]
pub(super) async fn get_openapi() -> AppResult<HttpResponse> {
    let document = DOCUMENT.clone().ok_or_else(|| AppError::internal("the API's document cannot be written"))?;
    Ok(HttpResponse::Ok().content_type(ContentType::json()).body(document))
}

/// Whether the process lives.
#[get("/healthz")]
pub(super) async fn get_health() -> &'static str {
    "ok"
}

/// Whether it can serve: the store answers, the clock is right by that of the store, and the node is not about to stop.
#[get("/readyz")]
pub(super) async fn get_readiness(cx: Data<Services>, draining: Data<Draining>) -> AppResult<&'static str> {
    if draining.has_begun() {
        return Err(AppError::Unavailable { reason: "this node is about to stop".to_owned() });
    }
    cx.db.ping().await?;
    let most_ms = i64::from(cx.config.clock_skew_ms);
    if most_ms > 0 {
        let skew_ms = cx.db.clock_skew_ms().await?;
        if skew_ms > most_ms {
            return Err(AppError::Unavailable { reason: format!("this clock is {skew_ms} ms off that of the store") });
        }
    }
    Ok("ok")
}

/// The metrics of this process, for who asks from within: they tell how busy it is, and with what.
#[get("/metrics")]
pub(super) async fn get_metrics(request: HttpRequest, cx: Data<Services>) -> AppResult<String> {
    if !is_from_within(&request, &cx.config.trusted_proxies) {
        return Err(AppError::not_found());
    }
    Ok(telemetry::metrics().render())
}

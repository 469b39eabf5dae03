//! `/sittings` and `/time`.

use super::{
    journal::Journal,
    rooms,
    safe_browser::{ClaimedBrowser, settings_file},
    service::{self, permit_answers, permit_candidate},
    ticket_logins,
};
use crate::{
    access::{Candidate, TokenHolder},
    identity::{Identity, caller_of, granted_response},
    platform::{
        Services,
        error::AppResult,
        http::{Body, Routes},
    },
};
use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header,
    post,
    web::{Data, Json, Path},
};
use shared::{
    delivery::{
        ContentKey, EntryAcks, EntryBatch, OpenSitting, OpenedSitting, Receipt, ServerTime, SittingView, SubmitSitting,
    },
    identity::LoginReply,
    ids::SittingId,
    problem::Problem,
    sittings::TicketLogin,
};

/// Adds this feature's routes.
pub fn routes(cfg: &mut Routes<'_>) {
    cfg.service(get_server_time).service(get_safe_browser_config).service(get_sitting).service(get_content_key);
    cfg.service(open_sitting).service(append_entries).service(submit_sitting).service(log_in_by_ticket);
    rooms::routes::routes(cfg);
}

/// The server's clock.
#[utoipa::path(tag = "delivery", responses((status = 200, body = ServerTime)))]
#[get("/time")]
async fn get_server_time(cx: Data<Services>) -> HttpResponse {
    let now = ServerTime { server_time: cx.clock.now() };
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(now)
}

/// The settings by which Safe Exam Browser opens the tests of this installation: a property list. There is no key in it.
#[utoipa::path(tag = "delivery", responses((status = 200, body = String, content_type = "application/seb")))]
#[get("/safe_browser_config")]
async fn get_safe_browser_config(cx: Data<Services>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/seb"))
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"chengxi.seb\""))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(settings_file(&cx))
}

/// What the candidate's device must know, with the receipt once the sitting is over.
#[utoipa::path(tag = "delivery", params(("id" = SittingId, Path)), responses(
    (status = 200, body = SittingView), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[get("/sittings/{id}")]
async fn get_sitting(
    candidate: Candidate,
    cx: Data<Services>,
    id: Path<SittingId>,
    browser: ClaimedBrowser,
) -> AppResult<Json<SittingView>> {
    let (_permit, sitting) = permit_candidate(&cx, &candidate, *id).await?;
    Ok(Json(service::view(&cx, sitting, &browser).await?))
}

/// The content key of the paper, from the start on.
#[utoipa::path(tag = "delivery", params(("id" = SittingId, Path)), responses(
    (status = 200, body = ContentKey), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[get("/sittings/{id}/key")]
async fn get_content_key(
    candidate: Candidate,
    cx: Data<Services>,
    id: Path<SittingId>,
    browser: ClaimedBrowser,
) -> AppResult<Json<ContentKey>> {
    let (_permit, sitting) = permit_candidate(&cx, &candidate, *id).await?;
    Ok(Json(service::content_key(&cx, &sitting, &browser).await?))
}

/// Opens the sitting on this device. Another device goes on only with `take_over`.
#[utoipa::path(tag = "delivery", params(("id" = SittingId, Path)), request_body = OpenSitting, responses(
    (status = 200, body = OpenedSitting), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 410, body = Problem)))]
#[post("/sittings/{id}/open")]
async fn open_sitting(
    candidate: Candidate,
    cx: Data<Services>,
    id: Path<SittingId>,
    browser: ClaimedBrowser,
    body: Body<OpenSitting>,
) -> AppResult<Json<OpenedSitting>> {
    let (permit, _) = permit_candidate(&cx, &candidate, *id).await?;
    Ok(Json(service::open(&cx, &permit, (candidate.login_id(), &browser), &body.0).await?))
}

/// Stores answers; the reply comes when they are on disk. Repeats and reordering are harmless.
#[utoipa::path(tag = "delivery", params(("id" = SittingId, Path)), request_body = EntryBatch, responses(
    (status = 200, body = EntryAcks), (status = 404, body = Problem), (status = 409, body = Problem),
    (status = 410, body = Problem), (status = 422, body = Problem), (status = 503, body = Problem)))]
#[post("/sittings/{id}/entries")]
async fn append_entries(
    holder: TokenHolder,
    cx: Data<Services>,
    journal: Data<Journal>,
    id: Path<SittingId>,
    body: Body<EntryBatch>,
) -> AppResult<Json<EntryAcks>> {
    let permit = permit_answers(&holder, *id)?;
    Ok(Json(service::append(&cx, &journal, &permit, body.0).await?))
}

/// Submits the sitting. Final; a repeat gets the same receipt.
#[utoipa::path(tag = "delivery", params(("id" = SittingId, Path)), request_body = SubmitSitting, responses(
    (status = 200, body = Receipt), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/sittings/{id}/submit")]
async fn submit_sitting(
    candidate: Candidate,
    cx: Data<Services>,
    id: Path<SittingId>,
    body: Body<SubmitSitting>,
) -> AppResult<Json<Receipt>> {
    let (permit, _) = permit_candidate(&cx, &candidate, *id).await?;
    Ok(Json(service::submit(&cx, &permit, &body.0).await?))
}

/// Logs in by an admission ticket: by its number and the log-in code on it, or by what its QR code says. What is given is
/// good for the one sitting that the ticket is for, and for nothing else.
#[utoipa::path(tag = "delivery", request_body = TicketLogin, responses(
    (status = 200, body = LoginReply), (status = 401, body = Problem), (status = 409, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/ticket_logins")]
async fn log_in_by_ticket(
    identity: Data<Identity>,
    cx: Data<Services>,
    request: HttpRequest,
    body: Body<TicketLogin>,
) -> AppResult<HttpResponse> {
    let granted = ticket_logins::log_in(&cx, &identity, &body.0, caller_of(&request, &cx)).await?;
    Ok(granted_response(granted, &cx))
}

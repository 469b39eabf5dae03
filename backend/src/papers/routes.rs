//! `/papers`.

use super::{
    blueprint_routes,
    discarding::{self, Discard},
    draw_routes, key_routes,
    opening::{self, OpenPaper, ProposeOpening},
    proposing::{self, ProposeSeal, SendBack},
    rehearsal,
    sealing::{self, SealPaper},
    service::{self, ComposePaper, PaperQuery},
    tools::{self, SetTools},
};
use crate::{
    access::{Actor, Permit, authorize},
    organisation,
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, Query, Routes},
    },
};
use actix_web::{
    HttpResponse, get,
    http::header,
    post, put,
    web::{Data, Json, Path},
};
use shared::{
    ids::PaperId,
    page::Page,
    papers::{DiscardPaper, NewPaper, PaperRehearsal, PaperTools, PaperView, ProposePaperOpening, SendBackPaper},
    problem::Problem,
};

/// Adds this feature's routes.
pub fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_papers).service(compose_paper).service(discard_paper).service(get_package);
    cfg.service(set_paper_tools).service(propose_opening).service(open_paper);
    cfg.service(propose_seal).service(send_back_paper).service(seal_paper).service(rehearse_paper);
    blueprint_routes::routes(cfg);
    draw_routes::routes(cfg);
    key_routes::routes(cfg);
}

/// Papers, the newest first.
#[utoipa::path(tag = "papers", params(PaperQuery), responses(
    (status = 200, body = Page<PaperView>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/papers")]
async fn list_papers(actor: Actor, cx: Data<Services>, of: Query<PaperQuery>) -> AppResult<Json<Page<PaperView>>> {
    Ok(Json(service::list(&cx, &actor, of.into_inner()).await?))
}

/// Composes a paper from items with points.
#[utoipa::path(tag = "papers", request_body = NewPaper, responses(
    (status = 201, body = PaperView), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/papers")]
async fn compose_paper(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<NewPaper>,
) -> AppResult<HttpResponse> {
    let permit: Permit<ComposePaper> = authorize(&actor, cx.ids.new_id(), &organisation::catalogue())?;
    let id = service::compose(&cx, &permit, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(service::paper(&cx, id).await?))
}

/// Proposes to seal a paper, in the versions that its items have now. Repeating it changes nothing.
#[utoipa::path(tag = "papers", params(("id" = PaperId, Path)), responses(
    (status = 200, body = PaperView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/papers/{id}/propose_seal")]
async fn propose_seal(actor: Actor, cx: Data<Services>, id: Path<PaperId>) -> AppResult<Json<PaperView>> {
    let permit: Permit<ProposeSeal> = authorize(&actor, *id, &organisation::catalogue())?;
    proposing::propose(&cx, &permit).await?;
    Ok(Json(service::paper(&cx, *id).await?))
}

/// Sends back a paper that somebody proposed to seal. Repeating it changes nothing.
#[utoipa::path(tag = "papers", params(("id" = PaperId, Path)), request_body = SendBackPaper, responses(
    (status = 200, body = PaperView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/papers/{id}/send_back")]
async fn send_back_paper(
    actor: Actor,
    cx: Data<Services>,
    id: Path<PaperId>,
    body: Body<SendBackPaper>,
) -> AppResult<Json<PaperView>> {
    let permit: Permit<SendBack> = authorize(&actor, *id, &organisation::catalogue())?;
    proposing::send_back(&cx, &permit, &body.0).await?;
    Ok(Json(service::paper(&cx, *id).await?))
}

/// Seals a paper that somebody else proposed: its items' versions are pinned and its package is encrypted.
#[utoipa::path(tag = "papers", params(("id" = PaperId, Path)), responses(
    (status = 200, body = PaperView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/papers/{id}/seal")]
async fn seal_paper(actor: Actor, cx: Data<Services>, id: Path<PaperId>) -> AppResult<Json<PaperView>> {
    let permit: Permit<SealPaper> = authorize(&actor, *id, &organisation::catalogue())?;
    sealing::seal(&cx, &permit).await?;
    Ok(Json(service::paper(&cx, *id).await?))
}

/// Discards a paper that is not sealed. Repeating it changes nothing.
#[utoipa::path(tag = "papers", params(("id" = PaperId, Path)), request_body = DiscardPaper, responses(
    (status = 200, body = PaperView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/papers/{id}/discard")]
async fn discard_paper(
    actor: Actor,
    cx: Data<Services>,
    id: Path<PaperId>,
    body: Body<DiscardPaper>,
) -> AppResult<Json<PaperView>> {
    let permit: Permit<Discard> = authorize(&actor, *id, &organisation::catalogue())?;
    discarding::discard(&cx, &permit, &body.0).await?;
    Ok(Json(service::paper(&cx, *id).await?))
}

/// Says what candidates may use beside a paper that is open. Repeating it changes nothing.
#[utoipa::path(tag = "papers", params(("id" = PaperId, Path)), request_body = PaperTools, responses(
    (status = 200, body = PaperView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[put("/papers/{id}/tools")]
async fn set_paper_tools(
    actor: Actor,
    cx: Data<Services>,
    id: Path<PaperId>,
    body: Body<PaperTools>,
) -> AppResult<Json<PaperView>> {
    let permit: Permit<SetTools> = authorize(&actor, *id, &organisation::catalogue())?;
    tools::set(&cx, &permit, &body.0).await?;
    Ok(Json(service::paper(&cx, *id).await?))
}

/// A paper to be tried as a candidate sits it, without keys. A POST, because each time is noted.
#[utoipa::path(tag = "papers", params(("id" = PaperId, Path)), responses(
    (status = 200, body = PaperRehearsal), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/papers/{id}/rehearsals")]
async fn rehearse_paper(actor: Actor, cx: Data<Services>, id: Path<PaperId>) -> AppResult<HttpResponse> {
    let rehearsal = rehearsal::rehearse(&cx, &actor, *id).await?;
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(rehearsal))
}

/// Proposes to open a closed paper: until candidates have sat it, nobody sees it alone.
#[utoipa::path(tag = "papers", params(("id" = PaperId, Path)), request_body = ProposePaperOpening, responses(
    (status = 200, body = PaperView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/papers/{id}/propose_opening")]
async fn propose_opening(
    actor: Actor,
    cx: Data<Services>,
    id: Path<PaperId>,
    key: IdempotencyKey,
    body: Body<ProposePaperOpening>,
) -> AppResult<Json<PaperView>> {
    let permit: Permit<ProposeOpening> = authorize(&actor, *id, &organisation::catalogue())?;
    opening::propose(&cx, &permit, &key, &body.0).await?;
    Ok(Json(service::paper(&cx, *id).await?))
}

/// Opens a closed paper that somebody else has to see, for both, for two hours. Repeating it changes nothing.
#[utoipa::path(tag = "papers", params(("id" = PaperId, Path)), responses(
    (status = 200, body = PaperView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/papers/{id}/open")]
async fn open_paper(actor: Actor, cx: Data<Services>, id: Path<PaperId>) -> AppResult<Json<PaperView>> {
    let permit: Permit<OpenPaper> = authorize(&actor, *id, &organisation::catalogue())?;
    opening::open(&cx, &permit).await?;
    Ok(Json(service::paper(&cx, *id).await?))
}

/// The sealed package: open to everyone, of use to nobody without the key, never changed.
#[utoipa::path(tag = "papers", params(("id" = PaperId, Path)), responses(
    (status = 200, content_type = "application/octet-stream", body = [u8]), (status = 404, body = Problem)))]
#[get("/papers/{id}/package")]
async fn get_package(cx: Data<Services>, id: Path<PaperId>) -> AppResult<HttpResponse> {
    let package = sealing::sealed_package(&cx, *id).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/octet-stream")
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(package))
}

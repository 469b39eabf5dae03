//! `/classes/{id}/graduates`, `/graduations`, `/diplomas` and `/public/diploma_checks`.

use super::{
    Approve, Confirm, candidates, decide, export,
    lists::{self, GraduationQuery},
    paper, permit, permit_keeping, permit_printing, propose,
    register::{self, DiplomaQuery},
    rules, voiding,
};
use crate::{
    access::{Actor, Permit},
    credit_bank::{PRINTS, Printer},
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, Query, Routes, Stranger},
    },
};
use actix_web::{
    HttpResponse, get,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION},
    post,
    web::{Data, Json, Path},
};
use shared::{
    credit_bank::{
        CheckDiploma, DiplomaView, ExtractDiploma, GraduateCandidate, GraduationDecision, GraduationOffice,
        GraduationRow, GraduationView, ProposeGraduates, PublicDiploma, RevokeDiploma,
    },
    ids::{ClassId, DiplomaId, GraduationBatchId},
    page::Page,
    problem::Problem,
};

/// Adds the routes of graduation.
pub(in crate::credit_bank) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_graduate_candidates).service(propose_graduates);
    cfg.service(list_graduations).service(export_graduations).service(get_graduation);
    cfg.service(confirm_graduation).service(approve_graduation).service(print_register_sheet).service(print_diplomas);
    cfg.service(list_diplomas).service(export_diplomas);
    cfg.service(revoke_diploma).service(keep_diploma).service(print_diploma_extract);
    cfg.service(check_diploma);
    rules::routes(cfg);
}

/// The learners of a class, each with what they lack for the diploma.
#[utoipa::path(tag = "credit_bank", params(("id" = ClassId, Path)), responses(
    (status = 200, body = Vec<GraduateCandidate>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/classes/{id}/graduates")]
async fn list_graduate_candidates(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
) -> AppResult<Json<Vec<GraduateCandidate>>> {
    Ok(Json(candidates::list(&cx, &actor, *id).await?))
}

/// Proposes graduates of a class.
#[utoipa::path(tag = "credit_bank", params(("id" = ClassId, Path)), request_body = ProposeGraduates, responses(
    (status = 201, body = GraduationView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/classes/{id}/graduations")]
async fn propose_graduates(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    key: IdempotencyKey,
    body: Body<ProposeGraduates>,
) -> AppResult<HttpResponse> {
    let proposed = propose::propose(&cx, &actor, *id, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(lists::get(&cx, &actor, proposed).await?))
}

/// Lists of graduates at the places of the actor's roles, the newest first.
#[utoipa::path(tag = "credit_bank", params(GraduationQuery), responses(
    (status = 200, body = Page<GraduationRow>), (status = 403, body = Problem)))]
#[get("/graduations")]
async fn list_graduations(
    actor: Actor,
    cx: Data<Services>,
    query: Query<GraduationQuery>,
) -> AppResult<Json<Page<GraduationRow>>> {
    Ok(Json(lists::list(&cx, &actor, query.into_inner()).await?))
}

/// The lists as a file (.xlsx). A POST, because who took it is audited.
#[utoipa::path(tag = "credit_bank", params(GraduationQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/graduations/exports")]
async fn export_graduations(
    actor: Actor,
    cx: Data<Services>,
    query: Query<GraduationQuery>,
) -> AppResult<HttpResponse> {
    export::export_lists(&cx, &actor, &query).await
}

/// One list with its learners.
#[utoipa::path(tag = "credit_bank", params(("id" = GraduationBatchId, Path)), responses(
    (status = 200, body = GraduationView), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/graduations/{id}")]
async fn get_graduation(
    actor: Actor,
    cx: Data<Services>,
    id: Path<GraduationBatchId>,
) -> AppResult<Json<GraduationView>> {
    Ok(Json(lists::get(&cx, &actor, *id).await?))
}

/// Confirms or returns a list for the county, which issues junior diplomas by that.
#[utoipa::path(tag = "credit_bank", params(("id" = GraduationBatchId, Path)), request_body = GraduationDecision,
    responses((status = 200, body = GraduationView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[post("/graduations/{id}/confirm")]
async fn confirm_graduation(
    actor: Actor,
    cx: Data<Services>,
    id: Path<GraduationBatchId>,
    body: Body<GraduationDecision>,
) -> AppResult<Json<GraduationView>> {
    let permit: Permit<Confirm> = permit(&cx, &actor, *id).await?;
    decide::decide(&cx, &permit, GraduationOffice::County, &body.0).await?;
    Ok(Json(lists::get(&cx, &actor, *id).await?))
}

/// Approves or returns a list for the city, which issues senior diplomas by that.
#[utoipa::path(tag = "credit_bank", params(("id" = GraduationBatchId, Path)), request_body = GraduationDecision,
    responses((status = 200, body = GraduationView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[post("/graduations/{id}/approve")]
async fn approve_graduation(
    actor: Actor,
    cx: Data<Services>,
    id: Path<GraduationBatchId>,
    body: Body<GraduationDecision>,
) -> AppResult<Json<GraduationView>> {
    let permit: Permit<Approve> = permit(&cx, &actor, *id).await?;
    decide::decide(&cx, &permit, GraduationOffice::City, &body.0).await?;
    Ok(Json(lists::get(&cx, &actor, *id).await?))
}

/// The register sheet of an approved list (PDF). A POST, because each print is noted. 503 says why, if this machine has
/// no Chinese font.
#[utoipa::path(tag = "credit_bank", params(("id" = GraduationBatchId, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "application/pdf"), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 409, body = Problem), (status = 429, body = Problem),
    (status = 503, body = Problem)))]
#[post("/graduations/{id}/sheet")]
async fn print_register_sheet(
    actor: Actor,
    cx: Data<Services>,
    printer: Data<Printer>,
    id: Path<GraduationBatchId>,
) -> AppResult<HttpResponse> {
    PRINTS.take(&cx, actor.account_id).await?;
    Ok(pdf("register-sheet", paper::sheet(&cx, &actor, printer.into_inner(), *id).await?))
}

/// The diplomas of an approved list (PDF), a page each, for the bureau that issued them. 503 where there is no Chinese
/// font.
#[utoipa::path(tag = "credit_bank", params(("id" = GraduationBatchId, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "application/pdf"), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 409, body = Problem), (status = 429, body = Problem),
    (status = 503, body = Problem)))]
#[post("/graduations/{id}/diplomas")]
async fn print_diplomas(
    actor: Actor,
    cx: Data<Services>,
    printer: Data<Printer>,
    id: Path<GraduationBatchId>,
) -> AppResult<HttpResponse> {
    let (permit, list) = permit_printing(&cx, &actor, *id).await?;
    PRINTS.take(&cx, actor.account_id).await?;
    Ok(pdf("diplomas", paper::diplomas::print(&cx, &permit, printer.into_inner(), &list).await?))
}

/// The register of diplomas at the places of the actor's roles, the newest first.
#[utoipa::path(tag = "credit_bank", params(DiplomaQuery), responses(
    (status = 200, body = Page<DiplomaView>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/diplomas")]
async fn list_diplomas(
    actor: Actor,
    cx: Data<Services>,
    query: Query<DiplomaQuery>,
) -> AppResult<Json<Page<DiplomaView>>> {
    Ok(Json(register::list(&cx, &actor, query.into_inner()).await?))
}

/// The diplomas of the list as a file (.xlsx). A POST, because who took it is audited.
#[utoipa::path(tag = "credit_bank", params(DiplomaQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/diplomas/exports")]
async fn export_diplomas(actor: Actor, cx: Data<Services>, query: Query<DiplomaQuery>) -> AppResult<HttpResponse> {
    export::export(&cx, &actor, &query).await
}

/// Proposes to make a diploma void, or confirms what another person proposed: then it is.
#[utoipa::path(tag = "credit_bank", params(("id" = DiplomaId, Path)), request_body = RevokeDiploma, responses(
    (status = 200, body = DiplomaView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/diplomas/{id}/revoke")]
async fn revoke_diploma(
    actor: Actor,
    cx: Data<Services>,
    id: Path<DiplomaId>,
    body: Body<RevokeDiploma>,
) -> AppResult<Json<DiplomaView>> {
    voiding::revoke(&cx, &permit_keeping(&cx, &actor, *id).await?, &body.0.reason).await?;
    Ok(Json(register::view(&cx, *id).await?))
}

/// Takes back what was proposed: the diploma is not made void. Repeating it changes nothing.
#[utoipa::path(tag = "credit_bank", params(("id" = DiplomaId, Path)), responses(
    (status = 200, body = DiplomaView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/diplomas/{id}/keep")]
async fn keep_diploma(actor: Actor, cx: Data<Services>, id: Path<DiplomaId>) -> AppResult<Json<DiplomaView>> {
    voiding::keep(&cx, &permit_keeping(&cx, &actor, *id).await?).await?;
    Ok(Json(register::view(&cx, *id).await?))
}

/// An extract of the register (补办证明, PDF) in the place of a paper that is lost or spoilt. 503 says why, if this machine
/// has no Chinese font.
#[utoipa::path(tag = "credit_bank", params(("id" = DiplomaId, Path)), request_body = ExtractDiploma, responses(
    (status = 200, body = Vec<u8>, content_type = "application/pdf"), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem),
    (status = 429, body = Problem), (status = 503, body = Problem)))]
#[post("/diplomas/{id}/extracts")]
async fn print_diploma_extract(
    actor: Actor,
    cx: Data<Services>,
    printer: Data<Printer>,
    id: Path<DiplomaId>,
    key: IdempotencyKey,
    body: Body<ExtractDiploma>,
) -> AppResult<HttpResponse> {
    PRINTS.take(&cx, actor.account_id).await?;
    let permit = permit_keeping(&cx, &actor, *id).await?;
    Ok(pdf("diploma-extract", paper::extract(&cx, &permit, printer.into_inner(), &key, &body.0.reason).await?))
}

fn pdf(name: &str, file: Vec<u8>) -> HttpResponse {
    let disposition = format!("attachment; filename=\"{name}.pdf\"");
    let mut response = HttpResponse::Ok();
    response.insert_header((CONTENT_DISPOSITION, disposition)).insert_header((CACHE_CONTROL, "no-store"));
    response.content_type("application/pdf").body(file)
}

/// A diploma by its number and the holder's whole name, open to everyone. A POST, so that no name stands in an address.
#[utoipa::path(tag = "credit_bank", request_body = CheckDiploma, responses(
    (status = 200, body = PublicDiploma), (status = 404, body = Problem), (status = 422, body = Problem),
    (status = 429, body = Problem)))]
#[post("/public/diploma_checks")]
async fn check_diploma(_: Stranger, cx: Data<Services>, body: Body<CheckDiploma>) -> AppResult<Json<PublicDiploma>> {
    Ok(Json(register::check(&cx, &body.0).await?))
}

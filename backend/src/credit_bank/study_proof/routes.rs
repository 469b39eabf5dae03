//! `/me/study_proofs`, `/enrolments/{id}/study_proofs` and `/public/study_proofs`.

use super::Print;
use crate::{
    access::Actor,
    credit_bank::{PRINTS, Printer},
    platform::{
        Services,
        error::AppResult,
        http::{Routes, Stranger},
    },
};
use actix_web::{
    HttpResponse, get,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION},
    post,
    web::{Data, Json, Path},
};
use shared::{credit_bank::PublicStudyProof, ids::StudentRecordId, problem::Problem};

/// Adds the routes of prints of study records.
pub(in crate::credit_bank) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(print_own_study_proof).service(print_study_proof).service(get_public_study_proof);
}

/// One's own study record on paper (PDF). A POST, because each print has a number of its own. 503 says why, if this
/// machine has no Chinese font.
#[utoipa::path(tag = "credit_bank", responses(
    (status = 200, body = Vec<u8>, content_type = "application/pdf"), (status = 403, body = Problem),
    (status = 429, body = Problem), (status = 503, body = Problem)))]
#[post("/me/study_proofs")]
async fn print_own_study_proof(actor: Actor, cx: Data<Services>, printer: Data<Printer>) -> AppResult<HttpResponse> {
    PRINTS.take(&cx, actor.account_id).await?;
    Ok(file(super::print_own(&cx, &actor, printer.into_inner()).await?))
}

/// The same of a learner, for the office of their school.
#[utoipa::path(tag = "credit_bank", params(("id" = StudentRecordId, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "application/pdf"), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 409, body = Problem), (status = 429, body = Problem),
    (status = 503, body = Problem)))]
#[post("/enrolments/{id}/study_proofs")]
async fn print_study_proof(
    actor: Actor,
    cx: Data<Services>,
    printer: Data<Printer>,
    id: Path<StudentRecordId>,
) -> AppResult<HttpResponse> {
    PRINTS.take(&cx, actor.account_id).await?;
    Ok(file(super::print_of_record(&cx, &actor, printer.into_inner(), *id).await?))
}

fn file(print: Print) -> HttpResponse {
    let disposition = format!("attachment; filename=\"{}.pdf\"", print.number);
    let mut response = HttpResponse::Ok();
    response.insert_header((CONTENT_DISPOSITION, disposition)).insert_header((CACHE_CONTROL, "no-store"));
    response.content_type("application/pdf").body(print.pdf)
}

/// What is known of a print by its number, open to everyone: when it was made, and the digest of its file. Nothing of
/// whose it is.
#[utoipa::path(tag = "credit_bank", params(("number" = String, Path)), responses(
    (status = 200, body = PublicStudyProof), (status = 404, body = Problem), (status = 429, body = Problem)))]
#[get("/public/study_proofs/{number}")]
async fn get_public_study_proof(
    _: Stranger,
    cx: Data<Services>,
    number: Path<String>,
) -> AppResult<Json<PublicStudyProof>> {
    Ok(Json(super::check(&cx, &number).await?))
}

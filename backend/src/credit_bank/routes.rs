//! `/certificates`, `/me/certificates`, `/me/graduation` and `/public`.

use super::{
    approvals::ask_to_approve,
    audit::{self, permit},
    document, graduation, issue,
    jobs::ask_to_issue,
    print::{PRINTS, Printer, Sheet},
    public, record, revocations,
    status_lists::{Shown, StatusLists},
    study_proof,
    views::{self, CertificateQuery},
};
use crate::{
    access::Actor,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, Query, Routes, Stranger, Verifier},
        jobs,
        texts::Language,
    },
    sittings::authorize_exam_session,
};
use actix_web::{
    HttpResponse, get,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION},
    post,
    web::{self, Bytes, Data, Json, Path},
};
use shared::{
    credit_bank::{
        ApproveCertificates, AuditDecision, CertificateView, GraduationProgress, IssueCertificates, PublicCertificate,
        ReissueCertificate, RevokeCertificate, StatusPurpose, Verification, parse_strict,
    },
    ids::CertificateId,
    jobs::JobView,
    page::Page,
    problem::Problem,
};

/// Media type of a Verifiable Credential.
const CREDENTIAL: &str = "application/vc";

/// Adds this feature's routes.
pub fn routes(cfg: &mut Routes<'_>) {
    cfg.service(issue_certificates).service(list_certificates).service(submit_certificate);
    cfg.service(approve_certificates).service(audit_certificate).service(revoke_certificate).service(keep_certificate);
    cfg.service(reissue_certificate);
    cfg.service(list_my_certificates).service(get_my_certificate_document).service(get_my_graduation);
    cfg.service(get_public_certificate).service(get_certificate_qr).service(verify_credential);
    cfg.service(get_status_list).service(get_status_list_of_purpose);
    cfg.service(get_my_certificate_pdf).service(get_certificate_pdf);
    study_proof::routes::routes(cfg);
    graduation::routes::routes(cfg);
}

/// Issues a certificate to everybody in a published exam session who qualifies, as a job whose
/// result is an `IssueReport`. Repeating it issues what is missing.
#[utoipa::path(tag = "credit_bank", request_body = IssueCertificates, responses(
    (status = 202, body = JobView), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/certificates/issue")]
async fn issue_certificates(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    language: Language,
    body: Body<IssueCertificates>,
) -> AppResult<HttpResponse> {
    let permit = authorize_exam_session(&cx, &actor, body.0.exam_session_id).await?;
    let job = ask_to_issue(&cx, &permit, &key).await?;
    Ok(HttpResponse::Accepted().json(jobs::view(&cx, job, actor.account_id, language).await?))
}

/// The certificates at the places of the actor's roles, the newest first.
#[utoipa::path(tag = "credit_bank", params(CertificateQuery), responses(
    (status = 200, body = Page<CertificateView>), (status = 403, body = Problem)))]
#[get("/certificates")]
async fn list_certificates(
    actor: Actor,
    cx: Data<Services>,
    query: Query<CertificateQuery>,
) -> AppResult<Json<Page<CertificateView>>> {
    Ok(Json(views::list(&cx, &actor, query.into_inner()).await?))
}

/// Submits a certificate to its city.
#[utoipa::path(tag = "credit_bank", params(("id" = CertificateId, Path)), responses(
    (status = 200, body = CertificateView), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/certificates/{id}/submit")]
async fn submit_certificate(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CertificateId>,
) -> AppResult<Json<CertificateView>> {
    audit::submit(&cx, &permit(&cx, &actor, *id).await?).await?;
    Ok(Json(views::view(&cx, *id).await?))
}

/// Approves certificates for their cities, as a job whose result is an `ApproveReport`: those that are named, or those
/// that wait for the audit and fit, the oldest first and at most 2,000. Each is judged by itself; one that cannot be
/// approved keeps none of the others back.
#[utoipa::path(tag = "credit_bank", request_body = ApproveCertificates, responses(
    (status = 202, body = JobView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
#[post("/certificates/approve")]
async fn approve_certificates(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    language: Language,
    body: Body<ApproveCertificates>,
) -> AppResult<HttpResponse> {
    let job = ask_to_approve(&cx, &actor, &key, &body.0).await?;
    Ok(HttpResponse::Accepted().json(jobs::view(&cx, job, actor.account_id, language).await?))
}

/// Approves or returns a certificate for its city.
#[utoipa::path(tag = "credit_bank", params(("id" = CertificateId, Path)), request_body = AuditDecision, responses(
    (status = 200, body = CertificateView), (status = 404, body = Problem), (status = 409, body = Problem),
    (status = 422, body = Problem)))]
#[post("/certificates/{id}/audit")]
async fn audit_certificate(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CertificateId>,
    body: Body<AuditDecision>,
) -> AppResult<Json<CertificateView>> {
    audit::audit(&cx, &permit(&cx, &actor, *id).await?, &body.0).await?;
    Ok(Json(views::view(&cx, *id).await?))
}

/// Proposes to make a certificate void, or confirms what another person proposed: then it is.
#[utoipa::path(tag = "credit_bank", params(("id" = CertificateId, Path)), request_body = RevokeCertificate, responses(
    (status = 200, body = CertificateView), (status = 404, body = Problem), (status = 409, body = Problem),
    (status = 422, body = Problem)))]
#[post("/certificates/{id}/revoke")]
async fn revoke_certificate(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CertificateId>,
    body: Body<RevokeCertificate>,
) -> AppResult<Json<CertificateView>> {
    revocations::revoke(&cx, &permit(&cx, &actor, *id).await?, &body.0.reason).await?;
    Ok(Json(views::view(&cx, *id).await?))
}

/// Takes back what was proposed: the certificate is not made void. Repeating it changes nothing.
#[utoipa::path(tag = "credit_bank", params(("id" = CertificateId, Path)), responses(
    (status = 200, body = CertificateView), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[post("/certificates/{id}/keep")]
async fn keep_certificate(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CertificateId>,
) -> AppResult<Json<CertificateView>> {
    revocations::keep(&cx, &permit(&cx, &actor, *id).await?).await?;
    Ok(Json(views::view(&cx, *id).await?))
}

/// Issues another certificate in the place of one: 换发.
#[utoipa::path(tag = "credit_bank", params(("id" = CertificateId, Path)), request_body = ReissueCertificate, responses(
    (status = 201, body = CertificateView), (status = 404, body = Problem), (status = 409, body = Problem),
    (status = 422, body = Problem)))]
#[post("/certificates/{id}/reissue")]
async fn reissue_certificate(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CertificateId>,
    key: IdempotencyKey,
    body: Body<ReissueCertificate>,
) -> AppResult<HttpResponse> {
    let issued = issue::reissue(&cx, &permit(&cx, &actor, *id).await?, &key, &body.0.reason).await?;
    Ok(HttpResponse::Created().json(views::view(&cx, issued).await?))
}

/// The learner's own certificates, the newest first.
#[utoipa::path(tag = "credit_bank", responses(
    (status = 200, body = Vec<CertificateView>), (status = 403, body = Problem)))]
#[get("/me/certificates")]
async fn list_my_certificates(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<CertificateView>>> {
    Ok(Json(record::list_own(&cx, &actor).await?))
}

/// The signed document of one's own certificate, to keep.
#[utoipa::path(tag = "credit_bank", params(("id" = CertificateId, Path)), responses(
    (status = 200, body = serde_json::Value, content_type = "application/vc"), (status = 404, body = Problem)))]
#[get("/me/certificates/{id}/document")]
async fn get_my_certificate_document(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CertificateId>,
) -> AppResult<HttpResponse> {
    let (number, document) = record::own_document(&cx, &actor, *id).await?;
    let disposition = format!("attachment; filename=\"{number}.json\"");
    let mut response = HttpResponse::Ok();
    response.insert_header((CONTENT_DISPOSITION, disposition)).insert_header((CACHE_CONTROL, "no-store"));
    Ok(response.content_type(CREDENTIAL).body(document))
}

/// One's own certificate as PDF, to keep and to print. The signed document is attached to it.
#[utoipa::path(tag = "credit_bank", params(("id" = CertificateId, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "application/pdf"), (status = 404, body = Problem),
    (status = 429, body = Problem), (status = 503, body = Problem)))]
#[get("/me/certificates/{id}/pdf")]
async fn get_my_certificate_pdf(
    actor: Actor,
    cx: Data<Services>,
    printer: Data<Printer>,
    id: Path<CertificateId>,
) -> AppResult<HttpResponse> {
    PRINTS.take(&cx, actor.account_id).await?;
    print(&cx, printer, record::own_sheet(&cx, &actor, *id).await?).await
}

/// A certificate as PDF, for those who issue and audit it.
#[utoipa::path(tag = "credit_bank", params(("id" = CertificateId, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "application/pdf"), (status = 404, body = Problem),
    (status = 429, body = Problem), (status = 503, body = Problem)))]
#[get("/certificates/{id}/pdf")]
async fn get_certificate_pdf(
    actor: Actor,
    cx: Data<Services>,
    printer: Data<Printer>,
    id: Path<CertificateId>,
) -> AppResult<HttpResponse> {
    PRINTS.take(&cx, actor.account_id).await?;
    print(&cx, printer, views::sheet(&cx, &actor, *id).await?).await
}

async fn print(cx: &Services, printer: Data<Printer>, sheet: Sheet) -> AppResult<HttpResponse> {
    let disposition = format!("attachment; filename=\"{}\"", sheet.file_name());
    let pdf = printer.into_inner().print(cx, sheet).await?;
    let mut response = HttpResponse::Ok();
    response.insert_header((CONTENT_DISPOSITION, disposition)).insert_header((CACHE_CONTROL, "no-store"));
    Ok(response.content_type("application/pdf").body(pdf))
}

/// The learner's way to the diploma.
#[utoipa::path(tag = "credit_bank", responses((status = 200, body = GraduationProgress), (status = 403, body = Problem)))]
#[get("/me/graduation")]
async fn get_my_graduation(actor: Actor, cx: Data<Services>) -> AppResult<Json<GraduationProgress>> {
    Ok(Json(record::own_graduation(&cx, &actor).await?))
}

/// A certificate by its number, open to everyone; its signature is checked at each call.
#[utoipa::path(tag = "credit_bank", params(("number" = String, Path)), responses(
    (status = 200, body = PublicCertificate), (status = 404, body = Problem), (status = 429, body = Problem)))]
#[get("/public/certificates/{number}")]
async fn get_public_certificate(
    _: Stranger,
    cx: Data<Services>,
    number: Path<String>,
) -> AppResult<Json<PublicCertificate>> {
    Ok(Json(public::certificate(&cx, &number).await?))
}

/// A QR code of the address at which a certificate is verified.
#[utoipa::path(tag = "credit_bank", params(("number" = String, Path)), responses(
    (status = 200, body = String, content_type = "image/svg+xml"), (status = 404, body = Problem)))]
#[get("/public/certificates/{number}/qr.svg")]
async fn get_certificate_qr(_: Stranger, cx: Data<Services>, number: Path<String>) -> AppResult<HttpResponse> {
    let picture = public::qr(&cx, &number).await?;
    let mut response = HttpResponse::Ok();
    response.insert_header((CACHE_CONTROL, "public, max-age=86400"));
    Ok(response.content_type("image/svg+xml").body(picture))
}

/// Says what a presented document is worth; open to everyone. The body is the document itself.
#[utoipa::path(tag = "credit_bank", request_body = serde_json::Value, responses(
    (status = 200, body = Verification), (status = 400, body = Problem), (status = 429, body = Problem)))]
#[post("/public/verifications")]
async fn verify_credential(_: Stranger, cx: Data<Services>, body: Bytes) -> AppResult<Json<Verification>> {
    let malformed = |reason: String| AppError::Malformed { pointer: String::new(), reason };
    let text = std::str::from_utf8(&body).map_err(|error| malformed(error.to_string()))?;
    let presented = parse_strict(text).map_err(|error| malformed(error.to_string()))?;
    Ok(Json(public::verify(&cx, &presented).await?))
}

/// One bit for each certificate, set when it is revoked or superseded: the list of the first certificates, which
/// have no other. Signed by the key that issued them, and open to everyone.
#[utoipa::path(tag = "credit_bank", params(("list" = i64, Path)), responses(
    (status = 200, body = serde_json::Value, content_type = "application/vc"), (status = 404, body = Problem),
    (status = 429, body = Problem)))]
#[get("/public/status_lists/{list}")]
async fn get_status_list(
    _: Verifier,
    cx: Data<Services>,
    lists: Data<StatusLists>,
    list: Path<i64>,
) -> AppResult<HttpResponse> {
    Ok(status_list(lists.show(&cx, *list, None).await?))
}

/// One bit for each certificate and each thing that may become of it: `revocation`, `suspension` as long as the city
/// has not approved it and once it is superseded, `message` when another has taken its place. Signed, and open to
/// everyone.
#[utoipa::path(tag = "credit_bank", params(("list" = i64, Path), ("purpose" = String, Path)), responses(
    (status = 200, body = serde_json::Value, content_type = "application/vc"), (status = 404, body = Problem),
    (status = 429, body = Problem)))]
#[get("/public/status_lists/{list}/{purpose}")]
async fn get_status_list_of_purpose(
    _: Verifier,
    cx: Data<Services>,
    lists: Data<StatusLists>,
    path: Path<(i64, String)>,
) -> AppResult<HttpResponse> {
    let (list, purpose) = path.into_inner();
    let purpose = StatusPurpose::parse(&purpose).ok_or_else(AppError::not_found)?;
    Ok(status_list(lists.show(&cx, list, Some(purpose)).await?))
}

fn status_list(shown: Shown) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.insert_header((CACHE_CONTROL, format!("public, max-age={}", shown.left_s)));
    response.content_type(CREDENTIAL).body(shown.text)
}

/// Publishes the credit bank's key where verifiers look for it who know it by its web address.
pub fn publish_key(cfg: &mut web::ServiceConfig, public_url: &str) {
    for path in document::did_paths(public_url) {
        cfg.route(&path, web::get().to(get_did_document));
    }
}

async fn get_did_document(cx: Data<Services>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/did+json").body(document::did_document(&cx).to_string())
}

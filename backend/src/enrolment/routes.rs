//! `/enrolments`, `/enrolment_rules`, `/activations` and `/me/enrolments`.

use super::{
    activation, amend,
    attachments::{self, AttachmentQuery},
    corrections, desk, export,
    list::{self, RecordCountQuery, RecordQuery},
    own, rule_changes,
    rules::{self, RuleQuery},
    school_changes, steps,
};
use crate::{
    access::{Actor, ClassBook, roll_of},
    identity::Identity,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, IfMatch, Routes, Stranger, client_network, with_etag},
        texts::Language,
    },
};
use actix_web::{
    HttpRequest, HttpResponse, delete, get,
    http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG},
    post, put,
    web::{Data, Json, Path, Payload, Query},
};
use serde::Deserialize;
use shared::{
    enrolment::{
        ActivateAccount, ActivationSlip, AmendEnrolment, AttachmentView, EnrolmentCount, EnrolmentRow, EnrolmentRule,
        EnrolmentVerdict, EnrolmentView, MAX_ATTACHMENT_BYTES, NewEnrolment, OwnEnrolment, TakeStep,
    },
    ids::{AttachmentId, ClassId, StudentRecordId},
    messages::MessageView,
    page::Page,
    problem::{Problem, ProblemCode},
};

/// Adds this feature's routes.
pub fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_enrolment_rules).service(check_enrolment).service(add_enrolment);
    cfg.service(list_enrolments)
        .service(export_enrolments)
        .service(count_enrolments)
        .service(get_enrolment)
        .service(amend_enrolment)
        .service(take_enrolment_step);
    cfg.service(add_attachment).service(remove_attachment).service(look_at_attachment);
    cfg.service(issue_activation_code).service(issue_class_codes).service(send_activation_code);
    cfg.service(activate_account).service(list_own_enrolments);
    corrections::routes(cfg);
    rule_changes::routes(cfg);
    school_changes::routes(cfg);
}

/// A photo of a record.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
struct AttachmentPath {
    /// The record.
    id: StudentRecordId,
    /// The photo.
    attachment_id: AttachmentId,
}

/// The rows of the rules that hold at a place on a day, one a level.
#[utoipa::path(tag = "enrolment", params(RuleQuery), responses(
    (status = 200, body = Vec<EnrolmentRule>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/enrolment_rules")]
async fn list_enrolment_rules(
    actor: Actor,
    cx: Data<Services>,
    query: Query<RuleQuery>,
) -> AppResult<Json<Vec<EnrolmentRule>>> {
    Ok(Json(rules::holding(&cx, &actor, &query).await?))
}

/// Whether somebody may enrol at a school, or the one reason why not. Nothing is written. A POST, because
/// no number stands in an address.
#[utoipa::path(tag = "enrolment", request_body = NewEnrolment, responses(
    (status = 200, body = EnrolmentVerdict), (status = 403, body = Problem), (status = 422, body = Problem),
    (status = 429, body = Problem)))]
#[post("/enrolments/check")]
async fn check_enrolment(
    actor: Actor,
    cx: Data<Services>,
    language: Language,
    body: Body<NewEnrolment>,
) -> AppResult<Json<EnrolmentVerdict>> {
    Ok(Json(desk::check(&cx, &actor, &body.0, language).await?))
}

/// Enrols somebody at a school: from its roster, from among the persons it keeps, or from the street.
#[utoipa::path(tag = "enrolment", request_body = NewEnrolment, responses(
    (status = 201, body = EnrolmentView), (status = 403, body = Problem), (status = 409, body = Problem),
    (status = 422, body = Problem)))]
#[post("/enrolments")]
async fn add_enrolment(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<NewEnrolment>,
) -> AppResult<HttpResponse> {
    let id = desk::enrol(&cx, &actor, &key, &body.0).await?;
    let view = list::get(&cx, &actor, id).await?;
    Ok(HttpResponse::Created().insert_header((ETAG, format!("\"{}\"", view.record.version))).json(view))
}

/// The records of the list as a file (.xlsx). A POST, because who took it is audited.
#[utoipa::path(tag = "enrolment", params(RecordQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/enrolments/exports")]
async fn export_enrolments(
    actor: Actor,
    cx: Data<Services>,
    classes: Data<dyn ClassBook>,
    query: Query<RecordQuery>,
) -> AppResult<HttpResponse> {
    let class = roll_of(&**classes, &actor, query.class_id).await?;
    export::export(&cx, &actor, &query, class.as_ref()).await
}

/// Records at the places of the actor's roles, by division.
#[utoipa::path(tag = "enrolment", params(RecordQuery), responses(
    (status = 200, body = Page<EnrolmentRow>), (status = 403, body = Problem)))]
#[get("/enrolments")]
async fn list_enrolments(
    actor: Actor,
    cx: Data<Services>,
    classes: Data<dyn ClassBook>,
    query: Query<RecordQuery>,
) -> AppResult<Json<Page<EnrolmentRow>>> {
    let class = roll_of(&**classes, &actor, query.class_id).await?;
    Ok(Json(list::list(&cx, &actor, query.into_inner(), class.as_ref()).await?))
}

/// How many records are in which state.
#[utoipa::path(tag = "enrolment", params(RecordCountQuery), responses(
    (status = 200, body = Vec<EnrolmentCount>), (status = 403, body = Problem)))]
#[get("/enrolments/counts")]
async fn count_enrolments(
    actor: Actor,
    cx: Data<Services>,
    query: Query<RecordCountQuery>,
) -> AppResult<Json<Vec<EnrolmentCount>>> {
    Ok(Json(list::counts(&cx, &actor, query.into_inner()).await?))
}

/// One record with the person, its photos, and its steps.
#[utoipa::path(tag = "enrolment", params(("id" = StudentRecordId, Path)), responses(
    (status = 200, body = EnrolmentView), (status = 404, body = Problem)))]
#[get("/enrolments/{id}")]
async fn get_enrolment(actor: Actor, cx: Data<Services>, id: Path<StudentRecordId>) -> AppResult<HttpResponse> {
    let view = list::get(&cx, &actor, *id).await?;
    Ok(with_etag(&view, view.record.version))
}

/// Puts right what was entered of a record while it is being filled in: level, schooling and literacy. The rules
/// that the record keeps judge it, as on the day of enrolment.
#[utoipa::path(tag = "enrolment", params(("id" = StudentRecordId, Path)), request_body = AmendEnrolment, responses(
    (status = 200, body = EnrolmentView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem),
    (status = 428, body = Problem)))]
#[put("/enrolments/{id}")]
async fn amend_enrolment(
    actor: Actor,
    cx: Data<Services>,
    id: Path<StudentRecordId>,
    seen: IfMatch,
    body: Body<AmendEnrolment>,
) -> AppResult<HttpResponse> {
    amend::amend(&cx, &actor, *id, seen.0, &body.0).await?;
    let view = list::get(&cx, &actor, *id).await?;
    Ok(with_etag(&view, view.record.version))
}

/// Takes a step of a record: submit, approve, return, suspend, resume, transfer, withdraw, reenter.
#[utoipa::path(tag = "enrolment", params(("id" = StudentRecordId, Path)), request_body = TakeStep, responses(
    (status = 200, body = EnrolmentView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem),
    (status = 428, body = Problem)))]
#[post("/enrolments/{id}/steps")]
async fn take_enrolment_step(
    actor: Actor,
    cx: Data<Services>,
    id: Path<StudentRecordId>,
    seen: IfMatch,
    key: IdempotencyKey,
    body: Body<TakeStep>,
) -> AppResult<HttpResponse> {
    steps::take(&cx, &actor, *id, seen.0, &key, &body.0).await?;
    let view = list::get(&cx, &actor, *id).await?;
    Ok(with_etag(&view, view.record.version))
}

/// Adds a photo of a paper (JPEG, PNG or WebP, at most 12 MB) while the record is being filled in. It is
/// turned upright, made small, freed of what the camera wrote into it, and sealed.
#[utoipa::path(tag = "enrolment", params(("id" = StudentRecordId, Path), AttachmentQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 201, body = AttachmentView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)))]
#[post("/enrolments/{id}/attachments")]
async fn add_attachment(
    actor: Actor,
    cx: Data<Services>,
    id: Path<StudentRecordId>,
    query: Query<AttachmentQuery>,
    key: IdempotencyKey,
    payload: Payload,
) -> AppResult<HttpResponse> {
    let (permit, kind) = attachments::permit_to_add(&cx, &actor, *id, &query).await?;
    let too_large = |_| AppError::Problem(ProblemCode::TooLarge);
    let bytes = payload.to_bytes_limited(MAX_ATTACHMENT_BYTES).await.map_err(too_large)?;
    let broken_off = |error| AppError::Malformed { pointer: "/photo".to_owned(), reason: format!("{error}") };
    let added = attachments::add(&cx, &permit, &key, kind, bytes.map_err(broken_off)?.to_vec()).await?;
    Ok(HttpResponse::Created().json(added))
}

/// Takes a photo away while the record is being filled in.
#[utoipa::path(tag = "enrolment", params(AttachmentPath), responses(
    (status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[delete("/enrolments/{id}/attachments/{attachment_id}")]
async fn remove_attachment(actor: Actor, cx: Data<Services>, path: Path<AttachmentPath>) -> AppResult<HttpResponse> {
    attachments::remove(&cx, &actor, path.id, path.attachment_id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Shows a photo. A POST, because each look is in the audit log.
#[utoipa::path(tag = "enrolment", params(AttachmentPath), responses(
    (status = 200, body = Vec<u8>, content_type = "image/jpeg"), (status = 403, body = Problem),
    (status = 404, body = Problem)))]
#[post("/enrolments/{id}/attachments/{attachment_id}/look")]
async fn look_at_attachment(actor: Actor, cx: Data<Services>, path: Path<AttachmentPath>) -> AppResult<HttpResponse> {
    let photo = attachments::look(&cx, &actor, path.id, path.attachment_id).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "image/jpeg"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(photo))
}

/// Issues a code by which the learner comes to their account; those before it end. It is shown this once.
#[utoipa::path(tag = "enrolment", params(("id" = StudentRecordId, Path)), responses(
    (status = 201, body = ActivationSlip), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/enrolments/{id}/activation_codes")]
async fn issue_activation_code(actor: Actor, cx: Data<Services>, id: Path<StudentRecordId>) -> AppResult<HttpResponse> {
    let slip = activation::issue(&cx, &actor, *id).await?;
    Ok(HttpResponse::Created().insert_header((CACHE_CONTROL, "no-store")).json(slip))
}

/// Issues such codes for all learners of a class who have not activated their accounts, by name; those before them end.
/// They are shown this once.
#[utoipa::path(tag = "enrolment", params(("id" = ClassId, Path)), responses(
    (status = 201, body = Vec<ActivationSlip>), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/classes/{id}/activation_codes")]
async fn issue_class_codes(
    actor: Actor,
    cx: Data<Services>,
    classes: Data<dyn ClassBook>,
    id: Path<ClassId>,
) -> AppResult<HttpResponse> {
    let class = classes.roll(&actor, *id).await?;
    let slips = activation::issue_for_class(&cx, &actor, &class).await?;
    Ok(HttpResponse::Created().insert_header((CACHE_CONTROL, "no-store")).json(slips))
}

/// Sends such a code to the learner's phone; those before it end. The reply holds the message and no code. A code
/// that was sent works with the last four characters of the document's number alone.
#[utoipa::path(tag = "enrolment", params(("id" = StudentRecordId, Path)), responses(
    (status = 201, body = MessageView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/enrolments/{id}/activation_texts")]
async fn send_activation_code(
    actor: Actor,
    cx: Data<Services>,
    id: Path<StudentRecordId>,
    key: IdempotencyKey,
) -> AppResult<HttpResponse> {
    Ok(HttpResponse::Created().json(activation::send(&cx, &actor, &key, *id).await?))
}

/// Makes an account its owner's: by the code, and by the last four characters of the document's number or
/// the phone. From then on the learner logs in with the password set here.
#[utoipa::path(tag = "enrolment", request_body = ActivateAccount, responses(
    (status = 204), (status = 409, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem),
    (status = 503, body = Problem)))]
#[post("/activations")]
async fn activate_account(
    _stranger: Stranger,
    cx: Data<Services>,
    identity: Data<Identity>,
    request: HttpRequest,
    body: Body<ActivateAccount>,
) -> AppResult<HttpResponse> {
    let network = client_network(&request, &cx.config.trusted_proxies);
    activation::activate(&cx, identity.hashing(), &network, body.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The learner's own records, the newest first.
#[utoipa::path(tag = "enrolment", responses((status = 200, body = Vec<OwnEnrolment>), (status = 403, body = Problem)))]
#[get("/me/enrolments")]
async fn list_own_enrolments(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<OwnEnrolment>>> {
    Ok(Json(own::list_own(&cx, &actor).await?))
}

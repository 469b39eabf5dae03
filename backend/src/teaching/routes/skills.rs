//! `/skill_trainings`, `/skill_certificates`, `/skill_records`, `/classes/{id}/skills` and `/me/skill_record`.

use crate::{
    access::Actor,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, Query, Routes},
    },
    teaching::skills::{
        self, certificates, export,
        list::{self, SkillQuery},
        photos, trainings,
    },
};
use actix_web::{
    HttpResponse, get,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    post,
    web::{Data, Json, Path, Payload},
};
use shared::{
    ids::{AccountId, ClassId, SkillCertificateId, SkillTrainingId},
    page::Page,
    problem::{Problem, ProblemCode},
    teaching::{
        LearnerSkills, MAX_SKILL_PHOTO_BYTES, SkillCertificateEntry, SkillCertificateRow, SkillCertificateView,
        SkillCheck, SkillRecord, SkillTrainingEntry, SkillTrainingRow, SkillTrainingView, SkillWithdrawal,
    },
};

/// Adds the routes of skills.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_skill_trainings).service(export_skill_trainings).service(create_skill_training);
    cfg.service(check_skill_training).service(withdraw_skill_training);
    cfg.service(list_skill_certificates).service(export_skill_certificates).service(create_skill_certificate);
    cfg.service(check_skill_certificate).service(withdraw_skill_certificate);
    cfg.service(add_skill_photo).service(look_at_skill_photo);
    cfg.service(get_skill_record).service(get_my_skill_record).service(list_class_skills);
}

/// Trainings that the schools of the actor's places recorded, the last first.
#[utoipa::path(tag = "teaching", params(SkillQuery), responses(
    (status = 200, body = Page<SkillTrainingRow>), (status = 403, body = Problem)))]
#[get("/skill_trainings")]
async fn list_skill_trainings(
    actor: Actor,
    cx: Data<Services>,
    query: Query<SkillQuery>,
) -> AppResult<Json<Page<SkillTrainingRow>>> {
    Ok(Json(list::trainings(&cx, &actor, query.into_inner()).await?))
}

/// Certificates that the schools of the actor's places recorded, the last first.
#[utoipa::path(tag = "teaching", params(SkillQuery), responses(
    (status = 200, body = Page<SkillCertificateRow>), (status = 403, body = Problem)))]
#[get("/skill_certificates")]
async fn list_skill_certificates(
    actor: Actor,
    cx: Data<Services>,
    query: Query<SkillQuery>,
) -> AppResult<Json<Page<SkillCertificateRow>>> {
    Ok(Json(list::certificates(&cx, &actor, query.into_inner()).await?))
}

/// The same trainings as a file (.xlsx). A POST, because who took it is audited.
#[utoipa::path(tag = "teaching", params(SkillQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/skill_trainings/exports")]
async fn export_skill_trainings(actor: Actor, cx: Data<Services>, query: Query<SkillQuery>) -> AppResult<HttpResponse> {
    export::trainings(&cx, &actor, &query).await
}

/// The same certificates as a file (.xlsx). A POST, because who took it is audited.
#[utoipa::path(tag = "teaching", params(SkillQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/skill_certificates/exports")]
async fn export_skill_certificates(
    actor: Actor,
    cx: Data<Services>,
    query: Query<SkillQuery>,
) -> AppResult<HttpResponse> {
    export::certificates(&cx, &actor, &query).await
}

/// Records a training of a learner.
#[utoipa::path(tag = "teaching", request_body = SkillTrainingEntry, responses(
    (status = 201, body = SkillTrainingView), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/skill_trainings")]
async fn create_skill_training(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<SkillTrainingEntry>,
) -> AppResult<HttpResponse> {
    Ok(HttpResponse::Created().json(trainings::create(&cx, &actor, &key, &body.0).await?))
}

/// Finds a training right or wrong; somebody else than who recorded it does.
#[utoipa::path(tag = "teaching", params(("id" = SkillTrainingId, Path)), request_body = SkillCheck, responses(
    (status = 200, body = SkillTrainingView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/skill_trainings/{id}/check")]
async fn check_skill_training(
    actor: Actor,
    cx: Data<Services>,
    id: Path<SkillTrainingId>,
    body: Body<SkillCheck>,
) -> AppResult<Json<SkillTrainingView>> {
    Ok(Json(trainings::check(&cx, &actor, *id, &body.0).await?))
}

/// Takes back a training that was recorded by mistake; it stays, as such.
#[utoipa::path(tag = "teaching", params(("id" = SkillTrainingId, Path)), request_body = SkillWithdrawal, responses(
    (status = 200, body = SkillTrainingView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/skill_trainings/{id}/withdraw")]
async fn withdraw_skill_training(
    actor: Actor,
    cx: Data<Services>,
    id: Path<SkillTrainingId>,
    body: Body<SkillWithdrawal>,
) -> AppResult<Json<SkillTrainingView>> {
    Ok(Json(trainings::withdraw(&cx, &actor, *id, &body.0).await?))
}

/// Records a certificate of a learner; unique for its issuer among those that stand.
#[utoipa::path(tag = "teaching", request_body = SkillCertificateEntry, responses(
    (status = 201, body = SkillCertificateView), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/skill_certificates")]
async fn create_skill_certificate(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<SkillCertificateEntry>,
) -> AppResult<HttpResponse> {
    Ok(HttpResponse::Created().json(certificates::create(&cx, &actor, &key, &body.0).await?))
}

/// Finds a certificate right or wrong; somebody else than who recorded it does.
#[utoipa::path(tag = "teaching", params(("id" = SkillCertificateId, Path)), request_body = SkillCheck, responses(
    (status = 200, body = SkillCertificateView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/skill_certificates/{id}/check")]
async fn check_skill_certificate(
    actor: Actor,
    cx: Data<Services>,
    id: Path<SkillCertificateId>,
    body: Body<SkillCheck>,
) -> AppResult<Json<SkillCertificateView>> {
    Ok(Json(certificates::check(&cx, &actor, *id, &body.0).await?))
}

/// Takes back a certificate that was recorded by mistake; it stays, as such, and its number is free.
#[utoipa::path(tag = "teaching", params(("id" = SkillCertificateId, Path)), request_body = SkillWithdrawal, responses(
    (status = 200, body = SkillCertificateView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/skill_certificates/{id}/withdraw")]
async fn withdraw_skill_certificate(
    actor: Actor,
    cx: Data<Services>,
    id: Path<SkillCertificateId>,
    body: Body<SkillWithdrawal>,
) -> AppResult<Json<SkillCertificateView>> {
    Ok(Json(certificates::withdraw(&cx, &actor, *id, &body.0).await?))
}

/// Adds the photo of a certificate (JPEG, PNG or WebP, at most 12 MB), or puts another in its place. It is turned
/// upright, made small, freed of what the camera wrote into it, and sealed.
#[utoipa::path(tag = "teaching", params(("id" = SkillCertificateId, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 201, body = SkillCertificateView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)))]
#[post("/skill_certificates/{id}/photo")]
async fn add_skill_photo(
    actor: Actor,
    cx: Data<Services>,
    id: Path<SkillCertificateId>,
    key: IdempotencyKey,
    payload: Payload,
) -> AppResult<HttpResponse> {
    let permit = photos::permit_to_add(&cx, &actor, *id).await?;
    let too_large = |_| AppError::Problem(ProblemCode::TooLarge);
    let bytes = payload.to_bytes_limited(MAX_SKILL_PHOTO_BYTES).await.map_err(too_large)?;
    let broken_off = |error| AppError::Malformed { pointer: "/photo".to_owned(), reason: format!("{error}") };
    let added = photos::add(&cx, &permit, &key, bytes.map_err(broken_off)?.to_vec()).await?;
    Ok(HttpResponse::Created().json(added))
}

/// Shows the photo of a certificate. A POST, because each look is in the audit log.
#[utoipa::path(tag = "teaching", params(("id" = SkillCertificateId, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "image/jpeg"), (status = 403, body = Problem),
    (status = 404, body = Problem)))]
#[post("/skill_certificates/{id}/photo/look")]
async fn look_at_skill_photo(
    actor: Actor,
    cx: Data<Services>,
    id: Path<SkillCertificateId>,
) -> AppResult<HttpResponse> {
    let photo = photos::look(&cx, &actor, *id).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "image/jpeg"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(photo))
}

/// What the learners of a class were trained in, summed up, by name.
#[utoipa::path(tag = "teaching", params(("id" = ClassId, Path)), responses(
    (status = 200, body = Vec<LearnerSkills>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/classes/{id}/skills")]
async fn list_class_skills(actor: Actor, cx: Data<Services>, id: Path<ClassId>) -> AppResult<Json<Vec<LearnerSkills>>> {
    Ok(Json(skills::of_class(&cx, &actor, *id).await?))
}

/// What the schools of the actor's places recorded of a learner's skills.
#[utoipa::path(tag = "teaching", params(("account_id" = AccountId, Path)), responses(
    (status = 200, body = SkillRecord), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/skill_records/{account_id}")]
async fn get_skill_record(actor: Actor, cx: Data<Services>, id: Path<AccountId>) -> AppResult<Json<SkillRecord>> {
    Ok(Json(skills::record(&cx, &actor, *id).await?))
}

/// One's own skills.
#[utoipa::path(tag = "teaching", responses((status = 200, body = SkillRecord), (status = 401, body = Problem)))]
#[get("/me/skill_record")]
async fn get_my_skill_record(actor: Actor, cx: Data<Services>) -> AppResult<Json<SkillRecord>> {
    Ok(Json(skills::own_record(&cx, &actor).await?))
}

//! `/classes/{id}/statements` and `/me/statements`.

use super::Which;
use crate::{
    access::Actor,
    learning::study,
    platform::{
        Services,
        error::AppResult,
        http::{Query, Routes},
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Path},
};
use shared::{ids::ClassId, problem::Problem};

/// Adds the routes of statements.
pub(in crate::learning) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(export_class_statements).service(get_own_statements);
}

/// What the learners of a class did in its courses, as statements of the Experience API (JSON), for another system;
/// on demand those of one learner or of one course alone. A POST, because who took it is audited.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path), Which), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 404, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/classes/{id}/statements/exports")]
async fn export_class_statements(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    which: Query<Which>,
) -> AppResult<HttpResponse> {
    super::of_class(&cx, &actor, *id, *which).await
}

/// What the learner did in courses, as statements of the Experience API (JSON), to take to another system.
#[utoipa::path(tag = "learning", responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem)))]
#[get("/me/statements")]
async fn get_own_statements(actor: Actor, cx: Data<Services>) -> AppResult<HttpResponse> {
    super::own(&cx, &study::permit_study(&actor)?).await
}

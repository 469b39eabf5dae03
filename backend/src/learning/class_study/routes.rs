//! `/classes/{id}/study` and `/classes/{id}/unit_study`.

use crate::{
    access::Actor,
    learning::following,
    platform::{
        Services,
        error::AppResult,
        http::{Query, Routes},
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use serde::Deserialize;
use shared::{
    ids::ClassId,
    learning::{ClassUnitStudy, LearnerStudy, StudyState},
    problem::Problem,
};

/// Adds the routes of where learners are.
pub(in crate::learning) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_class_study).service(export_class_study).service(list_unit_study);
}

/// Which learners are listed.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
struct WhoIsWhere {
    /// Those who are in this state in any course; without it, all.
    state: Option<StudyState>,
}

/// Where the learners of a class are in its courses, and why; who needs help first comes first.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path), WhoIsWhere), responses(
    (status = 200, body = Vec<LearnerStudy>), (status = 404, body = Problem), (status = 422, body = Problem)))]
#[get("/classes/{id}/study")]
async fn list_class_study(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    who: Query<WhoIsWhere>,
) -> AppResult<Json<Vec<LearnerStudy>>> {
    let permit = following::permit_follow(&cx, &actor, *id).await?;
    Ok(Json(super::list(&cx, &permit, who.state).await?))
}

/// The same as a file (.xlsx). A POST, because who took it is audited.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path), WhoIsWhere), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 404, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/classes/{id}/study/exports")]
async fn export_class_study(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    who: Query<WhoIsWhere>,
) -> AppResult<HttpResponse> {
    super::export(&cx, &actor, *id, who.state).await
}

/// Who of a class has completed which unit of its courses, who is at it, and who has not begun.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), responses(
    (status = 200, body = ClassUnitStudy), (status = 404, body = Problem)))]
#[get("/classes/{id}/unit_study")]
async fn list_unit_study(actor: Actor, cx: Data<Services>, id: Path<ClassId>) -> AppResult<Json<ClassUnitStudy>> {
    let permit = following::permit_follow(&cx, &actor, *id).await?;
    Ok(Json(super::units::list(&cx, &permit).await?))
}

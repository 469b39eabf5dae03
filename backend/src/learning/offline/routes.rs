//! `/me/courses/{id}/modules/{index}` and `/me/offline_study`.

use super::{hand_in, package::package};
use crate::{
    access::Actor,
    learning::study,
    platform::{
        Services,
        error::AppResult,
        http::{Body, Routes, unless_known},
        texts::Language,
    },
};
use actix_web::{
    HttpRequest, HttpResponse, get, post,
    web::{Data, Json, Path},
};
use shared::{
    ids::CourseId,
    learning::{HandInStudy, HandedInStudy, ModulePackage},
    problem::Problem,
};

/// Adds the routes.
pub(in crate::learning) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(get_module_package).service(hand_in_study);
}

/// A module of a course that the learner studies, to be read without a network: its units without keys, its pictures
/// within the texts. Who names the `ETag` in `If-None-Match` is told if nothing of it is new.
#[utoipa::path(tag = "learning", params(("id" = CourseId, Path), ("index" = u16, Path)), responses(
    (status = 200, body = ModulePackage), (status = 304, description = "Nothing is new"),
    (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/me/courses/{id}/modules/{index}")]
async fn get_module_package(
    actor: Actor,
    cx: Data<Services>,
    path: Path<(CourseId, u16)>,
    request: HttpRequest,
) -> AppResult<HttpResponse> {
    let (course_id, index) = path.into_inner();
    let (module, tag) = package(&cx, &study::permit_study(&actor)?, course_id, index).await?;
    Ok(unless_known(&request, &module, &tag))
}

/// Hands in what the learner did without a network. Each entry is taken or refused by itself, and a repeat changes
/// nothing. Of reading counts what can have happened since the device was heard of last.
#[utoipa::path(tag = "learning", request_body = HandInStudy, responses(
    (status = 200, body = HandedInStudy), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/me/offline_study")]
async fn hand_in_study(
    actor: Actor,
    cx: Data<Services>,
    language: Language,
    body: Body<HandInStudy>,
) -> AppResult<Json<HandedInStudy>> {
    Ok(Json(hand_in(&cx, &study::permit_study(&actor)?, &body.0, language).await?))
}

//! `/courses/{id}/versions`, `/courses/{id}/difference` and `/courses/{id}/stops`.

use super::{DifferenceQuery, difference, list};
use crate::{
    access::{Actor, Permit, authorize},
    learning::{authoring::AuthorCourse, stops},
    organisation,
    platform::{
        Services,
        error::AppResult,
        http::{Query, Routes},
    },
};
use actix_web::{
    get,
    web::{Data, Json, Path},
};
use shared::{
    ids::CourseId,
    learning::{CourseDifference, CourseVersionView, UnitStop},
    problem::Problem,
};

/// Adds these routes.
pub(in crate::learning) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_course_versions).service(get_course_difference).service(list_course_stops);
}

/// The published versions of a course, the newest first.
#[utoipa::path(tag = "learning", params(("id" = CourseId, Path)), responses(
    (status = 200, body = Vec<CourseVersionView>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/courses/{id}/versions")]
async fn list_course_versions(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CourseId>,
) -> AppResult<Json<Vec<CourseVersionView>>> {
    let permit: Permit<AuthorCourse> = authorize(&actor, *id, &organisation::catalogue())?;
    Ok(Json(list(&cx, &permit).await?))
}

/// What changed from one version of a course to another, or to the draft: modules, units, text and exercises.
#[utoipa::path(tag = "learning", params(("id" = CourseId, Path), DifferenceQuery), responses(
    (status = 200, body = CourseDifference), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/courses/{id}/difference")]
async fn get_course_difference(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CourseId>,
    query: Query<DifferenceQuery>,
) -> AppResult<Json<CourseDifference>> {
    let permit: Permit<AuthorCourse> = authorize(&actor, *id, &organisation::catalogue())?;
    Ok(Json(difference(&cx, &permit, &query).await?))
}

/// The units of the newest version in which learners stop: how many studied each last, more than 14 days ago. Fewer
/// than five are not told.
#[utoipa::path(tag = "learning", params(("id" = CourseId, Path)), responses(
    (status = 200, body = Vec<UnitStop>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/courses/{id}/stops")]
async fn list_course_stops(actor: Actor, cx: Data<Services>, id: Path<CourseId>) -> AppResult<Json<Vec<UnitStop>>> {
    let permit: Permit<AuthorCourse> = authorize(&actor, *id, &organisation::catalogue())?;
    Ok(Json(stops::list(&cx, &permit).await?))
}

//! `/classes` and `/class_teachers`.

use super::{
    agreement, export,
    list::{self, ClassQuery},
    member_export, members, permit_class,
    plan::{self, KeepClass},
    seen, steps,
};
use crate::{
    access::Actor,
    learning::following,
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, IfMatch, Routes, with_etag},
    },
};
use actix_web::{
    HttpResponse, get, post, put,
    web::{Data, Json, Path, Query},
};
use serde::Deserialize;
use shared::{
    ids::{ClassId, ProviderId},
    learning::{
        ClassDeparture, ClassEntry, ClassMemberRow, ClassPlan, ClassRow, ClassStep, ClassTeacher, ClassView,
        MemberState, NewMembers,
    },
    page::Page,
    problem::Problem,
};

/// Adds the routes of classes.
pub(in crate::learning) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_classes).service(export_classes).service(create_class).service(list_class_teachers);
    cfg.service(get_class_plan).service(replace_class_plan).service(step_class);
    cfg.service(list_class_members).service(export_class_members);
    cfg.service(add_class_members).service(dismiss_class_member);
    agreement::routes(cfg);
    cfg.service(get_class);
}

/// Which school's teachers are listed.
#[derive(Deserialize, utoipa::IntoParams)]
struct OfSchool {
    /// The school.
    provider_id: ProviderId,
}

/// Which members are listed.
#[derive(Deserialize, utoipa::IntoParams)]
struct WhoIsIn {
    /// Whether they are in the class; without it, everybody who ever was.
    state: Option<MemberState>,
}

/// The classes that the actor may see, the newest first.
#[utoipa::path(tag = "learning", params(ClassQuery), responses(
    (status = 200, body = Page<ClassRow>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/classes")]
async fn list_classes(actor: Actor, cx: Data<Services>, query: Query<ClassQuery>) -> AppResult<Json<Page<ClassRow>>> {
    Ok(Json(list::list(&cx, &actor, query.into_inner()).await?))
}

/// The same classes as a file (.xlsx). A POST, because who took it is audited.
#[utoipa::path(tag = "learning", params(ClassQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/classes/exports")]
async fn export_classes(actor: Actor, cx: Data<Services>, query: Query<ClassQuery>) -> AppResult<HttpResponse> {
    export::export(&cx, &actor, &query).await
}

/// Plans a class; the county approves it.
#[utoipa::path(tag = "learning", request_body = ClassEntry, responses(
    (status = 201, body = ClassPlan), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/classes")]
async fn create_class(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<ClassEntry>,
) -> AppResult<HttpResponse> {
    let permit = plan::permit_new(&cx, &actor, &body.0).await?;
    let id = plan::create(&cx, &permit, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(plan::get(&cx, &actor, id).await?))
}

/// Who may be chosen as tutor or teacher of a school's classes, by name.
#[utoipa::path(tag = "learning", params(OfSchool), responses(
    (status = 200, body = Vec<ClassTeacher>), (status = 404, body = Problem)))]
#[get("/class_teachers")]
async fn list_class_teachers(
    actor: Actor,
    cx: Data<Services>,
    of: Query<OfSchool>,
) -> AppResult<Json<Vec<ClassTeacher>>> {
    Ok(Json(plan::teachers(&cx, &actor, of.provider_id).await?))
}

/// A class as it is planned.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), responses(
    (status = 200, body = ClassPlan), (status = 404, body = Problem)))]
#[get("/classes/{id}/plan")]
async fn get_class_plan(actor: Actor, cx: Data<Services>, id: Path<ClassId>) -> AppResult<HttpResponse> {
    let plan = plan::get(&cx, &actor, *id).await?;
    Ok(with_etag(&plan, plan.version))
}

/// Changes a class over the version in `If-Match`.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), request_body = ClassEntry, responses(
    (status = 200, body = ClassPlan), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[put("/classes/{id}/plan")]
async fn replace_class_plan(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    seen: IfMatch,
    body: Body<ClassEntry>,
) -> AppResult<HttpResponse> {
    plan::change(&cx, &actor, *id, seen.0, &body.0).await?;
    let plan = plan::get(&cx, &actor, *id).await?;
    Ok(with_etag(&plan, plan.version))
}

/// Brings a class to the state after the present one. The county approves it; the school does the rest.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), request_body = ClassStep, responses(
    (status = 200, body = ClassPlan), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/classes/{id}/steps")]
async fn step_class(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    body: Body<ClassStep>,
) -> AppResult<HttpResponse> {
    steps::step(&cx, &actor, *id, body.0.wanted).await?;
    let plan = plan::get(&cx, &actor, *id).await?;
    Ok(with_etag(&plan, plan.version))
}

/// Who is and was in a class, the first joined first.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path), WhoIsIn), responses(
    (status = 200, body = Vec<ClassMemberRow>), (status = 404, body = Problem)))]
#[get("/classes/{id}/members")]
async fn list_class_members(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    who: Query<WhoIsIn>,
) -> AppResult<Json<Vec<ClassMemberRow>>> {
    let class = seen(&cx, &actor, *id).await?;
    Ok(Json(members::list(&cx, class.id, who.state).await?))
}

/// The same as a file (.xlsx). A POST, because who took it is audited.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path), WhoIsIn), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 404, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/classes/{id}/members/exports")]
async fn export_class_members(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    who: Query<WhoIsIn>,
) -> AppResult<HttpResponse> {
    member_export::export(&cx, &actor, *id, who.state).await
}

/// Adds learners to a class: all of them, or nobody.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), request_body = NewMembers, responses(
    (status = 201, body = ClassPlan), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/classes/{id}/members")]
async fn add_class_members(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    key: IdempotencyKey,
    body: Body<NewMembers>,
) -> AppResult<HttpResponse> {
    let permit = permit_class::<KeepClass>(&cx, &actor, *id).await?;
    members::add(&cx, &permit, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(plan::get(&cx, &actor, *id).await?))
}

/// Records that a learner leaves a class, and why.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), request_body = ClassDeparture, responses(
    (status = 201, body = ClassMemberRow), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/classes/{id}/departures")]
async fn dismiss_class_member(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    key: IdempotencyKey,
    body: Body<ClassDeparture>,
) -> AppResult<HttpResponse> {
    let permit = permit_class::<KeepClass>(&cx, &actor, *id).await?;
    Ok(HttpResponse::Created().json(members::dismiss(&cx, &permit, &key, &body.0).await?))
}

/// A class with its learners, for its tutor, its teachers and its school.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), responses(
    (status = 200, body = ClassView), (status = 404, body = Problem)))]
#[get("/classes/{id}")]
async fn get_class(actor: Actor, cx: Data<Services>, id: Path<ClassId>) -> AppResult<Json<ClassView>> {
    let permit = following::permit_follow(&cx, &actor, *id).await?;
    Ok(Json(following::follow(&cx, &permit).await?))
}

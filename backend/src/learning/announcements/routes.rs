//! `/classes/{id}/announcements`, `/announcements` and `/me/announcements`.

use super::{own, views, write};
use crate::{
    access::{Actor, Permit},
    learning::{classes, following, study},
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, IfMatch, Routes, with_etag},
    },
};
use actix_web::{
    HttpResponse, get, post, put,
    web::{Data, Json, Path},
};
use shared::{
    ids::{AnnouncementId, ClassId},
    learning::{AnnouncementEntry, AnnouncementView, MyAnnouncement},
    problem::Problem,
};

/// Adds the routes of announcements.
pub(in crate::learning) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_announcements).service(create_announcement).service(replace_announcement);
    cfg.service(withdraw_announcement).service(list_my_announcements).service(read_announcement);
}

/// What was announced to a class, the newest first, with how many have read it.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), responses(
    (status = 200, body = Vec<AnnouncementView>), (status = 404, body = Problem)))]
#[get("/classes/{id}/announcements")]
async fn list_announcements(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
) -> AppResult<Json<Vec<AnnouncementView>>> {
    let permit = following::permit_follow(&cx, &actor, *id).await?;
    Ok(Json(views::list(&cx, *permit.target()).await?))
}

/// Announces something to a class.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), request_body = AnnouncementEntry, responses(
    (status = 201, body = AnnouncementView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/classes/{id}/announcements")]
async fn create_announcement(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    key: IdempotencyKey,
    body: Body<AnnouncementEntry>,
) -> AppResult<HttpResponse> {
    let permit: Permit<write::Announce> = classes::permit_class(&cx, &actor, *id).await?;
    let announced = write::announce(&cx, &permit, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(views::view(&cx, announced).await?))
}

/// Edits an announcement over the version in `If-Match`; who has read it before is told anew.
#[utoipa::path(tag = "learning", params(("id" = AnnouncementId, Path)), request_body = AnnouncementEntry, responses(
    (status = 200, body = AnnouncementView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[put("/announcements/{id}")]
async fn replace_announcement(
    actor: Actor,
    cx: Data<Services>,
    id: Path<AnnouncementId>,
    seen: IfMatch,
    body: Body<AnnouncementEntry>,
) -> AppResult<HttpResponse> {
    write::edit(&cx, &write::permit(&cx, &actor, *id).await?, seen.0, &body.0).await?;
    let view = views::view(&cx, *id).await?;
    Ok(with_etag(&view, view.version))
}

/// Withdraws an announcement: the learners of the class do not see it any more.
#[utoipa::path(tag = "learning", params(("id" = AnnouncementId, Path)), responses(
    (status = 200, body = AnnouncementView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/announcements/{id}/withdraw")]
async fn withdraw_announcement(
    actor: Actor,
    cx: Data<Services>,
    id: Path<AnnouncementId>,
) -> AppResult<Json<AnnouncementView>> {
    write::withdraw(&cx, &write::permit(&cx, &actor, *id).await?).await?;
    Ok(Json(views::view(&cx, *id).await?))
}

/// What was announced to the learner's classes, the newest first.
#[utoipa::path(tag = "learning", responses(
    (status = 200, body = Vec<MyAnnouncement>), (status = 403, body = Problem)))]
#[get("/me/announcements")]
async fn list_my_announcements(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<MyAnnouncement>>> {
    let permit = study::permit_study(&actor)?;
    Ok(Json(own::list(&cx, *permit.target()).await?))
}

/// Notes that the learner has read an announcement as it is.
#[utoipa::path(tag = "learning", params(("id" = AnnouncementId, Path)), responses(
    (status = 200, body = Vec<MyAnnouncement>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[post("/me/announcements/{id}/read")]
async fn read_announcement(
    actor: Actor,
    cx: Data<Services>,
    id: Path<AnnouncementId>,
) -> AppResult<Json<Vec<MyAnnouncement>>> {
    let permit = study::permit_study(&actor)?;
    own::read(&cx, &permit, *id).await?;
    Ok(Json(own::list(&cx, *permit.target()).await?))
}

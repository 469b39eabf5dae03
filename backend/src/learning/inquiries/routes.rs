//! `/me/units/{id}/inquiries`, `/me/inquiries` and `/inquiries`.

use super::{
    answer, ask,
    views::{self, InquiryQuery},
};
use crate::{
    access::Actor,
    learning::study,
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, Query, Routes},
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use serde::Deserialize;
use shared::{
    ids::{InquiryId, UnitId},
    learning::{
        InquiryPublication, InquiryRow, InquiryState, InquiryView, NewInquiry, NewInquiryAnswer, UnitInquiries,
    },
    page::Page,
    problem::Problem,
};

/// Adds the routes of questions.
pub(in crate::learning) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_unit_inquiries).service(ask_inquiry).service(list_my_inquiries).service(close_inquiry);
    cfg.service(list_inquiries).service(answer_inquiry).service(publish_inquiry);
}

/// Which of one's own questions are listed.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct OwnQuery {
    /// Where they stand; without it, all.
    state: Option<InquiryState>,
}

/// What the learner asked at a unit, and what the class may see of others.
#[utoipa::path(tag = "learning", params(("id" = UnitId, Path)), responses(
    (status = 200, body = UnitInquiries), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/me/units/{id}/inquiries")]
async fn list_unit_inquiries(actor: Actor, cx: Data<Services>, id: Path<UnitId>) -> AppResult<Json<UnitInquiries>> {
    Ok(Json(views::of_unit(&cx, &study::permit_study(&actor)?, *id).await?))
}

/// Asks those who keep or teach the class.
#[utoipa::path(tag = "learning", params(("id" = UnitId, Path)), request_body = NewInquiry, responses(
    (status = 201, body = InquiryView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/me/units/{id}/inquiries")]
async fn ask_inquiry(
    actor: Actor,
    cx: Data<Services>,
    id: Path<UnitId>,
    key: IdempotencyKey,
    body: Body<NewInquiry>,
) -> AppResult<HttpResponse> {
    let asked = ask::ask(&cx, &study::permit_study(&actor)?, &key, *id, &body.0).await?;
    Ok(HttpResponse::Created().json(views::view(&cx, asked).await?))
}

/// The learner's own questions, the newest first.
#[utoipa::path(tag = "learning", params(OwnQuery), responses(
    (status = 200, body = Vec<InquiryView>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/me/inquiries")]
async fn list_my_inquiries(
    actor: Actor,
    cx: Data<Services>,
    query: Query<OwnQuery>,
) -> AppResult<Json<Vec<InquiryView>>> {
    let permit = study::permit_study(&actor)?;
    Ok(Json(views::inquiries_of(&cx, *permit.target(), query.state).await?))
}

/// Ends one of the learner's own questions: its answer was read, or it is not wanted any more.
#[utoipa::path(tag = "learning", params(("id" = InquiryId, Path)), responses(
    (status = 200, body = InquiryView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/me/inquiries/{id}/close")]
async fn close_inquiry(actor: Actor, cx: Data<Services>, id: Path<InquiryId>) -> AppResult<Json<InquiryView>> {
    ask::close(&cx, &study::permit_study(&actor)?, *id).await?;
    Ok(Json(views::view(&cx, *id).await?))
}

/// Questions of the classes that the actor keeps or teaches, the newest first.
#[utoipa::path(tag = "learning", params(InquiryQuery), responses(
    (status = 200, body = Page<InquiryRow>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/inquiries")]
async fn list_inquiries(
    actor: Actor,
    cx: Data<Services>,
    query: Query<InquiryQuery>,
) -> AppResult<Json<Page<InquiryRow>>> {
    Ok(Json(views::list(&cx, &actor, query.into_inner()).await?))
}

/// Answers a question, once.
#[utoipa::path(tag = "learning", params(("id" = InquiryId, Path)), request_body = NewInquiryAnswer, responses(
    (status = 200, body = InquiryRow), (status = 404, body = Problem), (status = 409, body = Problem),
    (status = 422, body = Problem)))]
#[post("/inquiries/{id}/answer")]
async fn answer_inquiry(
    actor: Actor,
    cx: Data<Services>,
    id: Path<InquiryId>,
    body: Body<NewInquiryAnswer>,
) -> AppResult<Json<InquiryRow>> {
    answer::answer(&cx, &answer::permit(&cx, &actor, *id).await?, &body.0).await?;
    Ok(Json(views::row(&cx, *id).await?))
}

/// Shows a question and its answer to the class without saying who asked, or to the learner alone again.
#[utoipa::path(tag = "learning", params(("id" = InquiryId, Path)), request_body = InquiryPublication, responses(
    (status = 200, body = InquiryRow), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/inquiries/{id}/publication")]
async fn publish_inquiry(
    actor: Actor,
    cx: Data<Services>,
    id: Path<InquiryId>,
    body: Body<InquiryPublication>,
) -> AppResult<Json<InquiryRow>> {
    answer::publish(&cx, &answer::permit(&cx, &actor, *id).await?, body.0.is_public).await?;
    Ok(Json(views::row(&cx, *id).await?))
}

//! `/classes/{id}/anomalies`.

use crate::{
    access::Actor,
    learning::following,
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, Routes},
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use shared::{
    ids::ClassId,
    learning::{AnomalyView, NewAnomalyLook},
    problem::Problem,
};

/// Adds the routes of what is unusual.
pub(in crate::learning) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_anomalies).service(look_at_anomaly);
}

/// What is unusual in the study of a class, for its tutor, its teachers and its school. It proves nothing.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), responses(
    (status = 200, body = Vec<AnomalyView>), (status = 404, body = Problem)))]
#[get("/classes/{id}/anomalies")]
async fn list_anomalies(actor: Actor, cx: Data<Services>, id: Path<ClassId>) -> AppResult<Json<Vec<AnomalyView>>> {
    let permit = following::permit_follow(&cx, &actor, *id).await?;
    Ok(Json(super::list(&cx, &permit).await?))
}

/// Notes that somebody has looked into something unusual. Nothing changes for the learner.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), request_body = NewAnomalyLook, responses(
    (status = 201, body = AnomalyView), (status = 404, body = Problem), (status = 409, body = Problem),
    (status = 422, body = Problem)))]
#[post("/classes/{id}/anomalies/looks")]
async fn look_at_anomaly(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    key: IdempotencyKey,
    body: Body<NewAnomalyLook>,
) -> AppResult<HttpResponse> {
    let permit = following::permit_follow(&cx, &actor, *id).await?;
    Ok(HttpResponse::Created().json(super::look(&cx, &permit, &key, &body.0).await?))
}

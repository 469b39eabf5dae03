//! `/incidents` and `/me/incidents`.

use super::{
    list::{self, IncidentQuery},
    own, record, steps,
};
use crate::{
    access::Actor,
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
use shared::{
    ids::{ExamSessionId, IncidentId},
    page::Page,
    problem::Problem,
    sittings::{Hearing, IncidentAppeal, IncidentDecision, IncidentView, MyIncident, NewIncident},
};

/// Adds the routes of incidents.
pub(in crate::sittings) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(record_incident).service(list_incidents).service(get_incident);
    cfg.service(sign_incident).service(hear_candidate).service(decide_incident).service(reconsider_incident);
    cfg.service(list_my_incidents).service(appeal_incident);
}

/// Records what a candidate is said to have done, where the test is sat and on its day.
#[utoipa::path(tag = "sittings", params(("id" = ExamSessionId, Path)), request_body = NewIncident, responses(
    (status = 201, body = IncidentView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/exam_sessions/{id}/incidents")]
async fn record_incident(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSessionId>,
    key: IdempotencyKey,
    body: Body<NewIncident>,
) -> AppResult<HttpResponse> {
    let id = record::record(&cx, &actor, *id, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(list::get(&cx, &actor, id).await?))
}

/// The incidents that the actor may see, the newest first.
#[utoipa::path(tag = "sittings", params(IncidentQuery), responses(
    (status = 200, body = Page<IncidentView>), (status = 403, body = Problem)))]
#[get("/incidents")]
async fn list_incidents(
    actor: Actor,
    cx: Data<Services>,
    query: Query<IncidentQuery>,
) -> AppResult<Json<Page<IncidentView>>> {
    Ok(Json(list::list(&cx, &actor, query.into_inner()).await?))
}

/// One incident, with its steps.
#[utoipa::path(tag = "sittings", params(("id" = IncidentId, Path)), responses(
    (status = 200, body = IncidentView), (status = 404, body = Problem)))]
#[get("/incidents/{id}")]
async fn get_incident(actor: Actor, cx: Data<Services>, id: Path<IncidentId>) -> AppResult<Json<IncidentView>> {
    Ok(Json(list::get(&cx, &actor, *id).await?))
}

/// Signs a record as the second person.
#[utoipa::path(tag = "sittings", params(("id" = IncidentId, Path)), responses(
    (status = 200, body = IncidentView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/incidents/{id}/sign")]
async fn sign_incident(
    actor: Actor,
    cx: Data<Services>,
    id: Path<IncidentId>,
    key: IdempotencyKey,
) -> AppResult<Json<IncidentView>> {
    steps::sign(&cx, &actor, *id, &key).await?;
    Ok(Json(list::get(&cx, &actor, *id).await?))
}

/// Takes down the candidate's statement, or who saw that there would be none.
#[utoipa::path(tag = "sittings", params(("id" = IncidentId, Path)), request_body = Hearing, responses(
    (status = 200, body = IncidentView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/incidents/{id}/hearing")]
async fn hear_candidate(
    actor: Actor,
    cx: Data<Services>,
    id: Path<IncidentId>,
    key: IdempotencyKey,
    body: Body<Hearing>,
) -> AppResult<Json<IncidentView>> {
    steps::hear(&cx, &actor, *id, &key, &body.0).await?;
    Ok(Json(list::get(&cx, &actor, *id).await?))
}

/// Decides whether it was so; the results that it voids count no more.
#[utoipa::path(tag = "sittings", params(("id" = IncidentId, Path)), request_body = IncidentDecision, responses(
    (status = 200, body = IncidentView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/incidents/{id}/decide")]
async fn decide_incident(
    actor: Actor,
    cx: Data<Services>,
    id: Path<IncidentId>,
    key: IdempotencyKey,
    body: Body<IncidentDecision>,
) -> AppResult<Json<IncidentView>> {
    steps::decide(&cx, &actor, *id, &key, &body.0).await?;
    Ok(Json(list::get(&cx, &actor, *id).await?))
}

/// Looks again at a decision, as the candidate asked.
#[utoipa::path(tag = "sittings", params(("id" = IncidentId, Path)), request_body = IncidentDecision, responses(
    (status = 200, body = IncidentView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/incidents/{id}/reconsider")]
async fn reconsider_incident(
    actor: Actor,
    cx: Data<Services>,
    id: Path<IncidentId>,
    key: IdempotencyKey,
    body: Body<IncidentDecision>,
) -> AppResult<Json<IncidentView>> {
    steps::reconsider(&cx, &actor, *id, &key, &body.0).await?;
    Ok(Json(list::get(&cx, &actor, *id).await?))
}

/// What was recorded of the actor, and where it stands.
#[utoipa::path(tag = "sittings", responses((status = 200, body = Vec<MyIncident>), (status = 403, body = Problem)))]
#[get("/me/incidents")]
async fn list_my_incidents(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<MyIncident>>> {
    Ok(Json(own::list(&cx, &actor).await?))
}

/// Asks for a decision about the actor to be looked at again.
#[utoipa::path(tag = "sittings", params(("id" = IncidentId, Path)), request_body = IncidentAppeal, responses(
    (status = 200, body = Vec<MyIncident>), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/me/incidents/{id}/appeal")]
async fn appeal_incident(
    actor: Actor,
    cx: Data<Services>,
    id: Path<IncidentId>,
    key: IdempotencyKey,
    body: Body<IncidentAppeal>,
) -> AppResult<Json<Vec<MyIncident>>> {
    steps::appeal(&cx, &actor, *id, &key, &body.0).await?;
    Ok(Json(own::list(&cx, &actor).await?))
}

//! `/qualification_reviews`.

use super::reviews;
use crate::{
    access::Actor,
    platform::{
        Services,
        error::AppResult,
        http::{Body, Query, Routes},
    },
};
use actix_web::{
    get, post,
    web::{Data, Json},
};
use shared::{
    page::{Page, PageQuery},
    problem::Problem,
    sittings::{RegistrationToReview, RegistrationsReviewed, ReviewRegistrations},
};

/// Adds these routes.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_qualification_reviews).service(decide_registrations);
}

/// The registrations that wait for the actor's office at its places, the first first.
#[utoipa::path(tag = "sittings", params(PageQuery), responses(
    (status = 200, body = Page<RegistrationToReview>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/qualification_reviews")]
async fn list_qualification_reviews(
    actor: Actor,
    cx: Data<Services>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<RegistrationToReview>>> {
    Ok(Json(reviews::list(&cx, &actor, &query).await?))
}

/// Decides registrations for the offices whose turn it is, as far as they are the actor's. Repeating it changes nothing.
#[utoipa::path(tag = "sittings", request_body = ReviewRegistrations, responses(
    (status = 200, body = RegistrationsReviewed), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/qualification_reviews")]
async fn decide_registrations(
    actor: Actor,
    cx: Data<Services>,
    body: Body<ReviewRegistrations>,
) -> AppResult<Json<RegistrationsReviewed>> {
    Ok(Json(reviews::decide(&cx, &actor, &body.0).await?))
}

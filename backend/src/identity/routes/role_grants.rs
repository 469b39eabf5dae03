//! `/role_grants`: who may do what, where.

use crate::{
    access::{Actor, PlaceBook},
    identity::grants::{self, GrantsQuery},
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, Routes},
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path, Query},
};
use shared::{
    identity::{EndRoleGrant, NewRoleGrant, RoleGrantView},
    ids::RoleGrantId,
    page::{Page, PageQuery},
    problem::Problem,
};

pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_role_grants).service(grant_role).service(confirm_role_grant).service(end_role_grant);
}

/// Who may do what at the actor's places, the newest first.
#[utoipa::path(tag = "identity", params(GrantsQuery, PageQuery), responses(
    (status = 200, body = Page<RoleGrantView>), (status = 403, body = Problem)))]
#[get("/role_grants")]
async fn list_role_grants(
    actor: Actor,
    cx: Data<Services>,
    book: Data<dyn PlaceBook>,
    wanted: Query<GrantsQuery>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<RoleGrantView>>> {
    Ok(Json(grants::list(&cx, &**book, &actor, (&wanted, &query)).await?))
}

/// Grants a role to somebody else. A powerful one waits until a second person confirms it.
#[utoipa::path(tag = "identity", request_body = NewRoleGrant, responses(
    (status = 201, body = RoleGrantView), (status = 403, body = Problem), (status = 409, body = Problem),
    (status = 422, body = Problem)))]
#[post("/role_grants")]
async fn grant_role(
    actor: Actor,
    cx: Data<Services>,
    book: Data<dyn PlaceBook>,
    key: IdempotencyKey,
    body: Body<NewRoleGrant>,
) -> AppResult<HttpResponse> {
    let id = grants::grant(&cx, &**book, &actor, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(grants::get(&cx, &**book, &actor, id).await?))
}

/// Confirms what another granted to a third.
#[utoipa::path(tag = "identity", params(("id" = RoleGrantId, Path)), responses(
    (status = 200, body = RoleGrantView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/role_grants/{id}/confirm")]
async fn confirm_role_grant(
    actor: Actor,
    cx: Data<Services>,
    book: Data<dyn PlaceBook>,
    id: Path<RoleGrantId>,
) -> AppResult<Json<RoleGrantView>> {
    let permit = grants::permit(&cx, &actor, *id).await?;
    grants::confirm(&cx, &permit).await?;
    Ok(Json(grants::get(&cx, &**book, &actor, *id).await?))
}

/// Takes a role back. It gives nothing from the next request on.
#[utoipa::path(tag = "identity", params(("id" = RoleGrantId, Path)), request_body = EndRoleGrant, responses(
    (status = 200, body = RoleGrantView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/role_grants/{id}/end")]
async fn end_role_grant(
    actor: Actor,
    cx: Data<Services>,
    book: Data<dyn PlaceBook>,
    id: Path<RoleGrantId>,
    body: Body<EndRoleGrant>,
) -> AppResult<Json<RoleGrantView>> {
    let permit = grants::permit(&cx, &actor, *id).await?;
    grants::end(&cx, &permit, &body.0.reason).await?;
    Ok(Json(grants::get(&cx, &**book, &actor, *id).await?))
}

//! `/accounts`: those of staff, for who keeps them.

use super::me::secret_reply;
use crate::{
    access::{Actor, PlaceBook},
    identity::{
        logins::Identity,
        staff::{self, AccountsQuery},
    },
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, Routes},
    },
};
use actix_web::{
    HttpResponse, get,
    http::header::CACHE_CONTROL,
    post,
    web::{Data, Json, Path, Query},
};
use shared::{
    identity::{AccountView, FirstPassword, NewStaffAccount, ResetAccount},
    ids::AccountId,
    page::{Page, PageQuery},
    problem::Problem,
};

pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_accounts).service(create_staff_account);
    cfg.service(reset_password).service(reset_second_factor);
}

/// Accounts that are kept at the actor's places, or whose owners hold roles there.
#[utoipa::path(tag = "identity", params(AccountsQuery, PageQuery), responses(
    (status = 200, body = Page<AccountView>), (status = 403, body = Problem)))]
#[get("/accounts")]
async fn list_accounts(
    actor: Actor,
    cx: Data<Services>,
    book: Data<dyn PlaceBook>,
    wanted: Query<AccountsQuery>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<AccountView>>> {
    Ok(Json(staff::list(&cx, &**book, &actor, (&wanted, &query)).await?))
}

/// Creates the account of a member of staff, who chooses a password of their own at the first log-in.
#[utoipa::path(tag = "identity", request_body = NewStaffAccount, responses(
    (status = 201, body = FirstPassword), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/accounts")]
async fn create_staff_account(
    actor: Actor,
    identity: Data<Identity>,
    book: Data<dyn PlaceBook>,
    key: IdempotencyKey,
    body: Body<NewStaffAccount>,
) -> AppResult<HttpResponse> {
    let created = staff::create(&identity, &**book, &actor, &key, &body.0).await?;
    Ok(HttpResponse::Created().insert_header((CACHE_CONTROL, "no-store")).json(created))
}

/// Gives an account a new first password, which is shown this once. All its log-ins end.
#[utoipa::path(tag = "identity", params(("id" = AccountId, Path)), request_body = ResetAccount, responses(
    (status = 200, body = FirstPassword), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/accounts/{id}/password")]
async fn reset_password(
    actor: Actor,
    identity: Data<Identity>,
    id: Path<AccountId>,
    body: Body<ResetAccount>,
) -> AppResult<HttpResponse> {
    Ok(secret_reply(&staff::reset_password(&identity, &actor, *id, &body.0.reason).await?))
}

/// Turns the second factor of somebody else off: they lost their phone and their recovery codes.
#[utoipa::path(tag = "identity", params(("id" = AccountId, Path)), request_body = ResetAccount, responses(
    (status = 204), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/accounts/{id}/second_factor/reset")]
async fn reset_second_factor(
    actor: Actor,
    cx: Data<Services>,
    id: Path<AccountId>,
    body: Body<ResetAccount>,
) -> AppResult<HttpResponse> {
    staff::reset_second_factor(&cx, &actor, *id, &body.0.reason).await?;
    Ok(HttpResponse::NoContent().finish())
}

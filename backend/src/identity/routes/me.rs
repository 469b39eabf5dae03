//! `/me`: one's own account, password and second factor.

use crate::{
    access::{Actor, Entrant, OwnerBook},
    identity::{logins::Identity, passwords, privacy, second_factor},
    platform::{
        Services,
        error::AppResult,
        http::{Body, Routes},
    },
};
use actix_web::{
    HttpResponse, get,
    http::header::CACHE_CONTROL,
    post,
    web::{Data, Json},
};
use serde::Serialize;
use shared::{
    identity::{
        ChangePassword, LoginNeed, Me, PrivacyView, RecoveryCodes, SecondFactorCode, SecondFactorSecret,
        SecondFactorView, StateConsent,
    },
    problem::Problem,
};

pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(get_me).service(change_password);
    cfg.service(get_second_factor).service(begin_second_factor).service(confirm_second_factor);
    cfg.service(renew_recovery_codes).service(get_consents).service(state_consent);
}

/// Who is logged in.
#[utoipa::path(tag = "identity", responses((status = 200, body = Me)))]
#[get("/me")]
async fn get_me(identity: Data<Identity>, entrant: Entrant) -> AppResult<Json<Me>> {
    Ok(Json(identity.me(&entrant).await?))
}

/// Changes one's own password. All other log-ins end.
#[utoipa::path(tag = "identity", request_body = ChangePassword, responses(
    (status = 204), (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
#[post("/me/password")]
async fn change_password(
    identity: Data<Identity>,
    owners: Data<dyn OwnerBook>,
    entrant: Entrant,
    body: Body<ChangePassword>,
) -> AppResult<HttpResponse> {
    let actor = entrant.of_account()?;
    passwords::change(&identity, &**owners, &actor, &body.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// One's own second factor.
#[utoipa::path(tag = "identity", responses((status = 200, body = SecondFactorView)))]
#[get("/me/second_factor")]
async fn get_second_factor(cx: Data<Services>, entrant: Entrant) -> AppResult<Json<SecondFactorView>> {
    let actor = entrant.to_do(LoginNeed::SecondFactor)?;
    Ok(Json(second_factor::view(&cx, &actor).await?))
}

/// A new secret for an authenticator app. Nothing changes until it is confirmed by a code.
#[utoipa::path(tag = "identity", responses(
    (status = 200, body = SecondFactorSecret), (status = 403, body = Problem), (status = 409, body = Problem)))]
#[post("/me/second_factor")]
async fn begin_second_factor(cx: Data<Services>, entrant: Entrant) -> AppResult<HttpResponse> {
    let actor = entrant.to_do(LoginNeed::SecondFactor)?;
    Ok(secret_reply(&second_factor::begin(&cx, &actor).await?))
}

/// Turns the second factor on by the first code. The recovery codes are shown this once.
#[utoipa::path(tag = "identity", request_body = SecondFactorCode, responses(
    (status = 200, body = RecoveryCodes), (status = 409, body = Problem), (status = 422, body = Problem),
    (status = 429, body = Problem)))]
#[post("/me/second_factor/confirm")]
async fn confirm_second_factor(
    cx: Data<Services>,
    entrant: Entrant,
    body: Body<SecondFactorCode>,
) -> AppResult<HttpResponse> {
    let actor = entrant.to_do(LoginNeed::SecondFactor)?;
    Ok(secret_reply(&second_factor::confirm(&cx, &actor, &body.0.code).await?))
}

/// New recovery codes in the place of all that there were.
#[utoipa::path(tag = "identity", request_body = SecondFactorCode, responses(
    (status = 200, body = RecoveryCodes), (status = 409, body = Problem), (status = 422, body = Problem),
    (status = 429, body = Problem)))]
#[post("/me/second_factor/recovery_codes")]
async fn renew_recovery_codes(
    cx: Data<Services>,
    actor: Actor,
    body: Body<SecondFactorCode>,
) -> AppResult<HttpResponse> {
    Ok(secret_reply(&second_factor::renew_codes(&cx, &actor, &body.0.code).await?))
}

/// What one has agreed to.
#[utoipa::path(tag = "identity", responses((status = 200, body = PrivacyView)))]
#[get("/me/consents")]
async fn get_consents(actor: Actor, cx: Data<Services>) -> AppResult<Json<PrivacyView>> {
    Ok(Json(privacy::consents(&cx, actor.account_id).await?))
}

/// Gives or withdraws one consent. Saying the same again changes nothing.
#[utoipa::path(tag = "identity", request_body = StateConsent, responses(
    (status = 200, body = PrivacyView), (status = 422, body = Problem)))]
#[post("/me/consents")]
async fn state_consent(actor: Actor, cx: Data<Services>, body: Body<StateConsent>) -> AppResult<Json<PrivacyView>> {
    Ok(Json(privacy::state(&cx, &actor, &body.0).await?))
}

/// What nobody keeps on the way.
pub(super) fn secret_reply(reply: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(reply)
}

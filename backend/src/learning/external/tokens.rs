//! A tool says by its own key who it is, and gets a token by which it may report.

use super::{GiveToolToken, find_active, tools::token_url};
use crate::{
    access::{JobName, Permit},
    learning::{
        entity::{external_assertion, external_tool},
        store,
    },
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use actix_web::{HttpRequest, http::header::AUTHORIZATION};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};
use shared::{
    ids::ExternalToolId,
    learning::{AssertionClaims, SCORE_SCOPE, TOOL_TOKEN_S, TokenRefusal, TokenRequest, ToolKey, check_assertion},
    problem::ProblemCode,
};

/// What a token of a tool says; nobody but this installation reads it.
#[derive(Serialize, Deserialize)]
struct ToolClaims {
    sub: ExternalToolId,
    scope: String,
    /// Until when it is good, in seconds.
    exp: i64,
}

/// A token for a tool, if it is the tool that it says it is.
///
/// # Errors
/// If the store fails.
pub(super) async fn give(cx: &Services, asked: &TokenRequest) -> AppResult<Result<String, TokenRefusal>> {
    if let Err(refusal) = asked.check() {
        return Ok(Err(refusal));
    }
    let Some((tool, claims)) = read_assertion(cx, &asked.client_assertion).await? else {
        return Ok(Err(TokenRefusal::InvalidClient));
    };
    let good_until = match check_assertion(&claims, &tool.id.to_string(), &token_url(cx), cx.clock.now()) {
        Ok(good_until) => good_until,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let row = external_assertion::Model { tool_id: tool.id, number: claims.jti, good_until };
    let permit = Permit::<GiveToolToken>::for_job(JobName::ServeExternalTools, tool.id);
    let is_new = cx
        .db
        .write(&permit, async |tx| {
            let is_new = store::insert_external_assertion(tx.conn(), row.clone()).await? > 0;
            tx.note("token", if is_new { "given" } else { "refused" });
            Ok(is_new)
        })
        .await?;
    if !is_new {
        return Ok(Err(TokenRefusal::InvalidClient));
    }
    let exp = cx.clock.now().0.div_euclid(1_000) + TOOL_TOKEN_S;
    let claims = ToolClaims { sub: tool.id, scope: SCORE_SCOPE.to_owned(), exp };
    let key = EncodingKey::from_secret(&cx.keys.tool_tokens);
    encode(&Header::new(Algorithm::HS256), &claims, &key).map(Ok).map_err(AppError::internal)
}

/// The tool that signed an assertion and what it says, if a tool in use did. By our own clock it is judged by the caller.
async fn read_assertion(cx: &Services, token: &str) -> AppResult<Option<(external_tool::Model, AssertionClaims)>> {
    let Some(id) = signer(token) else { return Ok(None) };
    let Some(tool) = find_active(cx, id).await? else { return Ok(None) };
    let keys: Vec<ToolKey> = serde_json::from_str(&tool.keys).map_err(AppError::internal)?;
    Ok(verified(token, &keys).map(|claims| (tool, claims)))
}

/// Who says that they signed a token.
fn signer(token: &str) -> Option<ExternalToolId> {
    let payload = token.split('.').nth(1)?;
    let claims: AssertionClaims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    claims.sub.parse().ok()
}

/// What a token says, if one of these keys signed it. A tool that names no key has but one.
fn verified(token: &str, keys: &[ToolKey]) -> Option<AssertionClaims> {
    let key = match decode_header(token).ok()?.kid {
        Some(kid) => keys.iter().find(|key| key.kid == kid)?,
        None => keys.first().filter(|_| keys.len() == 1)?,
    };
    let key = DecodingKey::from_rsa_components(&key.n, &key.e).ok()?;
    let mut validation = Validation::new(Algorithm::RS256);
    validation.required_spec_claims.clear();
    validation.validate_aud = false; // by `check_assertion`, as everything else
    validation.validate_exp = false; // by the injected clock
    Some(decode(token, &key, &validation).ok()?.claims)
}

/// The tool whose token a request carries.
///
/// # Errors
/// `unauthenticated` if it carries none that is good, or the tool was switched off.
pub(super) async fn bearer(cx: &Services, request: &HttpRequest) -> AppResult<external_tool::Model> {
    let unknown = || AppError::Problem(ProblemCode::Unauthenticated);
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = header.and_then(|header| header.strip_prefix("Bearer ")).ok_or_else(unknown)?;
    let mut validation = Validation::new(Algorithm::HS256);
    validation.required_spec_claims.clear();
    validation.validate_exp = false; // by the injected clock
    let key = DecodingKey::from_secret(&cx.keys.tool_tokens);
    let claims: ToolClaims = decode(token, &key, &validation).map_err(|_| unknown())?.claims;
    let is_good = cx.clock.now().0.div_euclid(1_000) < claims.exp && claims.scope == SCORE_SCOPE;
    if !is_good {
        return Err(unknown());
    }
    find_active(cx, claims.sub).await?.ok_or_else(unknown)
}

//! A tool says who it is when it asks for a token: by what it signed (RFC 7523 §3, IMS Security Framework 1.0 §4.1).

use super::SCORE_SCOPE;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How long a token for a tool is good, in seconds.
pub const TOOL_TOKEN_S: i64 = 3_600;
/// How far the clock of a tool may be off, in seconds.
const LEEWAY_S: i64 = 60;
/// How long an assertion may be good at most, in seconds: so long its number is remembered.
const MAX_ASSERTION_S: i64 = 3_600;
/// Characters of the number of an assertion.
const MAX_JTI_CHARS: usize = 255;

/// Body of a request for a token, a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TokenRequest {
    /// `client_credentials`.
    pub grant_type: String,
    /// That of a signed token.
    pub client_assertion_type: String,
    /// What the tool signed.
    pub client_assertion: String,
    /// What it wants to do, separated by blanks.
    pub scope: String,
}

/// Why a tool gets no token, as OAuth 2.0 calls it (RFC 6749 §5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefusal {
    /// It asks in a form that is not known.
    #[error("invalid_request")]
    InvalidRequest,
    /// It asks by another way than its key.
    #[error("unsupported_grant_type")]
    UnsupportedGrantType,
    /// It is not the tool that it says it is, or says so for the second time.
    #[error("invalid_client")]
    InvalidClient,
    /// It wants nothing that tools may do here.
    #[error("invalid_scope")]
    InvalidScope,
}

impl TokenRequest {
    /// Whether it is a request that may be answered, whoever asks.
    ///
    /// # Errors
    /// [`TokenRefusal`].
    pub fn check(&self) -> Result<(), TokenRefusal> {
        if self.grant_type != "client_credentials" {
            return Err(TokenRefusal::UnsupportedGrantType);
        }
        let is_signed = self.client_assertion_type == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        if !is_signed || self.client_assertion.is_empty() {
            return Err(TokenRefusal::InvalidRequest);
        }
        if self.scope.split(' ').any(|scope| scope == SCORE_SCOPE) { Ok(()) } else { Err(TokenRefusal::InvalidScope) }
    }
}

/// For whom an assertion is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Audience {
    /// For one.
    One(String),
    /// For several.
    Several(Vec<String>),
}

/// What a tool signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssertionClaims {
    /// Who signed it.
    pub iss: String,
    /// About whom it is: the same.
    pub sub: String,
    /// For whom it is.
    pub aud: Audience,
    /// When it was signed, in seconds.
    pub iat: i64,
    /// Until when it is good, in seconds.
    pub exp: i64,
    /// Its number, which no other of the tool has.
    pub jti: String,
}

/// Until when the number of an assertion must be remembered, if it is one of this tool, for us, and of now.
///
/// # Errors
/// [`TokenRefusal::InvalidClient`].
pub fn check_assertion(
    claims: &AssertionClaims,
    client_id: &str,
    token_url: &str,
    now: Timestamp,
) -> Result<Timestamp, TokenRefusal> {
    let now_s = now.0.div_euclid(1_000);
    let is_for_us = match &claims.aud {
        Audience::One(one) => one == token_url,
        Audience::Several(several) => several.iter().any(|one| one == token_url),
    };
    let is_of_now = claims.iat <= now_s.saturating_add(LEEWAY_S)
        && now_s < claims.exp.saturating_add(LEEWAY_S)
        && claims.exp <= now_s.saturating_add(MAX_ASSERTION_S + LEEWAY_S);
    // A store may refuse the character of number 0.
    let is_numbered = (1..=MAX_JTI_CHARS).contains(&claims.jti.chars().count()) && !claims.jti.contains('\0');
    let is_right = claims.iss == client_id && claims.sub == client_id && is_for_us && is_of_now && is_numbered;
    if !is_right {
        return Err(TokenRefusal::InvalidClient);
    }
    Ok(Timestamp(claims.exp.saturating_add(LEEWAY_S).saturating_mul(1_000)))
}

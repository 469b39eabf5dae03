//! Access tokens: short-lived JWTs with one fixed algorithm.

use crate::platform::{
    crypto::TokenKey,
    error::{AppError, AppResult},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::pkcs8::EncodePrivateKey;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use shared::{
    ids::{AccountId, LoginId, SittingId},
    problem::ProblemCode,
    time::Timestamp,
};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// How long an access token is good for.
pub(super) const ACCESS_TOKEN_S: i64 = 600;
/// How far clocks of nodes may differ.
const LEEWAY_S: i64 = 5;
const ISSUER: &str = "chengxi";
const AUDIENCE: &str = "chengxi-api";
/// RFC 9068: no other kind of token can pass for an access token.
const TYPE: &str = "at+jwt";
/// Tokens whose signature is remembered as good; above this many all are forgotten.
const REMEMBERED: usize = 100_000;

/// What an access token says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Claims {
    iss: String,
    aud: String,
    pub(super) sub: AccountId,
    /// The log-in.
    pub(super) sid: LoginId,
    /// The only sitting that it is for, if an admission ticket let somebody in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) sitting: Option<SittingId>,
    iat: i64,
    exp: i64,
}

/// A key as it signs and verifies.
struct Key {
    begins_at: Timestamp,
    id: String,
    encoding: EncodingKey,
    decoding: DecodingKey,
}

impl Key {
    fn new(TokenKey { begins_at, key }: &TokenKey) -> AppResult<Self> {
        let public = key.verifying_key().to_bytes();
        let der = key.to_pkcs8_der().map_err(AppError::internal)?;
        Ok(Self {
            begins_at: *begins_at,
            id: hex::encode(&Sha256::digest(public)[..8]),
            encoding: EncodingKey::from_ed_der(der.as_bytes()),
            decoding: DecodingKey::from_ed_components(&URL_SAFE_NO_PAD.encode(public)).map_err(AppError::internal)?,
        })
    }
}

/// Signs and reads access tokens.
pub(super) struct Tokens {
    /// The oldest first.
    keys: Vec<Key>,
    /// What tokens with a good signature say, by the hash of the whole token: a device shows the same
    /// token for minutes, and a hash is cheaper than a signature.
    good: Mutex<HashMap<[u8; 32], Claims>>,
}

impl Tokens {
    /// Tokens signed by these keys, the oldest first.
    pub(super) fn new(keys: &[TokenKey]) -> AppResult<Self> {
        Ok(Self { keys: keys.iter().map(Key::new).collect::<AppResult<_>>()?, good: Mutex::default() })
    }

    /// The key that signs at a moment: the newest that has begun.
    fn signing(&self, now: Timestamp) -> AppResult<&Key> {
        let mut newest_first = self.keys.iter().rev();
        newest_first.find(|key| key.begins_at <= now).ok_or_else(|| AppError::internal("no key signs tokens yet"))
    }

    /// A key by its id, until the last token that it may have signed has ended.
    fn verifying(&self, id: &str, now: Timestamp) -> Option<&Key> {
        let place = self.keys.iter().position(|key| key.id == id)?;
        let next = self.keys.get(place + 1);
        let has_ended = next.is_some_and(|next| now.ms_since(next.begins_at) > (ACCESS_TOKEN_S + 2 * LEEWAY_S) * 1_000);
        self.keys.get(place).filter(|_| !has_ended)
    }

    /// A token of a log-in, which is for nothing but `sitting` if that is given, and when it expires.
    pub(super) fn sign(
        &self,
        account: AccountId,
        (login, sitting): (LoginId, Option<SittingId>),
        now: Timestamp,
    ) -> AppResult<(String, Timestamp)> {
        let expires_at = now.plus_s(ACCESS_TOKEN_S);
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: account,
            sid: login,
            sitting,
            iat: now.0 / 1_000,
            exp: expires_at.0 / 1_000,
        };
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.to_owned());
        let key = self.signing(now)?;
        header.kid = Some(key.id.clone());
        Ok((encode(&header, &claims, &key.encoding).map_err(AppError::internal)?, expires_at))
    }

    pub(super) fn read(&self, token: &str, now: Timestamp) -> AppResult<Claims> {
        self.try_read(token, now).ok_or(AppError::Problem(ProblemCode::Unauthenticated))
    }

    fn try_read(&self, token: &str, now: Timestamp) -> Option<Claims> {
        let claims = self.signed_claims(token, now)?;
        let now_s = now.0 / 1_000;
        let is_current = claims.iat - LEEWAY_S <= now_s && now_s < claims.exp + LEEWAY_S;
        is_current.then_some(claims)
    }

    /// What a token says that we signed, whether its time has passed or not.
    fn signed_claims(&self, token: &str, now: Timestamp) -> Option<Claims> {
        let hash: [u8; 32] = Sha256::digest(token).into();
        let remembered = || self.good.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(claims) = remembered().get(&hash) {
            return Some(claims.clone());
        }
        let claims = self.verify(token, now)?;
        let mut good = remembered();
        if good.len() >= REMEMBERED {
            good.clear();
        }
        good.insert(hash, claims.clone());
        Some(claims)
    }

    fn verify(&self, token: &str, now: Timestamp) -> Option<Claims> {
        let header = decode_header(token).ok()?;
        if header.typ.as_deref() != Some(TYPE) {
            return None;
        }
        let key = self.verifying(header.kid.as_deref()?, now)?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.validate_exp = false; // by the injected clock, by the caller
        Some(decode(token, &key.decoding, &validation).ok()?.claims)
    }
}

#[cfg(test)]
mod tests;

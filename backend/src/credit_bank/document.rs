//! Documents of this credit bank: made, signed and read.

use super::{proof, status};
use crate::platform::{
    Services,
    error::{AppError, AppResult},
};
use ed25519_dalek::SigningKey;
use serde_json::Value;
use shared::{
    credit_bank::{CredentialFacts, CredentialTexts, canonical_json, unsigned_credential},
    learning::CourseLevel,
    time::Timestamp,
};
use std::{collections::HashMap, sync::LazyLock};

/// The language of certificates.
const LANGUAGE: &str = "zh-CN";

static TEXTS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../shared/locales/zh-CN/credential.json")).unwrap_or_default()
});

/// A text of certificates.
pub(super) fn text(key: &str) -> String {
    TEXTS.get(key).cloned().unwrap_or_else(|| key.to_owned())
}

/// Name of the issuer.
pub(super) fn issuer_name() -> String {
    text("issuer_name")
}

/// The issuer's DID.
pub(super) fn issuer_id(cx: &Services) -> String {
    proof::did_of(&cx.keys.certificates.verifying_key())
}

/// The sentences of a certificate for a course.
pub(super) fn texts_for(course_title: &str, level: CourseLevel) -> CredentialTexts {
    let level = text(match level {
        CourseLevel::Junior => "level.junior",
        CourseLevel::Senior => "level.senior",
    });
    let fill = |key: &str| text(key).replace("{course}", course_title).replace("{level}", &level);
    CredentialTexts {
        issuer_name: issuer_name(),
        name: fill("name"),
        description: fill("description"),
        criteria: fill("criteria"),
        score_name: fill("score_name"),
        grade_name: fill("grade_name"),
        language: LANGUAGE.to_owned(),
    }
}

/// The signed document, in canonical JSON.
///
/// # Errors
/// If it has no canonical text.
pub(super) fn signed(cx: &Services, facts: &CredentialFacts, texts: &CredentialTexts) -> AppResult<String> {
    let document = proof::sign(unsigned_credential(facts, texts), &cx.keys.certificates, facts.issued_at);
    canonical_json(&document.map_err(AppError::internal)?).map_err(AppError::internal)
}

/// Whether a document was signed by this credit bank and is unchanged.
pub(super) fn is_genuine(cx: &Services, document: &Value) -> bool {
    proof::verify(document).is_ok_and(|key| key == cx.keys.certificates.verifying_key())
}

/// Whether a document says that it is from this credit bank.
pub(super) fn claims_to_be_ours(cx: &Services, document: &Value) -> bool {
    let ours = issuer_id(cx);
    let issuer = document["issuer"].as_str().or_else(|| document["issuer"]["id"].as_str());
    let method = document["proof"]["verificationMethod"].as_str().unwrap_or_default();
    issuer == Some(ours.as_str()) || method.starts_with(&ours)
}

/// `/.well-known/did.json`: the credit bank's key under the name of its web address.
pub(super) fn did_document(cx: &Services) -> Value {
    let host = cx.config.public_url.split_once("://").map_or("", |(_, rest)| rest);
    let (host, path) = host.split_once('/').unwrap_or((host, ""));
    let path: String = path.split('/').filter(|part| !part.is_empty()).map(|part| format!(":{part}")).collect();
    let did = format!("did:web:{}{path}", host.replace(':', "%3A"));
    let key = cx.keys.certificates.verifying_key();
    let method = format!("{did}#certificates");
    serde_json::json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "alsoKnownAs": [proof::did_of(&key)],
        "verificationMethod": [{
            "id": method,
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": proof::multibase(&key),
        }],
        "assertionMethod": [method],
    })
}

/// A status list as a signed document.
///
/// # Errors
/// If it has no canonical text.
pub(super) fn signed_status_list(
    key: &SigningKey,
    public_url: &str,
    list: i64,
    revoked: &[i64],
    now: Timestamp,
) -> AppResult<Value> {
    let url = status::list_url(public_url, list);
    let document = serde_json::json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": proof::did_of(&key.verifying_key()),
        "validFrom": now,
        "credentialSubject": {
            "id": format!("{url}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": status::encode(revoked).map_err(AppError::internal)?,
        },
    });
    proof::sign(document, key, now).map_err(AppError::internal)
}

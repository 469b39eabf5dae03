//! Documents of this credit bank: made, signed and read.

use super::{proof, status};
use crate::platform::{
    Services,
    error::{AppError, AppResult},
};
use ed25519_dalek::SigningKey;
use serde_json::Value;
use shared::{
    credit_bank::{CredentialFacts, CredentialTexts, StatusPurpose, canonical_json, unsigned_credential},
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

/// The issuer's DID: the web address of the credit bank, below which its key is published.
pub(super) fn issuer_id(cx: &Services) -> String {
    web_did(&cx.config.public_url)
}

/// The `did:web` of an address: host and path with colons between; a colon within either is written out.
pub(super) fn web_did(public_url: &str) -> String {
    let (host, path) = host_and_path(public_url);
    let parts = std::iter::once(host).chain(path).map(|part| part.replace(':', "%3A"));
    format!("did:web:{}", parts.collect::<Vec<_>>().join(":"))
}

/// Where the document of the same `did:web` is looked for: below `/.well-known` of a host alone, else below the path.
/// Whoever stands before this server may take the path away.
pub(super) fn did_paths(public_url: &str) -> Vec<String> {
    let (_, path) = host_and_path(public_url);
    let path: String = path.into_iter().map(|part| format!("/{part}")).collect();
    if path.is_empty() {
        vec!["/.well-known/did.json".to_owned()]
    } else {
        vec![format!("{path}/did.json"), "/did.json".to_owned()]
    }
}

/// The host of an address, and the parts of its path.
fn host_and_path(public_url: &str) -> (&str, Vec<&str>) {
    let address = public_url.split_once("://").map_or(public_url, |(_, rest)| rest);
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    (host, path.split('/').filter(|part| !part.is_empty()).collect())
}

/// The DID that is the issuer's key itself: for who cannot or does not want to ask the web address.
/// Certificates were issued under it before they were issued under the address.
pub(super) fn key_id(cx: &Services) -> String {
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
        current: text("status.current"),
        superseded: text("status.superseded"),
        language: LANGUAGE.to_owned(),
    }
}

/// The signed document, in canonical JSON.
///
/// # Errors
/// If it has no canonical text.
pub(super) fn signed(cx: &Services, facts: &CredentialFacts, texts: &CredentialTexts) -> AppResult<String> {
    let unsigned = unsigned_credential(facts, texts);
    let document = proof::sign(unsigned, &facts.issuer_id, &cx.keys.certificates, facts.issued_at);
    canonical_json(&document.map_err(AppError::internal)?).map_err(AppError::internal)
}

/// Whether a document was signed by this credit bank and is unchanged.
pub(super) fn is_genuine(cx: &Services, document: &Value) -> bool {
    proof::verify(document).is_ok_and(|key| key == cx.keys.certificates.verifying_key())
}

/// Whether a document says that it is from this credit bank.
pub(super) fn claims_to_be_ours(cx: &Services, document: &Value) -> bool {
    let issuer = document["issuer"].as_str().or_else(|| document["issuer"]["id"].as_str());
    let method = document["proof"]["verificationMethod"].as_str().unwrap_or_default();
    [issuer_id(cx), key_id(cx)].iter().any(|ours| issuer == Some(ours.as_str()) || method.starts_with(ours))
}

/// `did.json`: the credit bank's key under the name of its web address.
pub(super) fn did_document(cx: &Services) -> Value {
    let (did, key) = (issuer_id(cx), cx.keys.certificates.verifying_key());
    let method = proof::method_of(&did, &key);
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

/// What a status list says.
pub(super) struct StatusList<'a> {
    /// Who signs it: the issuer of the certificates in it.
    pub(super) issuer: &'a str,
    /// Its address.
    pub(super) url: String,
    /// What a set bit means.
    pub(super) purpose: StatusPurpose,
    /// The places of the set bits.
    pub(super) set: &'a [i64],
}

impl StatusList<'_> {
    /// The list as a signed document.
    ///
    /// # Errors
    /// If it has no canonical text.
    pub(super) fn signed(&self, key: &SigningKey, now: Timestamp) -> AppResult<Value> {
        let document = serde_json::json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": self.url,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.issuer,
            "validFrom": now,
            "credentialSubject": {
                "id": format!("{}#list", self.url),
                "type": "BitstringStatusList",
                "statusPurpose": self.purpose,
                "encodedList": status::encode(self.set).map_err(AppError::internal)?,
            },
        });
        proof::sign(document, self.issuer, key, now).map_err(AppError::internal)
    }
}

#[cfg(test)]
mod tests {
    use super::{did_paths, web_did};

    #[test]
    fn an_address_has_one_did_and_it_leads_to_its_document() {
        let well_known = vec!["/.well-known/did.json"];
        for (address, did, paths) in [
            ("https://bank.example", "did:web:bank.example", well_known.clone()),
            ("http://127.0.0.1:8080", "did:web:127.0.0.1%3A8080", well_known),
            (
                "https://edu.example/credit/bank/",
                "did:web:edu.example:credit:bank",
                vec!["/credit/bank/did.json", "/did.json"],
            ),
            ("https://edu.example:8443/a:b", "did:web:edu.example%3A8443:a%3Ab", vec!["/a:b/did.json", "/did.json"]),
        ] {
            assert_eq!(web_did(address), did);
            assert_eq!(did_paths(address), paths);
        }
    }
}

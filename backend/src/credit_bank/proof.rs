//! Data Integrity proofs of the suite `eddsa-jcs-2022`. The issuer is named by its web address or by
//! its key; either way the key stands in the proof, so that checking needs no network. Whose key it
//! is, the key cannot say: who checks must know the keys that they trust.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use shared::{
    credit_bank::{JcsError, canonical_json},
    time::Timestamp,
};

/// Multicodec of an Ed25519 public key.
const ED25519_PUBLIC: [u8; 2] = [0xed, 0x01];

/// Why a document's proof does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// There is no proof of a form that this system makes.
    #[error("the document has no eddsa-jcs-2022 proof")]
    NoProof,
    /// The proof's key is not the issuer's.
    #[error("the proof is not by the issuer")]
    NotByIssuer,
    /// The proof is for other contexts than the document's.
    #[error("the proof is for other contexts")]
    OtherContexts,
    /// The document has no canonical text.
    #[error("{0}")]
    NotCanonical(JcsError),
    /// The signature is not that of this document.
    #[error("the signature does not fit the document")]
    WrongSignature,
}

/// A key as multibase text.
#[must_use]
pub fn multibase(key: &VerifyingKey) -> String {
    let bytes = [ED25519_PUBLIC.as_slice(), key.as_bytes()].concat();
    format!("z{}", bs58::encode(bytes).into_string())
}

/// The DID that is the key itself.
#[must_use]
pub fn did_of(key: &VerifyingKey) -> String {
    format!("did:key:{}", multibase(key))
}

/// The key in a `did:key`.
#[must_use]
pub fn key_of(did: &str) -> Option<VerifyingKey> {
    multibase_key(did.strip_prefix("did:key:")?)
}

/// The key in a multibase text.
fn multibase_key(text: &str) -> Option<VerifyingKey> {
    let bytes = bs58::decode(text.strip_prefix('z')?).into_vec().ok()?;
    let key = bytes.strip_prefix(ED25519_PUBLIC.as_slice())?;
    VerifyingKey::from_bytes(key.try_into().ok()?).ok()
}

/// The verification method of an issuer's key.
#[must_use]
pub fn method_of(issuer: &str, key: &VerifyingKey) -> String {
    format!("{issuer}#{}", multibase(key))
}

/// Adds the proof to a document that `issuer` issues.
///
/// # Errors
/// [`ProofError::NotCanonical`] if the document holds a number that is not a safe integer.
pub fn sign(mut document: Value, issuer: &str, key: &SigningKey, created: Timestamp) -> Result<Value, ProofError> {
    let mut proof = json!({
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": created,
        "verificationMethod": method_of(issuer, &key.verifying_key()),
        "proofPurpose": "assertionMethod",
        "@context": document["@context"],
    });
    let signature = key.sign(&hash(&document, &proof)?);
    proof["proofValue"] = format!("z{}", bs58::encode(signature.to_bytes()).into_string()).into();
    document["proof"] = proof;
    Ok(document)
}

/// Checks a document's proof and says whose key made it. Stricter than the suite: the document
/// may have no context that the proof has not.
///
/// # Errors
/// What is wrong with the proof.
pub fn verify(document: &Value) -> Result<VerifyingKey, ProofError> {
    let mut document = document.clone();
    let proof = document.as_object_mut().and_then(|members| members.remove("proof"));
    let Some(Value::Object(mut proof)) = proof else { return Err(ProofError::NoProof) };
    let is_ours =
        [("type", "DataIntegrityProof"), ("cryptosuite", "eddsa-jcs-2022"), ("proofPurpose", "assertionMethod")]
            .iter()
            .all(|(name, value)| proof.get(*name).is_some_and(|found| found == value));
    let value = proof.remove("proofValue").filter(|_| is_ours).ok_or(ProofError::NoProof)?;
    let method = proof.get("verificationMethod").and_then(Value::as_str).ok_or(ProofError::NoProof)?;
    let (signer, key) = signing_key(method).ok_or(ProofError::NoProof)?;
    let issuer = document["issuer"].as_str().or_else(|| document["issuer"]["id"].as_str());
    if issuer != Some(signer) {
        return Err(ProofError::NotByIssuer);
    }
    if proof.get("@context").is_some_and(|contexts| *contexts != document["@context"]) {
        return Err(ProofError::OtherContexts);
    }
    let signature = value.as_str().and_then(signature).ok_or(ProofError::NoProof)?;
    let hash = hash(&document, &Value::Object(proof))?;
    key.verify_strict(&hash, &signature).map_err(|_| ProofError::WrongSignature)?;
    Ok(key)
}

/// Signer and key of a method `did:web:…#z…`, or `did:key:z…#z…`, in which the key stands twice.
fn signing_key(method: &str) -> Option<(&str, VerifyingKey)> {
    let (did, fragment) = method.split_once('#')?;
    let is_right = match did.strip_prefix("did:key:") {
        Some(key) => key == fragment,
        None => did.strip_prefix("did:web:").is_some_and(|host| !host.is_empty()),
    };
    Some((did, multibase_key(fragment).filter(|_| is_right)?))
}

fn signature(multibase: &str) -> Option<Signature> {
    let bytes = bs58::decode(multibase.strip_prefix('z')?).into_vec().ok()?;
    Some(Signature::from_bytes(&bytes.try_into().ok()?))
}

/// What is signed: the hash of the proof's options, then that of the document.
fn hash(document: &Value, options: &Value) -> Result<Vec<u8>, ProofError> {
    let hash = |value| canonical_json(value).map(Sha256::digest).map_err(ProofError::NotCanonical);
    Ok([hash(options)?, hash(document)?].concat())
}

#[cfg(test)]
mod tests;

//! The suite against the test vectors of W3C, read in place, byte for byte.

use super::*;
use std::{fs, path::PathBuf};

const CONTEXT: &str = "https://www.w3.org/ns/credentials/v2";

fn vector(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/vc-vectors/eddsa");
    fs::read_to_string(folder.join(name)).expect("the test vectors lie beside the project").trim().to_owned()
}

fn json_vector(name: &str) -> Value {
    serde_json::from_str(&vector(name)).unwrap()
}

/// The key pair of the vectors.
fn key() -> SigningKey {
    let pair = json_vector("keyPair.json");
    let secret = bs58::decode(&pair["privateKeyMultibase"].as_str().unwrap()[1..]).into_vec().unwrap();
    let key = SigningKey::from_bytes(secret[2..].try_into().unwrap());
    assert_eq!(pair["publicKeyMultibase"], multibase(&key.verifying_key()));
    key
}

/// The DID that is the key of the vectors.
fn did() -> String {
    did_of(&key().verifying_key())
}

fn document() -> Value {
    document_by(&did())
}

fn document_by(issuer: &str) -> Value {
    let document = json!({ "@context": [CONTEXT], "issuer": { "id": issuer }, "name": "张秀英" });
    sign(document, issuer, &key(), Timestamp(1_677_281_798_000)).unwrap()
}

#[test]
fn every_intermediate_value_is_that_of_the_vectors() {
    let (document, options) = (json_vector("unsigned.json"), json_vector("eddsa-jcs-2022/proofConfigJCS.json"));
    assert_eq!(canonical_json(&document).unwrap(), vector("eddsa-jcs-2022/canonDocJCS.txt"));
    assert_eq!(canonical_json(&options).unwrap(), vector("eddsa-jcs-2022/proofCanonJCS.txt"));
    let hash = hash(&document, &options).unwrap();
    assert_eq!(hex::encode(&hash), vector("eddsa-jcs-2022/combinedHashJCS.txt"));
    assert_eq!(hex::encode(&hash[..32]), vector("eddsa-jcs-2022/proofHashJCS.txt"));
    assert_eq!(hex::encode(&hash[32..]), vector("eddsa-jcs-2022/docHashJCS.txt"));
    let signature = key().sign(&hash).to_bytes();
    assert_eq!(hex::encode(signature), vector("eddsa-jcs-2022/sigHexJCS.txt"));
    assert_eq!(format!("z{}", bs58::encode(signature).into_string()), vector("eddsa-jcs-2022/sigBTC58JCS.txt"));
}

#[test]
fn the_signed_vector_is_that_of_the_vectors_but_for_milliseconds() {
    // The vector's time has no milliseconds and ours has; every other member is the same.
    let mut signed = sign(json_vector("unsigned.json"), &did(), &key(), Timestamp(1_677_281_798_000)).unwrap();
    let expected = json_vector("eddsa-jcs-2022/signedJCS.json");
    for name in ["created", "proofValue"] {
        signed["proof"][name] = expected["proof"][name].clone();
    }
    assert_eq!(signed, expected);
    // Its issuer is not the key's DID, which we demand.
    assert_eq!(verify(&expected), Err(ProofError::NotByIssuer));
}

#[test]
fn what_is_signed_verifies_in_any_order_of_names() {
    let document = document();
    assert_eq!(verify(&document), Ok(key().verifying_key()));
    let text = canonical_json(&document).unwrap();
    assert_eq!(verify(&serde_json::from_str(&text).unwrap()), Ok(key().verifying_key()));
}

#[test]
fn every_change_of_a_member_is_found() {
    let wrong = |change: &dyn Fn(&mut Value)| {
        let mut document = document();
        change(&mut document);
        verify(&document).unwrap_err()
    };
    assert_eq!(wrong(&|document| document["name"] = "张秀芳".into()), ProofError::WrongSignature);
    assert_eq!(wrong(&|document| document["extra"] = true.into()), ProofError::WrongSignature);
    assert_eq!(
        wrong(&|document| document["proof"]["created"] = "2020-01-01T00:00:00Z".into()),
        ProofError::WrongSignature
    );
    assert_eq!(wrong(&|document| document["@context"] = json!([CONTEXT, "urn:other"])), ProofError::OtherContexts);
    assert_eq!(wrong(&|document| document["issuer"]["id"] = "did:key:z6Mk".into()), ProofError::NotByIssuer);
    assert_eq!(wrong(&|document| document["proof"] = Value::Null), ProofError::NoProof);
    assert_eq!(wrong(&|document| document["proof"]["proofPurpose"] = "authentication".into()), ProofError::NoProof);
    assert_eq!(
        wrong(&|document| document["name"] = 1.5.into()),
        ProofError::NotCanonical(JcsError::Number { number: "1.5".into() })
    );
}

#[test]
fn an_issuer_may_be_named_by_its_web_address() {
    let document = document_by("did:web:bank.example");
    let method = format!("did:web:bank.example#{}", multibase(&key().verifying_key()));
    assert_eq!(document["proof"]["verificationMethod"], method);
    assert_eq!(verify(&document), Ok(key().verifying_key()));

    let wrong = |change: &dyn Fn(&mut Value)| {
        let mut document = document.clone();
        change(&mut document);
        verify(&document).unwrap_err()
    };
    assert_eq!(wrong(&|document| document["issuer"]["id"] = "did:web:other.example".into()), ProofError::NotByIssuer);
    assert_eq!(wrong(&|document| document["issuer"]["id"] = did().into()), ProofError::NotByIssuer);
    let other = multibase(&SigningKey::from_bytes(&[8; 32]).verifying_key());
    let method = |text: String| wrong(&|document| document["proof"]["verificationMethod"] = text.clone().into());
    assert_eq!(method(format!("did:web:bank.example#{other}")), ProofError::WrongSignature);
    for nonsense in ["did:web:bank.example", "did:web:bank.example#certificates", "did:web:#z6Mk", "did:example:x#z6Mk"]
    {
        assert_eq!(method(nonsense.to_owned()), ProofError::NoProof, "{nonsense}");
    }
    let key = multibase(&key().verifying_key());
    for unknown in [format!("did:example:bank#{key}"), format!("did:web:#{key}"), format!("did:key:z6Mk#{key}")] {
        assert_eq!(method(unknown.clone()), ProofError::NoProof, "{unknown}");
    }
}

#[test]
fn who_claims_anothers_address_signs_with_a_key_that_nobody_trusts() {
    let forger = SigningKey::from_bytes(&[8; 32]);
    let issuer = "did:web:bank.example";
    let document = json!({ "@context": [CONTEXT], "issuer": { "id": issuer }, "name": "张秀英" });
    let forged = sign(document, issuer, &forger, Timestamp(1_677_281_798_000)).unwrap();
    assert_eq!(verify(&forged), Ok(forger.verifying_key()), "the signature fits its key, which is not the bank's");
    assert_ne!(verify(&forged), Ok(key().verifying_key()));
}

#[test]
fn a_key_is_read_back_from_its_did() {
    let did = did_of(&key().verifying_key());
    assert_eq!(key_of(&did), Some(key().verifying_key()));
    for wrong in ["", "did:key:z", "did:web:example.org", "did:key:z6Mk", &did.replace("did:key", "did:web")] {
        assert_eq!(key_of(wrong), None, "{wrong}");
    }
}

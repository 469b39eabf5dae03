//! Checking a certificate file without any server.

use super::proof;
use crate::platform::{
    crypto::Keys,
    error::{AppError, AppResult},
};
use ed25519_dalek::VerifyingKey;
use shared::credit_bank::{CredentialClaims, credential_claims, parse_strict};
use std::{fs, path::Path};

/// What the file turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileVerdict {
    /// Signed by a trusted issuer, and unchanged. Whether it was revoked since, only the status
    /// list tells.
    Genuine(Box<CredentialClaims>),
    /// Not a document that a trusted issuer signed; the reason is for the log or the terminal.
    Refused(String),
}

/// The key of an issuer given as `did:key:…`.
///
/// # Errors
/// If it is not the DID of an Ed25519 key.
pub fn issuer_key(did: &str) -> AppResult<VerifyingKey> {
    proof::key_of(did).ok_or_else(|| AppError::field("/issuer", "wrong-type"))
}

/// The key that signs this system's certificates.
#[must_use]
pub fn own_key(keys: &Keys) -> VerifyingKey {
    keys.certificates.verifying_key()
}

/// Checks a certificate file against the keys of trusted issuers.
///
/// # Errors
/// If the file cannot be read.
pub fn verify_file(path: &Path, trusted: &[VerifyingKey]) -> AppResult<FileVerdict> {
    let text = fs::read_to_string(path).map_err(|error| AppError::Malformed {
        pointer: String::new(),
        reason: format!("{}: {error}", path.display()),
    })?;
    Ok(verify_text(&text, trusted))
}

fn verify_text(text: &str, trusted: &[VerifyingKey]) -> FileVerdict {
    let document = match parse_strict(text) {
        Ok(document) => document,
        Err(error) => return FileVerdict::Refused(error.to_string()),
    };
    match proof::verify(&document) {
        Err(error) => FileVerdict::Refused(error.to_string()),
        Ok(key) if !trusted.contains(&key) => {
            FileVerdict::Refused(format!("the issuer {} is not trusted", proof::did_of(&key)))
        }
        Ok(_) => match credential_claims(&document) {
            Some(claims) => FileVerdict::Genuine(Box::new(claims)),
            None => FileVerdict::Refused("genuine, but not a certificate".to_owned()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::document::{self, StatusList},
        *,
    };
    use ed25519_dalek::SigningKey;
    use serde_json::{Value, json};
    use shared::{
        credit_bank::{CredentialFacts, StatusPurpose, canonical_json, unsigned_credential},
        ids::{CertificateId, CourseId},
        learning::CourseLevel,
        points::Points,
        results::Grade,
        time::Timestamp,
    };
    use uuid::Uuid;

    const BANK: &str = "https://bank.example";
    const LISTS: &str = "https://bank.example/api/v1/public/status_lists/1";
    const ISSUED_AT: Timestamp = Timestamp(1_795_395_600_000);

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    /// The certificate before it is signed.
    fn unsigned(issuer: &str) -> Value {
        let facts = CredentialFacts {
            certificate_id: CertificateId(Uuid::from_u128(0x019a_b000_0000_7000_8000_0000_0000_0001)),
            number: "202633052010000014".into(),
            issuer_id: issuer.to_owned(),
            holder_name: "张秀英".into(),
            salt: "c2FsdA".into(),
            course_id: CourseId(Uuid::from_u128(0x019a_b000_0000_7000_8000_0000_0000_0002)),
            course_code: "GYW01".into(),
            course_title: "成人高中语文".into(),
            exam_session_title: "2026年秋季".into(),
            score: Points(8_650),
            max_score: Points::whole(100),
            grade: Grade::A,
            issued_at: ISSUED_AT,
            status_list: LISTS.into(),
            status_index: 7,
        };
        unsigned_credential(&facts, &document::texts_for("成人高中语文", CourseLevel::Senior))
    }

    fn signed(unsigned: Value, issuer: &str) -> String {
        canonical_json(&proof::sign(unsigned, issuer, &key(), ISSUED_AT).unwrap()).unwrap()
    }

    /// A certificate as a learner downloads it.
    fn certificate() -> String {
        let issuer = document::web_did(BANK);
        signed(unsigned(&issuer), &issuer)
    }

    /// The same as it was made before the issuer had a web address and more than one status list.
    fn first_certificate() -> String {
        let issuer = proof::did_of(&key().verifying_key());
        let mut unsigned = unsigned(&issuer);
        unsigned["credentialSubject"]["licenseNumber"] = "202633052010000018".into();
        unsigned["credentialStatus"] = json!({
            "id": format!("{LISTS}#7"),
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "7",
            "statusListCredential": LISTS,
        });
        signed(unsigned, &issuer)
    }

    #[test]
    fn a_genuine_file_is_read_and_a_changed_character_is_found() {
        let trusted = [key().verifying_key()];
        for text in [certificate(), first_certificate()] {
            let FileVerdict::Genuine(claims) = verify_text(&text, &trusted) else { panic!("refused") };
            assert_eq!((claims.course_title.as_str(), claims.score.as_str()), ("成人高中语文", "86.5"));
            let changed = text.replacen("86.5", "96.5", 1);
            assert_eq!(
                verify_text(&changed, &trusted),
                FileVerdict::Refused("the signature does not fit the document".into())
            );
            assert!(matches!(verify_text(&text, &[]), FileVerdict::Refused(_)));
        }
        assert!(matches!(verify_text("{", &trusted), FileVerdict::Refused(_)));
    }

    /// A signed list in which one place is set.
    fn status_list(purpose: StatusPurpose, place: i64) -> String {
        let list =
            StatusList { issuer: &document::web_did(BANK), url: format!("{LISTS}/{purpose}"), purpose, set: &[place] };
        canonical_json(&list.signed(&key(), ISSUED_AT).unwrap()).unwrap()
    }

    /// The only list of the first certificates.
    fn first_status_list(place: i64) -> String {
        let issuer = proof::did_of(&key().verifying_key());
        let purpose = StatusPurpose::Revocation;
        let list = StatusList { issuer: &issuer, url: LISTS.to_owned(), purpose, set: &[place] };
        canonical_json(&list.signed(&key(), ISSUED_AT).unwrap()).unwrap()
    }

    /// The samples that the libraries of others check in `e2e/verify`.
    #[test]
    fn the_samples_of_the_foreign_check_are_what_we_make() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../e2e/verify/samples");
        let mut samples = vec![
            ("certificate.json".to_owned(), certificate()),
            ("first-certificate.json".to_owned(), first_certificate()),
            ("first-status-list.json".to_owned(), first_status_list(8)),
            ("first-status-list-revoked.json".to_owned(), first_status_list(7)),
        ];
        for purpose in StatusPurpose::ALL {
            samples.push((format!("{purpose}.json"), status_list(*purpose, 8)));
            samples.push((format!("{purpose}-set.json"), status_list(*purpose, 7)));
        }
        for (name, made) in samples {
            let path = folder.join(name);
            if std::option_env!("UPDATE_SNAPSHOTS").is_some() {
                fs::write(&path, format!("{made}\n")).unwrap();
            }
            let kept = fs::read_to_string(&path).unwrap();
            assert_eq!(kept, format!("{made}\n"), "rebuild with UPDATE_SNAPSHOTS=1 to accept");
        }
        for name in ["certificate.json", "first-certificate.json"] {
            let verdict = verify_file(&folder.join(name), &[key().verifying_key()]).unwrap();
            assert!(matches!(verdict, FileVerdict::Genuine(_)), "{name}");
        }
    }
}

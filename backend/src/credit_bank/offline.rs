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
    Genuine(CredentialClaims),
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
        Ok(_) => credential_claims(&document)
            .map_or_else(|| FileVerdict::Refused("genuine, but not a certificate".to_owned()), FileVerdict::Genuine),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::document, *};
    use ed25519_dalek::SigningKey;
    use shared::{
        credit_bank::{CredentialFacts, canonical_json, unsigned_credential},
        ids::{CertificateId, CourseId},
        learning::CourseLevel,
        points::Points,
        results::Grade,
        time::Timestamp,
    };
    use uuid::Uuid;

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    /// A certificate as a learner downloads it.
    fn certificate() -> String {
        let facts = CredentialFacts {
            certificate_id: CertificateId(Uuid::from_u128(0x019a_b000_0000_7000_8000_0000_0000_0001)),
            number: "202633052010000018".into(),
            issuer_id: proof::did_of(&key().verifying_key()),
            holder_name: "张秀英".into(),
            salt: "c2FsdA".into(),
            course_id: CourseId(Uuid::from_u128(0x019a_b000_0000_7000_8000_0000_0000_0002)),
            course_code: "GYW01".into(),
            course_title: "成人高中语文".into(),
            exam_session_title: "2026年秋季".into(),
            score: Points(8_650),
            max_score: Points::whole(100),
            grade: Grade::A,
            issued_at: Timestamp(1_795_395_600_000),
            status_list: "https://bank.example/api/v1/public/status_lists/1".into(),
            status_index: 7,
        };
        let unsigned = unsigned_credential(&facts, &document::texts_for("成人高中语文", CourseLevel::Senior));
        canonical_json(&proof::sign(unsigned, &key(), facts.issued_at).unwrap()).unwrap()
    }

    #[test]
    fn a_genuine_file_is_read_and_a_changed_character_is_found() {
        let trusted = [key().verifying_key()];
        let text = certificate();
        let FileVerdict::Genuine(claims) = verify_text(&text, &trusted) else { panic!("refused") };
        assert_eq!((claims.course_title.as_str(), claims.score.as_str()), ("成人高中语文", "86.5"));
        let changed = text.replacen("86.5", "96.5", 1);
        assert_eq!(
            verify_text(&changed, &trusted),
            FileVerdict::Refused("the signature does not fit the document".into())
        );
        assert!(matches!(verify_text(&text, &[]), FileVerdict::Refused(_)));
        assert!(matches!(verify_text("{", &trusted), FileVerdict::Refused(_)));
    }

    /// A signed list in which one place is revoked.
    fn status_list(revoked: i64) -> String {
        let issued_at = Timestamp(1_795_395_600_000);
        let list = document::signed_status_list(&key(), "https://bank.example", 1, &[revoked], issued_at);
        canonical_json(&list.unwrap()).unwrap()
    }

    /// The samples that the libraries of others check in `e2e/verify`.
    #[test]
    fn the_samples_of_the_foreign_check_are_what_we_make() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../e2e/verify/samples");
        let samples = [
            ("certificate.json", certificate()),
            ("status-list.json", status_list(8)),
            ("status-list-revoked.json", status_list(7)),
        ];
        for (name, made) in samples {
            let path = folder.join(name);
            if std::option_env!("UPDATE_SNAPSHOTS").is_some() {
                fs::write(&path, format!("{made}\n")).unwrap();
            }
            let kept = fs::read_to_string(&path).unwrap();
            assert_eq!(kept, format!("{made}\n"), "rebuild with UPDATE_SNAPSHOTS=1 to accept");
        }
        let verdict = verify_file(&folder.join("certificate.json"), &[key().verifying_key()]).unwrap();
        assert!(matches!(verdict, FileVerdict::Genuine(_)));
    }
}

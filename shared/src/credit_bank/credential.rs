//! The document of a certificate: a Verifiable Credential 2.0 that is also an Open Badge 3.0.
//!
//! It names its holder by a salted hash alone, and never holds a document number. Every term is
//! defined by one of the two contexts.

use super::StatusPurpose;
use crate::{
    ids::{CertificateId, CourseId},
    points::Points,
    results::Grade,
    time::Timestamp,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The contexts of a certificate, in order.
pub const CREDENTIAL_CONTEXTS: [&str; 2] =
    ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"];

/// What a certificate says.
#[derive(Clone, Debug)]
pub struct CredentialFacts {
    /// The certificate.
    pub certificate_id: CertificateId,
    /// 证书编号.
    pub number: String,
    /// The issuer's DID.
    pub issuer_id: String,
    /// The holder's name; only its hash goes into the document.
    pub holder_name: String,
    /// Random text that is hashed with the name.
    pub salt: String,
    /// The course.
    pub course_id: CourseId,
    /// Catalogue code of the course.
    pub course_code: String,
    /// Title of the course.
    pub course_title: String,
    /// Title of the exam session.
    pub exam_session_title: String,
    /// The score.
    pub score: Points,
    /// What the paper was worth.
    pub max_score: Points,
    /// The grade.
    pub grade: Grade,
    /// When it is issued.
    pub issued_at: Timestamp,
    /// Address of the status lists; each [`StatusPurpose`] has its own below it.
    pub status_list: String,
    /// The certificate's place in each of the status lists.
    pub status_index: u64,
}

/// The sentences of a certificate, in its own language.
#[derive(Clone, Debug)]
pub struct CredentialTexts {
    /// Name of the issuer.
    pub issuer_name: String,
    /// Title of the certificate.
    pub name: String,
    /// What it certifies.
    pub description: String,
    /// What had to be done for it.
    pub criteria: String,
    /// What the score is called.
    pub score_name: String,
    /// What the grade is called.
    pub grade_name: String,
    /// What the status says of one in whose place no other stands.
    pub current: String,
    /// What the status says of one in whose place another stands.
    pub superseded: String,
    /// BCP 47 tag of the language.
    pub language: String,
}

/// The document before it is signed.
#[must_use]
pub fn unsigned_credential(facts: &CredentialFacts, texts: &CredentialTexts) -> Value {
    let course = format!("urn:uuid:{}", facts.course_id);
    let (score, grade) = (format!("{course}#score"), format!("{course}#grade"));
    json!({
        "@context": CREDENTIAL_CONTEXTS,
        "id": format!("urn:uuid:{}", facts.certificate_id),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": texts.name,
        "issuer": { "id": facts.issuer_id, "type": ["Profile"], "name": texts.issuer_name },
        "validFrom": facts.issued_at,
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [{
                "type": "IdentityObject",
                "hashed": true,
                "identityHash": identity_hash(&facts.holder_name, &facts.salt),
                "identityType": "name",
                "salt": facts.salt,
            }],
            "licenseNumber": facts.number,
            "term": facts.exam_session_title,
            "achievement": {
                "id": course,
                "type": ["Achievement"],
                "achievementType": "Course",
                "humanCode": facts.course_code,
                "name": facts.course_title,
                "description": texts.description,
                "criteria": { "narrative": texts.criteria },
                "inLanguage": texts.language,
                "resultDescription": [
                    {
                        "id": score,
                        "type": ["ResultDescription"],
                        "name": texts.score_name,
                        "resultType": "RawScore",
                        "valueMin": "0",
                        "valueMax": facts.max_score.to_string(),
                    },
                    {
                        "id": grade,
                        "type": ["ResultDescription"],
                        "name": texts.grade_name,
                        "resultType": "LetterGrade",
                        "allowedValue": Grade::ALL.iter().rev().map(|grade| letter(*grade)).collect::<Vec<_>>(),
                        "requiredValue": letter(Grade::B),
                    },
                ],
            },
            "result": [
                { "type": ["Result"], "resultDescription": score, "value": facts.score.to_string() },
                { "type": ["Result"], "resultDescription": grade, "value": letter(facts.grade) },
            ],
        },
        "credentialStatus":
            StatusPurpose::ALL.iter().map(|purpose| status_entry(facts, texts, *purpose)).collect::<Vec<_>>(),
    })
}

/// Where one thing that may become of the certificate is told.
fn status_entry(facts: &CredentialFacts, texts: &CredentialTexts, purpose: StatusPurpose) -> Value {
    let list = format!("{}/{purpose}", facts.status_list);
    let mut entry = json!({
        "id": format!("{list}#{}", facts.status_index),
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": facts.status_index.to_string(),
        "statusListCredential": list,
    });
    if purpose == StatusPurpose::Message {
        entry["statusMessage"] = json!([
            { "status": "0x0", "message": texts.current },
            { "status": "0x1", "message": texts.superseded },
        ]);
    }
    entry
}

/// The grade as a letter.
pub(super) fn letter(grade: Grade) -> String {
    grade.as_str().to_uppercase()
}

/// The hash that stands for the holder's name (Open Badges 3.0, `IdentityHash`).
#[must_use]
pub fn identity_hash(name: &str, salt: &str) -> String {
    let hash = Sha256::new().chain_update(name.as_bytes()).chain_update(salt.as_bytes()).finalize();
    format!("sha256${}", hex::encode(hash))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::credit_bank::canonical_json;
    use uuid::Uuid;

    /// What a certificate says.
    pub(in crate::credit_bank) fn facts() -> CredentialFacts {
        CredentialFacts {
            certificate_id: CertificateId(Uuid::from_u128(1)),
            number: "202633052010000014".into(),
            issuer_id: "did:key:z6Mk".into(),
            holder_name: "张秀英".into(),
            salt: "c2FsdA".into(),
            course_id: CourseId(Uuid::from_u128(2)),
            course_code: "GYW01".into(),
            course_title: "成人高中语文".into(),
            exam_session_title: "2026年秋季".into(),
            score: Points(8_650),
            max_score: Points::whole(100),
            grade: Grade::A,
            issued_at: Timestamp(1_795_395_600_000),
            status_list: "https://bank.example/api/v1/public/status_lists/1".into(),
            status_index: 7,
        }
    }

    /// A certificate that says so, before it is signed.
    pub(in crate::credit_bank) fn document() -> Value {
        let texts = CredentialTexts {
            issuer_name: "学分银行".into(),
            name: "课程成绩合格证明".into(),
            description: "成人高中语文".into(),
            criteria: "学完并通过".into(),
            score_name: "成绩".into(),
            grade_name: "等级".into(),
            current: "没有换发".into(),
            superseded: "已换发".into(),
            language: "zh-CN".into(),
        };
        unsigned_credential(&facts(), &texts)
    }

    #[test]
    fn the_document_obeys_the_data_model() {
        let document = document();
        assert_eq!(document["@context"][0], "https://www.w3.org/ns/credentials/v2");
        assert!(document["issuer"]["id"].is_string());
        assert_eq!(document["validFrom"], "2026-11-23T01:00:00.000Z");
        let purposes = ["revocation", "suspension", "message"];
        for (at, purpose) in purposes.into_iter().enumerate() {
            let entry = &document["credentialStatus"][at];
            let list = format!("https://bank.example/api/v1/public/status_lists/1/{purpose}");
            assert_eq!((&entry["statusPurpose"], &entry["statusListIndex"]), (&json!(purpose), &json!("7")));
            assert_eq!((&entry["statusListCredential"], &entry["id"]), (&json!(list), &json!(format!("{list}#7"))));
        }
        assert_eq!(document["credentialStatus"][2]["statusMessage"][1]["message"], "已换发");
        assert!(document.get("issuanceDate").is_none());
        assert!(canonical_json(&document).is_ok());
    }

    #[test]
    fn the_holder_is_named_by_a_hash_alone() {
        let document = document();
        assert!(!document.to_string().contains("张秀英"));
        let identity = &document["credentialSubject"]["identifier"][0];
        assert_eq!(identity["identityHash"], identity_hash("张秀英", "c2FsdA"));
        assert_ne!(identity["identityHash"], identity_hash("张秀芳", "c2FsdA"));
    }
}

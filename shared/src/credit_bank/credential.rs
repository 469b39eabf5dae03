//! The document of a certificate: a Verifiable Credential 2.0 that is also an Open Badge 3.0.
//!
//! It names its holder by a salted hash alone, and never holds a document number. Every term is
//! defined by one of the two contexts.

use super::{CertificateNumber, StatusPurpose, division_digits};
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
fn letter(grade: Grade) -> String {
    grade.as_str().to_uppercase()
}

/// The hash that stands for the holder's name (Open Badges 3.0, `IdentityHash`).
#[must_use]
pub fn identity_hash(name: &str, salt: &str) -> String {
    let hash = Sha256::new().chain_update(name.as_bytes()).chain_update(salt.as_bytes()).finalize();
    format!("sha256${}", hex::encode(hash))
}

/// What a document says of itself; nothing is believed before its proof is checked.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct CredentialClaims {
    /// The certificate, as `urn:uuid:…`.
    pub id: String,
    /// 证书编号.
    pub number: String,
    /// The hash that stands for the holder's name.
    pub holder_hash: String,
    /// What was hashed with the name.
    pub salt: String,
    /// The course, as `urn:uuid:…`.
    pub course_id: String,
    /// Title of the course.
    pub course_title: String,
    /// The sentence that certifies.
    pub description: String,
    /// Title of the exam session.
    pub exam_session_title: String,
    /// The score, as the document writes it.
    pub score: String,
    /// What the paper was worth.
    pub max_score: String,
    /// The grade's letter.
    pub grade: String,
    /// When it was issued.
    pub issued_at: String,
    /// Address of the status list.
    pub status_list: String,
    /// Its place in the status list.
    pub status_index: String,
}

/// Reads the claims of a document of ours; `None` if it has another form.
#[must_use]
pub fn credential_claims(document: &Value) -> Option<CredentialClaims> {
    let text = |pointer: &str| document.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    // The first certificates had one status list, which told only of revocation.
    let status = |name: &str| {
        text(&format!("/credentialStatus/0/{name}")).or_else(|| text(&format!("/credentialStatus/{name}")))
    };
    let list = status("statusListCredential")?;
    Some(CredentialClaims {
        id: text("/id")?,
        number: text("/credentialSubject/licenseNumber")?,
        holder_hash: text("/credentialSubject/identifier/0/identityHash")?,
        salt: text("/credentialSubject/identifier/0/salt")?,
        course_id: text("/credentialSubject/achievement/id")?,
        course_title: text("/credentialSubject/achievement/name")?,
        description: text("/credentialSubject/achievement/description")?,
        exam_session_title: text("/credentialSubject/term")?,
        score: text("/credentialSubject/result/0/value")?,
        max_score: text("/credentialSubject/achievement/resultDescription/0/valueMax")?,
        grade: text("/credentialSubject/result/1/value")?,
        issued_at: text("/validFrom")?,
        status_list: list.strip_suffix("/revocation").unwrap_or(&list).to_owned(),
        status_index: status("statusListIndex")?,
    })
}

/// What the credit bank's own register says of a certificate, to be held against what was signed.
#[derive(Clone, Copy, Debug)]
pub struct RegisteredFacts<'a> {
    /// The certificate.
    pub certificate_id: CertificateId,
    /// 证书编号.
    pub number: &'a str,
    /// The division whose city audits it: it stands in the number.
    pub division: &'a str,
    /// The holder's name.
    pub holder_name: &'a str,
    /// The course.
    pub course_id: CourseId,
    /// Title of the course.
    pub course_title: &'a str,
    /// Title of the exam session.
    pub exam_session_title: &'a str,
    /// The score.
    pub score: Points,
    /// The grade.
    pub grade: Grade,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Number of the status list.
    pub status_list: i64,
    /// Place in the status list.
    pub status_index: i64,
}

impl CredentialClaims {
    /// Whether the document says exactly what the register says: not a word of what anybody is shown
    /// differs from what was signed.
    #[must_use]
    pub fn agree_with(&self, register: &RegisteredFacts<'_>) -> bool {
        let number = CertificateNumber::parse(register.number);
        let has_place = number.is_some_and(|number| number.parts().division == division_digits(register.division));
        let said = [
            (&self.id, format!("urn:uuid:{}", register.certificate_id)),
            (&self.number, register.number.to_owned()),
            (&self.holder_hash, identity_hash(register.holder_name, &self.salt)),
            (&self.course_id, format!("urn:uuid:{}", register.course_id)),
            (&self.course_title, register.course_title.to_owned()),
            (&self.exam_session_title, register.exam_session_title.to_owned()),
            (&self.score, register.score.to_string()),
            (&self.grade, letter(register.grade)),
            (&self.issued_at, register.issued_at.to_string()),
            (&self.status_index, register.status_index.to_string()),
        ];
        has_place
            && self.status_list.ends_with(&format!("/status_lists/{}", register.status_list))
            && said.iter().all(|(signed, registered)| **signed == *registered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credit_bank::canonical_json;
    use uuid::Uuid;

    fn facts() -> CredentialFacts {
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

    fn document() -> Value {
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

    #[test]
    fn the_claims_are_read_back() {
        let claims = credential_claims(&document()).unwrap();
        assert_eq!((claims.score.as_str(), claims.grade.as_str()), ("86.5", "A"));
        assert_eq!((claims.number.as_str(), claims.max_score.as_str()), ("202633052010000014", "100"));
        assert_eq!(claims.status_list, facts().status_list);
        assert_eq!(credential_claims(&json!({ "credentialSubject": {} })), None);
    }

    /// What the register says of the certificate.
    fn registered(facts: &CredentialFacts) -> RegisteredFacts<'_> {
        RegisteredFacts {
            certificate_id: facts.certificate_id,
            number: &facts.number,
            division: "3305",
            holder_name: &facts.holder_name,
            course_id: facts.course_id,
            course_title: &facts.course_title,
            exam_session_title: &facts.exam_session_title,
            score: facts.score,
            grade: facts.grade,
            issued_at: facts.issued_at,
            status_list: 1,
            status_index: 7,
        }
    }

    #[test]
    fn whatever_differs_from_the_register_is_found() {
        let (facts, claims) = (facts(), credential_claims(&document()).unwrap());
        let right = registered(&facts);
        assert!(claims.agree_with(&right));
        let other = Uuid::from_u128(3);
        for wrong in [
            RegisteredFacts { certificate_id: CertificateId(other), ..right },
            RegisteredFacts { number: "202633052010000022", ..right },
            RegisteredFacts { division: "3301", ..right },
            RegisteredFacts { holder_name: "张秀芳", ..right },
            RegisteredFacts { course_id: CourseId(other), ..right },
            RegisteredFacts { course_title: "成人高中英语", ..right },
            RegisteredFacts { exam_session_title: "2026年春季", ..right },
            RegisteredFacts { score: Points(8_651), ..right },
            RegisteredFacts { grade: Grade::B, ..right },
            RegisteredFacts { issued_at: Timestamp(facts.issued_at.0 + 1), ..right },
            RegisteredFacts { status_list: 11, ..right },
            RegisteredFacts { status_index: 8, ..right },
        ] {
            assert!(!claims.agree_with(&wrong), "{wrong:?}");
        }
    }

    #[test]
    fn the_first_certificates_had_one_status_list() {
        let mut document = document();
        document["credentialStatus"] = json!({
            "statusListIndex": "7",
            "statusListCredential": "https://bank.example/api/v1/public/status_lists/1",
        });
        assert!(credential_claims(&document).unwrap().agree_with(&registered(&facts())));
    }
}

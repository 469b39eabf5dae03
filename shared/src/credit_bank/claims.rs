//! What a signed document says, and whether the credit bank's own register says the same.

use super::{
    CertificateNumber,
    credential::{identity_hash, letter},
    division_digits,
};
use crate::{
    ids::{CertificateId, CourseId},
    points::Points,
    results::Grade,
    time::Timestamp,
};
use serde_json::Value;

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
    use super::{
        super::credential::{
            CredentialFacts,
            tests::{document, facts},
        },
        *,
    };
    use serde_json::json;
    use uuid::Uuid;

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

//! Requests and responses of `/certificates`, `/me/certificates`, `/me/graduation` and `/public`.

use super::{GraduationGap, GraduationState, OwnDiploma};
use crate::{
    ids::{CertificateId, CourseId, ExamSessionId},
    learning::{CourseLevel, CourseRole, CourseStanding},
    points::Points,
    problem::ProblemCode,
    results::Grade,
    rights::text_enum,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

text_enum! {
    /// Where a certificate stands (DOMAIN §2.4).
    CertificateState {
        /// Issued by the credit bank: numbered and signed.
        Issued = "issued",
        /// Waiting for the city's audit.
        Submitted = "submitted_to_city",
        /// Approved by the city: counts as the course grade of the diploma.
        Approved = "city_approved",
        /// Returned by the city with a reason.
        Returned = "city_returned",
        /// Void.
        Revoked = "revoked",
        /// 已换发: another certificate has taken its place.
        Superseded = "superseded",
    }
}

/// One certificate as officer and auditor see it: `GET /certificates`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CertificateView {
    /// The certificate.
    pub id: CertificateId,
    /// 证书编号: 18 digits with a check digit.
    pub number: String,
    /// The learner's name.
    pub holder_name: String,
    /// The course.
    pub course_id: CourseId,
    /// Title of the course.
    pub course_title: String,
    /// The exam session.
    pub exam_session_id: ExamSessionId,
    /// Title of the exam session.
    pub exam_session_title: String,
    /// The score.
    pub score: Points,
    /// The grade.
    pub grade: Grade,
    /// Where it stands.
    pub state: CertificateState,
    /// Why it was returned, revoked or issued anew; empty otherwise.
    pub reason: String,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Why somebody proposes to make it void, which another person confirms or takes back; told to staff alone.
    pub revocation_because: Option<String>,
    /// Whether the learner said no to having it shared with the credit bank; told to staff alone.
    #[serde(default)]
    pub is_sharing_declined: bool,
}

/// Body of `POST /certificates/issue`: everybody in the exam session who qualifies.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IssueCertificates {
    /// A published exam session.
    pub exam_session_id: ExamSessionId,
}

/// What the job of `POST /certificates/issue` brings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssueReport {
    /// Certificates issued now.
    pub issued: u32,
    /// Learners who had theirs already.
    pub already: u32,
    /// Learners who do not qualify.
    pub not_eligible: u32,
}

/// Body of `POST /certificates/{id}/audit`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "decision", rename_all = "snake_case", deny_unknown_fields)]
pub enum AuditDecision {
    /// 审核通过. The braces make serde refuse unknown fields there, too.
    Approve {},
    /// 退回.
    Return {
        /// Why; not empty.
        reason: String,
    },
}

/// Certificates that one job approves at most; who has more asks again.
pub const MOST_APPROVED: usize = 2_000;

/// Body of `POST /certificates/approve`: which certificates of the actor's cities are approved. It names them, or says
/// what those that wait for the audit have to fit; one of both at least.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ApproveCertificates {
    /// These and no others, at most [`MOST_APPROVED`]; then nothing else is looked at.
    pub ids: Option<Vec<CertificateId>>,
    /// Only those of this exam session.
    pub exam_session_id: Option<ExamSessionId>,
    /// Only those of this course.
    pub course_id: Option<CourseId>,
    /// Only those in whose holders' names this stands.
    pub name: Option<String>,
}

/// What the job of `POST /certificates/approve` brings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApproveReport {
    /// Certificates approved now.
    pub approved: u32,
    /// Those that were not.
    pub refused: Vec<RefusedApproval>,
}

/// A certificate that was not approved with the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefusedApproval {
    /// The certificate.
    pub id: CertificateId,
    /// Its number.
    pub number: String,
    /// The learner's name.
    pub holder_name: String,
    /// Why, as the audit of it alone would be refused.
    pub code: ProblemCode,
}

/// Body of `POST /certificates/{id}/revoke`: of who proposes it, and of who confirms it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RevokeCertificate {
    /// Why; not empty.
    pub reason: String,
}

/// Body of `POST /certificates/{id}/reissue`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReissueCertificate {
    /// Why; not empty.
    pub reason: String,
}

/// The way to the diploma: `GET /me/graduation`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GraduationProgress {
    /// Every course of the learner's level.
    pub courses: Vec<CourseTowardsDiploma>,
    /// Courses whose grade counts.
    pub counted: u16,
    /// Courses that are needed.
    pub needed: u16,
    /// What is missing for the diploma; nothing for who has no record of a learner, or has it.
    pub gaps: Vec<GraduationGap>,
    /// Where the list of graduates stands that the learner is on.
    pub listed: Option<GraduationState>,
    /// The diploma.
    pub diploma: Option<OwnDiploma>,
}

/// One course on the way to the diploma.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourseTowardsDiploma {
    /// The course.
    pub course_id: CourseId,
    /// Title of the course.
    pub course_title: String,
    /// How it counts.
    pub role: CourseRole,
    /// Where the learner stands in it; absent if not enrolled.
    pub standing: Option<CourseStanding>,
    /// The best released score.
    pub best_score: Option<Points>,
    /// Whether a released result is enough for a certificate.
    pub has_passed: bool,
    /// The certificate.
    pub certificate: Option<CertificateView>,
    /// Whether the grade counts for the diploma.
    pub is_counted: bool,
}

/// What anybody sees of a certificate: `GET /public/certificates/{number}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicCertificate {
    /// 证书编号.
    pub number: String,
    /// The holder's name, partly masked: `张*英`.
    pub holder_name_masked: String,
    /// Title of the course.
    pub course_title: String,
    /// Level of the course, as the number says it; absent if the number says none.
    pub level: Option<CourseLevel>,
    /// Title of the exam session.
    pub exam_session_title: String,
    /// The score.
    pub score: Points,
    /// What the paper was worth, as it was signed; absent if the document cannot be read.
    pub max_score: Option<Points>,
    /// The grade.
    pub grade: Grade,
    /// The sentence that certifies, as it was signed; absent if the document cannot be read.
    pub description: Option<String>,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Name of the issuer.
    pub issuer_name: String,
    /// The issuer's key, as `did:key:…`: the same stands behind the address in the QR code.
    pub issuer_key: String,
    /// Where it stands.
    pub state: CertificateState,
    /// Number of the newest certificate of the same result, if that has taken its place.
    pub superseded_by: Option<String>,
    /// Whether the stored document's signature is right, whatever is shown is what was signed, and the steps that were
    /// noted lead to the state.
    pub signature_is_valid: bool,
}

/// Reply of `POST /public/verifications`, whose body is the credential itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Verification {
    /// What was found.
    pub verdict: Verdict,
    /// The certificate, if the document is genuine.
    pub certificate: Option<PublicCertificate>,
}

text_enum! {
    /// What a verifier finds.
    Verdict {
        /// Genuine and in force.
        Valid = "valid",
        /// Genuine, but the city has not approved it yet.
        NotYetApproved = "not_yet_approved",
        /// Genuine, but void now.
        Revoked = "revoked",
        /// Genuine, but another certificate has taken its place.
        Superseded = "superseded",
        /// Some character was changed.
        Tampered = "tampered",
        /// Not signed by this credit bank.
        Unknown = "unknown",
    }
}

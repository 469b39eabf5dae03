//! Requests and responses of `/skill_trainings`, `/skill_certificates`, `/skill_records`,
//! `/classes/{id}/skills` and `/me/skill_record`.

use super::{CertificateKind, SkillDepartment, SkillLevel, SkillSource, SkillState};
use crate::{
    ids::{AccountId, ProviderId, SkillCertificateId, SkillTrainingId},
    time::Timestamp,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Body of `POST /skill_trainings` (with `Idempotency-Key`): somebody was trained. The reply is the
/// [`SkillTrainingView`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SkillTrainingEntry {
    /// The learner.
    pub learner: AccountId,
    /// The school that records it, and whose learner they are.
    pub provider_id: ProviderId,
    /// What the training is called (项目); may be empty.
    #[serde(default)]
    pub project: String,
    /// What for (职业、工种), such as 缝纫工.
    pub occupation: String,
    /// Its code in the national list of occupations, if it is known.
    #[serde(default)]
    pub occupation_code: Option<String>,
    /// What level it leads to, if to one.
    #[serde(default)]
    pub level: Option<SkillLevel>,
    /// Whose department the training belongs to.
    #[serde(default)]
    pub department: Option<SkillDepartment>,
    /// Who trained them: the school itself, a company, a bureau.
    pub organiser: String,
    /// Class hours.
    pub hours: u16,
    /// The score in theory, of 100.
    #[serde(default)]
    pub theory_score: Option<u8>,
    /// The score in practice, of 100.
    #[serde(default)]
    pub practice_score: Option<u8>,
    /// Where the record comes from.
    #[serde(default = "SkillSource::usual")]
    pub source: SkillSource,
    /// The first day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub starts_on: Date,
    /// The last day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub ends_on: Date,
}

/// One training.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SkillTrainingView {
    /// The training.
    pub id: SkillTrainingId,
    /// What was recorded.
    pub entry: SkillTrainingEntry,
    /// Where it stands.
    pub state: SkillState,
    /// Why it was refused or withdrawn; empty otherwise.
    pub reason: String,
    /// Who recorded it.
    pub recorded_by: AccountId,
    /// Who was the first to find it right or wrong.
    pub checked_by: Option<AccountId>,
    /// When.
    pub recorded_at: Timestamp,
}

/// Body of `POST /skill_certificates` (with `Idempotency-Key`): somebody has a certificate. The reply is
/// the [`SkillCertificateView`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SkillCertificateEntry {
    /// The learner.
    pub learner: AccountId,
    /// The school that records it, and whose learner they are.
    pub provider_id: ProviderId,
    /// What it is.
    pub kind: CertificateKind,
    /// What it is called, if it is of another kind; empty otherwise.
    #[serde(default)]
    pub kind_name: String,
    /// What for (职业、工种).
    pub occupation: String,
    /// How high; kinds without levels have none.
    pub level: Option<SkillLevel>,
    /// Who issued it.
    pub issuer: String,
    /// Its number; unique for the issuer.
    pub number: String,
    /// The day of issue.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub issued_on: Date,
}

/// One certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SkillCertificateView {
    /// The certificate.
    pub id: SkillCertificateId,
    /// What was recorded; a number that may be the holder's own is masked.
    pub entry: SkillCertificateEntry,
    /// Where it stands.
    pub state: SkillState,
    /// Why it was refused or withdrawn; empty otherwise.
    pub reason: String,
    /// Who recorded it.
    pub recorded_by: AccountId,
    /// Who was the first to find it right or wrong.
    pub checked_by: Option<AccountId>,
    /// When.
    pub recorded_at: Timestamp,
    /// Whether there is a photo of it.
    pub has_photo: bool,
    /// The certificate that counts instead, because it is higher.
    pub replaced_by: Option<SkillCertificateId>,
}

/// Body of `POST /skill_trainings/{id}/check` and `POST /skill_certificates/{id}/check`, by somebody who had no
/// hand in it yet; two find it right, one after the other. The reply is the view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SkillCheck {
    /// Whether it is as it was recorded.
    pub is_right: bool,
    /// Why not; empty if it is.
    #[serde(default)]
    pub reason: String,
}

/// Body of `POST /skill_trainings/{id}/withdraw` and `POST /skill_certificates/{id}/withdraw`. The reply is
/// the view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SkillWithdrawal {
    /// Why it was recorded by mistake.
    pub reason: String,
}

/// One row of `GET /skill_trainings?state=` (the last recorded first, in pages).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SkillTrainingRow {
    /// Whose it is.
    pub display_name: String,
    /// The school that recorded it.
    pub school_name: String,
    /// The training.
    pub training: SkillTrainingView,
}

/// One row of `GET /skill_certificates?state=` (the last recorded first, in pages).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SkillCertificateRow {
    /// Whose it is.
    pub display_name: String,
    /// The school that recorded it.
    pub school_name: String,
    /// The certificate; `replaced_by` is told by the learner's whole record alone.
    pub certificate: SkillCertificateView,
}

/// What a learner of a class was trained in, summed up: one row of `GET /classes/{id}/skills`, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LearnerSkills {
    /// The learner.
    pub account_id: AccountId,
    /// Their name.
    pub display_name: String,
    /// Class hours of the trainings that were found right.
    pub verified_hours: u32,
    /// Certificates that were found right.
    pub certificates: u32,
    /// Trainings and certificates that nobody has checked yet.
    pub to_check: u32,
}

/// A school at which the reader may record something of a learner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SkillSchool {
    /// The school.
    pub provider_id: ProviderId,
    /// What it is called.
    pub name: String,
}

/// What a learner was trained in: `GET /skill_records/{account_id}`, `GET /me/skill_record`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SkillRecord {
    /// The learner.
    pub account_id: AccountId,
    /// Their name.
    pub display_name: String,
    /// Trainings, the last first.
    pub trainings: Vec<SkillTrainingView>,
    /// Certificates, the last first.
    pub certificates: Vec<SkillCertificateView>,
    /// Class hours of the trainings that were found right.
    pub verified_hours: u32,
    /// Where the reader may record more of it.
    pub schools: Vec<SkillSchool>,
}

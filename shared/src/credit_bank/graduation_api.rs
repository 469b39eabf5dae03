//! Requests and responses of `/classes/{id}/graduates`, `/graduations`, `/diplomas` and `/public/diploma_checks`.

use super::{DiplomaState, GraduationGap, GraduationState};
use crate::{
    ids::{AccountId, ClassId, DiplomaId, GraduationBatchId, ProviderId, StudentRecordId},
    learning::CourseLevel,
    time::Timestamp,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Learners that one list of graduates has at most.
pub const MAX_GRADUATES: usize = 200;

/// A learner of a class, and what they lack for the diploma: `GET /classes/{id}/graduates`, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GraduateCandidate {
    /// The learner's account.
    pub account_id: AccountId,
    /// The name.
    pub name: String,
    /// 学号; absent without a record.
    pub learner_number: Option<String>,
    /// The level of the record.
    pub level: Option<CourseLevel>,
    /// What is missing; nothing if the learner may be proposed.
    pub gaps: Vec<GraduationGap>,
    /// Where the list stands that the learner is on already, unless it was returned.
    pub listed: Option<GraduationState>,
}

impl GraduateCandidate {
    /// Whether the school may propose the learner now.
    #[must_use]
    pub fn may_be_proposed(&self) -> bool {
        self.gaps.is_empty() && self.listed.is_none()
    }
}

/// Body of `POST /classes/{id}/graduations`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProposeGraduates {
    /// The learners, all of one level; at least one.
    pub learners: Vec<AccountId>,
}

/// Body of `POST /graduations/{id}/confirm` and `/approve`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "decision", rename_all = "snake_case", deny_unknown_fields)]
pub enum GraduationDecision {
    /// 通过.
    Approve {},
    /// 退回.
    Return {
        /// Why; not empty.
        reason: String,
    },
}

/// One list of graduates: `GET /graduations`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GraduationRow {
    /// The list.
    pub id: GraduationBatchId,
    /// The class.
    pub class_id: ClassId,
    /// What it is called.
    pub class_name: String,
    /// The school.
    pub provider_id: ProviderId,
    /// Its name.
    pub provider_name: String,
    /// The level of the diplomas.
    pub level: CourseLevel,
    /// Where it stands.
    pub state: GraduationState,
    /// Learners on it.
    pub learners: u32,
    /// When it was proposed.
    pub proposed_at: Timestamp,
    /// Why it was returned; empty otherwise.
    pub reason: String,
}

/// One list with its learners: `GET /graduations/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GraduationView {
    /// The list.
    pub list: GraduationRow,
    /// Who proposed it.
    pub proposed_by_name: String,
    /// Who confirmed it for the county.
    pub confirmed_by_name: Option<String>,
    /// Who approved or returned it in the end.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// The learners, by learner's number.
    pub graduates: Vec<Graduate>,
}

/// One learner on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Graduate {
    /// The record.
    pub record_id: StudentRecordId,
    /// The name, as it was proposed; as it was issued once there is a diploma.
    pub name: String,
    /// 学号.
    pub learner_number: String,
    /// What is missing by now; only of a list that waits.
    pub gaps: Vec<GraduationGap>,
    /// 毕业证书编号; absent before the approval.
    pub diploma_number: Option<String>,
}

/// One diploma of the register: `GET /diplomas`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DiplomaView {
    /// The diploma.
    pub id: DiplomaId,
    /// 毕业证书编号: 18 digits with a check digit.
    pub number: String,
    /// To whom it was issued.
    pub holder_name: String,
    /// 学号.
    pub learner_number: String,
    /// The level.
    pub level: CourseLevel,
    /// Name of the school.
    pub school: String,
    /// Name of the division whose bureau issued it.
    pub issuer: String,
    /// The day of issue.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub issued_on: Date,
    /// Where it stands.
    pub state: DiplomaState,
    /// Why it is, or is to be, void; empty otherwise.
    pub reason: String,
    /// Extracts that were given in the place of the lost paper.
    pub extracts: u32,
}

/// Body of `POST /diplomas/{id}/revoke`: of who proposes it, and of who confirms it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RevokeDiploma {
    /// Why; not empty.
    pub reason: String,
}

/// Body of `POST /diplomas/{id}/extracts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExtractDiploma {
    /// Why another paper is needed; not empty.
    pub reason: String,
}

/// A learner's own diploma, within `GET /me/graduation` and `GET /me/data`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnDiploma {
    /// 毕业证书编号.
    pub number: String,
    /// The level.
    pub level: CourseLevel,
    /// Name of the division whose bureau issued it.
    pub issuer: String,
    /// The day of issue.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub issued_on: Date,
    /// Whether it was made void.
    pub is_revoked: bool,
    /// How many extracts took the place of its paper.
    #[serde(default)]
    pub extracts: u32,
}

/// Body of `POST /public/diploma_checks`: no name stands in an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckDiploma {
    /// 毕业证书编号.
    pub number: String,
    /// The holder's whole name.
    pub name: String,
}

/// What anybody is told who knows number and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicDiploma {
    /// 毕业证书编号.
    pub number: String,
    /// The holder's name, partly masked: `张*英`.
    pub holder_name_masked: String,
    /// The level.
    pub level: CourseLevel,
    /// Name of the school.
    pub school: String,
    /// Name of the division whose bureau issued it.
    pub issuer: String,
    /// The day of issue.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub issued_on: Date,
    /// Whether it was made void.
    pub is_revoked: bool,
    /// Whether the entry is as it was registered.
    pub is_as_registered: bool,
}

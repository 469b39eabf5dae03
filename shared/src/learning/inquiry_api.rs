//! Requests and responses of `/me/units/{id}/inquiries`, `/me/inquiries` and `/inquiries`.

use super::InquiryState;
use crate::{
    ids::{ClassId, CourseId, InquiryId, UnitId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Body of `POST /me/units/{unit_id}/inquiries`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewInquiry {
    /// What is asked, in plain text.
    pub text: String,
}

/// Body of `POST /inquiries/{id}/answer`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewInquiryAnswer {
    /// The answer, in plain text.
    pub text: String,
}

/// Body of `POST /inquiries/{id}/publication`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InquiryPublication {
    /// Whether the whole class sees the question and its answer, and not who asked.
    pub is_public: bool,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InquiryAnswer {
    /// Plain text.
    pub text: String,
    /// Name of who gave it.
    pub by_name: String,
    /// When it was given.
    pub at: Timestamp,
}

/// A question as who asked it sees it: reply of `POST /me/units/{unit_id}/inquiries`, a row of `GET /me/inquiries`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InquiryView {
    /// The question.
    pub id: InquiryId,
    /// The course of the unit.
    pub course_id: CourseId,
    /// Its title.
    pub course_title: String,
    /// The unit at which it was asked.
    pub unit_id: UnitId,
    /// The title of the unit, as it was then.
    pub unit_title: String,
    /// What is asked.
    pub text: String,
    /// Where it stands.
    pub state: InquiryState,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// The answer, if there is one.
    pub answer: Option<InquiryAnswer>,
    /// Whether the class sees it.
    pub is_public: bool,
}

/// A question as who keeps or teaches the class sees it: a row of `GET /inquiries`, reply of its steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InquiryRow {
    /// The class.
    pub class_id: ClassId,
    /// Its name.
    pub class_name: String,
    /// Name of who asked.
    pub learner_name: String,
    /// The question.
    pub inquiry: InquiryView,
}

/// A question that the class may learn from. It does not say who asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicInquiry {
    /// The question.
    pub id: InquiryId,
    /// What was asked.
    pub text: String,
    /// The answer.
    pub answer: InquiryAnswer,
}

/// What is asked at a unit: `GET /me/units/{unit_id}/inquiries`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitInquiries {
    /// The learner's own questions, the newest first.
    pub own: Vec<InquiryView>,
    /// What others of the class asked and the class may see, the newest first.
    pub public: Vec<PublicInquiry>,
}

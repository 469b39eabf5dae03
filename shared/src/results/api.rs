//! Responses of `/me/results`.

use crate::{
    ids::{CourseId, ExamSessionId, SittingId},
    points::Points,
    rights::text_enum,
    sittings::ExamKind,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

text_enum! {
    /// Grade of a course test (浙教职成〔2008〕250号; DOMAIN §1.3).
    Grade {
        /// At least 80.
        A = "a",
        /// At least 60: passed.
        B = "b",
        /// At least 45.
        C = "c",
        /// Below 45.
        D = "d",
    }
}

/// One released result: `GET /me/results`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyResult {
    /// The sitting.
    pub sitting_id: SittingId,
    /// The exam session.
    pub exam_session_id: ExamSessionId,
    /// Title of the exam session.
    pub title: String,
    /// What it was for.
    pub kind: ExamKind,
    /// The course.
    pub course_id: CourseId,
    /// Title of the course.
    pub course_title: String,
    /// The score.
    pub score: Points,
    /// What the paper was worth.
    pub max_score: Points,
    /// The grade.
    pub grade: Grade,
    /// Whether it is enough for a certificate.
    pub has_passed: bool,
    /// When it was released.
    pub released_at: Timestamp,
}

//! Requests and responses of marking. A marker sees no identity.

use crate::points::Points;
use serde::{Deserialize, Serialize};

/// What a marker has to do: reply to `POST /exam_sessions/{id}/marking_claims`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MarkingWork {
    /// The responses that the marker holds and nobody else gets.
    pub tasks: Vec<MarkingTask>,
    /// All responses of the exam session that wait for points.
    pub left: u32,
    /// Of these, held by other markers.
    pub with_others: u32,
}

/// One response to mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MarkingTask {
    /// The task; tells nothing of whose response it is.
    pub id: uuid::Uuid,
    /// The item's stem as sanitised HTML.
    pub stem_html: String,
    /// What to look for, as sanitised HTML.
    pub rubric_html: String,
    /// What the candidate wrote.
    pub response: String,
    /// The most it can be worth.
    pub max_points: Points,
}

/// Body of `POST /marking_tasks/{id}/mark`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewMark {
    /// What the response is worth.
    pub points: Points,
}

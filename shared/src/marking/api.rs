//! Requests and responses of `/marking_tasks`. A marker sees no identity.

use crate::points::Points;
use serde::{Deserialize, Serialize};

/// One response to mark: `GET /marking_tasks`.
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

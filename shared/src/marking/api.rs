//! Requests and responses of marking. A marker sees no identity.

use crate::{item_bank::EssayLength, points::Points, time::Timestamp};
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
    /// What a question on a material is about, as sanitised HTML; empty for every other.
    pub material_html: String,
    /// What is asked, as sanitised HTML.
    pub stem_html: String,
    /// What to look for, as sanitised HTML; empty for who does not mark it.
    pub rubric_html: String,
    /// What the candidate wrote.
    pub response: String,
    /// The most it can be worth.
    pub max_points: Points,
    /// By what it is marked; empty if as a whole.
    pub dimensions: Vec<MarkingDimension>,
    /// How long it should be.
    pub length: EssayLength,
}

/// One dimension by which a response is marked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MarkingDimension {
    /// What it is called.
    pub name: String,
    /// The most that it can be worth.
    pub max_points: Points,
}

/// What the markers of a response look for: `POST /marking_tasks/{id}/rubric_views`. Every look is audited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RubricView {
    /// As sanitised HTML; empty if nothing is said.
    pub rubric_html: String,
}

/// Body of `POST /marking_tasks/{id}/mark`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewMark {
    /// What the response is worth.
    pub points: Points,
    /// What each of its dimensions is worth, together as much; empty where it has none.
    #[serde(default)]
    pub dimensions: Vec<Points>,
}

/// How far the marking of a test is: `GET /exam_sessions/{id}/marking_progress`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MarkingProgress {
    /// Responses that wait for points.
    pub left: u32,
    /// Responses that markers gave points.
    pub marked: u32,
    /// How often points were taken back.
    pub reopened: u32,
    /// The markers who gave points or hold responses, by name.
    pub markers: Vec<MarkerProgress>,
}

/// One marker's part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MarkerProgress {
    /// Who it is.
    pub marker_name: String,
    /// Responses that they gave points.
    pub marked: u32,
    /// Responses that are with them now.
    pub held: u32,
}

/// One response with the points that a marker gave: `GET /exam_sessions/{id}/marked_responses`. It tells
/// nothing of whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MarkedResponse {
    /// The task.
    pub task: MarkingTask,
    /// What it is worth.
    pub points: Points,
    /// What each of its dimensions is worth, in their order.
    pub dimension_points: Vec<Points>,
    /// Who said so.
    pub marker_name: String,
    /// When.
    pub marked_at: Timestamp,
}

/// Body of `POST /marking_tasks/{id}/reopen`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReopenResponse {
    /// Why; not empty.
    pub reason: String,
}

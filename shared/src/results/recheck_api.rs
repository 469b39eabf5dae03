//! Requests and responses of `/rechecks` and `/me/rechecks`.

use super::{RecheckState, RecheckStep, RecheckedItem};
use crate::{
    ids::{ItemId, ScoreRecheckId, SittingId},
    points::Points,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// What a response is worth instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ItemCorrection {
    /// The item.
    pub item_id: ItemId,
    /// Its points.
    pub points: Points,
}

/// Body of `POST /rechecks/{id}/settle`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SettleRecheck {
    /// What was found wrong; nothing if the result is right.
    pub corrections: Vec<ItemCorrection>,
    /// What was looked at and found; the candidate reads it.
    pub reason: String,
}

/// A recheck as the candidate is told of it, for each result of a test that counts: `GET /me/rechecks`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyRecheck {
    /// The sitting of the result.
    pub sitting_id: SittingId,
    /// Until when the candidate may ask; absent when they may not, or have.
    pub ask_until: Option<Timestamp>,
    /// Where it stands; absent if nobody asked.
    pub state: Option<RecheckState>,
    /// When it was asked for; absent if nobody asked.
    pub asked_at: Option<Timestamp>,
    /// Until when it is answered; absent when nothing is open.
    pub answer_until: Option<Timestamp>,
    /// What was found; absent until it is settled.
    pub reason: Option<String>,
    /// The score that was released, where it was another.
    pub score_before: Option<Points>,
}

/// One recheck in a list: `GET /rechecks`. The candidate is not named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecheckHead {
    /// The recheck.
    pub id: ScoreRecheckId,
    /// Title of the test.
    pub exam_session_title: String,
    /// The candidate's ticket number.
    pub ticket_number: String,
    /// Where it stands.
    pub state: RecheckState,
    /// When the candidate asked.
    pub asked_at: Timestamp,
    /// Until when the candidate has an answer.
    pub answer_by: Timestamp,
}

/// One recheck with what is looked at: `GET /rechecks/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecheckView {
    /// Which, and where it stands.
    pub head: RecheckHead,
    /// The score that was released.
    pub score: Points,
    /// What the paper is worth.
    pub max_score: Points,
    /// The items in the order of the paper.
    pub items: Vec<RecheckedItem>,
    /// What was found, if somebody has looked.
    pub finding: Option<RecheckFinding>,
    /// What the reader may do about it now.
    pub open_steps: Vec<RecheckStep>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecheckFinding {
    /// Points that are others.
    pub corrections: Vec<ItemCorrection>,
    /// What the score is with them.
    pub score: Points,
    /// What was looked at and found.
    pub reason: String,
    /// Who found it.
    pub by_name: String,
    /// When.
    pub at: Timestamp,
}

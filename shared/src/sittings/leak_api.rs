//! Requests and responses of `/exam_sessions/{id}/leak_traces`.

use super::TraceVerdict;
use crate::{item_bank::ItemKind, time::Timestamp};
use serde::{Deserialize, Serialize};

/// One item of the paper as its candidates saw it, without its key: `GET /exam_sessions/{id}/trace_items`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TraceItem {
    /// Its number on the paper, in the author's order, from 1.
    pub paper_number: u16,
    /// Which of the questions on its material this is, from 1; absent for the item itself. Questions follow all items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<u16>,
    /// The kind.
    pub kind: ItemKind,
    /// The stem as HTML that the server sanitised.
    pub stem_html: String,
    /// What can be chosen as such HTML, in the author's order; empty where its order tells nothing.
    pub options_html: Vec<String>,
}

/// Body of `POST /exam_sessions/{id}/leak_traces`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewLeakTrace {
    /// Why: where the photo came from. The audit log keeps it.
    pub reason: String,
    /// What was read of the photo, each item once.
    pub items: Vec<LeakReading>,
}

/// What was read of one item in a photo: its number there, the order of its options, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LeakReading {
    /// The item, by its number on the paper in the author's order, from 1.
    pub paper_number: u16,
    /// Which of the questions on its material, from 1; absent for the item itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<u16>,
    /// The number that the photo shows above it, from 1; absent if it cannot be read.
    pub shown_number: Option<u16>,
    /// For each place from the top the option that stands there, by the author's index from 0; absent where it cannot
    /// be read. What follows the last that was read may be left out.
    pub options: Vec<Option<u16>>,
}

/// What the orders in a photo say: reply of `POST /exam_sessions/{id}/leak_traces`. A lead, no proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeakTraceView {
    /// In one word.
    pub verdict: TraceVerdict,
    /// How many sittings were held against it.
    pub sittings: u32,
    /// How many orders were read: of the options of an item, or the place of one.
    pub clues: u16,
    /// How probable it is that the photo is of none of them, in parts in a million.
    pub nobody_ppm: u32,
    /// The candidates whose orders fit best, the best first; none where nobody's does.
    pub candidates: Vec<TracedCandidate>,
}

/// A candidate whose order fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TracedCandidate {
    /// 准考证号.
    pub ticket_number: String,
    /// The candidate's name; absent for who may not see persons there.
    pub candidate_name: Option<String>,
    /// When they opened the test; absent for who did not come.
    pub started_at: Option<Timestamp>,
    /// How probable it is that the photo is of this candidate's screen, in parts in a million.
    pub certainty_ppm: u32,
    /// How many of the orders that were read are this candidate's.
    pub agreeing: u16,
}

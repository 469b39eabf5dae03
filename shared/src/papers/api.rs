//! Requests and responses of `/papers`, and the package that candidates' devices fetch.

use super::{KeyCeremonyView, PackagedTools, PaperSection, PaperState, PaperTools, paper_shape};
use crate::{
    delivery::PaperShape,
    ids::{AccountId, CourseId, ItemId, PaperId},
    item_bank::ItemView,
    points::Points,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Body of `POST /papers`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPaper {
    /// The course that is tested.
    pub course_id: CourseId,
    /// The title.
    pub title: String,
    /// The items with their points, in the author's order.
    pub items: Vec<PaperItem>,
    /// Its parts, which hold all items in this order; none if everything is shuffled as one.
    #[serde(default)]
    pub sections: Vec<PaperSection>,
}

/// One item of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PaperItem {
    /// The item; its newest version is pinned when the paper is sealed.
    pub item_id: ItemId,
    /// What it is worth; on trial, what it looks as if it were worth.
    pub points: Points,
    /// Whether it is tried there, and counts nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_trial: bool,
}

/// Body of `POST /papers/{id}/discard`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DiscardPaper {
    /// Why.
    pub reason: String,
}

/// Body of `POST /papers/{id}/send_back`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendBackPaper {
    /// Why.
    pub reason: String,
}

/// Body of `POST /papers/{id}/propose_opening`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProposePaperOpening {
    /// Why it has to be seen before candidates have sat it.
    pub reason: String,
}

/// How two persons open a closed paper, while that waits or lasts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperOpeningView {
    /// Who has to see it.
    pub proposed_by: AccountId,
    /// What they are called.
    pub proposed_by_name: String,
    /// Why.
    pub reason: String,
    /// Who opened it for both; absent as long as nobody did.
    pub opened_by: Option<AccountId>,
    /// What they are called; empty as long as nobody did.
    pub opened_by_name: String,
    /// When the proposal lapses, or the paper is closed again.
    pub ends_at: Timestamp,
}

/// One paper: `GET /papers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperView {
    /// The paper.
    pub id: PaperId,
    /// The course that is tested.
    pub course_id: CourseId,
    /// The title.
    pub title: String,
    /// How many items it has.
    pub items: u16,
    /// How many of them are tried, and count nothing.
    pub trial_items: u16,
    /// What they are worth together.
    pub points: Points,
    /// What candidates may use beside it.
    pub tools: PaperTools,
    /// Where it stands.
    pub state: PaperState,
    /// Who proposed to seal it; absent while it is open, and for what one person sealed alone when that was the rule.
    pub proposed_by: Option<AccountId>,
    /// What they are called.
    pub proposed_by_name: String,
    /// What who sealed it is called; empty as long as nobody did.
    pub sealed_by_name: String,
    /// Why it was sent back the last time, while it is open.
    pub sent_back_because: Option<String>,
    /// Why it was discarded, if it was.
    pub discarded_because: Option<String>,
    /// When it was sealed; absent before.
    pub sealed_at: Option<Timestamp>,
    /// SHA-256 of the sealed package, in hex.
    pub package_sha256: Option<String>,
    /// Who keeps its key, if that was split; otherwise the server does.
    pub key_ceremony: Option<KeyCeremonyView>,
    /// Whether nobody sees it alone: it holds an item of a sealed paper that candidates have not sat yet.
    pub is_closed: bool,
    /// How it is opened all the same, while that waits or lasts.
    pub opening: Option<PaperOpeningView>,
}

/// A paper to be tried as a candidate sits it: reply of `POST /papers/{id}/rehearsals`. No keys of items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperRehearsal {
    /// A seed as sittings have it, from which the order follows.
    pub seed: u64,
    /// What is inside the package, or would be if the paper were sealed now.
    pub package: PaperPackage,
}

/// The newest form of [`PaperPackage`].
pub const PACKAGE_SCHEMA_VERSION: u16 = 2;

/// What is inside a sealed package once it is opened with the content key. No keys of items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperPackage {
    /// The form of this document: 2 where a part has a time of its own, which a player of before would not keep; else 1.
    pub schema_version: u16,
    /// The paper.
    pub paper_id: PaperId,
    /// Its title.
    pub title: String,
    /// Its items, in the author's order; each candidate's order follows from the sitting's seed.
    pub items: Vec<PackagedItem>,
    /// Its parts, if it has any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<PaperSection>,
    /// What the candidate may use beside it.
    #[serde(default, skip_serializing_if = "PackagedTools::is_none")]
    pub tools: PackagedTools,
}

/// One item of a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PackagedItem {
    /// The item.
    pub item_id: ItemId,
    /// What it is worth.
    pub points: Points,
    /// What the candidate sees.
    pub view: ItemView,
    /// Its options that stay at their places, by their indices; the others are shuffled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pinned: Vec<u16>,
    /// The same of each of its questions on one material. None for any other item, and in papers that were sealed when
    /// these stood in their author's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pinned_parts: Vec<Vec<u16>>,
}

impl PaperPackage {
    /// The form that a package with these parts has.
    #[must_use]
    pub fn version_of(sections: &[PaperSection]) -> u16 {
        let is_timed = sections.iter().any(|section| section.minutes.is_some());
        if is_timed { PACKAGE_SCHEMA_VERSION } else { 1 }
    }

    /// What of the paper is shuffled.
    #[must_use]
    pub fn shape(&self) -> PaperShape {
        let pinned = self.items.iter().map(|item| item.pinned.clone()).collect();
        paper_shape(&self.sections, pinned, self.items.iter().map(|item| item.pinned_parts.clone()))
    }

    /// The place in the shape of the first question of each item that has such.
    #[must_use]
    pub fn first_parts(&self) -> Vec<usize> {
        let mut next = self.items.len();
        let first = |item: &PackagedItem| {
            let first = next;
            next += item.pinned_parts.len();
            first
        };
        self.items.iter().map(first).collect()
    }
}

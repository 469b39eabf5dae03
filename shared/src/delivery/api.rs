//! Requests and responses of `/sittings`.

use super::{FocusPolicy, RoomAnnouncement};
use crate::{
    ids::{ItemId, PaperId, SittingId},
    item_bank::Response,
    time::Timestamp,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

/// What a device must know before the test: `GET /sittings/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SittingView {
    /// The sitting.
    pub id: SittingId,
    /// Title of the exam session.
    pub title: String,
    /// 准考证号.
    pub ticket_number: String,
    /// The candidate's name.
    pub candidate_name: String,
    /// The form that this candidate sits.
    pub paper_id: PaperId,
    /// SHA-256 of the sealed package at `GET /papers/{paper_id}/package`, in hex.
    pub package_sha256: String,
    /// Rebuilds this candidate's order of items and options.
    pub seed: u64,
    /// When candidates may begin.
    pub starts_at: Timestamp,
    /// When this candidate's working time ends.
    pub deadline: Timestamp,
    /// Working time of everybody in minutes, of which parts of the paper have their share; a device may have kept a view of
    /// before that was said.
    #[serde(default)]
    pub duration_min: u16,
    /// Extra time of this candidate, in minutes.
    #[serde(default)]
    pub extra_min: u16,
    /// Whether this candidate reads in larger letters; a device may have kept a view of before that was said.
    #[serde(default)]
    pub needs_large_print: bool,
    /// Since when working time stands still, if it does; the deadline moves on meanwhile.
    #[serde(default)]
    pub paused_at: Option<Timestamp>,
    /// Whether the candidate goes on on paper.
    #[serde(default)]
    pub is_on_paper: bool,
    /// What was announced to this candidate, the last first.
    #[serde(default)]
    pub announcements: Vec<RoomAnnouncement>,
    /// Minutes before the end from which the candidate may hand in; absent if whenever they like.
    #[serde(default)]
    pub leave_before_end_min: Option<u16>,
    /// Whether the first opening needs the entry code of the room.
    #[serde(default)]
    pub asks_entry_code: bool,
    /// Whether the test opens in Safe Exam Browser alone, and who asked does not prove to be it.
    #[serde(default)]
    pub needs_safe_browser: bool,
    /// What is done when the candidate leaves the paper's page.
    #[serde(default = "FocusPolicy::of_old")]
    pub focus_policy: FocusPolicy,
    /// The epoch that may write; 0 before the first opening.
    pub epoch: u32,
    /// The server's clock when it replied.
    pub server_time: Timestamp,
    /// The receipt, once it is submitted or closed.
    pub receipt: Option<Receipt>,
    /// For whom a device seals a file of answers that it cannot send: a point of P-256 in base64url. A device may have
    /// kept a view of before there was one.
    #[serde(default)]
    pub answer_file_key: Option<String>,
    /// The content key, wrapped by what is read out where the network fails at the start (ADR 53), in base64url; absent for
    /// papers that were sealed before there was one.
    #[serde(default)]
    pub spoken_key: Option<String>,
}

/// Body of `POST /sittings/{id}/open`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenSitting {
    /// Names this device: random, kept in its store. The same device keeps its epoch.
    pub device: uuid::Uuid,
    /// The candidate consents to end the sitting on another device.
    pub take_over: bool,
    /// The entry code of the room, where the view asks for it.
    #[serde(default)]
    pub entry_code: Option<String>,
    /// When this device began without a network, by a key that was read out (ADR 53), on what it took for the server's
    /// clock. What it wrote since then it brings along.
    #[serde(default)]
    pub began_at: Option<Timestamp>,
}

/// Reply of `POST /sittings/{id}/open`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenedSitting {
    /// This device's epoch.
    pub epoch: u32,
    /// The server's clock when it replied.
    pub server_time: Timestamp,
    /// When this candidate's working time ends.
    pub deadline: Timestamp,
    /// The highest acknowledged number of this epoch; 0 if none.
    pub acked_through: u64,
    /// The answers in force, of all epochs.
    pub answers: Vec<AnswerInForce>,
}

/// The answer of one item that is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerInForce {
    /// The item.
    pub item_id: ItemId,
    /// The epoch it was written in.
    pub epoch: u32,
    /// Its number within the epoch.
    pub seq: u64,
    /// What was answered.
    pub response: Response,
}

/// One entry of the answer journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct JournalEntry {
    /// The device's epoch.
    pub epoch: u32,
    /// Counts the entries of the epoch over all items, from 1, without gaps.
    pub seq: u64,
    /// The item.
    pub item_id: ItemId,
    /// What was answered.
    pub response: Response,
    /// Milliseconds on the device's monotonic clock since it opened the sitting.
    pub monotonic_ms: u64,
    /// Hash of the entry before, in hex; of the sitting's id for the first.
    pub previous_hash: String,
}

/// Body of `POST /sittings/{id}/entries`: at most 200, in any order.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EntryBatch {
    /// The entries.
    pub entries: Vec<JournalEntry>,
}

/// Reply of `POST /sittings/{id}/entries`, sent after they are on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntryAcks {
    /// Numbers of the entries of this batch that are on disk.
    pub acked: Vec<u64>,
    /// The server's clock when it replied.
    pub server_time: Timestamp,
    /// When this candidate's working time ends; it may have been extended.
    pub deadline: Timestamp,
    /// The epoch that may write. A device of an older one is told by it that another has continued; what it sent is
    /// kept all the same. 0 if a server of before says nothing of it.
    #[serde(default)]
    pub epoch: u32,
}

/// Body of `POST /sittings/{id}/submit`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SubmitSitting {
    /// The device's epoch.
    pub epoch: u32,
    /// The number of the last entry of this epoch; 0 if none.
    pub last_seq: u64,
    /// Digest of the answers in force, as `delivery::digest` computes it.
    pub digest: String,
}

/// 回执: proof of what was submitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// The sitting.
    pub sitting_id: SittingId,
    /// When it was submitted or closed, on the server's clock.
    pub closed_at: Timestamp,
    /// Whether the candidate pressed 交卷; otherwise the server closed it.
    pub by_candidate: bool,
    /// How many items have an answer.
    pub answered: u16,
    /// Digest of the answers in force.
    pub digest: String,
}

/// A receipt among one's own data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnReceipt {
    /// Title of the exam session.
    pub title: String,
    /// 准考证号.
    pub ticket_number: String,
    /// The receipt.
    pub receipt: Receipt,
}

/// The server's clock: `GET /time`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServerTime {
    /// What it said when it replied.
    pub server_time: Timestamp,
}

/// The content key of a sealed package, once it is released: `GET /sittings/{id}/key`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContentKey {
    /// The paper.
    pub paper_id: PaperId,
    /// AES-256-GCM key in base64url.
    pub key: String,
}

impl ContentKey {
    /// The key of a paper, as it travels.
    #[must_use]
    pub fn of(paper_id: PaperId, key: &[u8]) -> Self {
        Self { paper_id, key: URL_SAFE_NO_PAD.encode(key) }
    }
}

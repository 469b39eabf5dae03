//! A test over all its rooms and sites, and what a candidate's device tells of itself.

use super::{InvigilatorView, RoomActKind, WaitingExtension};
use crate::{
    ids::{ExamRoomId, ExamSiteId},
    sittings::ExamSessionState,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// One room of a test, as it is told apart from others: `GET /exam_sessions/{id}/rooms`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomHead {
    /// The room.
    pub exam_room_id: ExamRoomId,
    /// Its site.
    pub exam_site_id: ExamSiteId,
    /// The name of the site.
    pub site_name: String,
    /// Its number in its site.
    pub number: u16,
    /// Where to find it.
    pub name: String,
    /// Candidates who have a seat there.
    pub expected: u32,
    /// How many of them were let in.
    pub admitted: u32,
    /// How many have begun.
    pub started: u32,
    /// How many have ended.
    pub closed: u32,
    /// How many are at work and not heard from; not told of many rooms at once.
    pub offline: Option<u32>,
    /// Who watches it.
    pub invigilators: Vec<InvigilatorView>,
    /// Who could; empty for who does not assign anybody.
    pub available: Vec<InvigilatorView>,
    /// Whether the reader may do something there.
    pub may_keep: bool,
}

/// Body of `POST /sittings/{id}/heartbeat`: how a candidate's device is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SittingHeartbeat {
    /// Names this visit of the page; its counts only grow.
    pub visit: uuid::Uuid,
    /// Whether the sealed paper is on the device and its hash is right.
    pub is_ready: bool,
    /// Answers that the server has not acknowledged.
    pub unsent: u32,
    /// How often the candidate left the page on this visit.
    pub focus_losses: u32,
    /// For how many seconds in all.
    pub focus_lost_s: u32,
    /// The number of the last news that the device has; 0 if none.
    pub heard: u64,
    /// For how many seconds at most the server may wait for news before it replies.
    pub wait_s: u8,
}

/// Reply of `POST /sittings/{id}/heartbeat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SittingNews {
    /// The number of the last news for this candidate; if the device has another, it asks how the sitting stands.
    pub news: u64,
    /// The server's clock when it replied.
    pub server_time: Timestamp,
}

/// A test over all its sites, on its day: `GET /exam_sessions/{id}/progress`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExamProgress {
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: ExamSessionState,
    /// When candidates may begin.
    pub starts_at: Timestamp,
    /// When working time ends, extra and returned time apart.
    pub ends_at: Timestamp,
    /// How many are to come.
    pub candidates: u32,
    /// Devices that have the sealed paper.
    pub ready: u32,
    /// Devices that have not told anything for a while, of those at work.
    pub offline: u32,
    /// Sittings to which answers came late, with proof that they were written in time: they are kept, and count.
    #[serde(default)]
    pub with_late_answers: u32,
    /// Incidents that are not settled.
    pub open_incidents: u32,
    /// The sites, each with its rooms.
    pub sites: Vec<SiteProgress>,
    /// How many began and ended in each minute, ascending; minutes without either are left out.
    pub curve: Vec<MinuteCount>,
    /// Acts that touched working time, ended a sitting or let somebody begin late, the last first.
    pub acts: Vec<RoomActLine>,
    /// Time that waits for a second person, the first first.
    #[serde(default)]
    pub waiting_extensions: Vec<WaitingExtension>,
}

/// One site of a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteProgress {
    /// The site.
    pub exam_site_id: ExamSiteId,
    /// Its name.
    pub name: String,
    /// Its rooms, by number.
    pub rooms: Vec<RoomHead>,
    /// Candidates who have a seat there.
    #[serde(default)]
    pub expected: u32,
    /// Of these, for how many a device has the sealed paper: on the day, or ahead of it.
    #[serde(default)]
    pub ready: u32,
}

/// What happened in one minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MinuteCount {
    /// When it began.
    pub minute: Timestamp,
    /// Sittings that were opened in it.
    pub started: u32,
    /// Sittings that were handed in or closed in it.
    pub closed: u32,
}

/// One act, as the report tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomActLine {
    /// What was done.
    pub kind: RoomActKind,
    /// The number of the room, if it was done in one.
    pub room_number: Option<u16>,
    /// The candidate's ticket number, if it was of one.
    pub ticket_number: Option<String>,
    /// Why, or what was announced.
    pub text: Option<String>,
    /// Minutes that were given back.
    pub minutes: Option<u16>,
    /// The seat to which the candidate was moved.
    #[serde(default)]
    pub seat: Option<u8>,
    /// Who did it.
    pub by_name: String,
    /// When.
    pub acted_at: Timestamp,
}

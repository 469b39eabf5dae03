//! Responses of `/me/meeting_notices`.

use super::MeetingView;
use crate::{ids::MeetingNoticeId, time::Timestamp};
use serde::{Deserialize, Serialize};

/// Notices that somebody sees at most; the lessons themselves say what was changed of them.
pub const MAX_MEETING_NOTICES: u64 = 100;

/// What somebody is told of a lesson that was moved or cancelled: one of `GET /me/meeting_notices`, the last first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingNotice {
    /// The notice.
    pub id: MeetingNoticeId,
    /// The lesson, as it is now.
    pub meeting: MeetingView,
    /// When it was to begin before.
    pub was_at: Timestamp,
    /// Why.
    pub reason: String,
    /// When it was told.
    pub told_at: Timestamp,
    /// When it was read.
    pub read_at: Option<Timestamp>,
}

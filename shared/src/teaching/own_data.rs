//! What of attendance stands among one's own data.

use super::AttendanceState;
use crate::{ids::MeetingId, time::Timestamp};
use serde::{Deserialize, Serialize};

/// What counts of a learner at one meeting, among their own data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnAttendance {
    /// The meeting.
    pub meeting_id: MeetingId,
    /// When it began.
    pub starts_at: Timestamp,
    /// Its class.
    pub class_name: String,
    /// The course that was taught.
    pub course_title: String,
    /// Whether the learner was there.
    pub state: AttendanceState,
    /// Minutes that count.
    pub minutes: u16,
}

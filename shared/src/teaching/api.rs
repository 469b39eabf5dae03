//! Requests and responses of `/holidays`, `/rooms`, `/classes/{id}/meetings`, `/meetings`, `/me/meetings`,
//! `/roll_calls` and `/me/class_hours`.
//!
//! Instants are UTC on the wire; days and the times of a series are those of China.

use super::{AttendanceState, ClashKind, Holiday, MeetingMode, RollCallEntry, RollCallMethod, SeriesDay};
use crate::{
    ids::{AccountId, ClassId, CourseId, MeetingId, RollCallEntryId, RoomId, TeachingPointId},
    organisation::OpenState,
    problem::FieldError,
    rights::text_enum,
    time::Timestamp,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Body of `POST /rooms` (with `Idempotency-Key`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RoomEntry {
    /// Where it is.
    pub teaching_point_id: TeachingPointId,
    /// What is on its door; unique there.
    pub name: String,
    /// Seats in it.
    pub seats: u16,
}

/// One row of `GET /rooms?teaching_point_id=`, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomView {
    /// The room.
    pub id: RoomId,
    /// Where it is.
    pub teaching_point_id: TeachingPointId,
    /// What is on its door.
    pub name: String,
    /// Seats in it.
    pub seats: u16,
    /// Whether lessons can be planned in it.
    pub state: OpenState,
    /// Counts the changes; what `If-Match` asks for.
    pub version: i32,
}

/// Body of `PUT /rooms/{id}` (with `If-Match`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReplaceRoom {
    /// What is on its door; unique at its teaching point.
    pub name: String,
    /// Seats in it.
    pub seats: u16,
    /// Closed, no lesson is planned in it any more; those that are stay.
    pub state: OpenState,
}

/// Body of `POST /classes/{id}/meetings` (with `Idempotency-Key`): one meeting. A clash is answered with
/// 409 `timetable-clash`, whose `params` is a [`Clashes`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MeetingEntry {
    /// The course that is taught; one of the class.
    pub course_id: CourseId,
    /// What it is about; may be empty.
    #[serde(default)]
    pub topic: String,
    /// Who teaches, if that is settled; one of `GET /class_teachers`.
    #[serde(default)]
    pub teacher_id: Option<AccountId>,
    /// Where, unless it is online.
    #[serde(default)]
    pub room_id: Option<RoomId>,
    /// How it is held; unless told in its room, or live where it has none.
    #[serde(default)]
    pub mode: Option<MeetingMode>,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends, on the same day in China.
    pub ends_at: Timestamp,
}

/// Body of `POST /classes/{id}/meeting_series` (with `Idempotency-Key`): the first meeting, and the same
/// again each week. Holidays are left out. All meetings are entered, or none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MeetingSeries {
    /// The first meeting.
    pub first: MeetingEntry,
    /// The last day on which it may meet, at most a year later.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub until: Date,
    /// The days of the week on which it meets; unless told the one of the first meeting.
    #[serde(default)]
    pub weekdays: Vec<SeriesDay>,
    /// Whether it also meets on a Saturday or Sunday that is worked (调休).
    #[serde(default)]
    pub meets_on_worked_days: bool,
}

/// Reply of `POST /classes/{id}/meeting_series`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeriesReply {
    /// The meetings, ascending.
    pub meetings: Vec<MeetingView>,
    /// The days that were left out, and why.
    pub skipped: Vec<Holiday>,
}

/// What a planned meeting clashes with: the `params` of `timetable-clash`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Clashes {
    /// At most 20 of them, ascending.
    pub clashes: Vec<ClashView>,
}

/// One clash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClashView {
    /// What is needed twice.
    pub kind: ClashKind,
    /// When the planned meeting begins.
    pub starts_at: Timestamp,
    /// The other meeting; absent at a place of others, where only "occupied" is said.
    pub with: Option<OtherMeeting>,
}

/// A meeting that takes the place of a planned one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OtherMeeting {
    /// The meeting.
    pub id: MeetingId,
    /// Its class.
    pub class_name: String,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
}

text_enum! {
    /// Whether a meeting takes place.
    MeetingState {
        /// 照常.
        Planned = "planned",
        /// 已取消.
        Cancelled = "cancelled",
    }
}

/// A meeting: one row of `GET /classes/{id}/meetings?from=&to=` (ascending, in pages), and
/// `GET /meetings/{id}`, whose `ETag` is `version`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingView {
    /// The meeting.
    pub id: MeetingId,
    /// Changes at every change.
    pub version: i32,
    /// Its class.
    pub class_id: ClassId,
    /// What that is called.
    pub class_name: String,
    /// The course that is taught.
    pub course_id: CourseId,
    /// Its title.
    pub course_title: String,
    /// What it is about.
    pub topic: String,
    /// Who teaches.
    pub teacher_id: Option<AccountId>,
    /// Their name.
    pub teacher_name: Option<String>,
    /// Where.
    pub room_id: Option<RoomId>,
    /// Room and teaching point, as people say it.
    pub place: Option<String>,
    /// How it is held.
    pub mode: MeetingMode,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Whether it takes place.
    pub state: MeetingState,
    /// What is said of its day, if that is no ordinary one: a warning, no refusal.
    pub holiday: Option<Holiday>,
    /// What was changed, the last change last.
    pub changes: Vec<MeetingChange>,
}

/// How a meeting was before a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingChange {
    /// When it began before.
    pub starts_at: Timestamp,
    /// When it ended before.
    pub ends_at: Timestamp,
    /// Where it was before.
    pub place: Option<String>,
    /// Why it was changed.
    pub reason: String,
    /// When it was changed.
    pub changed_at: Timestamp,
}

/// Body of `POST /meetings/{id}/reschedule` (with `If-Match`). The reply is the [`MeetingView`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Reschedule {
    /// When it begins now.
    pub starts_at: Timestamp,
    /// When it ends now.
    pub ends_at: Timestamp,
    /// Who teaches now.
    #[serde(default)]
    pub teacher_id: Option<AccountId>,
    /// Where it is now.
    #[serde(default)]
    pub room_id: Option<RoomId>,
    /// Why; learners read it.
    pub reason: String,
}

/// Body of `POST /meetings/{id}/cancel` (with `If-Match`). The reply is the [`MeetingView`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CancelMeeting {
    /// Why; learners read it.
    pub reason: String,
}

text_enum! {
    /// What somebody is at a meeting.
    MeetingPart {
        /// Learns.
        Learner = "learner",
        /// Teaches.
        Teacher = "teacher",
    }
}

/// One row of `GET /me/meetings?from=&to=`: the meetings of one's classes, and those that one teaches,
/// ascending; `from` is today unless told, `to` four weeks later. Changed and cancelled ones are there,
/// too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyMeeting {
    /// The meeting.
    pub meeting: MeetingView,
    /// What one is there.
    pub part: MeetingPart,
    /// Whether one was there, as a learner, as far as it is known.
    pub attendance: Option<AttendanceState>,
}

/// The roll of a meeting: `GET /meetings/{id}/roll`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingRoll {
    /// The meeting.
    pub meeting: MeetingView,
    /// The learners of the class, and others who were noted, by name.
    pub rows: Vec<RollRow>,
}

/// One learner on the roll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RollRow {
    /// The learner.
    pub account_id: AccountId,
    /// Their name.
    pub display_name: String,
    /// What counts; absent while nothing was noted.
    pub state: Option<AttendanceState>,
    /// How it was established.
    pub method: Option<RollCallMethod>,
    /// Minutes that the learner was there.
    pub minutes: u16,
    /// Everything that was noted, the oldest first.
    pub entries: Vec<RollCallEntry>,
}

/// Entries of roll-calls that one request brings at most.
pub const MAX_ROLL_ENTRIES: usize = 500;

/// Body of `POST /roll_calls`: what a teacher's phone has gathered, of any meetings. Each entry is taken
/// once, whatever is wrong with others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendRollCalls {
    /// The entries; `noted_by` is who sends them, `method` is not `code`.
    pub entries: Vec<RollCallEntry>,
}

text_enum! {
    /// What became of an entry.
    RollCallReceipt {
        /// It is stored now; the phone may forget it.
        Recorded = "recorded",
        /// It was stored before; the phone may forget it.
        Known = "known",
        /// It was not taken; the errors say why.
        Refused = "refused",
    }
}

/// What became of one entry: one of the reply to `POST /roll_calls`, in the order of the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RollCallAck {
    /// The entry.
    pub entry_id: RollCallEntryId,
    /// What became of it.
    pub receipt: RollCallReceipt,
    /// What is wrong with it; the pointers begin at the entry.
    pub errors: Vec<FieldError>,
}

/// What the classroom's screen shows: `GET /meetings/{id}/check_in_code`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckInCode {
    /// The digits; the QR code holds the address `/check_in/{meeting_id}#{code}`, whose fragment no server is told.
    pub code: String,
    /// Milliseconds until the next code must be asked for.
    pub changes_in_ms: i64,
}

/// Body of `POST /meetings/{id}/check_ins`, by the learner; the reply is the [`CheckInReceipt`]. A repeat
/// changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    /// The digits on the screen.
    pub code: String,
}

/// What a check-in brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckInReceipt {
    /// What the learner is at the meeting now.
    pub state: AttendanceState,
    /// When that was noted.
    pub noted_at: Timestamp,
}

/// Class hours of a learner in a course: one row of `GET /me/class_hours`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourseHours {
    /// The course.
    pub course_id: CourseId,
    /// Its title.
    pub course_title: String,
    /// Minutes of meetings face to face that count.
    pub minutes: u32,
    /// Whole class hours in them.
    pub class_hours: u32,
    /// Minutes of meetings online that count.
    pub online_minutes: u32,
    /// Whole class hours in them.
    pub online_class_hours: u32,
    /// Class hours that the rule of the class asks for face to face.
    pub needed: u16,
    /// Class hours face to face and online that are asked for together: those that the course has face to face.
    pub needed_together: u16,
}

/// Class hours of a learner of a class: one row of `GET /classes/{id}/class_hours`, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LearnerHours {
    /// The learner.
    pub account_id: AccountId,
    /// Their name.
    pub display_name: String,
    /// Their hours in the courses of the class.
    pub courses: Vec<CourseHours>,
}

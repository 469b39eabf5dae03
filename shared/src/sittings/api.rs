//! Requests and responses of `/exam_sessions` and `/me/exams`.

use super::{
    ExamCalendar, ExamKind, ExamQuota, ExamRules, Postponed, QualificationReview, QuotaView, RegistrationDays,
    ReviewOffice, SeatMove,
};
use crate::{
    ids::{CourseId, ExamSessionId, ExamWindowId, PaperId, SittingId},
    learning::Gate,
    organisation::DivisionCode,
    rights::text_enum,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

text_enum! {
    /// Where an exam session stands. It only moves forward, or is called off.
    ExamSessionState {
        /// Being planned; nobody sees it.
        Draft = "draft",
        /// Learners can register.
        Registering = "registering",
        /// Sittings are created; nobody can register any more.
        Arranged = "arranged",
        /// Two persons armed the release of the key; the test starts by the clock.
        Armed = "armed",
        /// All sittings are closed; responses are being marked.
        Marking = "marking",
        /// Two persons released the results.
        Published = "published",
        /// Called off before it ran; nothing more becomes of it.
        Cancelled = "cancelled",
    }
}

/// Body of `POST /exam_sessions` and `PUT /exam_sessions/{id}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewExamSession {
    /// The title, such as `2026年秋季 成人高中语文 全省统一测试`.
    pub title: String,
    /// What it is for.
    #[serde(default)]
    pub kind: ExamKind,
    /// The division that runs the test, the province or one of its cities; if absent, that of the planner, or the one that
    /// ran it before.
    #[serde(default)]
    pub division: Option<DivisionCode>,
    /// The course that is tested.
    pub course_id: CourseId,
    /// The sealed paper.
    pub paper_id: PaperId,
    /// Other forms of it, worth the same: neighbours sit different ones.
    #[serde(default)]
    pub other_paper_ids: Vec<PaperId>,
    /// When candidates may begin.
    pub starts_at: Timestamp,
    /// Working time in minutes, from `starts_at` for everyone, or from their own beginning if it says when it closes.
    pub duration_min: u16,
    /// Until when a mock test is open, if each begins at a time of their own.
    #[serde(default)]
    pub closes_at: Option<Timestamp>,
    /// When the rooms are closed, whoever still works; absent if nobody has said. The system ends no test then: a plan by
    /// which somebody could lawfully still be at work is refused.
    #[serde(default)]
    pub hard_stop_at: Option<Timestamp>,
    /// The days around the test; absent if none are planned. Then learners register as long as it stands so.
    #[serde(default)]
    pub calendar: Option<ExamCalendar>,
    /// What candidates are allowed; absent if nothing is said, so that they come and hand in while it runs.
    #[serde(default)]
    pub rules: Option<ExamRules>,
    /// How many candidates it takes from a place; from others as many as come.
    #[serde(default)]
    pub quotas: Vec<ExamQuota>,
    /// The last office that reviews registrations; absent if none does.
    #[serde(default)]
    pub reviewed_up_to: Option<ReviewOffice>,
    /// Browser Exam Keys of which Safe Exam Browser has to have one, in hex; none if its settings are enough. They count
    /// where the rules ask for it.
    #[serde(default)]
    pub browser_exam_keys: Vec<String>,
}

/// Body of `POST /exam_sessions/{id}/cancel`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CancelExamSession {
    /// Why; who is registered reads it.
    pub reason: String,
}

/// One exam session: `GET /exam_sessions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExamSessionView {
    /// The exam session.
    pub id: ExamSessionId,
    /// Its version.
    pub version: i32,
    /// The title.
    pub title: String,
    /// What it is for.
    pub kind: ExamKind,
    /// Code of the division that runs the test.
    pub division: String,
    /// Its name.
    pub division_name: String,
    /// The course that is tested.
    pub course_id: CourseId,
    /// Title of the course.
    pub course_title: String,
    /// The paper.
    pub paper_id: PaperId,
    /// Other forms of it.
    pub other_paper_ids: Vec<PaperId>,
    /// When candidates may begin.
    pub starts_at: Timestamp,
    /// Working time in minutes.
    pub duration_min: u16,
    /// When working time ends, extra time apart; when it closes, if each begins at a time of their own.
    pub ends_at: Timestamp,
    /// Until when it is open, if each begins at a time of their own.
    pub closes_at: Option<Timestamp>,
    /// When the rooms are closed, if somebody has said.
    pub hard_stop_at: Option<Timestamp>,
    /// The days around the test, if they are planned.
    pub calendar: Option<ExamCalendar>,
    /// What candidates are allowed.
    pub rules: ExamRules,
    /// How many candidates it takes from a place, and how many have registered.
    pub quotas: Vec<QuotaView>,
    /// The last office that reviews registrations, if any does.
    pub reviewed_up_to: Option<ReviewOffice>,
    /// Browser Exam Keys of which Safe Exam Browser has to have one.
    pub browser_exam_keys: Vec<String>,
    /// Where it stands.
    pub state: ExamSessionState,
    /// What has been counted.
    pub counts: ExamSessionCounts,
    /// Whether a first person has opened registration, armed the key or proposed the release, and waits for a second.
    pub awaits_second_person: bool,
    /// How it was put off last, if it was.
    pub postponed: Option<Postponed>,
    /// Why it was called off, if it was.
    pub cancelled_because: Option<String>,
    /// With which others it was planned at once, if it was.
    #[serde(default)]
    pub exam_window_id: Option<ExamWindowId>,
}

/// How many of what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExamSessionCounts {
    /// Learners registered.
    pub registered: u32,
    /// Of these, whose registration waits for an office.
    pub to_review: u32,
    /// Sittings created.
    pub sittings: u32,
    /// Sittings opened on a device.
    pub started: u32,
    /// Sittings submitted by the candidate or closed by the server.
    pub closed: u32,
    /// Responses that wait for a marker.
    pub to_mark: u32,
    /// Incidents that are not decided yet: the results of their candidates are held.
    pub open_incidents: u32,
}

/// One exam session as a learner sees it: `GET /me/exams`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyExam {
    /// The exam session.
    pub id: ExamSessionId,
    /// The title.
    pub title: String,
    /// What it is for.
    pub kind: ExamKind,
    /// Title of the course.
    pub course_title: String,
    /// When candidates may begin.
    pub starts_at: Timestamp,
    /// How long the learner works, in minutes, if they begin at a time of their own.
    pub own_time_min: Option<u16>,
    /// When the learner's working time ends.
    pub ends_at: Timestamp,
    /// What candidates are allowed.
    pub rules: ExamRules,
    /// Where it stands.
    pub state: ExamSessionState,
    /// How it was put off last, if it was.
    pub postponed: Option<Postponed>,
    /// Why it was called off, if it was.
    pub cancelled_because: Option<String>,
    /// The days on which learners register, if they are planned.
    pub registration: Option<RegistrationDays>,
    /// Whether the learner may register, and if not, why.
    pub gate: Gate,
    /// Why the learner was taken out after registration had ended, if they were.
    pub withdrawn_because: Option<String>,
    /// Whether the learner is registered.
    pub is_registered: bool,
    /// Where their registration stands, if it is reviewed.
    pub review: Option<QualificationReview>,
    /// Why it was refused, if it was.
    pub review_reason: Option<String>,
    /// The learner's sitting, once it is created.
    pub sitting: Option<MySitting>,
}

/// The learner's sitting in `GET /me/exams`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MySitting {
    /// The sitting.
    pub id: SittingId,
    /// 准考证号: 14 digits (DOMAIN §4.2).
    pub ticket_number: String,
    /// What the code on the admission ticket says: a [`super::TicketCode`].
    pub ticket_code: String,
    /// The log-in code that stands on it, in groups of four digits: with the number it lets the candidate in at a device
    /// of the room.
    pub login_code: String,
    /// Whether it has been submitted or closed.
    pub is_closed: bool,
    /// Where the learner sits, once a plan of seats holds and until the test is over.
    pub seat: Option<MySeat>,
}

/// Where a learner sits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MySeat {
    /// The name of the site.
    pub site_name: String,
    /// Where to go.
    pub address: String,
    /// The number of the room.
    pub room_number: u16,
    /// Where to find the room.
    pub room_name: String,
    /// The number of the seat.
    pub seat: u8,
    /// Whether they were told of another seat before: a ticket that was printed then is wrong.
    pub has_changed: bool,
}

/// A test that is sat at the reader's place today: `GET /watched_exam_sessions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WatchedExamSession {
    /// The exam session.
    pub exam_session_id: ExamSessionId,
    /// Its title.
    pub exam_session_title: String,
    /// Title of the course.
    pub course_title: String,
    /// When candidates may begin.
    pub starts_at: Timestamp,
    /// When working time ends, extra time apart.
    pub ends_at: Timestamp,
    /// Where it stands.
    pub state: ExamSessionState,
    /// Candidates of the place.
    pub expected: u32,
    /// Of these, who opened the test.
    pub started: u32,
    /// Of these, whose test is handed in or closed.
    pub closed: u32,
}

/// The candidates of a place: `GET /exam_sessions/{id}/sign_in_list`. Not a word of what they answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInList {
    /// The test.
    pub exam_session: WatchedExamSession,
    /// The candidates, by ticket number.
    pub candidates: Vec<SignInRow>,
}

/// One candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInRow {
    /// 准考证号.
    pub ticket_number: String,
    /// The candidate's name.
    pub candidate_name: String,
    /// The class that they come from.
    pub class_name: String,
    /// From which seat to which they were moved, if they were.
    #[serde(default)]
    pub moved: Option<SeatMove>,
    /// Extra time that they were granted, in minutes.
    pub extra_min: u16,
    /// When they opened the test; absent for who has not come.
    pub started_at: Option<Timestamp>,
    /// Whether the test is handed in or closed.
    pub is_closed: bool,
}

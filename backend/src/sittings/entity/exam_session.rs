//! Exam sessions.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, CourseId, ExamSessionId, ExamWindowId, PaperId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exam_session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExamSessionId,
    pub title: String,
    pub kind: String,
    pub course_id: CourseId,
    pub paper_id: PaperId,
    /// The other forms, as a JSON list of their ids.
    pub other_papers: Option<String>,
    /// Code of the division that runs the test.
    pub division: String,
    pub starts_at: Timestamp,
    pub duration_min: i32,
    /// Until when it is open, if each candidate begins at a time of their own.
    pub closes_at: Option<Timestamp>,
    /// When the rooms are closed, if somebody has said.
    pub hard_stop_at: Option<Timestamp>,
    /// `ExamCalendar` as JSON, if the days are planned.
    pub calendar: Option<String>,
    /// `ExamRules` as JSON, if any were told.
    pub rules: Option<String>,
    /// A JSON list of `ExamQuota`, if there are any.
    pub quotas: Option<String>,
    /// The last office that reviews registrations, if any does.
    pub reviewed_up_to: Option<String>,
    /// A JSON list of the Browser Exam Keys by which it is sat, if it takes only some.
    pub browser_exam_keys: Option<String>,
    pub state: String,
    pub version: i32,
    pub created_by: AccountId,
    /// Who found the plan right before another person opens registration.
    pub opened_first_by: Option<AccountId>,
    pub armed_first_by: Option<AccountId>,
    pub released_first_by: Option<AccountId>,
    pub scored_at: Option<Timestamp>,
    /// Responses that wait for a marker.
    pub to_mark: i32,
    pub cancelled_by: Option<AccountId>,
    pub cancelled_at: Option<Timestamp>,
    pub cancelled_because: Option<String>,
    /// With which others it was planned at once, if it was.
    pub exam_window_id: Option<ExamWindowId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! The days around a test as they are stored: one document, for they are planned and changed together.

use super::entity::exam_session;
use crate::platform::error::{AppError, AppResult};
use shared::sittings::ExamCalendar;

/// What is stored of a calendar.
pub(super) fn text_of(calendar: Option<&ExamCalendar>) -> AppResult<Option<String>> {
    calendar.map(serde_json::to_string).transpose().map_err(AppError::internal)
}

/// The calendar of an exam session, if one is planned.
pub(super) fn calendar_of(row: &exam_session::Model) -> AppResult<Option<ExamCalendar>> {
    row.calendar.as_deref().map(serde_json::from_str).transpose().map_err(AppError::internal)
}

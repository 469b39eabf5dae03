//! The rules of a test as they are stored: one document, for they are planned and changed together.

use super::entity::exam_session;
use crate::platform::error::{AppError, AppResult};
use shared::sittings::ExamRules;

/// What is stored of rules.
pub(super) fn text_of(rules: Option<&ExamRules>) -> AppResult<Option<String>> {
    rules.map(serde_json::to_string).transpose().map_err(AppError::internal)
}

/// The rules by which an exam session is sat.
pub(super) fn rules_of(row: &exam_session::Model) -> AppResult<ExamRules> {
    let told = row.rules.as_deref().map(serde_json::from_str).transpose().map_err(AppError::internal)?;
    Ok(told.unwrap_or_else(ExamRules::lenient))
}

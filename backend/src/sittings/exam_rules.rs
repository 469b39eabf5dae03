//! The rules of a test as they are stored: one document, for they are planned and changed together. What candidates are not
//! told, the keys of the browsers that it takes, stands beside it.

use super::{entity::exam_session, facts::SittingFacts};
use crate::platform::error::{AppError, AppResult};
use shared::{delivery::paused_s, sittings::ExamRules, time::Timestamp};

impl SittingFacts {
    /// Until when the candidate may come, as it is at `now`: while working time stands still, that moves on. Absent if as
    /// long as the test runs.
    #[must_use]
    pub fn admits_until(&self, now: Timestamp) -> Option<Timestamp> {
        let still_s = self.paused_at.map_or(0, |paused_at| paused_s(paused_at, now, self.returned_s));
        self.rules.admits_until(self.starts_at, self.given_s() + still_s)
    }
}

/// What is stored of rules.
pub(super) fn text_of(rules: Option<&ExamRules>) -> AppResult<Option<String>> {
    rules.map(serde_json::to_string).transpose().map_err(AppError::internal)
}

/// The rules by which an exam session is sat.
pub(super) fn rules_of(row: &exam_session::Model) -> AppResult<ExamRules> {
    let told = row.rules.as_deref().map(serde_json::from_str).transpose().map_err(AppError::internal)?;
    Ok(told.unwrap_or_else(ExamRules::lenient))
}

/// What is stored of Browser Exam Keys.
pub(super) fn exam_keys_text_of(keys: &[String]) -> AppResult<Option<String>> {
    let keys: Vec<String> = keys.iter().map(|key| key.to_ascii_lowercase()).collect();
    let text = (!keys.is_empty()).then(|| serde_json::to_string(&keys));
    text.transpose().map_err(AppError::internal)
}

/// The Browser Exam Keys of which Safe Exam Browser has to have one; none if its settings are enough.
pub(super) fn exam_keys_of(row: &exam_session::Model) -> AppResult<Vec<String>> {
    let keys = row.browser_exam_keys.as_deref().map(serde_json::from_str).transpose().map_err(AppError::internal)?;
    Ok(keys.unwrap_or_default())
}

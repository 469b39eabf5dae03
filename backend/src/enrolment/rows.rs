//! What stands in a record's row, read back.

use super::entity::{enrolment_rule, record_step, student_record};
use crate::platform::error::{AppError, AppResult};
use jiff::civil::Date;
use shared::{
    enrolment::{EnrolmentRule, RecordState, RecordStep},
    learning::CourseLevel,
    organisation::DivisionCode,
    person::EducationLevel,
    rights::Place,
    roster::LearnerLink,
    time::{read_date, write_date},
};

/// Where a record lies: at its school.
pub(super) fn place_of(row: &student_record::Model) -> Place {
    Place::Provider { id: row.provider_id, division: row.division.clone() }
}

pub(super) fn state_of(row: &student_record::Model) -> AppResult<RecordState> {
    state(&row.state)
}

pub(super) fn state(text: &str) -> AppResult<RecordState> {
    RecordState::parse(text).ok_or_else(|| unknown("state", text))
}

pub(super) fn level_of(row: &student_record::Model) -> AppResult<CourseLevel> {
    level(&row.level)
}

pub(super) fn step_of(row: &record_step::Model) -> AppResult<RecordStep> {
    RecordStep::parse(&row.step).ok_or_else(|| unknown("step", &row.step))
}

pub(super) fn day(text: &str) -> AppResult<Date> {
    read_date(text).ok_or_else(|| unknown("day", text))
}

/// The day of enrolment.
pub(super) fn enrolled_on(row: &student_record::Model) -> AppResult<Date> {
    day(&row.enrolled_on)
}

pub(super) fn education_of(row: &student_record::Model) -> Option<EducationLevel> {
    row.education_level.as_deref().and_then(EducationLevel::parse)
}

pub(super) fn rule(row: &enrolment_rule::Model) -> AppResult<EnrolmentRule> {
    Ok(EnrolmentRule {
        region: DivisionCode::parse(&row.region).ok_or_else(|| unknown("region", &row.region))?,
        level: level(&row.level)?,
        valid_from: day(&row.valid_from)?,
        youngest: row.youngest,
        oldest: row.oldest,
        prior: EducationLevel::parse(&row.prior).ok_or_else(|| unknown("schooling", &row.prior))?,
        is_literacy_enough: row.is_literacy_enough,
    })
}

/// A rule as a record keeps it.
pub(super) fn row_of_rule(rule: &EnrolmentRule) -> enrolment_rule::Model {
    enrolment_rule::Model {
        region: rule.region.as_str().to_owned(),
        level: rule.level.as_str().to_owned(),
        valid_from: write_date(rule.valid_from),
        youngest: rule.youngest,
        oldest: rule.oldest,
        prior: rule.prior.code().to_owned(),
        is_literacy_enough: rule.is_literacy_enough,
    }
}

/// What the roster is told of a person's records: those that stand.
pub(super) fn links(records: &[student_record::Model]) -> AppResult<Vec<LearnerLink>> {
    let mut links = Vec::with_capacity(records.len());
    for row in records {
        if let Some(stage) = state_of(row)?.stage() {
            links.push(LearnerLink { level: level_of(row)?, stage });
        }
    }
    Ok(links)
}

fn level(text: &str) -> AppResult<CourseLevel> {
    CourseLevel::parse(text).ok_or_else(|| unknown("level", text))
}

fn unknown(what: &str, text: &str) -> AppError {
    AppError::internal(format!("enrolment: unknown {what} {text}"))
}

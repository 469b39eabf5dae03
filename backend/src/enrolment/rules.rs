//! The rules of enrolment: dated rows, of which one holds at a place on a day.

use super::{rows, store};
use crate::{
    access::{Actor, Scope},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use serde::Deserialize;
use shared::{
    enrolment::{EnrolmentRule, rule_for},
    learning::CourseLevel,
    organisation::DivisionCode,
    rights::Right,
    time::read_date,
};

/// Where and when.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct RuleQuery {
    /// Code of the residence, at any level; without it, the province's rows.
    division: Option<String>,
    /// The day, such as `2026-11-25`; today unless told.
    day: Option<String>,
}

/// Every row that may hold at a place.
pub(super) async fn rules_at(cx: &Services, place: DivisionCode) -> AppResult<Vec<EnrolmentRule>> {
    store::list_rules(cx.db.read(), place.and_above()).await?.iter().map(rows::rule).collect()
}

/// The rows that hold, one a level; none for a level of which nothing is said.
///
/// # Errors
/// `forbidden`, or the parameter that is wrong.
pub(super) async fn holding(cx: &Services, actor: &Actor, query: &RuleQuery) -> AppResult<Vec<EnrolmentRule>> {
    Scope::above_classes(actor, Right::ReadEnrolments)?;
    let malformed = || AppError::field("/division", "division-malformed");
    let place = match query.division.as_deref() {
        Some(code) => DivisionCode::parse(code).ok_or_else(malformed)?,
        None => DivisionCode::ZHEJIANG,
    };
    let day = match query.day.as_deref() {
        Some(day) => read_date(day).ok_or_else(|| AppError::field("/day", "date-malformed"))?,
        None => cx.clock.now().date_in_china(),
    };
    let rules = rules_at(cx, place).await?;
    Ok(CourseLevel::ALL.iter().filter_map(|level| rule_for(&rules, place, *level, day).copied()).collect())
}

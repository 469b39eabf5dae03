//! Dated rule rows of graduation (DOMAIN §1.3, §1.9).

use crate::{
    dated_rules::{DatedRule, rule_at},
    learning::CourseLevel,
    organisation::DivisionCode,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One row: what the diploma of a level asks for beside its courses, in one region from one day on. A learner keeps
/// the row of the day of enrolment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GraduationRule {
    /// Where it holds.
    pub region: DivisionCode,
    /// The level of the diploma.
    pub level: CourseLevel,
    /// The first day on which it holds.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub valid_from: Date,
    /// Whether a verified certificate of a skill is needed: 双证制.
    pub needs_skill_certificate: bool,
    /// Credits that are needed; 0 where the rule counts none.
    pub credits: u16,
    /// Credits of culture that count at most.
    pub culture_cap: u16,
    /// Credits of skill that count at most; a vocational qualification is worth as many at once.
    pub skill_cap: u16,
}

impl DatedRule for GraduationRule {
    fn region(&self) -> DivisionCode {
        self.region
    }

    fn valid_from(&self) -> Date {
        self.valid_from
    }

    fn is_about_the_same(&self, other: &Self) -> bool {
        self.level == other.level
    }
}

/// The row that a learner keeps who enrolled on `day` at a school in `place`.
#[must_use]
pub fn graduation_rule_for(
    rules: &[GraduationRule],
    place: DivisionCode,
    level: CourseLevel,
    day: Date,
) -> Option<&GraduationRule> {
    rule_at(rules.iter().filter(|rule| rule.level == level), place, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_city_may_ask_for_more_and_a_learner_keeps_the_row_of_enrolment() {
        let row = |region: &str, level, valid_from, credits| GraduationRule {
            region: DivisionCode::parse(region).unwrap(),
            level,
            valid_from,
            needs_skill_certificate: true,
            credits,
            culture_cap: 60,
            skill_cap: 40,
        };
        let [province, junior] =
            [CourseLevel::Senior, CourseLevel::Junior].map(|level| row("33", level, date(2022, 1, 1), 0));
        let city = row("3307", CourseLevel::Senior, date(2024, 1, 1), 80);
        let rules = [city, province, junior];
        let kept = |place, level, day| {
            graduation_rule_for(&rules, DivisionCode::parse(place).unwrap(), level, day).map(|rule| rule.credits)
        };
        assert_eq!(kept("330783", CourseLevel::Senior, date(2023, 12, 31)), Some(0));
        assert_eq!(kept("330783", CourseLevel::Senior, date(2024, 1, 1)), Some(80));
        assert_eq!(kept("330783", CourseLevel::Junior, date(2024, 1, 1)), Some(0));
        assert_eq!(kept("330502", CourseLevel::Senior, date(2024, 1, 1)), Some(0));
        assert_eq!(kept("330502", CourseLevel::Senior, date(2021, 12, 31)), None);
    }
}

//! Dated rule rows of enrolment (DOMAIN §1.9).

use crate::{
    dated_rules::{DatedRule, rule_at},
    learning::CourseLevel,
    organisation::DivisionCode,
    person::EducationLevel,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One row: who may enrol in one region at one level from one day on. The learner keeps the row of the
/// day of enrolment; region, level and day name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EnrolmentRule {
    /// Where it holds.
    pub region: DivisionCode,
    /// The level studied for.
    pub level: CourseLevel,
    /// The first day on which it holds.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub valid_from: Date,
    /// Youngest age in completed years on the day of enrolment; the birthday counts.
    pub youngest: i16,
    /// Oldest age in completed years on the day of enrolment.
    pub oldest: i16,
    /// The schooling that must be finished before.
    pub prior: EducationLevel,
    /// Whether who can read and write needs no schooling before.
    pub is_literacy_enough: bool,
}

impl EnrolmentRule {
    /// 330000, from 2022-01-01 (DOMAIN §1.6, §1.9): from 16 to 60. Senior school follows on 初中毕业;
    /// junior school on primary school, or on being able to read and write.
    #[must_use]
    pub const fn zhejiang_2022(level: CourseLevel) -> Self {
        let (prior, is_literacy_enough) = match level {
            CourseLevel::Junior => (EducationLevel::PRIMARY_GRADUATE, true),
            CourseLevel::Senior => (EducationLevel::JUNIOR_GRADUATE, false),
        };
        let valid_from = Date::constant(2022, 1, 1);
        let region = DivisionCode::ZHEJIANG;
        Self { region, level, valid_from, youngest: 16, oldest: 60, prior, is_literacy_enough }
    }
}

impl DatedRule for EnrolmentRule {
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

/// The row that holds for a level at `place` on `day`.
#[must_use]
pub fn rule_for(rules: &[EnrolmentRule], place: DivisionCode, level: CourseLevel, day: Date) -> Option<&EnrolmentRule> {
    rule_at(rules.iter().filter(|rule| rule.level == level), place, day)
}

/// The rows by which a record is judged once more: of the version that it keeps the row of the level, or else
/// every row, of which that of its day counts.
#[must_use]
pub fn rules_kept(
    rules: &[EnrolmentRule],
    (region, valid_from): (DivisionCode, Date),
    level: CourseLevel,
) -> Vec<EnrolmentRule> {
    let is_kept = |rule: &&EnrolmentRule| rule.region == region && rule.valid_from == valid_from && rule.level == level;
    rules.iter().find(is_kept).map_or_else(|| rules.to_vec(), |kept| vec![*kept])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dated_rules::{RuleStanding, rule_standing};
    use jiff::civil::date;

    fn code(text: &str) -> DivisionCode {
        DivisionCode::parse(text).unwrap()
    }

    #[test]
    fn each_level_has_a_row_of_its_own() {
        let old = EnrolmentRule::zhejiang_2022(CourseLevel::Senior);
        let new = EnrolmentRule { valid_from: date(2027, 1, 1), oldest: 65, ..old };
        let junior =
            EnrolmentRule { valid_from: date(2027, 2, 1), ..EnrolmentRule::zhejiang_2022(CourseLevel::Junior) };
        let rules = [new, old, junior];
        let at = |level, day| rule_for(&rules, code("330106"), level, day);
        assert_eq!(at(CourseLevel::Senior, date(2026, 12, 31)), Some(&old));
        assert_eq!(at(CourseLevel::Senior, date(2027, 2, 1)), Some(&new));
        assert_eq!(at(CourseLevel::Junior, date(2027, 2, 1)), Some(&junior));
        assert_eq!(at(CourseLevel::Junior, date(2027, 1, 31)), None);
        let standing = |rule| rule_standing(&rules, rule, date(2027, 2, 1));
        assert_eq!((standing(&new), standing(&old)), (RuleStanding::InForce, RuleStanding::Former));
        assert_eq!(standing(&junior), RuleStanding::InForce);
    }

    #[test]
    fn a_record_is_judged_by_the_version_that_it_keeps() {
        let old = CourseLevel::ALL.iter().map(|level| EnrolmentRule::zhejiang_2022(*level)).collect::<Vec<_>>();
        let newer = EnrolmentRule { valid_from: date(2026, 1, 1), oldest: 50, ..old[1] };
        let rules = [old.as_slice(), &[newer]].concat();
        let kept = |day| rules_kept(&rules, (DivisionCode::ZHEJIANG, day), CourseLevel::Senior);
        assert_eq!(kept(date(2022, 1, 1)), [old[1]]);
        assert_eq!(kept(date(2026, 1, 1)), [newer]);
        let beside = rules_kept(&rules, (DivisionCode::ZHEJIANG, date(2026, 1, 1)), CourseLevel::Junior);
        assert_eq!(beside, rules, "the version does not speak of the level");
    }
}

//! The catalogue that anybody reads: where a course stands in it, and what its hours are worth.

use super::{CourseKind, CourseLevel};
use crate::{organisation::DivisionCode, rights::text_enum};
use jiff::civil::Date;

text_enum! {
    /// Where a course stands in the catalogue.
    CatalogueShelf {
        /// 成人初中.
        Junior = "junior",
        /// 成人高中.
        Senior = "senior",
        /// 职业技能, at whatever level.
        Skill = "skill",
    }
}

impl CatalogueShelf {
    /// Where a course of this level and kind stands.
    #[must_use]
    pub const fn of(level: CourseLevel, kind: CourseKind) -> Self {
        match (kind, level) {
            (CourseKind::Skill, _) => Self::Skill,
            (CourseKind::Culture, CourseLevel::Junior) => Self::Junior,
            (CourseKind::Culture, CourseLevel::Senior) => Self::Senior,
        }
    }
}

/// One row of the rule table: what class hours are worth in one region from one day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HourCreditRule {
    /// Where it holds.
    pub region: DivisionCode,
    /// The first day on which it holds.
    pub valid_from: Date,
    /// Class hours that are worth one credit.
    pub hours_per_credit: u16,
}

impl HourCreditRule {
    /// 330000, from 2022-01-01: ten hours a credit (DOMAIN §1.9, `hours_per_credit=10`).
    #[must_use]
    pub const fn zhejiang_2022() -> Self {
        Self { region: DivisionCode::ZHEJIANG, valid_from: Date::constant(2022, 1, 1), hours_per_credit: 10 }
    }
}

/// Credits for all the hours of one course: those face to face of a culture course, every hour of training in a
/// skill (DOMAIN §1.3). What its test is worth comes on top.
#[must_use]
pub fn hour_credits(kind: CourseKind, class_hours: u16, face_to_face_hours: u16, rule: &HourCreditRule) -> u16 {
    let counted = hours_for_credits(kind, class_hours, face_to_face_hours);
    counted.checked_div(rule.hours_per_credit).unwrap_or_default()
}

/// The hours of a course that credits are given for.
pub(super) const fn hours_for_credits(kind: CourseKind, class_hours: u16, face_to_face_hours: u16) -> u16 {
    match kind {
        CourseKind::Culture => face_to_face_hours,
        CourseKind::Skill => class_hours,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skill_stands_by_itself_and_a_culture_course_at_its_level() {
        assert_eq!(CatalogueShelf::of(CourseLevel::Junior, CourseKind::Culture), CatalogueShelf::Junior);
        assert_eq!(CatalogueShelf::of(CourseLevel::Senior, CourseKind::Culture), CatalogueShelf::Senior);
        for level in CourseLevel::ALL {
            assert_eq!(CatalogueShelf::of(*level, CourseKind::Skill), CatalogueShelf::Skill);
        }
    }

    #[test]
    fn ten_hours_are_a_credit_and_nine_are_none() {
        let rule = HourCreditRule::zhejiang_2022();
        let credits = |kind, all, face| hour_credits(kind, all, face, &rule);
        assert_eq!(credits(CourseKind::Culture, 300, 100), 10);
        assert_eq!(credits(CourseKind::Culture, 300, 99), 9, "what is studied at home is worth none");
        assert_eq!(credits(CourseKind::Skill, 60, 20), 6);
        assert_eq!(credits(CourseKind::Skill, 9, 9), 0);
        assert_eq!(hour_credits(CourseKind::Skill, 60, 20, &HourCreditRule { hours_per_credit: 0, ..rule }), 0);
    }
}

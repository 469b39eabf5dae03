//! Dated rule rows of attendance (DOMAIN §1.9).

use crate::{
    dated_rules::{DatedRule, rule_at},
    organisation::DivisionCode,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One row: how attendance counts in the classes of one region from one day on. A class keeps the row of its first
/// day; region and day name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AttendanceRule {
    /// Where it holds.
    pub region: DivisionCode,
    /// The first day on which it holds.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub valid_from: Date,
    /// Minutes after the start up to which one is late; who comes later is absent.
    pub late_min: u16,
    /// Minutes of a class hour: 45, or 40 where the rule says so.
    pub class_hour_min: u16,
    /// How much of the hours face to face of a course must be face to face, in percent; the rest may be hours online
    /// (DOMAIN §8: towns replace some).
    #[serde(default = "whole")]
    pub face_min_pct: u16,
}

const fn whole() -> u16 {
    100
}

impl AttendanceRule {
    /// 330000, from 2022-01-01 (DOMAIN §1.9, `late_min=15`; §8, 45 minutes; §1.2, the hours face to face of a course).
    #[must_use]
    pub const fn zhejiang_2022() -> Self {
        let valid_from = Date::constant(2022, 1, 1);
        Self { region: DivisionCode::ZHEJIANG, valid_from, late_min: 15, class_hour_min: 45, face_min_pct: whole() }
    }

    /// The class hours that a learner needs face to face in a course that has so many. One that is needed in part is
    /// needed whole.
    #[must_use]
    pub fn face_to_face_needed(&self, hours: u16) -> u16 {
        let needed = (u32::from(hours) * u32::from(self.face_min_pct)).div_ceil(100);
        u16::try_from(needed).unwrap_or(hours)
    }

    /// Region and day, as a class keeps them: `330000/2022-01-01`.
    #[must_use]
    pub fn version(&self) -> String {
        format!("{:0<6}/{}", self.region.as_str(), self.valid_from)
    }
}

/// The region that a version names.
#[must_use]
pub fn region_of_version(version: &str) -> Option<DivisionCode> {
    version.split_once('/').and_then(|(region, _)| DivisionCode::parse(region))
}

impl DatedRule for AttendanceRule {
    fn region(&self) -> DivisionCode {
        self.region
    }

    fn valid_from(&self) -> Date {
        self.valid_from
    }

    fn is_about_the_same(&self, _: &Self) -> bool {
        true
    }
}

/// The row that holds at `place` on `day`.
#[must_use]
pub fn attendance_rule_for(rules: &[AttendanceRule], place: DivisionCode, day: Date) -> Option<&AttendanceRule> {
    rule_at(rules, place, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn code(text: &str) -> DivisionCode {
        DivisionCode::parse(text).unwrap()
    }

    #[test]
    fn a_rule_says_how_many_hours_are_needed_face_to_face() {
        let needed = |face_min_pct, hours| {
            AttendanceRule { face_min_pct, ..AttendanceRule::zhejiang_2022() }.face_to_face_needed(hours)
        };
        assert_eq!((needed(100, 70), needed(50, 70), needed(0, 70)), (70, 35, 0));
        assert_eq!((needed(33, 100), needed(33, 70), needed(1, 1)), (33, 24, 1), "what is begun is needed whole");
        assert_eq!((needed(100, u16::MAX), needed(50, 0)), (u16::MAX, 0));
    }

    #[test]
    fn a_rule_that_says_nothing_of_hours_online_asks_for_all_face_to_face() {
        let said =
            serde_json::json!({ "region": "33", "valid_from": "2022-01-01", "late_min": 15, "class_hour_min": 45 });
        let rule: AttendanceRule = serde_json::from_value(said).unwrap();
        assert_eq!(rule, AttendanceRule::zhejiang_2022());
    }

    #[test]
    fn a_version_names_region_and_day() {
        let province = AttendanceRule::zhejiang_2022();
        assert_eq!(province.version(), "330000/2022-01-01");
        let county = AttendanceRule { region: code("330702"), valid_from: date(2026, 9, 1), ..province };
        let township = AttendanceRule { region: code("330702001"), ..county };
        assert_eq!((county.version(), township.version()), ("330702/2026-09-01".into(), "330702001/2026-09-01".into()));
        for rule in [province, county, township] {
            assert_eq!(region_of_version(&rule.version()), Some(rule.region));
        }
        assert_eq!(region_of_version("330000"), None);
    }
}

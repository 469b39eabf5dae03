//! Dated rule rows of attendance (DOMAIN §1.9).

use crate::organisation::DivisionCode;
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
}

impl AttendanceRule {
    /// 330000, from 2022-01-01 (DOMAIN §1.9, `late_min=15`; §8, 45 minutes).
    #[must_use]
    pub const fn zhejiang_2022() -> Self {
        let valid_from = Date::constant(2022, 1, 1);
        Self { region: DivisionCode::ZHEJIANG, valid_from, late_min: 15, class_hour_min: 45 }
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

/// The row that holds at `place` on `day`: of those whose region contains the place and whose day has come, that of
/// the smallest region; of two of one region, the newest.
#[must_use]
pub fn attendance_rule_for(rules: &[AttendanceRule], place: DivisionCode, day: Date) -> Option<&AttendanceRule> {
    let holds = |rule: &&AttendanceRule| rule.valid_from <= day && rule.region.contains(&place);
    rules.iter().filter(holds).max_by_key(|rule| (rule.region.level(), rule.valid_from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn code(text: &str) -> DivisionCode {
        DivisionCode::parse(text).unwrap()
    }

    #[test]
    fn the_smallest_region_holds_and_its_newest_row_whose_day_has_come() {
        let old = AttendanceRule::zhejiang_2022();
        let new = AttendanceRule { valid_from: date(2027, 1, 1), late_min: 10, ..old };
        let city = AttendanceRule { region: code("3307"), class_hour_min: 40, ..old };
        let county = AttendanceRule { region: code("330702"), valid_from: date(2026, 9, 1), late_min: 5, ..old };
        let rules = [new, county, city, old];
        let at = |place, day| attendance_rule_for(&rules, code(place), day);
        assert_eq!(at("330106", date(2026, 12, 31)), Some(&old));
        assert_eq!(at("330106", date(2027, 1, 1)), Some(&new));
        assert_eq!(at("330703", date(2027, 1, 1)), Some(&city), "the city's, however old");
        assert_eq!(at("330702001", date(2026, 8, 31)), Some(&city));
        assert_eq!(at("330702001", date(2026, 9, 1)), Some(&county));
        assert_eq!(at("330106", date(2021, 12, 31)), None);
        assert_eq!(at("32", date(2026, 12, 31)), None);
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

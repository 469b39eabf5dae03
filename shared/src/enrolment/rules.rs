//! Dated rule rows of enrolment (DOMAIN §1.9).

use crate::{learning::CourseLevel, organisation::DivisionCode, person::EducationLevel};
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

/// The row that holds at `place` on `day`: of those whose region contains the place and whose day has
/// come, that of the smallest region; of several of one region, the newest.
#[must_use]
pub fn rule_for(rules: &[EnrolmentRule], place: DivisionCode, level: CourseLevel, day: Date) -> Option<&EnrolmentRule> {
    let holds = |rule: &&EnrolmentRule| rule.level == level && rule.valid_from <= day && rule.region.contains(&place);
    rules.iter().filter(holds).max_by_key(|rule| (rule.region.level(), rule.valid_from))
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
    use jiff::civil::date;
    use proptest::prelude::*;

    fn code(text: &str) -> DivisionCode {
        DivisionCode::parse(text).unwrap()
    }

    #[test]
    fn the_newest_row_of_the_smallest_region_holds() {
        let old = EnrolmentRule::zhejiang_2022(CourseLevel::Senior);
        let new = EnrolmentRule { valid_from: date(2027, 1, 1), oldest: 65, ..old };
        let city = EnrolmentRule { region: code("3307"), youngest: 18, ..old };
        let rules = [new, city, old];
        let at = |place, day| rule_for(&rules, code(place), CourseLevel::Senior, day);
        assert_eq!(at("330106", date(2026, 12, 31)), Some(&old));
        assert_eq!(at("330106", date(2027, 1, 1)), Some(&new));
        assert_eq!(at("330702", date(2026, 12, 31)), Some(&city));
        assert_eq!(at("330702", date(2027, 1, 1)), Some(&city), "a city's own, however old, until it has a newer one");
        assert_eq!(at("330106", date(2021, 12, 31)), None);
        assert_eq!(at("32", date(2026, 12, 31)), None);
        assert_eq!(rule_for(&rules, code("33"), CourseLevel::Junior, date(2026, 12, 31)), None);
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

    proptest! {
        #[test]
        fn a_row_of_the_place_itself_outdoes_every_row_around_it(own in 1..28_i8, around in 1..28_i8, at in 1..28_i8) {
            let row = |region, day| EnrolmentRule {
                region: code(region),
                valid_from: date(2026, 1, day),
                ..EnrolmentRule::zhejiang_2022(CourseLevel::Junior)
            };
            let rules = [row("330106", own), row("3301", around), row("33", around)];
            let found = rule_for(&rules, code("330106"), CourseLevel::Junior, date(2026, 1, at)).map(|rule| rule.region);
            let expected = (own <= at).then(|| code("330106")).or((around <= at).then(|| code("3301")));
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn the_order_of_the_rows_makes_no_difference(days in prop::collection::vec(1..28_i8, 1..6), at in 1..28_i8) {
            let row = |day: &i8| EnrolmentRule { valid_from: date(2026, 1, *day), ..EnrolmentRule::zhejiang_2022(CourseLevel::Senior) };
            let mut rules: Vec<_> = days.iter().map(row).collect();
            let find = |rules: &[EnrolmentRule]| {
                rule_for(rules, code("330106"), CourseLevel::Senior, date(2026, 1, at)).copied()
            };
            let found = find(&rules);
            rules.reverse();
            prop_assert_eq!(find(&rules), found);
        }
    }
}

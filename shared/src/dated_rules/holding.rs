//! Which of several rules holds, where and when, and who sees them.

use crate::{
    organisation::DivisionCode,
    rights::{Place, Right, RoleAt, places, text_enum},
};
use jiff::civil::Date;

text_enum! {
    /// What a version is on a day.
    RuleStanding {
        /// Its day has not come.
        Coming = "coming",
        /// What begins now is judged by it.
        InForce = "in_force",
        /// What began by it keeps it.
        Former = "former",
    }
}

/// A rule that holds in a region from a day on.
pub trait DatedRule: PartialEq {
    /// Where it holds.
    fn region(&self) -> DivisionCode;

    /// The first day on which it holds.
    fn valid_from(&self) -> Date;

    /// Whether another is about the same, so that one of the two holds.
    fn is_about_the_same(&self, other: &Self) -> bool;
}

/// The rule that holds at `place` on `day`, of several about the same: of those whose region contains the place and
/// whose day has come, that of the smallest region; of several of one region, the newest.
#[must_use]
pub fn rule_at<'a, R: DatedRule + 'a>(
    rules: impl IntoIterator<Item = &'a R>,
    place: DivisionCode,
    day: Date,
) -> Option<&'a R> {
    let holding = rules.into_iter().filter(|rule| rule.valid_from() <= day && rule.region().contains(&place));
    holding.max_by_key(|rule| (rule.region().level(), rule.valid_from()))
}

/// What one of the rules is on a day, in its own region as a whole.
#[must_use]
pub fn rule_standing<R: DatedRule>(rules: &[R], rule: &R, day: Date) -> RuleStanding {
    if rule.valid_from() > day {
        return RuleStanding::Coming;
    }
    let about_the_same = rules.iter().filter(|other| other.is_about_the_same(rule));
    match rule_at(about_the_same, rule.region(), day) {
        Some(holding) if holding == rule => RuleStanding::InForce,
        _ => RuleStanding::Former,
    }
}

/// The divisions at which somebody with these roles holds a right.
pub fn divisions_of(roles: &[RoleAt], right: Right) -> impl Iterator<Item = DivisionCode> + '_ {
    places(roles, right).filter_map(|held| match held {
        Place::Division { code } => DivisionCode::parse(code),
        _ => None,
    })
}

/// Whether the rules of a region say something to somebody who keeps rules by one of these rights: they hold where
/// they keep some, or around it, or within it.
#[must_use]
pub fn sees_rules_of(roles: &[RoleAt], rights: &[Right], region: DivisionCode) -> bool {
    let mut kept = rights.iter().flat_map(|right| divisions_of(roles, *right));
    kept.any(|code| code.contains(&region) || region.contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rights::Role;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// What it is about, where it holds and from which day of the month on.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    struct Rule(char, &'static str, i8);

    impl DatedRule for Rule {
        fn region(&self) -> DivisionCode {
            code(self.1)
        }

        fn valid_from(&self) -> Date {
            day(self.2)
        }

        fn is_about_the_same(&self, other: &Self) -> bool {
            self.0 == other.0
        }
    }

    fn code(text: &str) -> DivisionCode {
        DivisionCode::parse(text).unwrap()
    }

    fn day(at: i8) -> Date {
        date(2026, 1, at)
    }

    #[test]
    fn the_newest_rule_of_the_smallest_region_holds() {
        let [old, new] = [Rule('a', "33", 1), Rule('a', "33", 20)];
        let [city, county] = [Rule('a', "3307", 1), Rule('a', "330702", 10)];
        let rules = [new, county, city, old];
        let at = |place, at| rule_at(&rules, code(place), day(at)).copied();
        assert_eq!((at("330106", 19), at("330106", 20)), (Some(old), Some(new)));
        assert_eq!(at("330703", 20), Some(city), "the city's, however old");
        assert_eq!((at("330702001", 9), at("330702001", 10)), (Some(city), Some(county)));
        assert_eq!(at("32", 20), None);
        assert_eq!(rule_at(&rules, code("33"), date(2025, 12, 31)), None);
    }

    #[test]
    fn a_rule_holds_until_a_newer_one_about_the_same_does() {
        let [old, new] = [Rule('a', "33", 1), Rule('a', "33", 20)];
        let [city, beside] = [Rule('a', "3305", 2), Rule('b', "33", 20)];
        let rules = [new, city, old, beside];
        let on = |rule: &Rule, at| rule_standing(&rules, rule, day(at));
        assert_eq!((on(&new, 19), on(&old, 19)), (RuleStanding::Coming, RuleStanding::InForce));
        assert_eq!((on(&new, 20), on(&old, 20)), (RuleStanding::InForce, RuleStanding::Former));
        assert_eq!((on(&city, 19), on(&city, 20)), (RuleStanding::InForce, RuleStanding::InForce));
        assert_eq!(on(&beside, 20), RuleStanding::InForce);
    }

    #[test]
    fn who_keeps_rules_sees_those_around_and_within() {
        let city = [RoleAt { role: Role::ProvinceOffice, place: Place::division("3305") }];
        for (region, is_seen) in [("33", true), ("3305", true), ("330502", true), ("3306", false), ("330602", false)] {
            assert_eq!(sees_rules_of(&city, &[Right::KeepAttendanceRules], code(region)), is_seen, "{region}");
        }
        assert!(!sees_rules_of(&city, &[Right::KeepJuniorRules], code("3305")), "by another right");
    }

    proptest! {
        #[test]
        fn a_rule_of_the_place_itself_outdoes_every_rule_around_it(own in 1..28_i8, around in 1..28_i8, at in 1..28_i8) {
            let rules = [Rule('a', "330106", own), Rule('a', "3301", around), Rule('a', "33", around)];
            let found = rule_at(&rules, code("330106"), day(at)).map(|rule| rule.1);
            let expected = (own <= at).then_some("330106").or((around <= at).then_some("3301"));
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn the_order_of_the_rules_makes_no_difference(days in prop::collection::vec(1..28_i8, 1..6), at in 1..28_i8) {
            let mut rules: Vec<_> = days.iter().map(|from| Rule('a', "33", *from)).collect();
            let found = rule_at(&rules, code("330106"), day(at)).copied();
            rules.reverse();
            prop_assert_eq!(rule_at(&rules, code("330106"), day(at)).copied(), found);
        }
    }
}

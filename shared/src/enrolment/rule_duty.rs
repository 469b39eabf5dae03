//! Whose the rules of enrolment are (DOMAIN §1.8): the province's office keeps all of them, a city's bureau those of
//! the senior level in its city, a county's bureau those of the junior level in its county.

use crate::{
    dated_rules::divisions_of,
    learning::CourseLevel,
    organisation::{DivisionCode, DivisionLevel},
    rights::{Right, RoleAt, places},
};

/// The rights by which somebody keeps rules of enrolment.
pub const RULE_RIGHTS: [Right; 3] = [Right::KeepEnrolmentRules, Right::KeepSeniorRules, Right::KeepJuniorRules];

/// The level whose rules the bureau of a region keeps, and by which right; none where no bureau keeps any.
#[must_use]
pub const fn rules_of_bureau(region: DivisionCode) -> Option<(CourseLevel, Right)> {
    match region.level() {
        DivisionLevel::City => Some((CourseLevel::Senior, Right::KeepSeniorRules)),
        DivisionLevel::County => Some((CourseLevel::Junior, Right::KeepJuniorRules)),
        _ => None,
    }
}

/// By which right somebody with these roles keeps the rules of a region and level; none if they do not.
#[must_use]
pub fn right_over_rules(roles: &[RoleAt], region: DivisionCode, level: CourseLevel) -> Option<Right> {
    let holds = |right: &Right| places(roles, *right).any(|held| held.contains(&region.place()));
    let of_bureau = rules_of_bureau(region).filter(|(kept, _)| *kept == level).map(|(_, right)| right);
    [Some(Right::KeepEnrolmentRules), of_bureau].into_iter().flatten().find(holds)
}

/// The regions, each with its level, whose rules somebody keeps for the bureau of that very region.
#[must_use]
pub fn bureau_regions(roles: &[RoleAt]) -> Vec<(DivisionCode, CourseLevel)> {
    let own = |right: Right| {
        divisions_of(roles, right).filter_map(move |code| {
            let (level, of_bureau) = rules_of_bureau(code)?;
            (of_bureau == right).then_some((code, level))
        })
    };
    let mut regions: Vec<_> = [Right::KeepSeniorRules, Right::KeepJuniorRules].into_iter().flat_map(own).collect();
    regions.sort_unstable();
    regions.dedup();
    regions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rights::{Place, Role};
    use CourseLevel::{Junior, Senior};

    fn code(text: &str) -> DivisionCode {
        DivisionCode::parse(text).unwrap()
    }

    fn held(role: Role, place: &str) -> Vec<RoleAt> {
        vec![RoleAt { role, place: Place::division(place) }]
    }

    #[track_caller]
    fn check(role: Role, place: &str, (region, level): (&str, CourseLevel), expected: Option<Right>) {
        assert_eq!(right_over_rules(&held(role, place), code(region), level), expected, "{role} at {place}");
    }

    #[test]
    fn a_city_keeps_senior_rules_and_a_county_junior_rules() {
        check(Role::CityAuditor, "3305", ("3305", Senior), Some(Right::KeepSeniorRules));
        check(Role::CountyBureau, "330502", ("330502", Junior), Some(Right::KeepJuniorRules));
        for (role, place, region, level) in [
            (Role::CityAuditor, "3305", "3305", Junior),
            (Role::CityAuditor, "3305", "3306", Senior),
            (Role::CityAuditor, "3305", "33", Senior),
            (Role::CityAuditor, "3305", "330502", Senior),
            (Role::CityAuditor, "3305", "330502", Junior),
            (Role::CountyBureau, "330502", "330502", Senior),
            (Role::CountyBureau, "330502", "330503", Junior),
            (Role::CountyBureau, "330502", "3305", Junior),
            (Role::CountyBureau, "33", "33", Junior),
            (Role::SchoolOffice, "330502", "330502", Junior),
        ] {
            check(role, place, (region, level), None);
        }
    }

    #[test]
    fn the_province_keeps_all_rules() {
        for region in ["33", "3305", "330502"] {
            for level in CourseLevel::ALL {
                check(Role::ProvinceOffice, "33", (region, *level), Some(Right::KeepEnrolmentRules));
            }
        }
        check(Role::ProvinceOffice, "3305", ("33", Senior), None);
    }

    #[test]
    fn a_bureau_is_asked_for_its_own_region() {
        assert_eq!(bureau_regions(&held(Role::CityAuditor, "3305")), [(code("3305"), Senior)]);
        assert_eq!(bureau_regions(&held(Role::CountyBureau, "330502")), [(code("330502"), Junior)]);
        for roles in [held(Role::ProvinceOffice, "33"), held(Role::CountyBureau, "3305"), held(Role::Teacher, "33")] {
            assert_eq!(bureau_regions(&roles), []);
        }
    }
}

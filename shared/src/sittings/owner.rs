//! Who runs a test: the province or one of its cities, each for those who come from there (DOMAIN §10).

use crate::organisation::{DivisionCode, DivisionLevel};

/// Whether a division may run tests.
#[must_use]
pub const fn may_run_tests(division: DivisionCode) -> bool {
    matches!(division.level(), DivisionLevel::Province | DivisionLevel::City)
}

/// Whether a test that `owner` runs is for somebody who comes from `home`. A province's is for everybody, also for who was
/// in no class.
#[must_use]
pub fn is_held_for(owner: DivisionCode, home: Option<DivisionCode>) -> bool {
    owner.level() == DivisionLevel::Province || home.is_some_and(|home| owner.contains(&home))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> DivisionCode {
        DivisionCode::parse(text).unwrap()
    }

    #[test]
    fn a_province_and_its_cities_run_tests() {
        let run = ["33", "3305", "330502", "330502100"].map(|text| may_run_tests(code(text)));
        assert_eq!(run, [true, true, false, false]);
    }

    #[test]
    fn a_city_runs_tests_for_those_who_come_from_there() {
        let (city, home) = (code("3305"), Some(code("330502100")));
        assert!(is_held_for(city, home) && is_held_for(code("33"), home) && is_held_for(code("33"), None));
        assert!(!is_held_for(city, Some(code("330106"))) && !is_held_for(city, None));
    }
}

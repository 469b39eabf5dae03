//! Who runs a test: the province or one of its cities, each for those who come from there (DOMAIN §10).

use crate::organisation::{DivisionCode, DivisionLevel};

/// Whether a division may run tests.
#[must_use]
pub const fn may_run_tests(division: DivisionCode) -> bool {
    matches!(division.level(), DivisionLevel::Province | DivisionLevel::City)
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
}

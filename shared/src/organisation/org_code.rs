//! Our own codes of providers: many adult schools have no other (DOMAIN §3.3).

use super::{DivisionCode, ProviderKind};

/// Numbers that a county has for providers of one type.
pub const ORG_NUMBERS: std::ops::RangeInclusive<u16> = 1..=999;

/// What the numbers of one type in one county begin with: the county's six digits, and the type's.
/// The type is that of the first day: a code stays when a school becomes one of another kind.
#[must_use]
pub fn org_code_prefix(county: DivisionCode, kind: ProviderKind) -> String {
    let digit = match kind {
        ProviderKind::AdultSchool => 1,
        ProviderKind::CommunitySchool => 2,
        ProviderKind::CommunityCollege => 3,
        ProviderKind::VocationalSchool => 4,
        ProviderKind::AdultSecondarySchool => 5,
        ProviderKind::EmployeeSchool => 6,
        ProviderKind::TrainingInstitution => 7,
        ProviderKind::LocalSchool => 8,
    };
    format!("{county}{digit}")
}

/// The code with this number; `None` if the numbers are used up.
#[must_use]
pub fn org_code(prefix: &str, number: u16) -> Option<String> {
    ORG_NUMBERS.contains(&number).then(|| format!("{prefix}{number:03}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_code_is_county_type_and_number() {
        let county = DivisionCode::parse("330502").unwrap();
        let prefix = org_code_prefix(county, ProviderKind::AdultSchool);
        assert_eq!(org_code(&prefix, 7).as_deref(), Some("3305021007"));
        assert_eq!(org_code(&prefix, 999).as_deref(), Some("3305021999"));
        assert_eq!((org_code(&prefix, 0), org_code(&prefix, 1_000)), (None, None));
    }

    #[test]
    fn every_kind_has_a_type_of_its_own() {
        let county = DivisionCode::parse("330502").unwrap();
        let types: HashSet<_> = ProviderKind::ALL.iter().map(|kind| org_code_prefix(county, *kind)).collect();
        assert_eq!(types.len(), ProviderKind::ALL.len());
    }
}

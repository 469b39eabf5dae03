//! Who may have a certificate: studied, passed and identified.

use crate::problem::{ProblemCode, Refusal};

/// Why no certificate is issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateRefusal {
    /// The course is not complete.
    #[error("the course is not complete")]
    NotStudied,
    /// The test is not passed.
    #[error("the test is not passed")]
    NotPassed,
    /// The identity is not verified.
    #[error("the identity is not verified")]
    NotIdentified,
    /// Another certificate was issued in the place of this one already.
    #[error("there is a newer edition")]
    AlreadyReissued,
}

impl Refusal for CertificateRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::NotStudied => ProblemCode::GateNotMet,
            Self::NotPassed | Self::NotIdentified | Self::AlreadyReissued => ProblemCode::WrongState,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::NotStudied => "gate-not-met.certificate",
            Self::NotPassed => "wrong-state.not-passed",
            Self::NotIdentified => "wrong-state.not-identified",
            Self::AlreadyReissued => "wrong-state.already-reissued",
        }
    }
}

/// Decides from facts as they are now, at issue and again at the city's approval.
///
/// # Errors
/// The first of studied, passed, identified that is missing.
pub const fn may_issue(
    has_studied: bool,
    has_passed: bool,
    is_identity_verified: bool,
) -> Result<(), CertificateRefusal> {
    match (has_studied, has_passed, is_identity_verified) {
        (false, _, _) => Err(CertificateRefusal::NotStudied),
        (_, false, _) => Err(CertificateRefusal::NotPassed),
        (_, _, false) => Err(CertificateRefusal::NotIdentified),
        (true, true, true) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn all_three_are_needed() {
        assert_eq!(may_issue(true, true, true), Ok(()));
        assert_eq!(may_issue(false, true, true), Err(CertificateRefusal::NotStudied));
        assert_eq!(may_issue(true, false, true), Err(CertificateRefusal::NotPassed));
        assert_eq!(may_issue(true, true, false), Err(CertificateRefusal::NotIdentified));
    }

    proptest! {
        #[test]
        fn a_certificate_needs_every_fact_and_no_fact_takes_one_away(
            facts in any::<[bool; 3]>(),
            further in any::<[bool; 3]>(),
        ) {
            let issue = |[studied, passed, identified]: [bool; 3]| may_issue(studied, passed, identified);
            prop_assert_eq!(issue(facts).is_ok(), facts == [true; 3]);
            let more = std::array::from_fn(|at| facts[at] || further[at]);
            prop_assert!(issue(facts).is_err() || issue(more).is_ok());
        }

        #[test]
        fn what_is_told_first_is_missing(facts in any::<[bool; 3]>()) {
            let [studied, passed, identified] = facts;
            let told = may_issue(studied, passed, identified).err();
            let first = [
                (!studied).then_some(CertificateRefusal::NotStudied),
                (!passed).then_some(CertificateRefusal::NotPassed),
                (!identified).then_some(CertificateRefusal::NotIdentified),
            ];
            prop_assert_eq!(told, first.into_iter().flatten().next());
        }
    }
}

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

    #[test]
    fn all_three_are_needed() {
        assert_eq!(may_issue(true, true, true), Ok(()));
        assert_eq!(may_issue(false, true, true), Err(CertificateRefusal::NotStudied));
        assert_eq!(may_issue(true, false, true), Err(CertificateRefusal::NotPassed));
        assert_eq!(may_issue(true, true, false), Err(CertificateRefusal::NotIdentified));
    }
}

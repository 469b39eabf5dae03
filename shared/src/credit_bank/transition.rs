//! How a certificate moves between its states, and how its holder's name is masked.

use super::CertificateState;
use crate::problem::{ProblemCode, Refusal};

/// What somebody wants to do with a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateStep {
    /// The credit bank submits it to the city.
    Submit,
    /// The city approves it.
    Approve,
    /// The city returns it.
    Return,
    /// It becomes void.
    Revoke,
}

/// The state does not allow the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("certificate is {state}")]
pub struct CertificateStateRefusal {
    /// Where the certificate stands.
    pub state: CertificateState,
}

impl Refusal for CertificateStateRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn params(&self) -> serde_json::Value {
        serde_json::json!({ "state": self.state })
    }
}

/// The state after `step`.
///
/// # Errors
/// [`CertificateStateRefusal`] if the state does not allow the step.
pub const fn next_state(
    state: CertificateState,
    step: CertificateStep,
) -> Result<CertificateState, CertificateStateRefusal> {
    use CertificateState::{Approved, Issued, Returned, Revoked, Submitted};
    match (state, step) {
        (Issued | Returned, CertificateStep::Submit) => Ok(Submitted),
        (Submitted, CertificateStep::Approve) => Ok(Approved),
        (Submitted, CertificateStep::Return) => Ok(Returned),
        (Issued | Submitted | Approved | Returned, CertificateStep::Revoke) => Ok(Revoked),
        _ => Err(CertificateStateRefusal { state }),
    }
}

/// The name with all but its first and last character hidden; of two characters the last is hidden.
/// The separator `·` stays.
#[must_use]
pub fn mask_name(name: &str) -> String {
    let last = name.chars().count().saturating_sub(1);
    let masked = |(at, letter): (usize, char)| {
        let is_shown = at == 0 && last > 0 || letter == '·' || (at == last && last > 1);
        if is_shown { letter } else { '*' }
    };
    name.chars().enumerate().map(masked).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use CertificateState::{Approved, Issued, Returned, Revoked, Submitted};

    #[test]
    fn only_the_citys_way_leads_to_approval() {
        assert_eq!(next_state(Issued, CertificateStep::Submit), Ok(Submitted));
        assert_eq!(next_state(Submitted, CertificateStep::Return), Ok(Returned));
        assert_eq!(next_state(Returned, CertificateStep::Submit), Ok(Submitted));
        for state in [Issued, Approved, Returned, Revoked] {
            assert_eq!(next_state(state, CertificateStep::Approve), Err(CertificateStateRefusal { state }));
        }
        assert!(next_state(Approved, CertificateStep::Revoke).is_ok());
        assert!(next_state(Revoked, CertificateStep::Revoke).is_err());
    }

    #[test]
    fn names_are_masked_by_characters() {
        let names = ["张秀英", "李四", "𬱖", "阿依·古丽", ""];
        assert_eq!(names.map(mask_name), ["张*英", "李*", "*", "阿*·*丽", ""]);
    }
}

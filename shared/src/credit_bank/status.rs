//! What the status lists tell of a certificate (Bitstring Status List 1.0).

use super::CertificateState;
use crate::rights::text_enum;

text_enum! {
    /// What a bit of a status list means when it is set.
    StatusPurpose {
        /// It is void for good.
        Revocation = "revocation",
        /// It does not count: the city has not approved it, or another has taken its place.
        Suspension = "suspension",
        /// Another certificate has taken its place, as the entry's message says.
        Message = "message",
    }
}

impl StatusPurpose {
    /// Whether the bit of a certificate in this state is set. One that was superseded is not told as
    /// revoked, and who only asks for suspension does not accept it either.
    #[must_use]
    pub const fn is_set(self, state: CertificateState) -> bool {
        use CertificateState::{Issued, Returned, Revoked, Submitted, Superseded};
        match self {
            Self::Revocation => matches!(state, Revoked),
            Self::Suspension => matches!(state, Issued | Submitted | Returned | Superseded),
            Self::Message => matches!(state, Superseded),
        }
    }

    /// The states in which the bit is set.
    pub fn states(self) -> impl Iterator<Item = CertificateState> {
        CertificateState::ALL.iter().copied().filter(move |state| self.is_set(*state))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(state: CertificateState) -> Vec<StatusPurpose> {
        StatusPurpose::ALL.iter().copied().filter(|purpose| purpose.is_set(state)).collect()
    }

    #[test]
    fn only_what_counts_has_no_bit() {
        for state in CertificateState::ALL {
            assert_eq!(set(*state).is_empty(), *state == CertificateState::Approved, "{state}");
        }
    }

    #[test]
    fn superseded_is_told_as_superseded_and_not_as_revoked() {
        assert_eq!(set(CertificateState::Superseded), [StatusPurpose::Suspension, StatusPurpose::Message]);
        assert_eq!(set(CertificateState::Revoked), [StatusPurpose::Revocation]);
        let told: Vec<_> = StatusPurpose::Message.states().collect();
        assert_eq!(told, [CertificateState::Superseded]);
    }
}

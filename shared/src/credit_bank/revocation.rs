//! A certificate is made void by two persons: one proposes it, another confirms.

use super::{CertificateState, CertificateStateRefusal, CertificateStep, next_state};
use crate::{
    ids::AccountId,
    problem::{ProblemCode, Refusal},
};

/// What comes of somebody's wish to make a certificate void.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revocation {
    /// It is proposed, and waits for another person.
    Proposed,
    /// It is confirmed: the certificate is void.
    Confirmed,
}

/// Why a certificate is not made void.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RevocationRefusal {
    /// Its state does not allow it.
    #[error(transparent)]
    State(#[from] CertificateStateRefusal),
    /// Who proposed it does not confirm it.
    #[error("another person is needed")]
    SamePerson,
}

impl Refusal for RevocationRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::State(refusal) => refusal.code(),
            Self::SamePerson => ProblemCode::SecondPersonNeeded,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::State(refusal) => refusal.message_key(),
            Self::SamePerson => "second-person-needed.revocation",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::State(refusal) => refusal.params(),
            Self::SamePerson => serde_json::Value::Null,
        }
    }
}

/// What comes of it that `person` wants a certificate in `state` made void, which somebody may have proposed before
/// ([D] two persons, as for all that cannot be undone).
///
/// # Errors
/// [`RevocationRefusal`].
pub fn judge_revocation(
    state: CertificateState,
    proposed_by: Option<AccountId>,
    person: AccountId,
) -> Result<Revocation, RevocationRefusal> {
    next_state(state, CertificateStep::Revoke)?;
    match proposed_by {
        None => Ok(Revocation::Proposed),
        Some(first) if first == person => Err(RevocationRefusal::SamePerson),
        Some(_) => Ok(Revocation::Confirmed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const ONE: AccountId = AccountId(Uuid::from_u128(1));
    const OTHER: AccountId = AccountId(Uuid::from_u128(2));

    #[test]
    fn one_person_proposes_and_another_confirms() {
        let judge = |proposed_by, person| judge_revocation(CertificateState::Approved, proposed_by, person);
        assert_eq!(judge(None, ONE), Ok(Revocation::Proposed));
        assert_eq!(judge(Some(ONE), OTHER), Ok(Revocation::Confirmed));
        assert_eq!(judge(Some(ONE), ONE), Err(RevocationRefusal::SamePerson));
    }

    #[test]
    fn what_is_void_or_superseded_is_not_made_void() {
        for state in CertificateState::ALL {
            let may = next_state(*state, CertificateStep::Revoke).is_ok();
            for proposed_by in [None, Some(ONE)] {
                assert_eq!(judge_revocation(*state, proposed_by, OTHER).is_ok(), may, "{state}");
            }
        }
    }
}

//! How a person moves from one place to another: one side proposes, the other accepts.

use crate::{
    ids::AccountId,
    organisation::OpenState,
    problem::{ProblemCode, Refusal},
    rights::{Place, text_enum},
};

text_enum! {
    /// Where a transfer stands.
    TransferState {
        /// The sending school has proposed it; the person still is where they were.
        Proposed = "proposed",
        /// The receiving school keeps the person now.
        Accepted = "accepted",
        /// The receiving school does not take the person.
        Refused = "refused",
        /// The sending school took it back.
        Withdrawn = "withdrawn",
    }
}

/// What somebody wants to do with a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub enum TransferStep {
    /// Take the person.
    Accept,
    /// Not take the person.
    Refuse,
    /// Take the proposal back.
    Withdraw,
}

/// One of the two places of a transfer: either may begin it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransferSide {
    /// Where the person is.
    Sender,
    /// Where the person goes.
    Receiver,
}

impl TransferStep {
    /// Whose step it is, of a transfer that this side began: the other one answers.
    #[must_use]
    pub const fn side(self, begun_by: TransferSide) -> TransferSide {
        match (self, begun_by) {
            (Self::Withdraw, side) => side,
            (Self::Accept | Self::Refuse, TransferSide::Sender) => TransferSide::Receiver,
            (Self::Accept | Self::Refuse, TransferSide::Receiver) => TransferSide::Sender,
        }
    }

    const fn leads_to(self) -> TransferState {
        match self {
            Self::Accept => TransferState::Accepted,
            Self::Refuse => TransferState::Refused,
            Self::Withdraw => TransferState::Withdrawn,
        }
    }
}

/// Whether the receiver is told of whom a transfer is, and where they are. Who asks for a person is told nothing before
/// it is accepted.
#[must_use]
pub const fn tells_receiver(begun_by: TransferSide, state: TransferState) -> bool {
    matches!(begun_by, TransferSide::Sender) || matches!(state, TransferState::Accepted)
}

/// Why a transfer is not proposed or not moved on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransferRefusal {
    /// The person is there already.
    #[error("the person is there already")]
    SamePlace,
    /// Another transfer of the person waits for its answer.
    #[error("a transfer is open")]
    AlreadyOpen,
    /// It has its answer.
    #[error("the transfer is {state}")]
    Closed {
        /// Where it stands.
        state: TransferState,
    },
    /// Who proposes a transfer does not accept it.
    #[error("the proposer may not accept")]
    SecondPersonNeeded,
    /// The school has closed since it was proposed.
    #[error("the receiving school is closed")]
    ReceiverClosed,
}

impl Refusal for TransferRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::SamePlace => ProblemCode::Invalid,
            Self::AlreadyOpen | Self::Closed { .. } | Self::ReceiverClosed => ProblemCode::WrongState,
            Self::SecondPersonNeeded => ProblemCode::SecondPersonNeeded,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::AlreadyOpen => "wrong-state.transfer-open",
            Self::ReceiverClosed => "wrong-state.receiver-closed",
            _ => self.code().as_str(),
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::Closed { state } => serde_json::json!({ "state": state }),
            _ => serde_json::Value::Null,
        }
    }
}

/// Whether a person at `from` may be proposed to `to`.
///
/// # Errors
/// [`TransferRefusal::SamePlace`] or [`TransferRefusal::AlreadyOpen`].
pub fn may_propose(from: &Place, to: &Place, has_open: bool) -> Result<(), TransferRefusal> {
    if from == to {
        return Err(TransferRefusal::SamePlace);
    }
    if has_open { Err(TransferRefusal::AlreadyOpen) } else { Ok(()) }
}

/// Whether a school that stands so takes anybody in: it may have closed while the proposal waited.
///
/// # Errors
/// [`TransferRefusal::ReceiverClosed`].
pub const fn may_receive(school: OpenState) -> Result<(), TransferRefusal> {
    match school {
        OpenState::Open => Ok(()),
        OpenState::Closed => Err(TransferRefusal::ReceiverClosed),
    }
}

/// Whether the keeping of a person goes along when they go on at another school: `kept` keeps them, they go `from` one
/// school `to` another. Who is kept at some third place, or by a place around both schools, stays there.
#[must_use]
pub fn goes_along(kept: &Place, from: &Place, to: &Place) -> bool {
    kept.contains(from) && !kept.contains(to)
}

/// Where a transfer stands after a step of `actor`, who may act for the step's side.
///
/// # Errors
/// [`TransferRefusal::Closed`] or [`TransferRefusal::SecondPersonNeeded`].
pub fn next_transfer_state(
    state: TransferState,
    step: TransferStep,
    proposed_by: AccountId,
    actor: AccountId,
) -> Result<TransferState, TransferRefusal> {
    if state != TransferState::Proposed {
        return Err(TransferRefusal::Closed { state });
    }
    if step == TransferStep::Accept && actor == proposed_by {
        return Err(TransferRefusal::SecondPersonNeeded);
    }
    Ok(step.leads_to())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ProviderId;
    use TransferState::{Accepted, Proposed, Refused, Withdrawn};
    use TransferStep::{Accept, Refuse, Withdraw};

    const WANG: AccountId = AccountId(uuid::Uuid::from_u128(1));
    const LI: AccountId = AccountId(uuid::Uuid::from_u128(2));

    #[test]
    fn the_receiver_answers_and_the_sender_takes_back() {
        assert_eq!(next_transfer_state(Proposed, Accept, WANG, LI), Ok(Accepted));
        assert_eq!(next_transfer_state(Proposed, Refuse, WANG, LI), Ok(Refused));
        assert_eq!(next_transfer_state(Proposed, Withdraw, WANG, WANG), Ok(Withdrawn));
        let sides = |begun_by| [Accept, Refuse, Withdraw].map(|step: TransferStep| step.side(begun_by));
        let (sender, receiver) = (TransferSide::Sender, TransferSide::Receiver);
        assert_eq!(sides(sender), [receiver, receiver, sender]);
        assert_eq!(sides(receiver), [sender, sender, receiver], "who asks for a person waits for who keeps them");
    }

    #[test]
    fn who_asks_is_told_nothing_before_it_is_accepted() {
        for state in TransferState::ALL {
            assert!(tells_receiver(TransferSide::Sender, *state));
            assert_eq!(tells_receiver(TransferSide::Receiver, *state), *state == Accepted, "{state}");
        }
    }

    #[test]
    fn an_answer_is_given_once() {
        for state in [Accepted, Refused, Withdrawn] {
            for step in [Accept, Refuse, Withdraw] {
                assert_eq!(next_transfer_state(state, step, WANG, LI), Err(TransferRefusal::Closed { state }));
            }
        }
    }

    #[test]
    fn nobody_accepts_what_they_proposed() {
        assert_eq!(next_transfer_state(Proposed, Accept, WANG, WANG), Err(TransferRefusal::SecondPersonNeeded));
        assert_eq!(next_transfer_state(Proposed, Refuse, WANG, WANG), Ok(Refused));
    }

    #[test]
    fn a_person_goes_elsewhere_and_one_way_at_a_time() {
        let (here, there) = (Place::division("330502104"), Place::division("330502105"));
        assert_eq!(may_propose(&here, &there, false), Ok(()));
        assert_eq!(may_propose(&here, &here, false), Err(TransferRefusal::SamePlace));
        assert_eq!(may_propose(&here, &there, true), Err(TransferRefusal::AlreadyOpen));
    }

    #[test]
    fn a_closed_school_takes_nobody_in_and_says_so() {
        assert_eq!(may_receive(OpenState::Open), Ok(()));
        let refusal = may_receive(OpenState::Closed).unwrap_err();
        assert_eq!(refusal, TransferRefusal::ReceiverClosed);
        assert!(crate::problem::has_texts(&format!("{}.detail", refusal.message_key())));
    }

    #[test]
    fn who_is_kept_where_they_leave_goes_along_and_nobody_else() {
        let school = |n, division: &str| Place::Provider {
            id: ProviderId(uuid::Uuid::from_u128(n)),
            division: division.to_owned(),
        };
        let (from, to, third) = (school(1, "330502104"), school(2, "330502105"), school(3, "330502104"));
        assert!(goes_along(&from, &from, &to), "the school itself");
        assert!(goes_along(&Place::division("330502104"), &from, &to), "its township");
        assert!(!goes_along(&Place::division("330502"), &from, &to), "the county is around both");
        assert!(!goes_along(&third, &from, &to) && !goes_along(&to, &from, &to));
        assert!(!goes_along(&Place::division("330502104"), &from, &third), "the township is around both");
    }
}

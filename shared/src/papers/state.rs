//! What can become of a paper: two persons seal it, or somebody discards it, and either is for good.

use crate::{
    ids::AccountId,
    problem::{ProblemCode, Refusal},
    rights::text_enum,
};

text_enum! {
    /// Where a paper stands.
    PaperState {
        /// Composed; its items follow their newest versions, which are to be approved when it is sealed.
        Open = "open",
        /// Somebody found it ready in these versions of its items, and somebody else is to seal it.
        Proposed = "proposed",
        /// Sealed: it never changes, and exam sessions may use it.
        Sealed = "sealed",
        /// Discarded before it was sealed.
        Discarded = "discarded",
    }
}

/// What somebody does with a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperStep {
    /// Finds it ready to be sealed.
    Propose,
    /// Sends back what was proposed, also one's own.
    SendBack,
    /// Seals what somebody else proposed.
    Seal,
    /// Discards it.
    Discard,
    /// Says what candidates may use beside it.
    SetTools,
}

/// A paper, as far as its steps go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaperCase {
    /// Where it stands.
    pub state: PaperState,
    /// Who proposed to seal it, if somebody did.
    pub proposed_by: Option<AccountId>,
}

/// Why a paper stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperRefusal {
    /// What was sealed is kept.
    #[error("the paper is sealed")]
    Sealed,
    /// What was discarded is not sealed.
    #[error("the paper was discarded")]
    Discarded,
    /// Nobody has found it ready, or it was sent back since.
    #[error("nobody proposed to seal the paper")]
    NotProposed,
    /// Who proposed it does not seal it.
    #[error("a second person seals the paper")]
    SecondPersonNeeded,
    /// Who wrote an item sees no paper that it stands on.
    #[error("who wrote an item sees no paper of it")]
    OwnItem,
    /// What somebody found ready changes only after it was sent back.
    #[error("the paper is proposed to be sealed")]
    IsProposed,
    /// Papers are made of an assembly once.
    #[error("papers were made of these forms")]
    FormsUsed,
    /// What candidates are yet to sit is seen by two persons for whom it was opened, and by nobody alone.
    #[error("the paper is closed until candidates have sat it")]
    Closed,
    /// What anybody who composes papers sees is not opened.
    #[error("the paper is not closed")]
    NotClosed,
    /// One opening of a paper at a time.
    #[error("an opening of the paper waits or lasts")]
    OpeningStands,
    /// Nobody asks for it, or not any more.
    #[error("nobody proposed to open the paper")]
    OpeningNotProposed,
    /// Who has to see it does not open it.
    #[error("a second person opens the paper")]
    OpenedByAnother,
    /// What was drawn is told once candidates have sat it.
    #[error("candidates have not sat what was drawn")]
    NotSatYet,
}

impl PaperRefusal {
    /// Every refusal.
    pub const ALL: [Self; 13] = [
        Self::Sealed,
        Self::Discarded,
        Self::NotProposed,
        Self::SecondPersonNeeded,
        Self::OwnItem,
        Self::IsProposed,
        Self::FormsUsed,
        Self::Closed,
        Self::NotClosed,
        Self::OpeningStands,
        Self::OpeningNotProposed,
        Self::OpenedByAnother,
        Self::NotSatYet,
    ];
}

impl Refusal for PaperRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::SecondPersonNeeded | Self::OwnItem | Self::OpenedByAnother => ProblemCode::SecondPersonNeeded,
            Self::Sealed
            | Self::Discarded
            | Self::NotProposed
            | Self::IsProposed
            | Self::FormsUsed
            | Self::Closed
            | Self::NotClosed
            | Self::OpeningStands
            | Self::OpeningNotProposed
            | Self::NotSatYet => ProblemCode::WrongState,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::Sealed => "wrong-state.paper-sealed",
            Self::Discarded => "wrong-state.paper-discarded",
            Self::NotProposed => "wrong-state.paper-not-proposed",
            Self::SecondPersonNeeded => "second-person-needed.paper",
            Self::OwnItem => "second-person-needed.own-item",
            Self::IsProposed => "wrong-state.paper-is-proposed",
            Self::FormsUsed => "wrong-state.forms-used",
            Self::Closed => "wrong-state.paper-closed",
            Self::NotClosed => "wrong-state.paper-not-closed",
            Self::OpeningStands => "wrong-state.paper-opening-stands",
            Self::OpeningNotProposed => "wrong-state.paper-opening-not-proposed",
            Self::OpenedByAnother => "second-person-needed.paper-opening",
            Self::NotSatYet => "wrong-state.draw-not-sat",
        }
    }
}

/// The state that follows when `actor` takes a step. What a paper is already, it stays, so that a repeat is harmless.
///
/// # Errors
/// [`PaperRefusal::SecondPersonNeeded`] if who proposed it would seal it (RELIABILITY C3: two persons for the release of
/// a paper); otherwise [`PaperRefusal`] says what it has become.
pub fn next_paper_state(case: &PaperCase, step: PaperStep, actor: AccountId) -> Result<PaperState, PaperRefusal> {
    use PaperState::{Discarded, Open, Proposed, Sealed};
    match (case.state, step) {
        (Proposed, PaperStep::Seal) if case.proposed_by == Some(actor) => Err(PaperRefusal::SecondPersonNeeded),
        (Proposed | Sealed, PaperStep::Seal) => Ok(Sealed),
        (Open, PaperStep::Seal) => Err(PaperRefusal::NotProposed),
        (Sealed, _) => Err(PaperRefusal::Sealed),
        (_, PaperStep::Discard) => Ok(Discarded),
        (Discarded, _) => Err(PaperRefusal::Discarded),
        (Open | Proposed, PaperStep::Propose) => Ok(Proposed),
        (Open | Proposed, PaperStep::SendBack) | (Open, PaperStep::SetTools) => Ok(Open),
        (Proposed, PaperStep::SetTools) => Err(PaperRefusal::IsProposed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PaperState::{Discarded, Open, Proposed, Sealed};
    use PaperStep::{Discard, Propose, Seal, SendBack, SetTools};
    use uuid::Uuid;

    const ONE: AccountId = AccountId(Uuid::from_u128(1));
    const OTHER: AccountId = AccountId(Uuid::from_u128(2));

    /// Of a paper that [`ONE`] proposed, if anybody did.
    #[track_caller]
    fn check(state: PaperState, step: PaperStep, actor: AccountId, expected: Result<PaperState, PaperRefusal>) {
        let proposed_by = matches!(state, Proposed | Sealed).then_some(ONE);
        assert_eq!(next_paper_state(&PaperCase { state, proposed_by }, step, actor), expected);
    }

    #[test]
    fn one_person_proposes_and_another_seals() {
        check(Open, Propose, ONE, Ok(Proposed));
        check(Proposed, Seal, OTHER, Ok(Sealed));
        check(Proposed, Seal, ONE, Err(PaperRefusal::SecondPersonNeeded));
        for actor in [ONE, OTHER] {
            check(Open, Seal, actor, Err(PaperRefusal::NotProposed));
            check(Proposed, SendBack, actor, Ok(Open));
            check(Proposed, Propose, actor, Ok(Proposed));
            check(Open, SetTools, actor, Ok(Open));
            check(Proposed, SetTools, actor, Err(PaperRefusal::IsProposed));
        }
    }

    #[test]
    fn sealed_and_discarded_are_for_good() {
        for actor in [ONE, OTHER] {
            check(Open, Discard, actor, Ok(Discarded));
            check(Proposed, Discard, actor, Ok(Discarded));
            check(Sealed, Seal, actor, Ok(Sealed));
            check(Discarded, Discard, actor, Ok(Discarded));
            for step in [Propose, SendBack, Discard, SetTools] {
                check(Sealed, step, actor, Err(PaperRefusal::Sealed));
            }
            for step in [Propose, SendBack, Seal, SetTools] {
                check(Discarded, step, actor, Err(PaperRefusal::Discarded));
            }
        }
    }

    #[test]
    fn every_refusal_has_its_words() {
        for refusal in PaperRefusal::ALL {
            assert!(crate::problem::has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
        assert!(["field.changed-since", "field.own-item"].into_iter().all(crate::problem::has_texts));
    }
}

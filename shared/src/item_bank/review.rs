//! From a draft to an item that papers may take: somebody else reviews each version.

use super::ReviewDecision;
use crate::{
    ids::AccountId,
    problem::{ProblemCode, Refusal},
    rights::text_enum,
};

text_enum! {
    /// Where the newest version of an item stands.
    ItemState {
        /// It waits for a review.
        Draft = "draft",
        /// The reviewer sent it back to its author, with the reason.
        Returned = "returned",
        /// It was found right, and papers may take it.
        Approved = "approved",
    }
}

/// Why an item stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ItemRefusal {
    /// It was retired.
    #[error("the item is retired")]
    Retired,
    /// It stands in a sealed paper that nobody has sat yet.
    #[error("the item is in a sealed paper")]
    Frozen,
    /// Who wrote a version does not review it.
    #[error("the reviewer is not the author")]
    SecondPersonNeeded,
    /// Its newest version does not wait for a review.
    #[error("the item is {state}")]
    WrongState {
        /// Where it stands.
        state: ItemState,
    },
}

impl Refusal for ItemRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::SecondPersonNeeded => ProblemCode::SecondPersonNeeded,
            Self::Retired | Self::Frozen | Self::WrongState { .. } => ProblemCode::WrongState,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::Retired => "wrong-state.item-retired",
            Self::Frozen => "wrong-state.item-frozen",
            Self::SecondPersonNeeded => "second-person-needed.item",
            Self::WrongState { state: ItemState::Approved } => "wrong-state.item-approved",
            Self::WrongState { .. } => "wrong-state.item-returned",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::Retired | Self::Frozen | Self::SecondPersonNeeded => serde_json::Value::Null,
            Self::WrongState { state } => serde_json::json!({ "state": state }),
        }
    }
}

/// Where an item goes whose newest version `author` wrote and `by` reviews. As long as a sealed paper holds an earlier
/// one, nobody does: whoever read the new one would know what candidates are going to be asked.
///
/// # Errors
/// [`ItemRefusal::SecondPersonNeeded`] for the author, [`ItemRefusal::Frozen`] until candidates have sat what is sealed,
/// [`ItemRefusal::WrongState`] unless the version is a draft.
pub fn judge_item_review(
    (state, is_frozen): (ItemState, bool),
    author: AccountId,
    by: AccountId,
    decision: &ReviewDecision,
) -> Result<ItemState, ItemRefusal> {
    match (state, decision) {
        _ if author == by => Err(ItemRefusal::SecondPersonNeeded),
        _ if is_frozen => Err(ItemRefusal::Frozen),
        (ItemState::Draft, ReviewDecision::Approve {}) => Ok(ItemState::Approved),
        (ItemState::Draft, ReviewDecision::Return { .. }) => Ok(ItemState::Returned),
        (ItemState::Returned | ItemState::Approved, _) => Err(ItemRefusal::WrongState { state }),
    }
}

/// Why no paper is composed of an item, and none that holds it is sealed, as the code of a field; `None` if papers may.
///
/// A paper takes the newest version or none. Who writes an item anew has seen a fault in what was approved before, so
/// that is not taken either: the item waits. Sealed papers keep what they have.
#[must_use]
pub const fn why_no_paper(state: ItemState, is_retired: bool) -> Option<&'static str> {
    match (is_retired, state) {
        (true, _) => Some("retired"),
        (false, ItemState::Draft | ItemState::Returned) => Some("not-reviewed"),
        (false, ItemState::Approved) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ItemState::{Approved, Draft, Returned};
    use uuid::Uuid;

    const AUTHOR: AccountId = AccountId(Uuid::from_u128(1));
    const REVIEWER: AccountId = AccountId(Uuid::from_u128(2));

    fn sent_back() -> ReviewDecision {
        ReviewDecision::Return { reason: "two keys are right".to_owned() }
    }

    #[track_caller]
    fn check(state: ItemState, by: AccountId, decision: &ReviewDecision, expected: Result<ItemState, ItemRefusal>) {
        assert_eq!(judge_item_review((state, false), AUTHOR, by, decision), expected);
    }

    #[test]
    fn nobody_reviews_what_is_written_anew_until_the_sealed_version_was_sat() {
        for state in ItemState::ALL {
            for decision in [ReviewDecision::Approve {}, sent_back()] {
                let judged = |by| judge_item_review((*state, true), AUTHOR, by, &decision);
                assert_eq!(judged(REVIEWER), Err(ItemRefusal::Frozen));
                assert_eq!(judged(AUTHOR), Err(ItemRefusal::SecondPersonNeeded), "its author learns nothing of it");
            }
        }
    }

    #[test]
    fn somebody_else_approves_a_draft_or_sends_it_back() {
        check(Draft, REVIEWER, &ReviewDecision::Approve {}, Ok(Approved));
        check(Draft, REVIEWER, &sent_back(), Ok(Returned));
    }

    #[test]
    fn the_author_is_never_the_reviewer() {
        for state in ItemState::ALL {
            for decision in [ReviewDecision::Approve {}, sent_back()] {
                check(*state, AUTHOR, &decision, Err(ItemRefusal::SecondPersonNeeded));
            }
        }
    }

    #[test]
    fn a_version_is_reviewed_once() {
        for state in [Returned, Approved] {
            for decision in [ReviewDecision::Approve {}, sent_back()] {
                check(state, REVIEWER, &decision, Err(ItemRefusal::WrongState { state }));
            }
        }
    }

    #[test]
    fn papers_take_what_was_approved_and_not_retired() {
        assert_eq!(why_no_paper(Approved, false), None);
        for state in [Draft, Returned] {
            assert_eq!(why_no_paper(state, false), Some("not-reviewed"));
        }
        for state in ItemState::ALL {
            assert_eq!(why_no_paper(*state, true), Some("retired"));
        }
        assert!(["field.retired", "field.not-reviewed"].into_iter().all(crate::problem::has_texts));
    }

    #[test]
    fn every_refusal_has_its_words() {
        let wrong = [Returned, Approved].map(|state| ItemRefusal::WrongState { state });
        let others = [ItemRefusal::SecondPersonNeeded, ItemRefusal::Retired, ItemRefusal::Frozen];
        for refusal in wrong.into_iter().chain(others) {
            let key = format!("{}.detail", refusal.message_key());
            assert!(crate::problem::has_texts(&key), "{key}");
        }
    }
}

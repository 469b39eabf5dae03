//! From a draft to an item that papers may take: somebody else reviews each version.

use super::{ItemBody, ReviewDecision};
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
        /// It was found right, and stands on papers at places that count nothing until enough candidates have answered it.
        Trial = "trial",
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
    /// It is on trial, and too few candidates have answered it.
    #[error("too few candidates have answered the item")]
    NotTried,
    /// A person marks it.
    #[error("items of this kind are not tried")]
    NotForTrial,
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
            Self::Retired | Self::Frozen | Self::NotTried | Self::NotForTrial | Self::WrongState { .. } => {
                ProblemCode::WrongState
            }
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::Retired => "wrong-state.item-retired",
            Self::Frozen => "wrong-state.item-frozen",
            Self::SecondPersonNeeded => "second-person-needed.item",
            Self::NotTried => "wrong-state.item-not-tried",
            Self::NotForTrial => "wrong-state.item-not-for-trial",
            Self::WrongState { state: ItemState::Trial } => "wrong-state.item-on-trial",
            Self::WrongState { state: ItemState::Approved } => "wrong-state.item-approved",
            Self::WrongState { .. } => "wrong-state.item-returned",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::WrongState { state } => serde_json::json!({ "state": state }),
            _ => serde_json::Value::Null,
        }
    }
}

/// A version that somebody reviews, and where its item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewCase {
    /// Where it stands.
    pub state: ItemState,
    /// Whether it may be tried first, as [`may_be_tried`] says.
    pub may_be_tried: bool,
    /// Whether a sealed paper holds a version of the item that candidates have not sat yet.
    pub is_frozen: bool,
    /// Whether as many candidates have answered it in tests as make a measured difficulty count.
    pub is_tried: bool,
    /// Who wrote it.
    pub author: AccountId,
}

/// Whether an item is tried before it counts: rules score it, so nobody marks what is worth nothing.
#[must_use]
pub fn may_be_tried(body: &ItemBody) -> bool {
    !body.is_marked_by_person()
}

/// Where an item goes whose newest version `by` reviews. As long as a sealed paper holds an earlier one, nobody does:
/// whoever read the new one would know what candidates are going to be asked.
///
/// # Errors
/// [`ItemRefusal::SecondPersonNeeded`] for the author, [`ItemRefusal::Frozen`] until candidates have sat what is sealed,
/// [`ItemRefusal::NotForTrial`] if a person marks it, [`ItemRefusal::NotTried`] as long as too few have answered what is
/// on trial, [`ItemRefusal::WrongState`] unless the version is a draft or on trial.
pub fn judge_item_review(
    case: &ReviewCase,
    by: AccountId,
    decision: &ReviewDecision,
) -> Result<ItemState, ItemRefusal> {
    match (case.state, decision) {
        _ if case.author == by => Err(ItemRefusal::SecondPersonNeeded),
        _ if case.is_frozen => Err(ItemRefusal::Frozen),
        (ItemState::Draft, ReviewDecision::Approve {}) => Ok(ItemState::Approved),
        (ItemState::Draft, ReviewDecision::Try {}) if case.may_be_tried => Ok(ItemState::Trial),
        (ItemState::Draft, ReviewDecision::Try {}) => Err(ItemRefusal::NotForTrial),
        (ItemState::Trial, ReviewDecision::Approve {}) if case.is_tried => Ok(ItemState::Approved),
        (ItemState::Trial, ReviewDecision::Approve {}) => Err(ItemRefusal::NotTried),
        (ItemState::Draft | ItemState::Trial, ReviewDecision::Return { .. }) => Ok(ItemState::Returned),
        (state, _) => Err(ItemRefusal::WrongState { state }),
    }
}

/// Why no paper is composed of an item at a place that counts, or at one that is tried and counts nothing, and none that
/// holds it so is sealed, as the code of a field; `None` if papers may.
///
/// A paper takes the newest version or none. Who writes an item anew has seen a fault in what was approved before, so
/// that is not taken either: the item waits. Sealed papers keep what they have.
#[must_use]
pub const fn why_no_paper(state: ItemState, is_retired: bool, is_trial: bool) -> Option<&'static str> {
    match (is_retired, state, is_trial) {
        (true, ..) => Some("retired"),
        (false, ItemState::Draft | ItemState::Returned, _) => Some("not-reviewed"),
        (false, ItemState::Trial, false) => Some("on-trial"),
        (false, ItemState::Approved, true) => Some("not-on-trial"),
        (false, ItemState::Trial, true) | (false, ItemState::Approved, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item_bank::Child;
    use ItemState::{Approved, Draft, Returned, Trial};
    use uuid::Uuid;

    const AUTHOR: AccountId = AccountId(Uuid::from_u128(1));
    const REVIEWER: AccountId = AccountId(Uuid::from_u128(2));

    fn sent_back() -> ReviewDecision {
        ReviewDecision::Return { reason: "two keys are right".to_owned() }
    }

    fn case(state: ItemState) -> ReviewCase {
        ReviewCase { state, may_be_tried: true, is_frozen: false, is_tried: false, author: AUTHOR }
    }

    fn decisions() -> [ReviewDecision; 3] {
        [ReviewDecision::Approve {}, ReviewDecision::Try {}, sent_back()]
    }

    #[track_caller]
    fn check(state: ItemState, by: AccountId, decision: &ReviewDecision, expected: Result<ItemState, ItemRefusal>) {
        assert_eq!(judge_item_review(&case(state), by, decision), expected);
    }

    #[test]
    fn nobody_reviews_what_is_written_anew_until_the_sealed_version_was_sat() {
        for state in ItemState::ALL {
            for decision in decisions() {
                let judged = |by| judge_item_review(&ReviewCase { is_frozen: true, ..case(*state) }, by, &decision);
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
            for decision in decisions() {
                check(*state, AUTHOR, &decision, Err(ItemRefusal::SecondPersonNeeded));
            }
        }
    }

    #[test]
    fn a_version_is_reviewed_once() {
        for state in [Returned, Approved] {
            for decision in decisions() {
                check(state, REVIEWER, &decision, Err(ItemRefusal::WrongState { state }));
            }
        }
    }

    #[test]
    fn what_is_tried_counts_once_enough_have_answered_it() {
        check(Draft, REVIEWER, &ReviewDecision::Try {}, Ok(Trial));
        check(Trial, REVIEWER, &ReviewDecision::Try {}, Err(ItemRefusal::WrongState { state: Trial }));
        check(Trial, REVIEWER, &ReviewDecision::Approve {}, Err(ItemRefusal::NotTried));
        check(Trial, REVIEWER, &sent_back(), Ok(Returned));
        let tried = ReviewCase { is_tried: true, ..case(Trial) };
        assert_eq!(judge_item_review(&tried, REVIEWER, &ReviewDecision::Approve {}), Ok(Approved));
        let for_nobody = ReviewCase { may_be_tried: false, ..case(Draft) };
        let judged = judge_item_review(&for_nobody, REVIEWER, &ReviewDecision::Try {});
        assert_eq!(judged, Err(ItemRefusal::NotForTrial));
        assert!(may_be_tried(&ItemBody::TrueFalse { key: true }));
        let written = ItemBody::ShortAnswer { rubric: String::new() };
        assert!(!may_be_tried(&written));
        let children = vec![Child { stem: "a".to_owned(), percent: 100, body: written }];
        assert!(!may_be_tried(&ItemBody::Composite { children }), "a question on a material that a person marks");
    }

    #[test]
    fn papers_take_what_was_approved_or_is_tried_and_not_retired() {
        assert_eq!((why_no_paper(Approved, false, false), why_no_paper(Trial, false, true)), (None, None));
        assert_eq!(why_no_paper(Trial, false, false), Some("on-trial"));
        assert_eq!(why_no_paper(Approved, false, true), Some("not-on-trial"));
        for is_trial in [false, true] {
            for state in [Draft, Returned] {
                assert_eq!(why_no_paper(state, false, is_trial), Some("not-reviewed"));
            }
            for state in ItemState::ALL {
                assert_eq!(why_no_paper(*state, true, is_trial), Some("retired"));
            }
        }
        let codes = ["field.retired", "field.not-reviewed", "field.on-trial", "field.not-on-trial"];
        assert!(codes.into_iter().all(crate::problem::has_texts));
    }

    #[test]
    fn every_refusal_has_its_words() {
        let wrong = [Returned, Trial, Approved].map(|state| ItemRefusal::WrongState { state });
        let others = [ItemRefusal::SecondPersonNeeded, ItemRefusal::Retired, ItemRefusal::Frozen];
        let others = others.into_iter().chain([ItemRefusal::NotTried, ItemRefusal::NotForTrial]);
        for refusal in wrong.into_iter().chain(others) {
            let key = format!("{}.detail", refusal.message_key());
            assert!(crate::problem::has_texts(&key), "{key}");
        }
    }
}

//! The key of a sealed paper in many hands: of n custodians at different places, k open it together, and fewer cannot.
//!
//! The content key is wrapped by a secret that is split (Shamir, over GF(256)). Each custodian sees their share once and
//! types it back; when all have, the server forgets the key. Before the test they hand their shares in.

use super::PaperState;
use crate::{
    ids::{AccountId, PaperId},
    problem::{FieldError, ProblemCode, Refusal},
    rights::text_enum,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{collections::HashSet, ops::RangeInclusive};

/// Custodians of one key.
pub const CUSTODIANS: RangeInclusive<usize> = 3..=10;
/// Fewest custodians that open a key: no single person does.
pub const SMALLEST_THRESHOLD: usize = 2;
/// Shares are handed in no earlier than this many seconds before a test that was armed begins: so long can the server
/// open the paper before its time, if somebody breaks into it.
pub const HAND_IN_BEFORE_S: i64 = 60 * 60;

text_enum! {
    /// Where a share of a key stands.
    KeyShareState {
        /// Its custodian has not seen it.
        Waiting = "waiting",
        /// Its custodian has seen it; nobody can see it again.
        Shown = "shown",
        /// Its custodian typed it back.
        Confirmed = "confirmed",
        /// Its custodian handed it in, for the test.
        HandedIn = "handed_in",
    }
}

/// What a custodian does with a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyShareStep {
    /// Sees it.
    Show,
    /// Types it back.
    Confirm,
    /// Hands it in.
    HandIn,
}

/// Body of `POST /papers/{id}/key_ceremonies`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewKeyCeremony {
    /// How many of the custodians open the key together: two at least, and not all of them.
    pub threshold: u8,
    /// Who gets a share, each at another place.
    pub custodians: Vec<AccountId>,
}

/// Body of what a custodian does with a code that they noted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SpokenKeyShare {
    /// The code: sixty digits, parted as one likes.
    pub code: String,
}

/// A share, the only time that it is seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShownKeyShare {
    /// The code: ten groups of six digits.
    pub code: String,
}

/// Somebody who can be a custodian: `GET /papers/{id}/key_custodians`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyCustodian {
    /// Who.
    pub account_id: AccountId,
    /// What they are called.
    pub name: String,
    /// The place at which they would keep their share.
    pub place_name: String,
}

/// A share as those see it who compose papers: never what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyShareView {
    /// Who keeps it.
    pub custodian_name: String,
    /// Where.
    pub place_name: String,
    /// Where it stands.
    pub state: KeyShareState,
}

/// The key of a paper in many hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyCeremonyView {
    /// How many shares open it.
    pub threshold: u8,
    /// When the server forgot the key; absent until every custodian has typed their share back.
    pub closed_at: Option<Timestamp>,
    /// Its shares.
    pub shares: Vec<KeyShareView>,
}

/// One's own share: `GET /me/key_shares`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnKeyShare {
    /// The paper.
    pub paper_id: PaperId,
    /// Its title.
    pub paper_title: String,
    /// Where the share stands.
    pub state: KeyShareState,
    /// How many shares open the key …
    pub threshold: u8,
    /// … of how many.
    pub custodians: u8,
    /// Whether every custodian has typed their share back.
    pub is_closed: bool,
}

/// Why a key stays as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyRefusal {
    /// Only the key of a sealed paper is split.
    #[error("the paper is not sealed")]
    NotSealed,
    /// The server has forgotten the key, so that nobody splits it again.
    #[error("the key is kept by its custodians")]
    Closed,
    /// A share is shown once.
    #[error("the share was shown")]
    AlreadyShown,
    /// Nobody types back what they have not seen.
    #[error("the share was not shown")]
    NotShown,
    /// Some custodian has not typed their share back.
    #[error("some shares were not confirmed")]
    NotClosed,
    /// No test of the paper was armed that begins soon.
    #[error("no test begins soon")]
    TooEarly,
    /// Fewer shares were handed in than open the key.
    #[error("{handed_in} of {threshold} shares were handed in")]
    NotReleased {
        /// How many were.
        handed_in: usize,
        /// How many open it.
        threshold: usize,
    },
}

impl Refusal for KeyRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::NotSealed => "wrong-state.key-not-sealed",
            Self::Closed => "wrong-state.key-closed",
            Self::AlreadyShown => "wrong-state.key-share-shown",
            Self::NotShown => "wrong-state.key-share-not-shown",
            Self::NotClosed => "wrong-state.key-not-closed",
            Self::TooEarly => "wrong-state.key-too-early",
            Self::NotReleased { .. } => "wrong-state.key-not-released",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::NotReleased { handed_in, threshold } => json!({ "handed_in": handed_in, "threshold": threshold }),
            _ => serde_json::Value::Null,
        }
    }
}

/// Everything that is wrong with how a key is to be split, each with a JSON pointer. One share may be lost and the key
/// still be opened, so not all of them are ever needed.
#[must_use]
pub fn validate_new_key_ceremony(new: &NewKeyCeremony) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let custodians = new.custodians.len();
    if !CUSTODIANS.contains(&custodians) {
        errors.push(FieldError::new("/custodians", "custodians-out-of-range"));
    }
    if !(SMALLEST_THRESHOLD..custodians.max(SMALLEST_THRESHOLD + 1)).contains(&usize::from(new.threshold)) {
        errors.push(FieldError::new("/threshold", "threshold-out-of-range"));
    }
    let mut seen = HashSet::new();
    for (at, custodian) in new.custodians.iter().enumerate() {
        if !seen.insert(custodian) {
            errors.push(FieldError::new(format!("/custodians/{at}"), "duplicate"));
        }
    }
    errors
}

/// Whether these places keep shares apart: no two are the same. What is wrong, each with a JSON pointer.
#[must_use]
pub fn validate_custodian_places(places: &[String]) -> Vec<FieldError> {
    let mut seen = HashSet::new();
    let again = places.iter().enumerate().filter(|(_, place)| !seen.insert(*place));
    again.map(|(at, _)| FieldError::new(format!("/custodians/{at}"), "custodian-place-taken")).collect()
}

/// Whether the key of a paper may be split, again if it was before.
///
/// # Errors
/// [`KeyRefusal::NotSealed`], or [`KeyRefusal::Closed`] if the server has no key to split any more.
pub fn may_split_key(state: PaperState, is_closed: bool) -> Result<(), KeyRefusal> {
    match state {
        PaperState::Sealed if is_closed => Err(KeyRefusal::Closed),
        PaperState::Sealed => Ok(()),
        PaperState::Open | PaperState::Proposed | PaperState::Discarded => Err(KeyRefusal::NotSealed),
    }
}

/// Where a share stands after a step of its custodian. Typing it back or handing it in again changes nothing.
///
/// # Errors
/// [`KeyRefusal`]: a share is shown once, and then typed back; it is handed in when all of them were.
pub fn next_key_share_state(
    state: KeyShareState,
    is_closed: bool,
    step: KeyShareStep,
) -> Result<KeyShareState, KeyRefusal> {
    use KeyShareState::{Confirmed, HandedIn, Shown, Waiting};
    match (state, step) {
        (Waiting, KeyShareStep::Show) => Ok(Shown),
        (_, KeyShareStep::Show) => Err(KeyRefusal::AlreadyShown),
        (Waiting, KeyShareStep::Confirm) => Err(KeyRefusal::NotShown),
        (Shown, KeyShareStep::Confirm) => Ok(Confirmed),
        (Confirmed | HandedIn, KeyShareStep::Confirm) => Ok(state),
        (_, KeyShareStep::HandIn) if is_closed => Ok(HandedIn),
        (_, KeyShareStep::HandIn) => Err(KeyRefusal::NotClosed),
    }
}

/// Whether shares are handed in at `now`, if the tests that were armed begin at these times.
///
/// # Errors
/// [`KeyRefusal::TooEarly`] if none has begun or begins within the hour.
pub fn may_hand_in(armed: &[Timestamp], now: Timestamp) -> Result<(), KeyRefusal> {
    let soon = now.plus_s(HAND_IN_BEFORE_S);
    if armed.iter().any(|starts_at| *starts_at <= soon) { Ok(()) } else { Err(KeyRefusal::TooEarly) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use KeyShareState::{Confirmed, HandedIn, Shown, Waiting};
    use KeyShareStep::{Confirm, HandIn, Show};
    use uuid::Uuid;

    fn split(threshold: u8, custodians: u128) -> NewKeyCeremony {
        let custodians = (1..=custodians).map(|n| AccountId(Uuid::from_u128(n))).collect();
        NewKeyCeremony { threshold, custodians }
    }

    fn faults(new: &NewKeyCeremony) -> Vec<(String, String)> {
        validate_new_key_ceremony(new).into_iter().map(|error| (error.pointer, error.code)).collect()
    }

    #[test]
    fn no_single_person_opens_a_key_and_no_single_one_can_lose_it() {
        for custodians in 3..=10_u128 {
            for threshold in 0..=12_u8 {
                let is_right = threshold >= 2 && u128::from(threshold) < custodians;
                assert_eq!(faults(&split(threshold, custodians)).is_empty(), is_right, "{threshold} of {custodians}");
            }
        }
        for custodians in [0, 2, 11] {
            let told = faults(&split(2, custodians));
            assert_eq!(told, [("/custodians".to_owned(), "custodians-out-of-range".to_owned())], "{custodians}");
        }
    }

    #[test]
    fn nobody_and_no_place_has_two_shares() {
        let mut twice = split(2, 3);
        twice.custodians[2] = twice.custodians[0];
        assert_eq!(faults(&twice), [("/custodians/2".to_owned(), "duplicate".to_owned())]);
        let places = ["33", "3305", "33"].map(str::to_owned);
        assert_eq!(validate_custodian_places(&places)[0].pointer, "/custodians/2");
        assert!(validate_custodian_places(&places[..2]).is_empty());
    }

    #[test]
    fn a_share_goes_its_way_and_is_shown_once() {
        assert_eq!(next_key_share_state(Waiting, false, Show), Ok(Shown));
        for state in [Shown, Confirmed, HandedIn] {
            for is_closed in [false, true] {
                assert_eq!(next_key_share_state(state, is_closed, Show), Err(KeyRefusal::AlreadyShown));
            }
        }
        assert_eq!(next_key_share_state(Waiting, false, Confirm), Err(KeyRefusal::NotShown));
        assert_eq!(next_key_share_state(Shown, false, Confirm), Ok(Confirmed));
        assert_eq!(next_key_share_state(Confirmed, false, Confirm), Ok(Confirmed));
        assert_eq!(next_key_share_state(HandedIn, true, Confirm), Ok(HandedIn));
        assert_eq!(next_key_share_state(Confirmed, false, HandIn), Err(KeyRefusal::NotClosed));
        assert_eq!(next_key_share_state(Confirmed, true, HandIn), Ok(HandedIn));
        assert_eq!(next_key_share_state(HandedIn, true, HandIn), Ok(HandedIn));
    }

    #[test]
    fn a_key_that_the_server_forgot_is_not_split_again() {
        assert_eq!(may_split_key(PaperState::Sealed, false), Ok(()));
        assert_eq!(may_split_key(PaperState::Sealed, true), Err(KeyRefusal::Closed));
        for state in [PaperState::Open, PaperState::Proposed, PaperState::Discarded] {
            assert_eq!(may_split_key(state, false), Err(KeyRefusal::NotSealed));
        }
    }

    #[test]
    fn shares_are_handed_in_within_the_hour_before_a_test_that_was_armed() {
        let starts_at = Timestamp(0).plus_s(HAND_IN_BEFORE_S);
        assert_eq!(may_hand_in(&[starts_at], Timestamp(0)), Ok(()));
        assert_eq!(may_hand_in(&[starts_at.plus_s(1)], Timestamp(0)), Err(KeyRefusal::TooEarly));
        assert_eq!(may_hand_in(&[starts_at], starts_at.plus_s(600)), Ok(()));
        assert_eq!(may_hand_in(&[], starts_at), Err(KeyRefusal::TooEarly), "whatever a clock says");
    }

    #[test]
    fn every_refusal_has_its_words() {
        let refusals = [
            KeyRefusal::NotSealed,
            KeyRefusal::Closed,
            KeyRefusal::AlreadyShown,
            KeyRefusal::NotShown,
            KeyRefusal::NotClosed,
            KeyRefusal::TooEarly,
            KeyRefusal::NotReleased { handed_in: 1, threshold: 2 },
        ];
        for refusal in refusals {
            assert!(crate::problem::has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
        let fields = ["custodians-out-of-range", "threshold-out-of-range", "custodian-place-taken", "no-custodian"];
        assert!(fields.iter().all(|code| crate::problem::has_texts(&format!("field.{code}"))));
    }
}

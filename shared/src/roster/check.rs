//! 核查: a town says that its roster is right, and the county looks at some of the persons before it believes that
//! (DOMAIN §7). Who is looked at is drawn by lot: a pure function of the seed, so that anybody can draw again.

use crate::{
    ids::{AccountId, RosterEntryId},
    people::check_reason,
    problem::{FieldError, ProblemCode, Refusal},
    rights::text_enum,
};
use sha2::{Digest, Sha256};

/// Of each hundred persons so many are looked at, at least.
const SAMPLE_PERCENT: usize = 5;
/// So many are looked at of a short roster, or all of them.
const LEAST_SAMPLE: usize = 10;

text_enum! {
    /// Where the check of a roster stands.
    RosterCheckState {
        /// The town says that it is right; the county looks at it.
        Confirmed = "confirmed",
        /// The county found it right.
        Accepted = "accepted",
        /// The county sent it back.
        Returned = "returned",
    }
}

text_enum! {
    /// What the county found of a person.
    RosterFinding {
        /// What stands on the roster is right.
        Right = "right",
        /// Something is wrong; the note says what.
        Wrong = "wrong",
        /// Nobody could be asked.
        NotReached = "not_reached",
    }
}

/// What the county does with a roster that was confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RosterDecision {
    /// Believe it.
    Accept,
    /// Send it back.
    Return,
}

/// A check, as far as it decides what may become of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RosterCheckCase {
    /// Where it stands.
    pub state: RosterCheckState,
    /// Who confirmed the roster.
    pub confirmed_by: AccountId,
    /// Persons to be looked at.
    pub sample: u32,
    /// Persons of whom something was found.
    pub found: u32,
    /// Those of them of whom something is wrong.
    pub wrong: u32,
}

/// Why a roster is not confirmed, or not decided upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RosterCheckRefusal {
    /// There is nobody on it.
    #[error("nobody is on the roster")]
    NobodyOnRoster,
    /// The county still looks at what was confirmed before.
    #[error("the roster is being checked")]
    AlreadyConfirmed,
    /// The check is over.
    #[error("the check is {state}")]
    Closed {
        /// Where it stands.
        state: RosterCheckState,
    },
    /// Who confirmed a roster does not check it.
    #[error("another person must check")]
    SecondPersonNeeded,
    /// So many were not looked at.
    #[error("{left} were not looked at")]
    FindingsMissing {
        /// How many.
        left: u32,
    },
    /// Of so many something is wrong: the roster goes back.
    #[error("{wrong} are wrong")]
    SomethingWrong {
        /// How many.
        wrong: u32,
    },
}

impl Refusal for RosterCheckRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::SecondPersonNeeded => ProblemCode::SecondPersonNeeded,
            _ => ProblemCode::WrongState,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::NobodyOnRoster => "wrong-state.roster-empty",
            Self::AlreadyConfirmed => "wrong-state.roster-confirmed",
            Self::Closed { .. } => "wrong-state.roster-check-closed",
            Self::SecondPersonNeeded => "second-person-needed.roster",
            Self::FindingsMissing { .. } => "wrong-state.roster-findings-missing",
            Self::SomethingWrong { .. } => "wrong-state.roster-something-wrong",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::Closed { state } => serde_json::json!({ "state": state }),
            Self::FindingsMissing { left } => serde_json::json!({ "count": left }),
            Self::SomethingWrong { wrong } => serde_json::json!({ "count": wrong }),
            _ => serde_json::Value::Null,
        }
    }
}

/// How many of so many persons are looked at: five of a hundred, rounded up, and ten at least, as far as there are.
#[must_use]
pub fn sample_size(persons: usize) -> usize {
    let part = persons.saturating_mul(SAMPLE_PERCENT).div_ceil(100);
    part.max(LEAST_SAMPLE.min(persons))
}

/// Who is looked at, in the order of their lots. The lot of a person is the hash of seed and id: in whatever order the
/// roster comes, the same are drawn.
#[must_use]
pub fn draw_sample(roster: &[RosterEntryId], seed: u64) -> Vec<RosterEntryId> {
    let mut lots: Vec<_> = roster.iter().map(|id| (lot(seed, *id), *id)).collect();
    lots.sort_unstable();
    lots.into_iter().map(|(_, id)| id).take(sample_size(roster.len())).collect()
}

fn lot(seed: u64, id: RosterEntryId) -> Vec<u8> {
    Sha256::digest([seed.to_be_bytes().as_slice(), id.0.as_bytes()].concat()).to_vec()
}

/// Decides whether somebody may say what they found.
///
/// # Errors
/// [`RosterCheckRefusal::Closed`] or [`RosterCheckRefusal::SecondPersonNeeded`].
pub fn judge_finding(case: &RosterCheckCase, actor: AccountId) -> Result<(), RosterCheckRefusal> {
    match case.state {
        RosterCheckState::Confirmed if actor == case.confirmed_by => Err(RosterCheckRefusal::SecondPersonNeeded),
        RosterCheckState::Confirmed => Ok(()),
        state => Err(RosterCheckRefusal::Closed { state }),
    }
}

/// Where a check stands after a decision. A roster goes back at any time; it is accepted when everybody of the sample
/// was looked at and nothing is wrong.
///
/// # Errors
/// As [`judge_finding`]; [`RosterCheckRefusal::FindingsMissing`] or [`RosterCheckRefusal::SomethingWrong`].
pub fn judge_roster_decision(
    case: &RosterCheckCase,
    actor: AccountId,
    decision: RosterDecision,
) -> Result<RosterCheckState, RosterCheckRefusal> {
    judge_finding(case, actor)?;
    match decision {
        RosterDecision::Return => Ok(RosterCheckState::Returned),
        RosterDecision::Accept if case.wrong > 0 => Err(RosterCheckRefusal::SomethingWrong { wrong: case.wrong }),
        RosterDecision::Accept if case.found < case.sample => {
            Err(RosterCheckRefusal::FindingsMissing { left: case.sample - case.found })
        }
        RosterDecision::Accept => Ok(RosterCheckState::Accepted),
    }
}

/// What is noted with a finding: what is wrong must be said, everything else may be.
///
/// # Errors
/// The field `/note`.
pub fn check_finding(finding: RosterFinding, note: &str) -> Result<String, FieldError> {
    match finding {
        RosterFinding::Right | RosterFinding::NotReached if note.trim().is_empty() => Ok(String::new()),
        _ => check_reason(note, "/note"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{are_named, has_texts};
    use RosterCheckState::{Accepted, Confirmed, Returned};
    use RosterDecision::{Accept, Return};
    use proptest::prelude::*;
    use std::collections::BTreeSet;
    use uuid::Uuid;

    const TOWN: AccountId = AccountId(Uuid::from_u128(1));
    const COUNTY: AccountId = AccountId(Uuid::from_u128(2));

    fn roster(persons: u128) -> Vec<RosterEntryId> {
        (0..persons).map(|n| RosterEntryId(Uuid::from_u128(n))).collect()
    }

    #[track_caller]
    fn check(
        (state, found, wrong): (RosterCheckState, u32, u32),
        actor: AccountId,
        decision: RosterDecision,
        expected: Result<RosterCheckState, RosterCheckRefusal>,
    ) {
        let case = RosterCheckCase { state, confirmed_by: TOWN, sample: 10, found, wrong };
        assert_eq!(judge_roster_decision(&case, actor, decision), expected);
    }

    #[test]
    fn five_of_a_hundred_are_looked_at_and_ten_at_least() {
        for (persons, expected) in [(0, 0), (1, 1), (10, 10), (11, 10), (200, 10), (201, 11), (100_000, 5_000)] {
            assert_eq!(sample_size(persons), expected, "of {persons}");
        }
    }

    #[test]
    fn a_sample_is_drawn_again_from_its_seed_for_ever() {
        let drawn: Vec<_> = draw_sample(&roster(40), 7).iter().map(|id| id.0.as_u128()).collect();
        assert_eq!(drawn.len(), 10);
        assert_eq!(drawn, draw_sample(&roster(40), 7).iter().map(|id| id.0.as_u128()).collect::<Vec<_>>());
        assert_ne!(draw_sample(&roster(40), 7), draw_sample(&roster(40), 8));
    }

    #[test]
    fn a_roster_is_accepted_when_everybody_was_looked_at_and_nothing_is_wrong() {
        check((Confirmed, 10, 0), COUNTY, Accept, Ok(Accepted));
        check((Confirmed, 9, 0), COUNTY, Accept, Err(RosterCheckRefusal::FindingsMissing { left: 1 }));
        check((Confirmed, 10, 2), COUNTY, Accept, Err(RosterCheckRefusal::SomethingWrong { wrong: 2 }));
        check((Confirmed, 0, 0), COUNTY, Return, Ok(Returned));
        for decision in [Accept, Return] {
            check((Confirmed, 10, 0), TOWN, decision, Err(RosterCheckRefusal::SecondPersonNeeded));
            for state in [Accepted, Returned] {
                check((state, 10, 0), COUNTY, decision, Err(RosterCheckRefusal::Closed { state }));
            }
        }
    }

    #[test]
    fn what_is_wrong_must_be_said() {
        for finding in [RosterFinding::Right, RosterFinding::NotReached] {
            assert_eq!(check_finding(finding, " "), Ok(String::new()));
        }
        assert_eq!(check_finding(RosterFinding::Wrong, " ").unwrap_err().pointer, "/note");
        assert_eq!(check_finding(RosterFinding::Wrong, "已搬走"), Ok("已搬走".to_owned()));
        assert_eq!(check_finding(RosterFinding::Right, "电话19900009137").unwrap_err().code, "holds-number");
    }

    #[test]
    fn everything_has_its_words() {
        use RosterCheckRefusal::{
            AlreadyConfirmed, Closed, FindingsMissing, NobodyOnRoster, SecondPersonNeeded, SomethingWrong,
        };
        let refusals = [
            NobodyOnRoster,
            AlreadyConfirmed,
            Closed { state: Accepted },
            SecondPersonNeeded,
            FindingsMissing { left: 1 },
            SomethingWrong { wrong: 1 },
        ];
        for refusal in refusals {
            assert!(has_texts(&format!("{}.detail", refusal.message_key())), "{refusal:?}");
        }
        assert!(has_texts("field.not-in-sample"));
        let files = [include_str!("../../locales/zh-CN/roster.json"), include_str!("../../locales/en/roster.json")];
        let states = RosterCheckState::ALL.iter().map(|state| format!("check_{state}"));
        let findings = RosterFinding::ALL.iter().map(|finding| format!("finding_{finding}"));
        assert!(are_named(files, &states.chain(findings).collect::<Vec<_>>()));
    }

    proptest! {
        #[test]
        fn a_sample_is_of_the_roster_large_enough_and_free_of_its_order(persons in 0_u128..400, seed: u64) {
            let mut roster = roster(persons);
            let drawn = draw_sample(&roster, seed);
            roster.reverse();
            prop_assert_eq!(&draw_sample(&roster, seed), &drawn);
            prop_assert_eq!(drawn.len(), sample_size(roster.len()));
            prop_assert!(drawn.len() * 100 >= roster.len() * SAMPLE_PERCENT);
            let once: BTreeSet<_> = drawn.iter().collect();
            prop_assert!(once.len() == drawn.len() && drawn.iter().all(|id| roster.contains(id)));
        }
    }
}

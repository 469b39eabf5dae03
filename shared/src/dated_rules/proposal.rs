//! A rule is proposed by one person, approved by another before its first day comes, or left.

use crate::{
    ids::AccountId,
    people::check_reason,
    problem::{FieldError, ProblemCode, Refusal},
    rights::text_enum,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

text_enum! {
    /// Where a proposal stands.
    RuleProposalState {
        /// It waits for another person.
        Proposed = "proposed",
        /// The version is among the rules.
        Approved = "approved",
        /// Another person refused it.
        Refused = "refused",
        /// Who proposed it took it back, or it was taken back after its approval.
        Withdrawn = "withdrawn",
    }
}

/// What somebody does with a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleProposalStep {
    /// Put the version among the rules.
    Approve,
    /// Leave the rules as they are; of who proposed it, or once it was approved, to take it back.
    Refuse,
}

/// A proposal, as far as it decides what may become of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleProposalCase {
    /// Where it stands.
    pub state: RuleProposalState,
    /// Who proposed it.
    pub proposed_by: AccountId,
    /// The first day of the version.
    pub valid_from: Date,
}

/// Body of the request that leaves the rules as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RefuseRule {
    /// Why.
    pub reason: String,
}

/// Why a version is not proposed, or not decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleChangeRefusal {
    /// There is such a version of the region from this day on.
    #[error("there is a version of this day")]
    AlreadyThere,
    /// Such a version waits for another person.
    #[error("a version of this day is proposed")]
    AlreadyProposed,
    /// It was decided.
    #[error("the proposal is {state}")]
    Closed {
        /// Where it stands.
        state: RuleProposalState,
    },
    /// Its day has come while it waited: a rule holds for what begins after it was known.
    #[error("the day has come")]
    DayCome,
    /// It holds already, and is withdrawn no more.
    #[error("the rule has begun")]
    Begun,
    /// Who proposed it may not approve it.
    #[error("another person must approve")]
    SecondPersonNeeded,
}

impl Refusal for RuleChangeRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::SecondPersonNeeded => ProblemCode::SecondPersonNeeded,
            _ => ProblemCode::WrongState,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::AlreadyThere => "wrong-state.rule-there",
            Self::AlreadyProposed => "wrong-state.rule-proposed",
            Self::Closed { .. } => "wrong-state.rule-closed",
            Self::DayCome => "wrong-state.rule-day-come",
            Self::Begun => "wrong-state.rule-begun",
            Self::SecondPersonNeeded => "second-person-needed.rule",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::Closed { state } => serde_json::json!({ "state": state }),
            _ => serde_json::Value::Null,
        }
    }
}

/// Where a proposal stands after a step of `actor` on `today`. What was approved is taken back until its first day comes:
/// nothing has gone by it yet.
///
/// # Errors
/// [`RuleChangeRefusal::Closed`], [`RuleChangeRefusal::SecondPersonNeeded`], [`RuleChangeRefusal::DayCome`] or
/// [`RuleChangeRefusal::Begun`].
pub fn next_rule_proposal_state(
    case: &RuleProposalCase,
    step: RuleProposalStep,
    actor: AccountId,
    today: Date,
) -> Result<RuleProposalState, RuleChangeRefusal> {
    use RuleProposalState::{Approved, Proposed, Refused, Withdrawn};
    let (is_own, has_come) = (actor == case.proposed_by, case.valid_from <= today);
    match (case.state, step) {
        (Proposed, RuleProposalStep::Refuse) if is_own => Ok(Withdrawn),
        (Proposed, RuleProposalStep::Refuse) => Ok(Refused),
        (Proposed, RuleProposalStep::Approve) if is_own => Err(RuleChangeRefusal::SecondPersonNeeded),
        (Proposed, RuleProposalStep::Approve) if has_come => Err(RuleChangeRefusal::DayCome),
        (Proposed, RuleProposalStep::Approve) => Ok(Approved),
        (Approved, RuleProposalStep::Refuse) if has_come => Err(RuleChangeRefusal::Begun),
        (Approved, RuleProposalStep::Refuse) => Ok(Withdrawn),
        (state, _) => Err(RuleChangeRefusal::Closed { state }),
    }
}

/// Checks when a proposed version is to begin and why; the reason as it is kept. `found` is what else was looked at:
/// whether it is wrong, the field and the code.
///
/// # Errors
/// All fields that are wrong, at once.
pub fn check_proposal(
    (valid_from, today): (Date, Date),
    reason: &str,
    found: &[(bool, &'static str, &'static str)],
) -> Result<String, Vec<FieldError>> {
    let day = (valid_from <= today, "/rule/valid_from", "day-not-future");
    let wrong = std::iter::once(&day).chain(found).filter(|(is_wrong, ..)| *is_wrong);
    let mut wrong: Vec<_> = wrong.map(|(_, pointer, code)| FieldError::new(*pointer, *code)).collect();
    match check_reason(reason, "/reason") {
        Ok(reason) if wrong.is_empty() => Ok(reason),
        reason => {
            wrong.extend(reason.err());
            Err(wrong)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RuleProposalState::{Approved, Proposed, Refused, Withdrawn};
    use RuleProposalStep::{Approve, Refuse};
    use jiff::civil::date;
    use std::slice;
    use uuid::Uuid;

    const ONE: AccountId = AccountId(Uuid::from_u128(1));
    const OTHER: AccountId = AccountId(Uuid::from_u128(2));
    const TODAY: Date = date(2026, 11, 26);
    const TOMORROW: Date = date(2026, 11, 27);

    fn next(
        state: RuleProposalState,
        step: RuleProposalStep,
        actor: AccountId,
        today: Date,
    ) -> Result<RuleProposalState, RuleChangeRefusal> {
        let case = RuleProposalCase { state, proposed_by: ONE, valid_from: TOMORROW };
        next_rule_proposal_state(&case, step, actor, today)
    }

    #[test]
    fn another_person_decides_and_who_proposed_takes_it_back() {
        assert_eq!(next(Proposed, Approve, OTHER, TODAY), Ok(Approved));
        assert_eq!(next(Proposed, Approve, OTHER, TOMORROW), Err(RuleChangeRefusal::DayCome));
        assert_eq!(next(Proposed, Approve, ONE, TODAY), Err(RuleChangeRefusal::SecondPersonNeeded));
        for today in [TODAY, TOMORROW] {
            assert_eq!(next(Proposed, Refuse, OTHER, today), Ok(Refused));
            assert_eq!(next(Proposed, Refuse, ONE, today), Ok(Withdrawn));
        }
    }

    #[test]
    fn what_was_ended_stays_so() {
        for state in [Refused, Withdrawn] {
            for (step, actor) in [(Approve, OTHER), (Refuse, OTHER), (Refuse, ONE)] {
                assert_eq!(next(state, step, actor, TODAY), Err(RuleChangeRefusal::Closed { state }));
            }
        }
    }

    #[test]
    fn what_was_approved_is_withdrawn_until_its_day_comes_and_not_after() {
        for actor in [ONE, OTHER] {
            assert_eq!(next(Approved, Refuse, actor, TODAY), Ok(Withdrawn));
            assert_eq!(next(Approved, Refuse, actor, TOMORROW), Err(RuleChangeRefusal::Begun));
        }
        assert_eq!(next(Approved, Approve, OTHER, TODAY), Err(RuleChangeRefusal::Closed { state: Approved }));
    }

    #[test]
    fn a_version_begins_on_a_day_to_come_and_all_that_is_wrong_is_named_at_once() {
        let check = |day, reason: &str, found: &[(bool, &'static str, &'static str)]| {
            let errors = check_proposal((day, TODAY), reason, found).err().unwrap_or_default();
            errors.into_iter().map(|error| (error.pointer, error.code)).collect::<Vec<_>>()
        };
        let named = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
        let (day, reason) = (named("/rule/valid_from", "day-not-future"), named("/reason", "required"));
        assert_eq!(check(TOMORROW, "why", &[(false, "/rule/oldest", "age-out-of-range")]), []);
        assert_eq!(check_proposal((TOMORROW, TODAY), " why ", &[]).as_deref(), Ok("why"));
        assert_eq!(check(TODAY, "why", &[]), slice::from_ref(&day));
        let oldest = named("/rule/oldest", "age-out-of-range");
        assert_eq!(check(TODAY, " ", &[(true, "/rule/oldest", "age-out-of-range")]), [day, oldest, reason]);
    }

    #[test]
    fn every_refusal_has_its_texts() {
        use RuleChangeRefusal::{AlreadyProposed, AlreadyThere, Begun, Closed, DayCome, SecondPersonNeeded};
        for refusal in [AlreadyThere, AlreadyProposed, Closed { state: Refused }, DayCome, Begun, SecondPersonNeeded] {
            assert!(crate::problem::has_texts(&format!("{}.detail", refusal.message_key())), "{refusal:?}");
        }
        assert!(crate::problem::has_texts("field.day-not-future"));
    }
}

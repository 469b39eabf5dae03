//! A new version of the rules of enrolment: proposed by one person of the office that keeps them, approved by another, and
//! in force from a day to come (DOMAIN §1.9). A version that is there is never changed: learners keep it.

use super::{EnrolmentRule, eligibility::aim_of, rule_for};
use crate::{
    ids::{AccountId, EnrolmentRuleProposalId},
    learning::CourseLevel,
    organisation::DivisionCode,
    people::check_reason,
    problem::{FieldError, ProblemCode, Refusal},
    rights::text_enum,
    time::Timestamp,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Ages in years that a rule may name.
const AGES: std::ops::RangeInclusive<i16> = 14..=100;

text_enum! {
    /// Where a proposal stands.
    RuleProposalState {
        /// It waits for another person.
        Proposed = "proposed",
        /// The version is among the rules.
        Approved = "approved",
        /// Another person refused it.
        Refused = "refused",
        /// Who proposed it took it back.
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// What a version is on a day.
    RuleStanding {
        /// Its day has not come.
        Coming = "coming",
        /// What begins now is judged by it.
        InForce = "in_force",
        /// What began by it keeps it.
        Former = "former",
    }
}

/// What somebody does with a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleProposalStep {
    /// Put the version among the rules.
    Approve,
    /// Leave the rules as they are; of who proposed it, to take it back.
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

/// Where a proposal stands after a step of `actor` on `today`.
///
/// # Errors
/// [`RuleChangeRefusal::Closed`], [`RuleChangeRefusal::SecondPersonNeeded`] or [`RuleChangeRefusal::DayCome`].
pub fn next_rule_proposal_state(
    case: &RuleProposalCase,
    step: RuleProposalStep,
    actor: AccountId,
    today: Date,
) -> Result<RuleProposalState, RuleChangeRefusal> {
    let is_own = actor == case.proposed_by;
    match step {
        _ if case.state != RuleProposalState::Proposed => Err(RuleChangeRefusal::Closed { state: case.state }),
        RuleProposalStep::Refuse if is_own => Ok(RuleProposalState::Withdrawn),
        RuleProposalStep::Refuse => Ok(RuleProposalState::Refused),
        RuleProposalStep::Approve if is_own => Err(RuleChangeRefusal::SecondPersonNeeded),
        RuleProposalStep::Approve if case.valid_from <= today => Err(RuleChangeRefusal::DayCome),
        RuleProposalStep::Approve => Ok(RuleProposalState::Approved),
    }
}

/// What one of the versions is on a day, in its own region as a whole.
#[must_use]
pub fn rule_standing(versions: &[EnrolmentRule], version: &EnrolmentRule, day: Date) -> RuleStanding {
    if version.valid_from > day {
        return RuleStanding::Coming;
    }
    match rule_for(versions, version.region, version.level, day) {
        Some(holding) if holding == version => RuleStanding::InForce,
        _ => RuleStanding::Former,
    }
}

/// Body of `POST /enrolment_rules/proposals`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProposeRule {
    /// The version. Its first day is one to come.
    pub rule: EnrolmentRule,
    /// Why, such as the document that it follows.
    pub reason: String,
}

/// Body of `POST /enrolment_rules/proposals/{id}/refuse`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RefuseRule {
    /// Why.
    pub reason: String,
}

/// A version with its region in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleVersion {
    /// The version.
    pub rule: EnrolmentRule,
    /// What the region is called.
    pub region_name: String,
}

/// A proposal, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleProposal {
    /// The proposal.
    pub id: EnrolmentRuleProposalId,
    /// The version.
    pub version: RuleVersion,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: RuleProposalState,
    /// Who proposed it.
    pub proposed_by: AccountId,
    /// What they are called.
    pub proposed_by_name: String,
    /// When.
    pub proposed_at: Timestamp,
    /// What who decided it is called; empty while it waits.
    pub decided_by_name: String,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why it was refused or taken back.
    pub answer: Option<String>,
}

/// A region whose rules of one level the reader's own bureau keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BureauRegion {
    /// The region.
    pub region: DivisionCode,
    /// What it is called.
    pub name: String,
    /// The level.
    pub level: CourseLevel,
}

/// The versions of the rules that hold where the reader keeps some, or around it, and the proposals that they decide:
/// reply of `GET /enrolment_rules/versions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleBook {
    /// By region and level, the newest first.
    pub versions: Vec<RuleVersion>,
    /// The newest first.
    pub proposals: Vec<RuleProposal>,
    /// What a bureau proposes for; empty for the province's office, which proposes for every region.
    pub bureau_regions: Vec<BureauRegion>,
}

impl ProposeRule {
    /// Checks everything that can be checked without the store; the reason as it is kept.
    ///
    /// # Errors
    /// All fields that are wrong, at once.
    pub fn check(&self, today: Date) -> Result<String, Vec<FieldError>> {
        let EnrolmentRule { level, valid_from, youngest, oldest, prior, .. } = self.rule;
        let is_order_wrong = oldest < youngest;
        let found = [
            (valid_from <= today, "/rule/valid_from", "day-not-future"),
            (!AGES.contains(&youngest), "/rule/youngest", "age-out-of-range"),
            (!AGES.contains(&oldest) || is_order_wrong, "/rule/oldest", "age-out-of-range"),
            (prior.proven() >= aim_of(level), "/rule/prior", "prior-too-high"),
        ];
        let wrong = found.into_iter().filter(|(is_wrong, ..)| *is_wrong);
        let mut wrong: Vec<_> = wrong.map(|(_, pointer, code)| FieldError::new(pointer, code)).collect();
        match check_reason(&self.reason, "/reason") {
            Ok(reason) if wrong.is_empty() => Ok(reason),
            reason => {
                wrong.extend(reason.err());
                Err(wrong)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::EducationLevel;
    use RuleProposalState::{Approved, Proposed, Refused, Withdrawn};
    use RuleProposalStep::{Approve, Refuse};
    use jiff::civil::date;
    use uuid::Uuid;

    const ONE: AccountId = AccountId(Uuid::from_u128(1));
    const OTHER: AccountId = AccountId(Uuid::from_u128(2));
    const TODAY: Date = date(2026, 11, 26);
    const TOMORROW: Date = date(2026, 11, 27);

    fn case(state: RuleProposalState) -> RuleProposalCase {
        RuleProposalCase { state, proposed_by: ONE, valid_from: TOMORROW }
    }

    fn senior() -> EnrolmentRule {
        EnrolmentRule { valid_from: TOMORROW, ..EnrolmentRule::zhejiang_2022(CourseLevel::Senior) }
    }

    #[track_caller]
    fn wrong(rule: EnrolmentRule, expected: &[(&str, &str)]) {
        let errors =
            ProposeRule { rule, reason: "浙教职成〔2026〕3号".to_owned() }.check(TODAY).err().unwrap_or_default();
        let errors: Vec<_> = errors.iter().map(|error| (error.pointer.as_str(), error.code.as_str())).collect();
        assert_eq!(errors, expected);
    }

    #[test]
    fn another_person_decides_and_who_proposed_takes_it_back() {
        let next = |step, actor| next_rule_proposal_state(&case(Proposed), step, actor, TODAY);
        assert_eq!(next(Approve, OTHER), Ok(Approved));
        assert_eq!(next(Refuse, OTHER), Ok(Refused));
        assert_eq!(next(Refuse, ONE), Ok(Withdrawn));
        assert_eq!(next(Approve, ONE), Err(RuleChangeRefusal::SecondPersonNeeded));
    }

    #[test]
    fn what_is_decided_stays_so() {
        for state in [Approved, Refused, Withdrawn] {
            for (step, actor) in [(Approve, OTHER), (Refuse, OTHER), (Refuse, ONE)] {
                let closed = Err(RuleChangeRefusal::Closed { state });
                assert_eq!(next_rule_proposal_state(&case(state), step, actor, TODAY), closed);
            }
        }
    }

    #[test]
    fn no_version_begins_on_a_day_that_has_come() {
        let next = |today| next_rule_proposal_state(&case(Proposed), Approve, OTHER, today);
        assert_eq!((next(TODAY), next(TOMORROW)), (Ok(Approved), Err(RuleChangeRefusal::DayCome)));
        wrong(EnrolmentRule { valid_from: TODAY, ..senior() }, &[("/rule/valid_from", "day-not-future")]);
    }

    #[test]
    fn all_wrong_fields_are_named_at_once() {
        wrong(senior(), &[]);
        let silly = EnrolmentRule { youngest: 13, oldest: 12, ..senior() };
        wrong(silly, &[("/rule/youngest", "age-out-of-range"), ("/rule/oldest", "age-out-of-range")]);
        wrong(EnrolmentRule { youngest: 61, ..senior() }, &[("/rule/oldest", "age-out-of-range")]);
        let graduate = EducationLevel::parse("61").unwrap();
        wrong(EnrolmentRule { prior: graduate, ..senior() }, &[("/rule/prior", "prior-too-high")]);
        let unreasoned = ProposeRule { rule: senior(), reason: " ".to_owned() }.check(TODAY).unwrap_err();
        assert_eq!((unreasoned[0].pointer.as_str(), unreasoned[0].code.as_str()), ("/reason", "required"));
    }

    #[test]
    fn a_version_holds_until_a_newer_one_does() {
        let old = EnrolmentRule::zhejiang_2022(CourseLevel::Senior);
        let city = EnrolmentRule { region: DivisionCode::parse("3305").unwrap(), valid_from: date(2024, 1, 1), ..old };
        let new = senior();
        let versions = [new, city, old];
        let on = |version, day| rule_standing(&versions, version, day);
        assert_eq!((on(&new, TODAY), on(&old, TODAY)), (RuleStanding::Coming, RuleStanding::InForce));
        assert_eq!((on(&new, TOMORROW), on(&old, TOMORROW)), (RuleStanding::InForce, RuleStanding::Former));
        assert_eq!((on(&city, TODAY), on(&city, TOMORROW)), (RuleStanding::InForce, RuleStanding::InForce));
    }

    #[test]
    fn every_refusal_has_its_texts() {
        use RuleChangeRefusal::{AlreadyProposed, AlreadyThere, Begun, Closed, DayCome, SecondPersonNeeded};
        for refusal in [AlreadyThere, AlreadyProposed, Closed { state: Refused }, DayCome, Begun, SecondPersonNeeded] {
            assert!(crate::problem::has_texts(&format!("{}.detail", refusal.message_key())), "{refusal:?}");
        }
        for code in ["day-not-future", "age-out-of-range", "prior-too-high"] {
            assert!(crate::problem::has_texts(&format!("field.{code}")), "{code}");
        }
    }
}

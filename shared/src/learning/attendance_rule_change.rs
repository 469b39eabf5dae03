//! A new rule of attendance: proposed by one person of the office that keeps them, approved by another, and in force
//! from a day to come (DOMAIN §1.9). What has begun is never changed; what has not is withdrawn.

use super::{AttendanceRule, attendance_rule_for};
use crate::{
    enrolment::{
        RuleChangeRefusal, RuleProposalCase, RuleProposalState, RuleProposalStep, RuleStanding,
        next_rule_proposal_state,
    },
    ids::{AccountId, AttendanceRuleProposalId},
    organisation::DivisionCode,
    people::check_reason,
    problem::FieldError,
    rights::{Place, Right, RoleAt, places},
    time::Timestamp,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Minutes after the start up to which a rule may say that one is late.
const LATE_MIN: RangeInclusive<u16> = 0..=60;
/// Minutes that a rule may say a class hour has (DOMAIN §8: 45, or 40).
const CLASS_HOUR_MIN: RangeInclusive<u16> = 30..=60;

/// Where a proposal stands after a step of `actor` on `today`. To refuse one that was approved is to withdraw it.
///
/// # Errors
/// Those of [`next_rule_proposal_state`]; [`RuleChangeRefusal::Begun`] for a rule that holds already.
pub fn next_attendance_rule_state(
    case: &RuleProposalCase,
    step: RuleProposalStep,
    actor: AccountId,
    today: Date,
) -> Result<RuleProposalState, RuleChangeRefusal> {
    match (case.state, step) {
        (RuleProposalState::Approved, RuleProposalStep::Refuse) if case.valid_from <= today => {
            Err(RuleChangeRefusal::Begun)
        }
        (RuleProposalState::Approved, RuleProposalStep::Refuse) => Ok(RuleProposalState::Withdrawn),
        _ => next_rule_proposal_state(case, step, actor, today),
    }
}

/// What one of the rules is on a day, in its own region as a whole.
#[must_use]
pub fn attendance_rule_standing(rules: &[AttendanceRule], rule: &AttendanceRule, day: Date) -> RuleStanding {
    if rule.valid_from > day {
        return RuleStanding::Coming;
    }
    match attendance_rule_for(rules, rule.region, day) {
        Some(holding) if holding == rule => RuleStanding::InForce,
        _ => RuleStanding::Former,
    }
}

/// Whether somebody with these roles keeps the rules of a region.
#[must_use]
pub fn keeps_attendance_rules_of(roles: &[RoleAt], region: DivisionCode) -> bool {
    places(roles, Right::KeepAttendanceRules).any(|held| held.contains(&region.place()))
}

/// Whether the rules of a region say something to somebody with these roles: they hold where they keep rules, or
/// around it, or within it.
#[must_use]
pub fn sees_attendance_rules_of(roles: &[RoleAt], region: DivisionCode) -> bool {
    let is_near = |kept: DivisionCode| kept.contains(&region) || region.contains(&kept);
    places(roles, Right::KeepAttendanceRules).any(|held| match held {
        Place::Division { code } => DivisionCode::parse(code).is_some_and(is_near),
        _ => false,
    })
}

/// Body of `POST /attendance_rules/proposals`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProposeAttendanceRule {
    /// The rule. Its first day is one to come.
    pub rule: AttendanceRule,
    /// Why, such as the document that it follows.
    pub reason: String,
}

/// A rule with its region in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttendanceRuleVersion {
    /// The rule.
    pub rule: AttendanceRule,
    /// What the region is called.
    pub region_name: String,
}

/// A proposal, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttendanceRuleProposal {
    /// The proposal.
    pub id: AttendanceRuleProposalId,
    /// The rule.
    pub version: AttendanceRuleVersion,
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
    /// What who approved it is called; empty if nobody did.
    pub approved_by_name: String,
    /// When.
    pub approved_at: Option<Timestamp>,
    /// What who refused it, took it back or withdrew it is called; empty if nobody did.
    pub ended_by_name: String,
    /// When.
    pub ended_at: Option<Timestamp>,
    /// Why.
    pub answer: Option<String>,
}

/// The rules of attendance that hold where the reader keeps some, or around it, and the proposals that they decide:
/// reply of `GET /attendance_rules`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttendanceRuleBook {
    /// By the first day, the last one first; then by region.
    pub versions: Vec<AttendanceRuleVersion>,
    /// The newest first.
    pub proposals: Vec<AttendanceRuleProposal>,
}

impl ProposeAttendanceRule {
    /// Checks everything that can be checked without the store; the reason as it is kept.
    ///
    /// # Errors
    /// All fields that are wrong, at once.
    pub fn check(&self, today: Date) -> Result<String, Vec<FieldError>> {
        let AttendanceRule { valid_from, late_min, class_hour_min, .. } = self.rule;
        let found = [
            (valid_from <= today, "/rule/valid_from", "day-not-future"),
            (!LATE_MIN.contains(&late_min), "/rule/late_min", "late-out-of-range"),
            (!CLASS_HOUR_MIN.contains(&class_hour_min), "/rule/class_hour_min", "class-hour-out-of-range"),
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
    use crate::rights::Role;
    use RuleProposalState::{Approved, Proposed, Refused, Withdrawn};
    use RuleProposalStep::{Approve, Refuse};
    use jiff::civil::date;
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
        next_attendance_rule_state(&case, step, actor, today)
    }

    fn rule() -> AttendanceRule {
        AttendanceRule { valid_from: TOMORROW, ..AttendanceRule::zhejiang_2022() }
    }

    #[track_caller]
    fn wrong(rule: AttendanceRule, reason: &str, expected: &[(&str, &str)]) {
        let proposed = ProposeAttendanceRule { rule, reason: reason.to_owned() };
        let errors = proposed.check(TODAY).err().unwrap_or_default();
        let errors: Vec<_> = errors.iter().map(|error| (error.pointer.as_str(), error.code.as_str())).collect();
        assert_eq!(errors, expected);
    }

    #[test]
    fn another_person_decides_and_who_proposed_takes_it_back() {
        assert_eq!(next(Proposed, Approve, OTHER, TODAY), Ok(Approved));
        assert_eq!(next(Proposed, Refuse, OTHER, TODAY), Ok(Refused));
        assert_eq!(next(Proposed, Refuse, ONE, TODAY), Ok(Withdrawn));
        assert_eq!(next(Proposed, Approve, ONE, TODAY), Err(RuleChangeRefusal::SecondPersonNeeded));
        assert_eq!(next(Proposed, Approve, OTHER, TOMORROW), Err(RuleChangeRefusal::DayCome));
    }

    #[test]
    fn what_is_approved_is_withdrawn_until_its_day_comes_and_not_after() {
        for actor in [ONE, OTHER] {
            assert_eq!(next(Approved, Refuse, actor, TODAY), Ok(Withdrawn));
            assert_eq!(next(Approved, Refuse, actor, TOMORROW), Err(RuleChangeRefusal::Begun));
        }
        assert_eq!(next(Approved, Approve, OTHER, TODAY), Err(RuleChangeRefusal::Closed { state: Approved }));
        for state in [Refused, Withdrawn] {
            for step in [Approve, Refuse] {
                assert_eq!(next(state, step, OTHER, TODAY), Err(RuleChangeRefusal::Closed { state }));
            }
        }
    }

    #[test]
    fn a_rule_begins_on_a_day_to_come_and_says_what_can_be() {
        wrong(rule(), "省教育厅通知", &[]);
        wrong(
            AttendanceRule { valid_from: TODAY, ..rule() },
            "省教育厅通知",
            &[("/rule/valid_from", "day-not-future")],
        );
        for (late_min, class_hour_min) in [(0, 30), (60, 60)] {
            wrong(AttendanceRule { late_min, class_hour_min, ..rule() }, "省教育厅通知", &[]);
        }
        for class_hour_min in [29, 61] {
            let silly = AttendanceRule { late_min: 61, class_hour_min, ..rule() };
            let late = ("/rule/late_min", "late-out-of-range");
            wrong(silly, " ", &[late, ("/rule/class_hour_min", "class-hour-out-of-range"), ("/reason", "required")]);
        }
    }

    #[test]
    fn a_rule_holds_until_a_newer_one_of_its_region_does() {
        let old = AttendanceRule::zhejiang_2022();
        let city = AttendanceRule { region: DivisionCode::parse("3305").unwrap(), ..old };
        let rules = [rule(), city, old];
        let on = |rule: &AttendanceRule, day| attendance_rule_standing(&rules, rule, day);
        assert_eq!((on(&rule(), TODAY), on(&old, TODAY)), (RuleStanding::Coming, RuleStanding::InForce));
        assert_eq!((on(&rule(), TOMORROW), on(&old, TOMORROW)), (RuleStanding::InForce, RuleStanding::Former));
        assert_eq!((on(&city, TODAY), on(&city, TOMORROW)), (RuleStanding::InForce, RuleStanding::InForce));
    }

    /// Whether somebody keeps the rules of a region, and whether they see them.
    fn over(role: Role, place: &str, region: &str) -> (bool, bool) {
        let (roles, region) = ([RoleAt { role, place: Place::division(place) }], DivisionCode::parse(region).unwrap());
        (keeps_attendance_rules_of(&roles, region), sees_attendance_rules_of(&roles, region))
    }

    #[test]
    fn who_keeps_rules_sees_those_around_and_keeps_those_within() {
        for (region, of_city) in [
            ("33", (false, true)),
            ("3305", (true, true)),
            ("330502", (true, true)),
            ("3306", (false, false)),
            ("330602", (false, false)),
        ] {
            assert_eq!(over(Role::ProvinceOffice, "3305", region), of_city, "{region}");
            assert_eq!(over(Role::ProvinceOffice, "33", region), (true, true), "{region}");
            assert_eq!(over(Role::CountyBureau, "330502", region), (false, false), "{region}");
        }
    }

    #[test]
    fn every_code_has_its_texts() {
        for code in ["day-not-future", "late-out-of-range", "class-hour-out-of-range"] {
            assert!(crate::problem::has_texts(&format!("field.{code}")), "{code}");
        }
    }
}

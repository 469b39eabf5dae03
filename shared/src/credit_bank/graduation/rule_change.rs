//! A new rule of graduation: proposed by one person of the office that keeps them, approved by another, and in force from
//! a day to come (DOMAIN §1.9). What has begun is never changed, since learners keep it; what has not is withdrawn.

use super::GraduationRule;
use crate::{
    dated_rules::{RuleProposalState, check_proposal},
    ids::{AccountId, GraduationRuleProposalId},
    organisation::DivisionCode,
    problem::FieldError,
    rights::{Right, RoleAt, places},
    time::Timestamp,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Credits that a rule may name.
const CREDITS: RangeInclusive<u16> = 0..=200;

/// Whether somebody with these roles keeps the rules of a region.
#[must_use]
pub fn keeps_graduation_rules_of(roles: &[RoleAt], region: DivisionCode) -> bool {
    places(roles, Right::KeepGraduationRules).any(|held| held.contains(&region.place()))
}

/// Body of `POST /graduation_rules/proposals`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProposeGraduationRule {
    /// The rule. Its first day is one to come.
    pub rule: GraduationRule,
    /// Why, such as the document that it follows.
    pub reason: String,
}

/// A rule with its region in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GraduationRuleVersion {
    /// The rule.
    pub rule: GraduationRule,
    /// What the region is called.
    pub region_name: String,
}

/// A proposal, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GraduationRuleProposal {
    /// The proposal.
    pub id: GraduationRuleProposalId,
    /// The rule.
    pub version: GraduationRuleVersion,
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

/// The rules of graduation that hold where the reader keeps some, or around it, and the proposals that they decide:
/// reply of `GET /graduation_rules`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GraduationRuleBook {
    /// By region and level, the last first day first.
    pub versions: Vec<GraduationRuleVersion>,
    /// The newest first.
    pub proposals: Vec<GraduationRuleProposal>,
}

impl ProposeGraduationRule {
    /// Checks everything that can be checked without the store; the reason as it is kept.
    ///
    /// # Errors
    /// All fields that are wrong, at once.
    pub fn check(&self, today: Date) -> Result<String, Vec<FieldError>> {
        let GraduationRule { valid_from, credits, culture_cap, skill_cap, .. } = self.rule;
        let is_unreachable = credits > culture_cap.saturating_add(skill_cap);
        let is_out = |credits: u16| !CREDITS.contains(&credits);
        let found = [
            (is_out(credits), "/rule/credits", "credits-out-of-range"),
            (!is_out(credits) && is_unreachable, "/rule/credits", "credits-unreachable"),
            (is_out(culture_cap), "/rule/culture_cap", "credits-out-of-range"),
            (is_out(skill_cap), "/rule/skill_cap", "credits-out-of-range"),
        ];
        check_proposal((valid_from, today), &self.reason, &found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        learning::CourseLevel,
        rights::{Place, Role},
    };
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 11, 26);

    fn rule() -> GraduationRule {
        GraduationRule {
            region: DivisionCode::ZHEJIANG,
            level: CourseLevel::Senior,
            valid_from: date(2026, 11, 27),
            needs_skill_certificate: true,
            credits: 80,
            culture_cap: 60,
            skill_cap: 40,
        }
    }

    fn wrong(rule: GraduationRule) -> Vec<(String, String)> {
        let proposed = ProposeGraduationRule { rule, reason: "省教育厅通知".to_owned() };
        let errors = proposed.check(TODAY).err().unwrap_or_default();
        errors.into_iter().map(|error| (error.pointer, error.code)).collect()
    }

    fn named(pointer: &str, code: &str) -> (String, String) {
        (pointer.to_owned(), code.to_owned())
    }

    #[test]
    fn a_rule_begins_on_a_day_to_come_and_asks_for_what_can_be_reached() {
        assert_eq!(wrong(rule()), []);
        assert_eq!(wrong(GraduationRule { credits: 100, ..rule() }), [], "all of both parts");
        assert_eq!(wrong(GraduationRule { credits: 101, ..rule() }), [named("/rule/credits", "credits-unreachable")]);
        let out = "credits-out-of-range";
        let silly = GraduationRule { credits: 201, culture_cap: 201, skill_cap: u16::MAX, ..rule() };
        let all = [named("/rule/credits", out), named("/rule/culture_cap", out), named("/rule/skill_cap", out)];
        assert_eq!(wrong(silly), all);
        assert_eq!(
            wrong(GraduationRule { valid_from: TODAY, ..rule() }),
            [named("/rule/valid_from", "day-not-future")]
        );
    }

    #[test]
    fn who_keeps_rules_keeps_those_within() {
        let keeps = |role, place: &str, region: &str| {
            let roles = [RoleAt { role, place: Place::division(place) }];
            keeps_graduation_rules_of(&roles, DivisionCode::parse(region).unwrap())
        };
        for (region, of_city) in [("33", false), ("3305", true), ("3306", false)] {
            assert_eq!(keeps(Role::ProvinceOffice, "3305", region), of_city, "{region}");
            assert!(keeps(Role::ProvinceOffice, "33", region), "{region}");
            assert!(!keeps(Role::CityAuditor, "33", region), "{region}");
        }
    }

    #[test]
    fn every_code_has_its_texts() {
        for code in ["credits-out-of-range", "credits-unreachable"] {
            assert!(crate::problem::has_texts(&format!("field.{code}")), "{code}");
        }
    }

    proptest! {
        #[test]
        fn what_passes_can_be_reached(credits in 0..300u16, culture_cap in 0..300u16, skill_cap in 0..300u16) {
            let errors = wrong(GraduationRule { credits, culture_cap, skill_cap, ..rule() });
            prop_assert!(!errors.is_empty() || credits <= culture_cap + skill_cap);
        }
    }
}

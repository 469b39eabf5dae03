//! A new rule of attendance: proposed by one person of the office that keeps them, approved by another, and in force
//! from a day to come (DOMAIN §1.9). What has begun is never changed; what has not is withdrawn.

use super::AttendanceRule;
use crate::{
    dated_rules::{RuleProposalState, check_proposal},
    ids::{AccountId, AttendanceRuleProposalId},
    organisation::DivisionCode,
    problem::FieldError,
    rights::{Right, RoleAt, places},
    time::Timestamp,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Minutes after the start up to which a rule may say that one is late.
const LATE_MIN: RangeInclusive<u16> = 0..=60;
/// Minutes that a rule may say a class hour has (DOMAIN §8: 45, or 40).
const CLASS_HOUR_MIN: RangeInclusive<u16> = 30..=60;
/// Percent of the hours face to face that a rule may ask for.
const FACE_MIN_PCT: RangeInclusive<u16> = 0..=100;

/// Whether somebody with these roles keeps the rules of a region.
#[must_use]
pub fn keeps_attendance_rules_of(roles: &[RoleAt], region: DivisionCode) -> bool {
    places(roles, Right::KeepAttendanceRules).any(|held| held.contains(&region.place()))
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
        let AttendanceRule { valid_from, late_min, class_hour_min, face_min_pct, .. } = self.rule;
        let found = [
            (!LATE_MIN.contains(&late_min), "/rule/late_min", "late-out-of-range"),
            (!CLASS_HOUR_MIN.contains(&class_hour_min), "/rule/class_hour_min", "class-hour-out-of-range"),
            (!FACE_MIN_PCT.contains(&face_min_pct), "/rule/face_min_pct", "percent-out-of-range"),
        ];
        check_proposal((valid_from, today), &self.reason, &found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rights::{Place, Role};
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 26);
    const TOMORROW: Date = date(2026, 11, 27);

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
    fn a_rule_begins_on_a_day_to_come_and_says_what_can_be() {
        wrong(rule(), "省教育厅通知", &[]);
        wrong(
            AttendanceRule { valid_from: TODAY, ..rule() },
            "省教育厅通知",
            &[("/rule/valid_from", "day-not-future")],
        );
        for (late_min, class_hour_min, face_min_pct) in [(0, 30, 0), (60, 60, 100)] {
            wrong(AttendanceRule { late_min, class_hour_min, face_min_pct, ..rule() }, "省教育厅通知", &[]);
        }
        wrong(
            AttendanceRule { face_min_pct: 101, ..rule() },
            "省教育厅通知",
            &[("/rule/face_min_pct", "percent-out-of-range")],
        );
        for class_hour_min in [29, 61] {
            let silly = AttendanceRule { late_min: 61, class_hour_min, ..rule() };
            let late = ("/rule/late_min", "late-out-of-range");
            wrong(silly, " ", &[late, ("/rule/class_hour_min", "class-hour-out-of-range"), ("/reason", "required")]);
        }
    }

    #[test]
    fn who_keeps_rules_keeps_those_within() {
        let keeps = |role, place: &str, region: &str| {
            let roles = [RoleAt { role, place: Place::division(place) }];
            keeps_attendance_rules_of(&roles, DivisionCode::parse(region).unwrap())
        };
        for (region, of_city) in [("33", false), ("3305", true), ("330502", true), ("3306", false), ("330602", false)] {
            assert_eq!(keeps(Role::ProvinceOffice, "3305", region), of_city, "{region}");
            assert!(keeps(Role::ProvinceOffice, "33", region), "{region}");
            assert!(!keeps(Role::CountyBureau, "330502", region), "{region}");
        }
    }

    #[test]
    fn every_code_has_its_texts() {
        for code in ["late-out-of-range", "class-hour-out-of-range", "percent-out-of-range"] {
            assert!(crate::problem::has_texts(&format!("field.{code}")), "{code}");
        }
    }
}

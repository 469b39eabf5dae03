//! A new version of the rules of enrolment: proposed by one person of the office that keeps them, approved by another, and
//! in force from a day to come (DOMAIN §1.9). What has begun is never changed: learners
//! keep it. What has not is withdrawn.

use super::{EnrolmentRule, eligibility::aim_of};
use crate::{
    dated_rules::{RuleProposalState, check_proposal},
    ids::{AccountId, EnrolmentRuleProposalId},
    learning::CourseLevel,
    organisation::DivisionCode,
    problem::FieldError,
    time::Timestamp,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Ages in years that a rule may name.
const AGES: std::ops::RangeInclusive<i16> = 14..=100;

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
    /// What who withdrew it after its approval is called; empty if nobody did.
    pub withdrawn_by_name: String,
    /// When.
    pub withdrawn_at: Option<Timestamp>,
    /// Why it was refused, taken back or withdrawn.
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
            (!AGES.contains(&youngest), "/rule/youngest", "age-out-of-range"),
            (!AGES.contains(&oldest) || is_order_wrong, "/rule/oldest", "age-out-of-range"),
            (prior.proven() >= aim_of(level), "/rule/prior", "prior-too-high"),
        ];
        check_proposal((valid_from, today), &self.reason, &found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::EducationLevel;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 26);
    const TOMORROW: Date = date(2026, 11, 27);

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
    fn all_wrong_fields_are_named_at_once() {
        wrong(senior(), &[]);
        wrong(EnrolmentRule { valid_from: TODAY, ..senior() }, &[("/rule/valid_from", "day-not-future")]);
        let silly = EnrolmentRule { youngest: 13, oldest: 12, ..senior() };
        wrong(silly, &[("/rule/youngest", "age-out-of-range"), ("/rule/oldest", "age-out-of-range")]);
        wrong(EnrolmentRule { youngest: 61, ..senior() }, &[("/rule/oldest", "age-out-of-range")]);
        let graduate = EducationLevel::parse("61").unwrap();
        wrong(EnrolmentRule { prior: graduate, ..senior() }, &[("/rule/prior", "prior-too-high")]);
        let unreasoned = ProposeRule { rule: senior(), reason: " ".to_owned() }.check(TODAY).unwrap_err();
        assert_eq!((unreasoned[0].pointer.as_str(), unreasoned[0].code.as_str()), ("/reason", "required"));
    }

    #[test]
    fn every_code_has_its_texts() {
        for code in ["age-out-of-range", "prior-too-high"] {
            assert!(crate::problem::has_texts(&format!("field.{code}")), "{code}");
        }
    }
}

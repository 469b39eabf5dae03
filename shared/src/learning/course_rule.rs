//! What a course is in the standard catalogue from a day on: its hours and credits, from which score its test is passed,
//! and how much of it must be studied before (DOMAIN §1.9). A learner keeps the rule of the day on which they enrolled.

use super::{CourseKind, HourCreditRule, StudyRules, catalogue::hours_for_credits, hour_credits};
use crate::{
    dated_rules::{DatedRule, RuleProposalState, check_proposal, rule_at},
    ids::{AccountId, CourseId, CourseRuleProposalId},
    organisation::DivisionCode,
    problem::FieldError,
    time::Timestamp,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Class hours that a rule may give a course.
const CLASS_HOURS: RangeInclusive<u16> = 1..=2_000;
/// Most credits that the hours of a course may be worth.
const MOST_CREDITS: u16 = 200;
/// Percent that a rule may ask for.
const ASKED_PCT: RangeInclusive<u16> = 1..=100;
/// Per cent of the points from which a test is passed, unless a rule says otherwise (DOMAIN §1.9, pass 60).
const PASS_PCT: u16 = 60;

/// One row: what one course is from one day on. It holds in the whole province.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CourseRule {
    /// The course.
    pub course_id: CourseId,
    /// The first day on which it holds.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub valid_from: Date,
    /// Class hours.
    pub class_hours: u16,
    /// Of these, face to face.
    pub face_to_face_hours: u16,
    /// Credits for all the hours; what its test is worth comes on top.
    pub credits: u16,
    /// Per cent of the points from which its test is passed.
    pub pass_pct: u16,
    /// Per cent of its task points that must be studied before its test.
    pub gate_task_pct: u16,
}

impl CourseRule {
    /// What a course is by the hours that it was entered with: the rule that holds until another does.
    #[must_use]
    pub fn entered(course_id: CourseId, kind: CourseKind, class_hours: u16, face_to_face_hours: u16) -> Self {
        let worth = HourCreditRule::zhejiang_2022();
        Self {
            course_id,
            valid_from: worth.valid_from,
            class_hours,
            face_to_face_hours,
            credits: hour_credits(kind, class_hours, face_to_face_hours, &worth),
            pass_pct: PASS_PCT,
            gate_task_pct: u16::from(StudyRules::zhejiang_2022().gate_task_pct),
        }
    }

    /// What the hours of the course are worth. `None` if this is what it was entered as: then no more is said of it than
    /// of every course. A rule that was approved begins on a later day.
    #[must_use]
    pub fn hour_worth(&self, kind: CourseKind) -> Option<HourWorth> {
        let hours = hours_for_credits(kind, self.class_hours, self.face_to_face_hours);
        let is_entered = self.valid_from == HourCreditRule::zhejiang_2022().valid_from;
        (!is_entered).then_some(HourWorth { credits: self.credits, hours })
    }
}

/// What all the hours of a course are worth together, as a rule of its own says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HourWorth {
    /// Credits.
    pub credits: u16,
    /// The hours that they are given for.
    pub hours: u16,
}

impl DatedRule for CourseRule {
    fn region(&self) -> DivisionCode {
        DivisionCode::ZHEJIANG
    }

    fn valid_from(&self) -> Date {
        self.valid_from
    }

    fn is_about_the_same(&self, other: &Self) -> bool {
        self.course_id == other.course_id
    }
}

/// The rule of a course that holds on a day.
#[must_use]
pub fn course_rule_on(rules: &[CourseRule], course_id: CourseId, day: Date) -> Option<&CourseRule> {
    rule_at(rules.iter().filter(|rule| rule.course_id == course_id), DivisionCode::ZHEJIANG, day)
}

/// The rule of a course that a learner keeps: that of the day on which they enrolled; of who has no record, today's.
/// Who enrolled before there was any goes by the first one.
#[must_use]
pub fn course_rule_kept(
    rules: &[CourseRule],
    course_id: CourseId,
    enrolled_on: Option<Date>,
    today: Date,
) -> Option<&CourseRule> {
    let of_course = || rules.iter().filter(|rule| rule.course_id == course_id);
    let held = course_rule_on(rules, course_id, enrolled_on.unwrap_or(today));
    held.or_else(|| of_course().min_by_key(|rule| rule.valid_from))
}

/// Body of `POST /course_rules/proposals`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProposeCourseRule {
    /// The rule. Its first day is one to come.
    pub rule: CourseRule,
    /// Why, such as the document that it follows.
    pub reason: String,
}

impl ProposeCourseRule {
    /// Checks everything that can be checked without the store; the reason as it is kept.
    ///
    /// # Errors
    /// All fields that are wrong, at once.
    pub fn check(&self, today: Date) -> Result<String, Vec<FieldError>> {
        let CourseRule { valid_from, class_hours, face_to_face_hours, credits, pass_pct, gate_task_pct, .. } =
            self.rule;
        let found = [
            (!CLASS_HOURS.contains(&class_hours), "/rule/class_hours", "course-hours-out-of-range"),
            (face_to_face_hours > class_hours, "/rule/face_to_face_hours", "face-hours-out-of-range"),
            (credits > MOST_CREDITS, "/rule/credits", "credits-out-of-range"),
            (!ASKED_PCT.contains(&pass_pct), "/rule/pass_pct", "asked-percent-out-of-range"),
            (!ASKED_PCT.contains(&gate_task_pct), "/rule/gate_task_pct", "asked-percent-out-of-range"),
        ];
        check_proposal((valid_from, today), &self.reason, &found)
    }
}

/// A rule with its course in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourseRuleVersion {
    /// The rule.
    pub rule: CourseRule,
    /// Code of the course.
    pub course_code: String,
    /// What the course is called.
    pub course_title: String,
}

/// A proposal, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourseRuleProposal {
    /// The proposal.
    pub id: CourseRuleProposalId,
    /// The rule.
    pub version: CourseRuleVersion,
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

/// The rules of all courses, and the proposals: reply of `GET /course_rules`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourseRuleBook {
    /// By the course's code; of one course the last one first.
    pub versions: Vec<CourseRuleVersion>,
    /// The newest first.
    pub proposals: Vec<CourseRuleProposal>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    const COURSE: CourseId = CourseId(Uuid::from_u128(1));
    const OTHER: CourseId = CourseId(Uuid::from_u128(2));
    const TODAY: Date = date(2026, 11, 27);
    const TOMORROW: Date = date(2026, 11, 28);

    fn entered() -> CourseRule {
        CourseRule::entered(COURSE, CourseKind::Culture, 300, 100)
    }

    fn proposed() -> CourseRule {
        CourseRule { valid_from: TOMORROW, pass_pct: 50, ..entered() }
    }

    #[track_caller]
    fn wrong(rule: CourseRule, reason: &str, expected: &[(&str, &str)]) {
        let errors = ProposeCourseRule { rule, reason: reason.to_owned() }.check(TODAY).err().unwrap_or_default();
        let errors: Vec<_> = errors.iter().map(|error| (error.pointer.as_str(), error.code.as_str())).collect();
        assert_eq!(errors, expected);
    }

    #[test]
    fn a_course_is_what_it_was_entered_as_until_a_rule_says_otherwise() {
        let rule = entered();
        assert_eq!((rule.credits, rule.pass_pct, rule.gate_task_pct), (10, 60, 100));
        assert_eq!(CourseRule::entered(COURSE, CourseKind::Skill, 60, 20).credits, 6);
    }

    #[test]
    fn a_rule_of_its_own_says_what_the_hours_of_a_course_are_worth() {
        assert_eq!(entered().hour_worth(CourseKind::Culture), None);
        let rule = CourseRule { credits: 12, ..proposed() };
        let worth = |kind| rule.hour_worth(kind).map(|worth| (worth.credits, worth.hours));
        assert_eq!(worth(CourseKind::Culture), Some((12, 100)), "those face to face");
        assert_eq!(worth(CourseKind::Skill), Some((12, 300)));
    }

    #[test]
    fn each_field_that_is_wrong_is_told_by_one_message() {
        wrong(proposed(), "省教育厅通知", &[]);
        wrong(CourseRule { face_to_face_hours: 300, credits: 0, ..proposed() }, "省教育厅通知", &[]);
        wrong(
            CourseRule { valid_from: TODAY, ..proposed() },
            "省教育厅通知",
            &[("/rule/valid_from", "day-not-future")],
        );
        let silly = CourseRule {
            class_hours: 0,
            face_to_face_hours: 1,
            credits: 201,
            pass_pct: 0,
            gate_task_pct: 101,
            ..proposed()
        };
        wrong(
            silly,
            " ",
            &[
                ("/rule/class_hours", "course-hours-out-of-range"),
                ("/rule/face_to_face_hours", "face-hours-out-of-range"),
                ("/rule/credits", "credits-out-of-range"),
                ("/rule/pass_pct", "asked-percent-out-of-range"),
                ("/rule/gate_task_pct", "asked-percent-out-of-range"),
                ("/reason", "required"),
            ],
        );
    }

    #[test]
    fn a_learner_keeps_the_rule_of_the_day_of_enrolment() {
        let rules = [entered(), proposed(), CourseRule { course_id: OTHER, pass_pct: 40, ..entered() }];
        let pass = |enrolled_on, today| course_rule_kept(&rules, COURSE, enrolled_on, today).map(|rule| rule.pass_pct);
        assert_eq!(pass(Some(TODAY), date(2030, 1, 1)), Some(60));
        assert_eq!(pass(Some(TOMORROW), date(2030, 1, 1)), Some(50));
        assert_eq!((pass(None, TODAY), pass(None, TOMORROW)), (Some(60), Some(50)), "of who has no record, today's");
        assert_eq!(pass(Some(date(2015, 9, 1)), TODAY), Some(60), "enrolled before there was any");
        assert_eq!(course_rule_kept(&[], COURSE, None, TODAY), None);
    }

    #[test]
    fn every_code_has_its_texts() {
        let hours = ["course-hours-out-of-range", "face-hours-out-of-range"];
        for code in hours.into_iter().chain(["credits-out-of-range", "asked-percent-out-of-range"]) {
            assert!(crate::problem::has_texts(&format!("field.{code}")), "{code}");
        }
    }

    proptest! {
        #[test]
        fn what_comes_later_changes_nothing_for_who_has_enrolled(enrolled in 1..28_i8, later in 1..28_i8) {
            let day = |at| date(2027, 1, at);
            let before = [entered()];
            let after = [entered(), CourseRule { valid_from: day(later), pass_pct: 1, ..entered() }];
            prop_assume!(later > enrolled);
            let kept = |rules: &[CourseRule]| course_rule_kept(rules, COURSE, Some(day(enrolled)), TODAY).copied();
            prop_assert_eq!(kept(&before), kept(&after));
        }
    }
}

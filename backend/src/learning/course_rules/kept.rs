//! Which rule of a course holds today, and which one a learner keeps.

use crate::{
    enrolment,
    learning::{
        entity::{course, course_rule_proposal},
        store,
    },
    platform::error::{AppError, AppResult},
};
use jiff::civil::Date;
use sea_orm::ConnectionTrait;
use shared::{
    ids::{AccountId, CourseId},
    learning::{CourseKind, CourseRule, HourWorth, course_rule_kept},
    time::read_date,
};
use std::collections::HashMap;

/// The rules of some courses that some learners keep.
pub struct KeptCourseRules {
    rules: Vec<CourseRule>,
    kinds: HashMap<CourseId, CourseKind>,
    /// Whether any of them differs from what the courses were entered as.
    has_changed: bool,
    enrolled_on: HashMap<AccountId, Date>,
    today: Date,
}

impl KeptCourseRules {
    /// The rule of a course that a learner keeps.
    #[must_use]
    pub fn of(&self, account_id: AccountId, course_id: CourseId) -> Option<&CourseRule> {
        course_rule_kept(&self.rules, course_id, self.enrolled_on.get(&account_id).copied(), self.today)
    }

    /// What the hours of a course are worth to a learner by a rule of its own, if they keep one.
    #[must_use]
    pub fn hour_worth(&self, account_id: AccountId, course_id: CourseId) -> Option<HourWorth> {
        self.of(account_id, course_id)?.hour_worth(*self.kinds.get(&course_id)?)
    }

    /// Per cent of the points from which a learner passes the test of a course.
    #[must_use]
    pub fn pass_pct(&self, account_id: AccountId, course_id: CourseId) -> Option<u8> {
        u8::try_from(self.of(account_id, course_id)?.pass_pct).ok()
    }

    /// Per cent of the task points that a learner studies before the test, by course; empty while no rule of these
    /// courses was ever changed.
    pub(in crate::learning) fn gates(&self, account_id: AccountId) -> HashMap<CourseId, u8> {
        if !self.has_changed {
            return HashMap::new();
        }
        let courses = self.rules.iter().map(|rule| rule.course_id);
        let gate = |id: CourseId| Some((id, u8::try_from(self.of(account_id, id)?.gate_task_pct).ok()?));
        courses.filter_map(gate).collect()
    }
}

/// The rules of these courses that these learners keep, as `conn` sees it.
///
/// # Errors
/// If the store fails.
pub async fn kept_course_rules(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
    courses: &[CourseId],
    today: Date,
) -> AppResult<KeptCourseRules> {
    let mut rules = rules_of(conn, courses).await?;
    let has_changed = !rules.approved.is_empty();
    // While there is one rule a course, nobody's day makes a difference.
    let enrolled_on = match has_changed {
        true => enrolment::enrolled_on_of(conn, accounts).await?,
        false => HashMap::new(),
    };
    rules.entered.append(&mut rules.approved);
    Ok(KeptCourseRules { rules: rules.entered, kinds: rules.kinds, has_changed, enrolled_on, today })
}

/// Every rule of some courses.
pub(in crate::learning) struct CourseRules {
    /// What the courses were entered as.
    pub(in crate::learning) entered: Vec<CourseRule>,
    /// What was approved since.
    pub(in crate::learning) approved: Vec<CourseRule>,
    /// What each course teaches.
    kinds: HashMap<CourseId, CourseKind>,
}

/// Every rule of these courses.
pub(in crate::learning) async fn rules_of(conn: &impl ConnectionTrait, courses: &[CourseId]) -> AppResult<CourseRules> {
    let approved = store::list_approved_course_rules(conn, courses).await?;
    let entered_as = store::list_courses_by_ids(conn, courses).await?;
    Ok(CourseRules {
        entered: entered_as.iter().map(entered).collect::<AppResult<_>>()?,
        approved: approved.iter().map(proposed_rule).collect::<AppResult<_>>()?,
        kinds: entered_as.iter().map(|row| Ok((row.id, kind(row)?))).collect::<AppResult<_>>()?,
    })
}

/// What a course was entered as.
pub(super) fn entered(row: &course::Model) -> AppResult<CourseRule> {
    Ok(CourseRule::entered(row.id, kind(row)?, number(row.class_hours)?, number(row.face_to_face_hours)?))
}

fn kind(row: &course::Model) -> AppResult<CourseKind> {
    CourseKind::parse(&row.kind).ok_or_else(|| AppError::internal("unknown kind of a course"))
}

/// What a proposal says.
pub(super) fn proposed_rule(row: &course_rule_proposal::Model) -> AppResult<CourseRule> {
    let no_day = || AppError::internal("a rule of a course without its day");
    Ok(CourseRule {
        course_id: row.course_id,
        valid_from: read_date(&row.valid_from).ok_or_else(no_day)?,
        class_hours: number(row.class_hours)?,
        face_to_face_hours: number(row.face_to_face_hours)?,
        credits: number(row.credits)?,
        pass_pct: number(row.pass_pct)?,
        gate_task_pct: number(row.gate_task_pct)?,
    })
}

fn number(stored: i32) -> AppResult<u16> {
    u16::try_from(stored).map_err(AppError::internal)
}

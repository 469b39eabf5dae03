//! Study records of one learner: what they have studied of each course, as it is printed.

use super::{
    classes::{Studied, ever_studied},
    standing::{Facts, tells_more, units},
};
use crate::platform::{Services, error::AppResult};
use shared::{
    ids::{AccountId, CourseId},
    learning::{AskedHours, AttendanceRule, CourseRule, StudyInterval, StudyRecord, StudyRules, UnitProgress, not_yet},
};
use std::collections::BTreeSet;

/// What a learner studies or has studied, by the code of the course; each as [`super::courses_ever`] sees it.
/// `met` says when they were at meetings: what they studied in the meantime is no second hour.
///
/// # Errors
/// If the store fails.
pub async fn study_records(cx: &Services, account_id: AccountId, met: &[StudyInterval]) -> AppResult<Vec<StudyRecord>> {
    let studied = ever_studied(cx, account_id).await?;
    let courses: BTreeSet<CourseId> = studied.iter().map(|studied| studied.course_id).collect();
    let courses: Vec<_> = courses.into_iter().collect();
    let facts = Facts::of(cx, account_id, &courses).await?;
    let classes: BTreeSet<_> = studied.iter().map(|studied| studied.class.id).collect();
    let rules = super::attendance_rules(cx, &classes.into_iter().collect::<Vec<_>>()).await?;
    let today = cx.clock.now().date_in_china();
    let kept = super::kept_course_rules(cx.db.read(), &[account_id], &courses, today).await?;
    let mut records: Vec<StudyRecord> = Vec::new();
    for studied in &studied {
        let rule = rules.get(&studied.class.id).copied().unwrap_or(AttendanceRule::zhejiang_2022());
        let kept = kept.of(account_id, studied.course_id);
        let record = record(cx, studied, (&facts, met), (rule, kept)).await?;
        match records.iter_mut().find(|before| before.course.id == record.course.id) {
            Some(before) if tells_more(&record.standing, &before.standing) => *before = record,
            Some(_) => {}
            None => records.push(record),
        }
    }
    records.sort_by(|one, other| one.course.code.cmp(&other.course.code));
    Ok(records)
}

async fn record(
    cx: &Services,
    studied: &Studied,
    (facts, met): (&Facts, &[StudyInterval]),
    (attendance, kept): (AttendanceRule, Option<&CourseRule>),
) -> AppResult<StudyRecord> {
    let content = studied.content(cx).await?;
    let progress: Vec<UnitProgress> = units(&content).map(|unit| facts.progress(unit)).collect();
    let standing = facts.standing(studied.course_id, &content, &studied.class.division);
    let next = progress.iter().find(|unit| !unit.is_complete);
    let sum = |count: fn(&UnitProgress) -> u16| progress.iter().map(|unit| u32::from(count(unit))).sum::<u32>();
    let course = super::course(cx, studied.course_id).await?;
    Ok(StudyRecord {
        asked: AskedHours::of(&course, kept),
        course,
        version: studied.version,
        class_name: studied.class.name.clone(),
        provider_id: studied.class.provider_id,
        division: studied.class.division.clone(),
        attendance,
        not_yet: not_yet(&standing, next, &StudyRules::zhejiang_2022()),
        standing,
        minutes_beside_meetings: facts.minutes_beside(studied.course_id, &studied.class.division, met),
        exercises: sum(|unit| unit.exercises),
        exercises_done: sum(|unit| unit.exercises_done),
        studied_at: facts.studied_at(studied.course_id),
    })
}

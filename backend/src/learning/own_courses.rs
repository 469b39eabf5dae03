//! The courses of a learner, each with where they stand in it.

use super::{
    catalogue,
    classes::{Studied, ever_studied, studied},
    standing::{Facts, tells_more, units},
    store,
};
use crate::platform::{Services, error::AppResult};
use shared::{
    ids::{AccountId, CourseId},
    learning::{MyCourse, Unit},
};
use std::collections::{BTreeSet, HashMap};

/// The courses that a learner studies, by code.
///
/// # Errors
/// If the store fails.
pub async fn my_courses(cx: &Services, account_id: AccountId) -> AppResult<Vec<MyCourse>> {
    let studied = studied(cx, account_id).await?;
    let ids: Vec<_> = studied.iter().map(|studied| studied.course_id).collect();
    let facts = Facts::of(cx, account_id, &ids).await?;
    let answers = answers_of(cx, account_id).await?;
    let mut mine = Vec::with_capacity(studied.len());
    for studied in &studied {
        mine.push(my_course(cx, studied, (&facts, &answers)).await?);
    }
    mine.sort_by(|one, other| one.course.code.cmp(&other.course.code));
    Ok(mine)
}

/// The courses that a learner studies or has studied, by code; each as `hold_standing_ever` sees it.
///
/// # Errors
/// If the store fails.
pub async fn courses_ever(cx: &Services, account_id: AccountId) -> AppResult<Vec<MyCourse>> {
    let studied = ever_studied(cx, account_id).await?;
    let ids: BTreeSet<_> = studied.iter().map(|studied| studied.course_id).collect();
    let facts = Facts::of(cx, account_id, &ids.into_iter().collect::<Vec<_>>()).await?;
    let answers = answers_of(cx, account_id).await?;
    let mut mine: Vec<MyCourse> = Vec::new();
    for studied in &studied {
        let course = my_course(cx, studied, (&facts, &answers)).await?;
        match mine.iter_mut().find(|before| before.course.id == course.course.id) {
            Some(before) if tells_more(&course.standing, &before.standing) => *before = course,
            Some(_) => {}
            None => mine.push(course),
        }
    }
    mine.sort_by(|one, other| one.course.code.cmp(&other.course.code));
    Ok(mine)
}

/// How many questions of a learner were answered and not ended yet, course by course.
pub(super) async fn answers_of(cx: &Services, account_id: AccountId) -> AppResult<HashMap<CourseId, u16>> {
    let counts = store::count_answered_inquiries(cx.db.read(), account_id).await?;
    Ok(counts.into_iter().map(|(course, count)| (course, u16::try_from(count).unwrap_or(u16::MAX))).collect())
}

/// One course of a learner, by what they studied and what was answered to them.
pub(super) async fn my_course(
    cx: &Services,
    studied: &Studied,
    (facts, answers): (&Facts, &HashMap<CourseId, u16>),
) -> AppResult<MyCourse> {
    let content = studied.content(cx).await?;
    let progress = |unit: &Unit| facts.progress(unit);
    Ok(MyCourse {
        course: catalogue::course(cx, studied.course_id).await?,
        class_id: studied.class.id,
        class_name: studied.class.name.clone(),
        standing: facts.standing(studied.course_id, &content, &studied.class.division),
        version: studied.version,
        next_unit: units(&content).map(progress).find(|unit| !unit.is_complete),
        mistakes: facts.mistakes(&content),
        answers: answers.get(&studied.course_id).copied().unwrap_or_default(),
        to_correct: facts.hand_ins.to_correct(&content),
    })
}

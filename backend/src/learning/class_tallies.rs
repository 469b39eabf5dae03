//! The doors for what stands below and counts what came of a class: its courses, its learners page by page, their
//! exercises, their assignments and their quizzes.

use super::{assignments, class_study, quizzes::quiz_tallies, standing::Facts, store};
use crate::platform::{Services, error::AppResult};
use shared::{
    ids::{AccountId, ClassId, CourseId},
    learning::{AssignmentGrade, ExerciseTally, QuizTally},
    time::Timestamp,
};
use std::collections::HashMap;

/// The courses of a class with their titles, by code.
///
/// # Errors
/// If the store fails.
pub async fn taught_courses(cx: &Services, id: ClassId) -> AppResult<Vec<(CourseId, String)>> {
    let taught = class_study::taught(cx, id).await?;
    Ok(taught.into_iter().map(|course| (course.id, course.title)).collect())
}

/// So many of the learners who are in a class, after one of them, in the order in which they joined: each with that
/// moment.
///
/// # Errors
/// If the store fails.
pub async fn learners_after(
    cx: &Services,
    id: ClassId,
    after: Option<(Timestamp, AccountId)>,
    rows: u64,
) -> AppResult<Vec<(Timestamp, AccountId)>> {
    let members = store::list_members_after(cx.db.read(), id, after, rows).await?;
    Ok(members.into_iter().map(|member| (member.joined_at, member.account_id)).collect())
}

/// What came of a learner's work in a course.
#[derive(Clone, Debug, Default)]
pub struct CourseTally {
    /// The exercises.
    pub exercises: ExerciseTally,
    /// The assignments, in order.
    pub assignments: Vec<AssignmentGrade>,
    /// The quizzes that the class was set.
    pub quizzes: QuizTally,
}

/// What came of the work of these learners in each course of a class.
///
/// # Errors
/// If the store fails.
pub async fn course_tallies(
    cx: &Services,
    id: ClassId,
    accounts: &[AccountId],
) -> AppResult<HashMap<(AccountId, CourseId), CourseTally>> {
    let taught = class_study::taught(cx, id).await?;
    let courses: Vec<_> = taught.iter().map(|course| course.id).collect();
    let facts = Facts::of_each(cx, accounts, &courses).await?;
    let quizzes = quiz_tallies(cx, id, accounts).await?;
    let nothing = Facts::default();
    let mut tallies = HashMap::new();
    for account_id in accounts {
        let facts = facts.get(account_id).unwrap_or(&nothing);
        for course in &taught {
            let Some(content) = course.content(facts) else { continue };
            let assignments = assignments::grades(cx, content, &facts.hand_ins).await?;
            let of_both = (*account_id, course.id);
            let quizzes = quizzes.get(&of_both).copied().unwrap_or_default();
            tallies.insert(of_both, CourseTally { exercises: facts.tally(content), assignments, quizzes });
        }
    }
    Ok(tallies)
}

//! What came of the quizzes of a class, for the gradebook.

use super::{Quiz, total};
use crate::{
    learning::store,
    platform::{Services, error::AppResult},
};
use shared::{
    ids::{AccountId, ClassId, CourseId, QuizId},
    learning::QuizTally,
    points::Points,
};
use std::collections::HashMap;

/// What came of the quizzes of a class for each of these learners, course by course; withdrawn ones do not count.
pub(in crate::learning) async fn quiz_tallies(
    cx: &Services,
    class_id: ClassId,
    accounts: &[AccountId],
) -> AppResult<HashMap<(AccountId, CourseId), QuizTally>> {
    let rows = store::list_quizzes(cx.db.read(), &[class_id]).await?;
    let rows = rows.into_iter().filter(|row| row.withdrawn_at.is_none());
    let quizzes: Vec<Quiz> = rows.map(Quiz::of).collect::<AppResult<_>>()?;
    let best = best_of(cx, &quizzes).await?;
    let mut tallies: HashMap<_, QuizTally> = HashMap::new();
    for account_id in accounts {
        for quiz in &quizzes {
            let tally = tallies.entry((*account_id, quiz.row.course_id)).or_default();
            tally.count(best.get(&(*account_id, quiz.row.id)).copied(), quiz.most());
        }
    }
    Ok(tallies)
}

/// The points of the best attempt of each learner at each quiz.
async fn best_of(cx: &Services, quizzes: &[Quiz]) -> AppResult<HashMap<(AccountId, QuizId), Points>> {
    let ids: Vec<_> = quizzes.iter().map(|quiz| quiz.row.id).collect();
    let mut best: HashMap<_, Points> = HashMap::new();
    for attempt in store::list_quiz_attempts(cx.db.read(), &ids).await? {
        let reached = best.entry((attempt.account_id, attempt.quiz_id)).or_default();
        *reached = (*reached).max(total(&attempt)?);
    }
    Ok(best)
}

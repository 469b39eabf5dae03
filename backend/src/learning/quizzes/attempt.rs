//! A learner of the class hands in an attempt at a quiz; rules score it at once.

use super::{Quiz, own};
use crate::{
    access::Permit,
    learning::{classes::is_in_class, entity::quiz_attempt, exercises, store, study::StudyCourses},
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::{QuizAttemptId, QuizId},
    learning::{NewQuizAttempt, may_attempt, quiz_points},
    problem::FieldError,
};

/// Hands in an attempt.
///
/// # Errors
/// `not-found` if it is of no class that the learner is in; the fields that are wrong; `wrong-state` if the quiz is over
/// or withdrawn, or no attempt is left.
pub(super) async fn hand_in(
    cx: &Services,
    permit: &Permit<StudyCourses>,
    key: &IdempotencyKey,
    quiz_id: QuizId,
    given: &NewQuizAttempt,
) -> AppResult<()> {
    let account_id = *permit.target();
    let quiz = own::quiz(cx, account_id, quiz_id).await?;
    given.check(quiz.items.len()).and_then(|()| check_kinds(&quiz, given)).map_err(AppError::Invalid)?;
    let points = quiz_points(quiz.items.iter().map(|one| &one.item), &given.responses);
    let points = serde_json::to_string(&points).map_err(AppError::internal)?;
    let responses = serde_json::to_string(&given.responses).map_err(AppError::internal)?;
    let id: QuizAttemptId = cx.ids.new_id();
    cx.db
        .write(permit, async |tx| {
            once(tx, account_id, key, &(quiz_id, given), async || {
                store::lock_learner(tx.conn(), account_id).await?;
                // Whoever withdraws it waits until this attempt is in, or this one finds it withdrawn.
                let row = store::lock_quiz(tx.conn(), quiz_id).await?.ok_or_else(AppError::not_found)?;
                if !is_in_class(tx.conn(), row.class_id, account_id).await? {
                    return Err(AppError::not_found());
                }
                let used = store::list_own_quiz_attempts(tx.conn(), account_id).await?;
                let used = used.iter().filter(|attempt| attempt.quiz_id == quiz_id).count();
                let stands = Quiz::of(row)?;
                may_attempt(stands.state(tx.now()), stands.attempts(used)).map_err(AppError::refused)?;
                let row = quiz_attempt::Model {
                    id,
                    quiz_id,
                    account_id,
                    responses: responses.clone(),
                    points: points.clone(),
                    handed_in_at: tx.now(),
                };
                store::insert_quiz_attempt(tx.conn(), row).await?;
                tx.note("quiz", quiz_id.to_string());
                Ok(id)
            })
            .await
        })
        .await
        .map(drop)
}

/// Sees that each answer is one to its kind of item. What is left open is none.
fn check_kinds(quiz: &Quiz, given: &NewQuizAttempt) -> Result<(), Vec<FieldError>> {
    let answers = quiz.items.iter().zip(&given.responses).enumerate();
    let answers = answers.filter(|(_, (_, response))| !response.is_empty());
    let wrong: Vec<_> = answers
        .filter_map(|(at, (one, response))| {
            exercises::fault(&one.item, response).map(|code| FieldError::new(format!("/responses/{at}"), code))
        })
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

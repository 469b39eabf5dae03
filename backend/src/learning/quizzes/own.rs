//! Quizzes as learners of the class see them.

use super::{Quiz, QuizItem, count, points_of, total};
use crate::{
    learning::{catalogue, entity::quiz_attempt, exercises::key_text, store},
    platform::{
        Services,
        error::{AppError, AppResult},
        markdown,
        texts::Language,
    },
};
use shared::{
    ids::{AccountId, ClassId, CourseId, QuizId},
    item_bank::Response,
    learning::{
        MyQuiz, MyQuizAttempt, MyQuizSheet, OwnQuizAttempt, QUIZ_ITEM_POINTS, QuizItemReview, QuizState, best_attempt,
        shows_quiz_keys,
    },
    points::Points,
};
use std::collections::HashMap;

/// The quizzes of the classes that the learner is in, the newest first; what was withdrawn is not there.
pub(super) async fn list(cx: &Services, account_id: AccountId) -> AppResult<Vec<MyQuiz>> {
    let classes = store::list_classes_of(cx.db.read(), account_id).await?;
    let ids: Vec<ClassId> = classes.iter().map(|class| class.id).collect();
    let names: HashMap<ClassId, String> = classes.into_iter().map(|class| (class.id, class.name)).collect();
    let mut rows = store::list_quizzes(cx.db.read(), &ids).await?;
    rows.retain(|row| row.withdrawn_at.is_none());
    let titles = titles(cx, rows.iter().map(|row| row.course_id)).await?;
    let attempts = store::list_own_quiz_attempts(cx.db.read(), account_id).await?;
    let mut mine = Vec::with_capacity(rows.len());
    for row in rows {
        let of_quiz: Vec<_> = attempts.iter().filter(|attempt| attempt.quiz_id == row.id).collect();
        let class_name = names.get(&row.class_id).cloned().unwrap_or_default();
        let course_title = titles.get(&row.course_id).cloned().unwrap_or_default();
        mine.push(view(cx, &Quiz::of(row)?, &of_quiz, class_name, course_title)?);
    }
    Ok(mine)
}

async fn titles(cx: &Services, ids: impl IntoIterator<Item = CourseId>) -> AppResult<HashMap<CourseId, String>> {
    let heads = catalogue::course_heads(cx, ids).await?;
    Ok(heads.into_iter().map(|(id, head)| (id, head.title)).collect())
}

fn view(
    cx: &Services,
    quiz: &Quiz,
    attempts: &[&quiz_attempt::Model],
    class_name: String,
    course_title: String,
) -> AppResult<MyQuiz> {
    let points: Vec<Points> = attempts.iter().map(|attempt| total(attempt)).collect::<AppResult<_>>()?;
    Ok(MyQuiz {
        id: quiz.row.id,
        class_name,
        course_title,
        title: quiz.row.title.clone(),
        until: quiz.until,
        state: quiz.state(cx.clock.now()),
        feedback: quiz.feedback,
        attempts: quiz.attempts,
        used: count(attempts.len()),
        best: best_attempt(points),
        most: quiz.most(),
    })
}

/// A quiz of a class that the learner is in.
///
/// # Errors
/// `not-found` if there is none.
pub(super) async fn quiz(cx: &Services, account_id: AccountId, id: QuizId) -> AppResult<Quiz> {
    let row = store::find_quiz(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    if !store::list_members(cx.db.read(), row.class_id).await?.contains(&account_id) {
        return Err(AppError::not_found());
    }
    Quiz::of(row)
}

/// A quiz with what is asked and what the learner did.
///
/// # Errors
/// `not-found` if it is of no class that the learner is in, or was withdrawn.
pub(super) async fn sheet(
    cx: &Services,
    account_id: AccountId,
    id: QuizId,
    language: Language,
) -> AppResult<MyQuizSheet> {
    let quiz = quiz(cx, account_id, id).await?;
    if quiz.state(cx.clock.now()) == QuizState::Withdrawn {
        return Err(AppError::not_found());
    }
    let class = store::find_class(cx.db.read(), quiz.row.class_id).await?.ok_or_else(AppError::not_found)?;
    let course_title = titles(cx, [quiz.row.course_id]).await?.remove(&quiz.row.course_id).unwrap_or_default();
    let attempts = store::list_own_quiz_attempts(cx.db.read(), account_id).await?;
    let attempts: Vec<_> = attempts.iter().filter(|attempt| attempt.quiz_id == id).collect();
    let done = |attempt: &&quiz_attempt::Model| -> AppResult<MyQuizAttempt> {
        Ok(MyQuizAttempt { points: total(attempt)?, handed_in_at: attempt.handed_in_at })
    };
    Ok(MyQuizSheet {
        quiz: view(cx, &quiz, &attempts, class.name, course_title)?,
        items: quiz.items.iter().map(|one| one.item.for_learner(markdown::render_lesson, markdown::render)).collect(),
        attempts: attempts.iter().map(done).collect::<AppResult<_>>()?,
        review: review(cx, &quiz, &attempts, language)?,
    })
}

/// What was right in the last attempt; nothing while the rules of feedback hide it.
fn review(
    cx: &Services,
    quiz: &Quiz,
    attempts: &[&quiz_attempt::Model],
    language: Language,
) -> AppResult<Vec<QuizItemReview>> {
    let (state, used) = (quiz.state(cx.clock.now()), quiz.attempts(attempts.len()));
    let last = attempts.last().filter(|_| shows_quiz_keys(quiz.feedback, state, used));
    let Some(last) = last else { return Ok(Vec::new()) };
    let given: Vec<Response> = serde_json::from_str(&last.responses).map_err(AppError::internal)?;
    let of_item = |((one, points), response): ((&QuizItem, Points), Response)| QuizItemReview {
        unit_id: one.unit_id,
        unit_title: one.unit_title.clone(),
        response,
        is_right: points == QUIZ_ITEM_POINTS,
        key_text: key_text(&one.item, language),
        explanation_html: markdown::render_lesson(&one.item.explanation),
    };
    Ok(quiz.items.iter().zip(points_of(last)?).zip(given).map(of_item).collect())
}

/// What a learner answered in quizzes, the last first.
///
/// # Errors
/// If the store fails.
pub async fn quiz_attempts_of(cx: &Services, account_id: AccountId) -> AppResult<Vec<OwnQuizAttempt>> {
    let attempts = store::list_own_quiz_attempts(cx.db.read(), account_id).await?;
    let ids: Vec<_> = attempts.iter().map(|attempt| attempt.quiz_id).collect();
    let rows = store::list_quizzes_by_ids(cx.db.read(), &ids).await?;
    let classes: Vec<_> = rows.iter().map(|row| row.class_id).collect();
    let classes = store::list_classes_by_ids(cx.db.read(), &classes).await?;
    let names: HashMap<ClassId, String> = classes.into_iter().map(|class| (class.id, class.name)).collect();
    let mut quizzes = HashMap::new();
    for row in rows {
        quizzes.insert(row.id, Quiz::of(row)?);
    }
    let mut own = Vec::with_capacity(attempts.len());
    for attempt in attempts.iter().rev() {
        let Some(quiz) = quizzes.get(&attempt.quiz_id) else { continue };
        own.push(OwnQuizAttempt {
            class_name: names.get(&quiz.row.class_id).cloned().unwrap_or_default(),
            title: quiz.row.title.clone(),
            responses: serde_json::from_str(&attempt.responses).map_err(AppError::internal)?,
            points: total(attempt)?,
            most: quiz.most(),
            handed_in_at: attempt.handed_in_at,
        });
    }
    Ok(own)
}

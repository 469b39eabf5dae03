//! Quizzes as who follows the class sees them, with what came of them.

use super::{Quiz, QuizItem, count, points_of, total};
use crate::{
    access::Permit,
    identity,
    learning::{
        catalogue,
        entity::{quiz, quiz_attempt},
        exercises::key_text,
        following::FollowClass,
        store,
    },
    platform::{
        Services,
        error::{AppError, AppResult},
        markdown,
        texts::Language,
    },
};
use shared::{
    ids::{AccountId, ClassId, QuizId},
    learning::{QUIZ_ITEM_POINTS, QuizItemTally, QuizLearner, QuizSheet, QuizView, best_attempt},
    points::Points,
};
use std::collections::HashMap;

/// What each learner who is in the class did, the first attempt first.
type ByLearner<'a> = HashMap<AccountId, Vec<&'a quiz_attempt::Model>>;

/// The quizzes of a class, the newest first.
pub(super) async fn list(cx: &Services, class_id: ClassId) -> AppResult<Vec<QuizView>> {
    views(cx, class_id, store::list_quizzes(cx.db.read(), &[class_id]).await?).await
}

/// One quiz. Whether somebody may know of it is for the caller to ask.
pub(super) async fn view(cx: &Services, id: QuizId) -> AppResult<QuizView> {
    let row = store::find_quiz(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    views(cx, row.class_id, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

async fn views(cx: &Services, class_id: ClassId, rows: Vec<quiz::Model>) -> AppResult<Vec<QuizView>> {
    let members = store::list_members(cx.db.read(), class_id).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let attempts = store::list_quiz_attempts(cx.db.read(), &ids).await?;
    let courses = catalogue::course_heads(cx, rows.iter().map(|row| row.course_id)).await?;
    let setters: Vec<_> = rows.iter().map(|row| row.set_by).collect();
    let names = identity::names_of(cx, &setters).await?;
    let now = cx.clock.now();
    let view = |row: quiz::Model| -> AppResult<QuizView> {
        let quiz = Quiz::of(row)?;
        let done = by_learner(&members, attempts.iter().filter(|attempt| attempt.quiz_id == quiz.row.id));
        Ok(QuizView {
            id: quiz.row.id,
            class_id,
            course_title: courses.get(&quiz.row.course_id).map(|course| course.title.clone()).unwrap_or_default(),
            until: quiz.until,
            state: quiz.state(now),
            attempts: quiz.attempts,
            feedback: quiz.feedback,
            most: quiz.most(),
            by_name: names.get(&quiz.row.set_by).cloned().unwrap_or_default(),
            set_at: quiz.row.set_at,
            done: u32::try_from(done.len()).map_err(AppError::internal)?,
            learners: u32::try_from(members.len()).map_err(AppError::internal)?,
            title: quiz.row.title,
        })
    };
    rows.into_iter().map(view).collect()
}

fn by_learner<'a>(members: &[AccountId], attempts: impl Iterator<Item = &'a quiz_attempt::Model>) -> ByLearner<'a> {
    let mut by_learner = ByLearner::new();
    for attempt in attempts.filter(|attempt| members.contains(&attempt.account_id)) {
        by_learner.entry(attempt.account_id).or_default().push(attempt);
    }
    by_learner
}

/// One quiz, with what each learner of the class reached and how each exercise went.
pub(super) async fn sheet(
    cx: &Services,
    permit: &Permit<FollowClass>,
    row: quiz::Model,
    language: Language,
) -> AppResult<QuizSheet> {
    let view = view(cx, row.id).await?;
    let members = store::list_members(cx.db.read(), *permit.target()).await?;
    let attempts = store::list_quiz_attempts(cx.db.read(), &[row.id]).await?;
    let done = by_learner(&members, attempts.iter());
    let names = identity::names_of(cx, &members).await?;
    let name = |id: &AccountId| names.get(id).cloned().unwrap_or_default();
    let learners = members.iter().map(|id| learner(*id, name(id), done.get(id).map(Vec::as_slice).unwrap_or_default()));
    let mut learners: Vec<_> = learners.collect::<AppResult<_>>()?;
    learners.sort_by(|one, other| (&one.display_name, one.account_id).cmp(&(&other.display_name, other.account_id)));
    Ok(QuizSheet { quiz: view, learners, items: tallies(&Quiz::of(row)?, &done, language)? })
}

fn learner(account_id: AccountId, display_name: String, attempts: &[&quiz_attempt::Model]) -> AppResult<QuizLearner> {
    let points: Vec<Points> = attempts.iter().map(|attempt| total(attempt)).collect::<AppResult<_>>()?;
    Ok(QuizLearner {
        account_id,
        display_name,
        used: count(attempts.len()),
        best: best_attempt(points),
        last_at: attempts.last().map(|attempt| attempt.handed_in_at),
    })
}

fn tallies(quiz: &Quiz, done: &ByLearner<'_>, language: Language) -> AppResult<Vec<QuizItemTally>> {
    let firsts = done.values().filter_map(|attempts| attempts.first());
    let firsts: Vec<Vec<Points>> = firsts.map(|attempt| points_of(attempt)).collect::<AppResult<_>>()?;
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let tally = |(at, one): (usize, &QuizItem)| QuizItemTally {
        unit_title: one.unit_title.clone(),
        stem_html: markdown::render(&one.item.stem),
        key_text: key_text(&one.item, language),
        right: number(firsts.iter().filter(|points| points.get(at) == Some(&QUIZ_ITEM_POINTS)).count()),
        tried: number(firsts.len()),
    };
    Ok(quiz.items.iter().enumerate().map(tally).collect())
}

//! Quizzes of classes, and what learners answered in them.

use crate::{
    learning::entity::{quiz, quiz_attempt},
    platform::error::AppResult,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use shared::ids::{AccountId, ClassId, QuizId};

pub(in crate::learning) async fn insert_quiz(conn: &impl ConnectionTrait, row: quiz::Model) -> AppResult<()> {
    quiz::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::learning) async fn find_quiz(conn: &impl ConnectionTrait, id: QuizId) -> AppResult<Option<quiz::Model>> {
    Ok(quiz::Entity::find_by_id(id).one(conn).await?)
}

/// The quiz; nobody else changes it until the write ends.
pub(in crate::learning) async fn lock_quiz(conn: &impl ConnectionTrait, id: QuizId) -> AppResult<Option<quiz::Model>> {
    Ok(quiz::Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

/// Stores a quiz that was locked.
pub(in crate::learning) async fn update_quiz(conn: &impl ConnectionTrait, row: quiz::Model) -> AppResult<()> {
    let id = row.id;
    let row = row.into_active_model().reset_all();
    quiz::Entity::update_many().set(row).filter(quiz::Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// The quizzes of these classes, the newest first.
pub(in crate::learning) async fn list_quizzes(
    conn: &impl ConnectionTrait,
    classes: &[ClassId],
) -> AppResult<Vec<quiz::Model>> {
    use quiz::Column;
    let query = quiz::Entity::find().filter(Column::ClassId.is_in(classes.iter().copied()));
    Ok(query.order_by_desc(Column::SetAt).order_by_desc(Column::Id).all(conn).await?)
}

/// These quizzes.
pub(in crate::learning) async fn list_quizzes_by_ids(
    conn: &impl ConnectionTrait,
    ids: &[QuizId],
) -> AppResult<Vec<quiz::Model>> {
    Ok(quiz::Entity::find().filter(quiz::Column::Id.is_in(ids.iter().copied())).all(conn).await?)
}

pub(in crate::learning) async fn insert_quiz_attempt(
    conn: &impl ConnectionTrait,
    row: quiz_attempt::Model,
) -> AppResult<()> {
    quiz_attempt::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

/// The attempts at these quizzes, the first first.
pub(in crate::learning) async fn list_quiz_attempts(
    conn: &impl ConnectionTrait,
    quizzes: &[QuizId],
) -> AppResult<Vec<quiz_attempt::Model>> {
    use quiz_attempt::Column;
    let query = quiz_attempt::Entity::find().filter(Column::QuizId.is_in(quizzes.iter().copied()));
    Ok(query.order_by_asc(Column::HandedInAt).order_by_asc(Column::Id).all(conn).await?)
}

/// The attempts of a learner, the first first.
pub(in crate::learning) async fn list_own_quiz_attempts(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Vec<quiz_attempt::Model>> {
    use quiz_attempt::Column;
    let query = quiz_attempt::Entity::find().filter(Column::AccountId.eq(account_id));
    Ok(query.order_by_asc(Column::HandedInAt).order_by_asc(Column::Id).all(conn).await?)
}

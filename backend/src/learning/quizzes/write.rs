//! Who keeps or teaches the class sets it a quiz, or withdraws one.

use super::{picks, routes::found};
use crate::{
    access::{Actor, Permit, actions, authorize},
    learning::{
        classes::{lock_class, place_of},
        entity::quiz,
        store,
    },
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::{ClassId, QuizId},
    learning::{QuizEntry, may_change, may_withdraw_quiz},
    rights::Right,
    time::write_date,
};

actions! {
    /// Set a class a quiz.
    SetQuiz(ClassId) = AddressClass;
    /// Withdraw a quiz of a class.
    WithdrawQuiz(QuizId) = AddressClass;
}

/// Lets the actor withdraw a quiz of a class at a place of theirs.
///
/// # Errors
/// `not-found` for who does not follow the class, `forbidden` for who only reads.
pub(super) async fn permit(cx: &Services, actor: &Actor, id: QuizId) -> AppResult<Permit<WithdrawQuiz>> {
    let row = found(cx, id).await?;
    let class = store::find_class(cx.db.read(), row.class_id).await?.ok_or_else(AppError::not_found)?;
    let place = place_of(&class);
    if !actor.has_any(&[Right::FollowClass], &place) {
        return Err(AppError::not_found());
    }
    authorize(actor, id, &place)
}

/// Sets a class a quiz of exercises of one of its courses.
///
/// # Errors
/// The fields that are wrong; `wrong-state` if the class is over.
pub(super) async fn set(
    cx: &Services,
    permit: &Permit<SetQuiz>,
    key: &IdempotencyKey,
    entry: &QuizEntry,
) -> AppResult<QuizId> {
    let (class_id, by) = (*permit.target(), permit.person()?);
    let content = picks::content(cx, class_id, entry.course_id).await?;
    let id: QuizId = cx.ids.new_id();
    cx.db
        .write(permit, async |tx| {
            once(tx, by, key, &(class_id, entry), async || {
                let checked = entry.check(tx.now().date_in_china()).map_err(AppError::Invalid)?;
                let content = content.as_deref().ok_or_else(|| AppError::field("/course_id", "not-found"))?;
                let items = picks::picked(content, &checked.picks)?;
                may_change(lock_class(tx, class_id).await?.state).map_err(AppError::refused)?;
                let row = quiz::Model {
                    id,
                    class_id,
                    course_id: checked.course_id,
                    title: checked.title,
                    items: serde_json::to_string(&items).map_err(AppError::internal)?,
                    attempts: i32::from(checked.attempts),
                    feedback: checked.feedback.as_str().to_owned(),
                    until: write_date(checked.until),
                    set_by: by,
                    set_at: tx.now(),
                    withdrawn_by: None,
                    withdrawn_at: None,
                };
                store::insert_quiz(tx.conn(), row).await?;
                tx.note("quiz", id.to_string());
                Ok(id)
            })
            .await
        })
        .await
}

/// Withdraws a quiz: its learners do not see it any more. What they answered stays.
///
/// # Errors
/// `wrong-state` if it was withdrawn.
pub(super) async fn withdraw(cx: &Services, permit: &Permit<WithdrawQuiz>) -> AppResult<()> {
    let (id, by) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            let row = store::lock_quiz(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            may_withdraw_quiz(row.withdrawn_at.is_some()).map_err(AppError::refused)?;
            tx.note("withdrawn", true);
            let row = quiz::Model { withdrawn_by: Some(by), withdrawn_at: Some(tx.now()), ..row };
            store::update_quiz(tx.conn(), row).await
        })
        .await
}

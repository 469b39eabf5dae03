//! Who keeps or teaches the class answers, and may show the answer to all of it.

use super::facts;
use crate::{
    access::{Actor, Permit, actions, authorize},
    learning::{classes::place_of, entity::inquiry, store},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::InquiryId,
    learning::{InquiryStep, NewInquiryAnswer, judge_inquiry_step},
    rights::Right,
};

actions! {
    /// Answer what a learner of a class asks.
    AnswerLearner(InquiryId) = AnswerInquiry;
}

/// Lets the actor answer a question of a class at a place of theirs.
///
/// # Errors
/// `not-found` for everybody else.
pub(super) async fn permit(cx: &Services, actor: &Actor, id: InquiryId) -> AppResult<Permit<AnswerLearner>> {
    let row = store::find_inquiry(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let class = store::find_class(cx.db.read(), row.class_id).await?.ok_or_else(AppError::not_found)?;
    let place = place_of(&class);
    if !actor.has_any(&[Right::AnswerInquiry], &place) {
        return Err(AppError::not_found());
    }
    authorize(actor, id, &place)
}

/// Answers a question, once.
///
/// # Errors
/// The field `/text`; `wrong-state` if it was answered or ended, `second-person-needed` if it is one's own.
pub(super) async fn answer(cx: &Services, permit: &Permit<AnswerLearner>, given: &NewInquiryAnswer) -> AppResult<()> {
    let text = given.check().map_err(|error| AppError::Invalid(vec![error]))?;
    let (id, by) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            let row = store::lock_inquiry(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let state = judge_inquiry_step(&facts(&row)?, InquiryStep::Answer, by).map_err(AppError::refused)?;
            tx.note("state", state.as_str());
            tx.note("class", row.class_id.to_string());
            let row = inquiry::Model {
                state: state.as_str().to_owned(),
                answer: Some(text.clone()),
                answered_by: Some(by),
                answered_at: Some(tx.now()),
                ..row
            };
            store::update_inquiry(tx.conn(), row).await
        })
        .await
}

/// Shows a question and its answer to the class, or to the learner alone again. It never says who asked.
///
/// # Errors
/// `wrong-state` if it has no answer.
pub(super) async fn publish(cx: &Services, permit: &Permit<AnswerLearner>, is_public: bool) -> AppResult<()> {
    let (id, by) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            let row = store::lock_inquiry(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            judge_inquiry_step(&facts(&row)?, InquiryStep::Publish, by).map_err(AppError::refused)?;
            tx.note("is_public", is_public);
            tx.note("class", row.class_id.to_string());
            store::update_inquiry(tx.conn(), inquiry::Model { is_public, ..row }).await
        })
        .await
}

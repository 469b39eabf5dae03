//! A learner asks, and ends what they asked.

use super::facts;
use crate::{
    access::Permit,
    learning::{
        classes::lock_class,
        entity::inquiry,
        store,
        study::{OwnUnit, StudyCourses},
    },
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::{InquiryId, UnitId},
    learning::{InquiryState, InquiryStep, NewInquiry, judge_inquiry_step, may_ask, may_change},
};

/// Asks those who keep or teach the class in which the learner studies the unit.
///
/// # Errors
/// `not-found` if no class of the learner studies it; the field `/text`; `wrong-state` if the class is over, or if
/// many questions of the learner are open.
pub(super) async fn ask(
    cx: &Services,
    permit: &Permit<StudyCourses>,
    key: &IdempotencyKey,
    unit_id: UnitId,
    asked: &NewInquiry,
) -> AppResult<InquiryId> {
    let text = asked.check().map_err(|error| AppError::Invalid(vec![error]))?;
    let account_id = *permit.target();
    let own = OwnUnit::find(cx, account_id, unit_id, None).await?;
    let (class_id, course_id) = (own.studied.class.id, own.studied.course_id);
    let id: InquiryId = cx.ids.new_id();
    cx.db
        .write(permit, async |tx| {
            once(tx, account_id, key, &(unit_id, asked), async || {
                may_change(lock_class(tx, class_id).await?.state).map_err(AppError::refused)?;
                store::lock_learner(tx.conn(), account_id).await?;
                may_ask(store::count_own_open_inquiries(tx.conn(), account_id).await?).map_err(AppError::refused)?;
                let row = inquiry::Model {
                    id,
                    class_id,
                    course_id,
                    unit_id,
                    unit_title: own.unit().title.clone(),
                    account_id,
                    text: text.clone(),
                    state: InquiryState::Open.as_str().to_owned(),
                    asked_at: tx.now(),
                    answer: None,
                    answered_by: None,
                    answered_at: None,
                    closed_at: None,
                    is_public: false,
                };
                store::insert_inquiry(tx.conn(), row).await?;
                tx.note("inquiry", id.to_string());
                tx.note("class", class_id.to_string());
                Ok(id)
            })
            .await
        })
        .await
}

/// Ends a question: its answer was read, or it is not wanted any more.
///
/// # Errors
/// `not-found` if it is none of the learner's own, `wrong-state` if it has ended.
pub(super) async fn close(cx: &Services, permit: &Permit<StudyCourses>, id: InquiryId) -> AppResult<()> {
    let account_id = *permit.target();
    cx.db
        .write(permit, async |tx| {
            let row = store::lock_inquiry(tx.conn(), id).await?.filter(|row| row.account_id == account_id);
            let row = row.ok_or_else(AppError::not_found)?;
            let state = judge_inquiry_step(&facts(&row)?, InquiryStep::Close, account_id);
            let state = state.map_err(AppError::refused)?;
            tx.note("inquiry", id.to_string());
            tx.note("state", state.as_str());
            let row = inquiry::Model { state: state.as_str().to_owned(), closed_at: Some(tx.now()), ..row };
            store::update_inquiry(tx.conn(), row).await
        })
        .await
}

//! 提问: a learner asks at a unit, and who keeps or teaches the class answers.

mod answer;
mod ask;
pub(super) mod routes;
mod views;

pub use views::inquiries_of;

use super::{classes::classes_within, entity::inquiry, store};
use crate::{
    access::Actor,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    learning::{InquiryFacts, InquiryState},
    rights::Right,
    work::{WorkKind, WorkLine},
};

/// The questions that wait for the actor.
pub(super) async fn work(cx: &Services, actor: &Actor) -> AppResult<Option<WorkLine>> {
    let Ok(within) = classes_within(actor, Right::AnswerInquiry) else { return Ok(None) };
    let open = store::count_open_inquiries(cx.db.read(), within).await?;
    Ok(WorkLine::some(WorkKind::InquiriesToAnswer, open))
}

fn state_of(row: &inquiry::Model) -> AppResult<InquiryState> {
    InquiryState::parse(&row.state).ok_or_else(|| AppError::internal("a question in an unknown state"))
}

/// What the rules ask of a question.
fn facts(row: &inquiry::Model) -> AppResult<InquiryFacts> {
    Ok(InquiryFacts { state: state_of(row)?, asked_by: row.account_id, has_answer: row.answer.is_some() })
}

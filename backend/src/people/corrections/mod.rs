//! 更正申请: a person says what of their data is wrong; the place that keeps them answers, and puts right what it finds
//! itself.

mod answer;
mod ask;
mod content;
mod due;
mod export;
mod right;
mod views;

pub(super) mod routes;

pub use ask::{AskForCorrection, AskingPerson, ask, withdraw};
pub use content::SEALED;
pub use due::{WorkCalendar, due_from_now};
pub use views::of_person;

use super::entity::correction_request;
use crate::platform::error::{AppError, AppResult};
use shared::people::{CorrectionField, CorrectionState};

fn state_of(row: &correction_request::Model) -> AppResult<CorrectionState> {
    CorrectionState::parse(&row.state).ok_or_else(|| AppError::internal(format!("request in {}", row.state)))
}

fn field_of(row: &correction_request::Model) -> AppResult<CorrectionField> {
    CorrectionField::parse(&row.field).ok_or_else(|| AppError::internal(format!("request for {}", row.field)))
}

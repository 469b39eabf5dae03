//! 班级通知: what who keeps or teaches a class tells all of it, and who has read it.

mod own;
pub(super) mod routes;
mod views;
mod write;

pub use own::announcement_readings_of;

use super::entity::announcement;
use crate::platform::error::{AppError, AppResult};
use jiff::civil::Date;
use shared::{
    learning::{AnnouncementState, announcement_state},
    time::{Timestamp, read_date},
};

/// The last day on which an announcement is shown.
fn until(row: &announcement::Model) -> AppResult<Date> {
    read_date(&row.until).ok_or_else(|| AppError::internal("an announcement without a last day"))
}

/// Where an announcement stands.
fn state(row: &announcement::Model, now: Timestamp) -> AppResult<AnnouncementState> {
    Ok(announcement_state(until(row)?, row.withdrawn_at.is_some(), now.date_in_china()))
}

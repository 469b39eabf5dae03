//! Statements on the feature's tables.

mod batches;
mod checks;
mod corrections;
mod entries;
mod learners;
mod rounds;
mod steps;
mod uploads;

pub(super) use batches::*;
pub(super) use checks::*;
pub(super) use corrections::*;
pub(super) use entries::*;
pub(super) use learners::*;
pub(super) use rounds::*;
pub(super) use steps::*;
pub(super) use uploads::*;

use crate::platform::error::{AppError, AppResult};

/// Rows that one statement inserts or asks for.
const ROWS: usize = 500;

/// A count as the store holds it.
pub(super) fn to_i32(number: u32) -> AppResult<i32> {
    i32::try_from(number).map_err(AppError::internal)
}

//! 小测: who keeps or teaches a class sets it exercises of its courses, and its learners do them as often as they may.
//! A quiz holds its exercises as they were when it was set; they come from the course, never from the item bank (ADR 36).

mod attempt;
mod own;
mod picks;
pub(super) mod routes;
mod sheet;
mod tally;
mod write;

pub use own::quiz_attempts_of;
pub(super) use tally::quiz_tallies;

use super::entity::{quiz, quiz_attempt};
use crate::platform::error::{AppError, AppResult};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use shared::{
    ids::UnitId,
    item_bank::Item,
    learning::{QUIZ_ITEM_POINTS, QuizAttempts, QuizFeedback, QuizState, quiz_state},
    points::Points,
    time::{Timestamp, read_date},
};

/// An exercise of a quiz, as it was when the quiz was set.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct QuizItem {
    /// The unit that has it.
    unit_id: UnitId,
    /// Its title.
    unit_title: String,
    /// What is asked, with its key.
    item: Item,
}

/// A quiz, read off its row.
struct Quiz {
    row: quiz::Model,
    items: Vec<QuizItem>,
    until: Date,
    feedback: QuizFeedback,
    attempts: u8,
}

impl Quiz {
    fn of(row: quiz::Model) -> AppResult<Self> {
        let unreadable = || AppError::internal("a quiz that nobody can read");
        Ok(Self {
            items: serde_json::from_str(&row.items).map_err(AppError::internal)?,
            until: read_date(&row.until).ok_or_else(unreadable)?,
            feedback: QuizFeedback::parse(&row.feedback).ok_or_else(unreadable)?,
            attempts: u8::try_from(row.attempts).map_err(AppError::internal)?,
            row,
        })
    }

    fn state(&self, now: Timestamp) -> QuizState {
        quiz_state(self.until, self.row.withdrawn_at.is_some(), now.date_in_china())
    }

    /// The most that an attempt gives.
    fn most(&self) -> Points {
        self.items.iter().map(|_| QUIZ_ITEM_POINTS).sum()
    }

    /// How often it may be done, and was.
    fn attempts(&self, used: usize) -> QuizAttempts {
        QuizAttempts { most: self.attempts, used: count(used) }
    }
}

/// The points of each item of an attempt.
fn points_of(attempt: &quiz_attempt::Model) -> AppResult<Vec<Points>> {
    serde_json::from_str(&attempt.points).map_err(AppError::internal)
}

/// The points of an attempt.
fn total(attempt: &quiz_attempt::Model) -> AppResult<Points> {
    Ok(points_of(attempt)?.into_iter().sum())
}

/// So many attempts; two persons that became one may have made more than a number of this size says.
fn count(attempts: usize) -> u8 {
    u8::try_from(attempts).unwrap_or(u8::MAX)
}

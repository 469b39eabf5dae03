//! Running a sitting: start, answers, submission, closing.

mod closing;
mod entity;
mod group;
mod journal;
mod routes;
mod service;
mod store;

pub use closing::close_due;
pub use journal::Journal;
pub use routes::routes;
pub use service::{AnswerOwnSitting, answers_of, append, open, receipts_of, submit};

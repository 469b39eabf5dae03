//! Running a sitting: start, answers, submission, closing, and the rooms in which that is watched.

mod closing;
mod entity;
mod group;
mod journal;
mod receipt_prints;
mod receipts;
mod rooms;
mod routes;
mod safe_browser;
mod service;
mod store;
mod ticket_logins;

pub use closing::close_due;
pub use journal::Journal;
pub use receipt_prints::{ReceiptPermit, ReceiptSheet, candidate_receipt, note_receipt, own_receipt};
pub use receipts::{ReceiptsHeld, hold_receipts};
pub use rooms::{Live, RoomReport, note_room_report, room_report};
pub use routes::routes;
pub use safe_browser::ClaimedBrowser;
pub use service::{AnswerOwnSitting, answers_of, append, open, receipts_of, submit};

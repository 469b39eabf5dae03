//! Running a sitting: the journal of answers, time, conflict and submission (DESIGN §5).

mod answer_file;
mod answers;
mod api;
mod arrival;
mod entry_code;
mod extension;
mod focus;
mod journal;
mod key_ways;
mod offline_start;
mod opening;
mod order;
mod paper_entry;
mod player;
mod proof;
mod receipt_print;
mod room;
mod room_access;
mod room_act;
mod room_log;
mod room_progress;
mod room_view;
mod safe_browser;
mod shape;
mod submission;
mod time;

pub use answer_file::*;
pub use answers::*;
pub use api::*;
pub use arrival::*;
pub use entry_code::*;
pub use extension::*;
pub use focus::*;
pub use journal::*;
pub use key_ways::*;
pub use offline_start::*;
pub use opening::*;
pub use order::*;
pub use paper_entry::*;
pub use player::*;
pub use proof::*;
pub use receipt_print::*;
pub use room::*;
pub use room_access::*;
pub use room_act::*;
pub use room_log::*;
pub use room_progress::*;
pub use room_view::*;
pub use safe_browser::*;
pub use shape::*;
pub use submission::*;
pub use time::*;

#[cfg(test)]
mod simulation;

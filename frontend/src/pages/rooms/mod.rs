//! Exam rooms on the day of a test: the wall of a site, the console of a room, and the day of a whole test.

mod act_form;
mod admit;
pub(crate) mod day;
mod extend;
mod line;
pub(crate) mod list;
pub(crate) mod papers;
mod receipts;
pub(crate) mod room;
pub(super) mod scan;
mod seats;
mod spoken_keys;
mod ticket_check;
mod waiting_extensions;
mod words;

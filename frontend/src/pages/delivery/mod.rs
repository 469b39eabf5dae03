//! Sitting a test: the waiting room, the player, the receipt. It goes on without a network.
//!
//! `visit` leads to the player, `driver` connects it to the device's store and the server, `vault`
//! is what the device keeps; the rest is what one sees.

mod announcement;
mod answer_sheet;
mod driver;
mod hand_in;
mod item;
pub(crate) mod page;
pub(in crate::pages) mod paper;
mod part_time;
mod player;
pub(in crate::pages) mod prefetch;
mod receipt;
mod safe_browser;
mod save_answers;
pub(crate) mod sit;
mod text_size;
mod tools;
mod tried_paper;
pub(crate) mod try_out;
mod vault;
mod visit;
mod waiting_room;
mod way_out;

pub(in crate::pages) use tried_paper::TriedPaper;

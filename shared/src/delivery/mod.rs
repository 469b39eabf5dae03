//! Running a sitting: the journal of answers, time, conflict and submission (DESIGN §5).

mod answers;
mod api;
mod arrival;
mod journal;
mod opening;
mod order;
mod player;
mod proof;
mod shape;
mod submission;
mod time;

pub use answers::*;
pub use api::*;
pub use arrival::*;
pub use journal::*;
pub use opening::*;
pub use order::*;
pub use player::*;
pub use proof::*;
pub use shape::*;
pub use submission::*;
pub use time::*;

#[cfg(test)]
mod simulation;

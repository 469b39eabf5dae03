//! Running a sitting: the journal of answers, time, conflict and submission (DESIGN §5).

mod answers;
mod api;
mod journal;
mod order;
mod player;
mod time;

pub use answers::*;
pub use api::*;
pub use journal::*;
pub use order::*;
pub use player::*;
pub use time::*;

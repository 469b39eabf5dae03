//! Running a sitting: the journal of answers, time, conflict and submission (DESIGN §5).

mod api;

pub use api::*;

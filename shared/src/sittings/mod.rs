//! Exam sessions: planning, registration, and the sittings that follow.

mod api;
mod ticket;
mod transition;

pub use api::*;
pub use ticket::*;
pub use transition::*;

//! Exam sessions: planning, registration, and the sittings that follow.

mod api;
mod registration;
mod seating;
mod ticket;
mod transition;
mod watch;

pub use api::*;
pub use registration::*;
pub use seating::*;
pub use ticket::*;
pub use transition::*;
pub use watch::*;

//! Exam sessions: planning, registration, and the sittings that follow.

mod api;
mod incident;
mod registration;
mod ticket;
mod transition;
mod watch;

pub use api::*;
pub use incident::*;
pub use registration::*;
pub use ticket::*;
pub use transition::*;
pub use watch::*;

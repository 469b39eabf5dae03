//! Exam sessions: planning, registration, and the sittings that follow.

mod api;

pub use api::*;

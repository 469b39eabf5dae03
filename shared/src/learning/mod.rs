//! Courses, what learners study of them, and what follows from it.

mod api;
mod model;

pub use api::*;
pub use model::*;

//! Courses, what learners study of them, and what follows from it.

mod api;
mod intervals;
mod model;
mod standing;
mod validate;

pub use api::*;
pub use intervals::*;
pub use model::*;
pub use standing::*;
pub use validate::*;

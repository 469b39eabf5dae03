//! Courses, what learners study of them, and what follows from it; classes and who is in them.

mod api;
mod class;
mod intervals;
mod model;
mod standing;
mod validate;

pub use api::*;
pub use class::*;
pub use intervals::*;
pub use model::*;
pub use standing::*;
pub use validate::*;

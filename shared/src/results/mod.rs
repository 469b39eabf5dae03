//! Results: from points to a score, a grade and what is next.

mod api;
mod grade;
mod gradebook;

pub use api::*;
pub use grade::*;
pub use gradebook::*;

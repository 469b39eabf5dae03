//! Results: from points to a score, a grade and what is next.

mod api;
mod grade;
mod gradebook;
mod recheck;
mod recheck_api;

pub use api::*;
pub use grade::*;
pub use gradebook::*;
pub use recheck::*;
pub use recheck_api::*;

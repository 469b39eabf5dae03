//! Results: from points to a score, a grade and what is next.

mod api;

pub use api::*;

//! Marking: from a response to points.

mod api;

pub use api::*;

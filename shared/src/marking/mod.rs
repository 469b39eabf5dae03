//! Marking: from a response to points.

mod api;
mod claims;

pub use api::*;
pub use claims::*;

//! Marking: from a response to points.

mod api;
mod claims;
mod reopening;

pub use api::*;
pub use claims::*;
pub use reopening::*;
